"""The summary of a simulation, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from guichet.catalogue import CompiledScheme
from guichet.engine.full_explanations import condition_labels
from guichet.engine.wording import Names, Wording, as_line
from guichet.locale import Language, Text, format_day, format_money, format_number

if TYPE_CHECKING:  # the libraries of the extra are only loaded by the command itself
    from guichet.services.simulation import Group, Summary

__all__ = ["as_json", "case_said", "described"]

_WHOLE = Text(
    fr="Dossiers : {count}. Aidés : {eligible} ; refusés : {not_eligible} ; indéterminés : {undetermined}.",
    en="Dossiers: {count}. Eligible: {eligible}; not eligible: {not_eligible}; undetermined: {undetermined}.",
)
_NEEDED = Text(fr="Enveloppe nécessaire : {granted}.", en="Envelope needed: {granted}.")
_AWAITED = Text(
    fr="  et jusqu'à {awaited} de plus, sous réserve d'attestations ou d'avis.",
    en="  and up to {awaited} more, subject to attestations or checks.",
)
_TERRITORIES = Text(fr="Aidés, par territoire :", en="Eligible, by territory:")
_BRANCHES = Text(fr="Aidés, par cas du montant :", en="Eligible, by case of the amount:")
_LINE = Text(fr="  {name} : {eligible} sur {count}, {granted}", en="  {name}: {eligible} of {count}, {granted}")
_BRANCH = Text(fr="cas {number}", en="case {number}")
_FAILED = Text(fr="Critères non remplis :", en="Criteria not met:")
_MISSING = Text(
    fr="Questions sans réponse qui empêchent de conclure :", en="Unanswered questions that prevent an answer:"
)
_SILENT = Text(fr="Sources muettes :", en="Silent sources:")
_COUNT = Text(fr="  {name} : {count}", en="  {name}: {count}")

_UNJUDGED = {
    "undated": Text(
        fr="Lignes sans jour de dépôt, non jugées : {count} (la première : ligne {line}).",
        en="Lines without a day of filing, not judged: {count} (the first: line {line}).",
    ),
    "unreadable": Text(
        fr="Lignes dont le jour de dépôt ne se lit pas, non jugées : {count} (la première : ligne {line}).",
        en="Lines whose day of filing cannot be read, not judged: {count} (the first: line {line}).",
    ),
    "before_rules": Text(
        fr="Lignes déposées avant les premières règles, non jugées : {count} (la première : ligne {line}).",
        en="Lines filed before the first rules, not judged: {count} (the first: line {line}).",
    ),
}
_ABSENT = Text(
    fr="Liste non fournie, ce qu'elle dirait est inconnu : {name} (--list {list}=FICHIER).",
    en="List not given, what it would say is unknown: {name} (--list {list}=FILE).",
)
_VERSIONS = Text(fr="Aidés, par version des règles :", en="Eligible, by version of the rules:")
_SINCE = Text(fr="depuis le {day}", en="since {day}")

Said = Iterator[tuple[Text, dict[str, Any]]]


_BEYOND = Text(
    fr="  soit {beyond} de plus que l'enveloppe déclarée ({ceiling}).",
    en="  that is {beyond} more than the envelope declared ({ceiling}).",
)


def described(
    summary: Summary, compiled: CompiledScheme, on: date, language: Language, ceiling: int | None = None
) -> Said:
    """The lines of a summary, each a text with its values; an envelope declared that is too small is said.

    Args:
        compiled: The scheme, whose labels say criteria, questions and cases as people read them.
    """
    whole, names = summary.whole, Names(compiled, language)
    labels = {
        name: said for day in sorted(summary.versions) or [on] for name, said in condition_labels(compiled, day).items()
    }

    def numbers(counts: dict[str, int]) -> dict[str, str]:
        return {name: format_number(count, 0, language) for name, count in counts.items()}

    yield _WHOLE, numbers({"count": whole.count, **_outcomes(whole)})
    for reason, left in summary.unjudged.items():
        yield _UNJUDGED[reason], {**numbers({"count": left.count}), "line": left.line}
    for name in summary.absent_lists:
        yield _ABSENT, {"name": names.listed(name), "list": name}
    yield _NEEDED, {"granted": format_money(whole.granted_cents, language)}
    if ceiling is not None and whole.granted_cents > ceiling:
        beyond, declared = format_money(whole.granted_cents - ceiling, language), format_money(ceiling, language)
        yield _BEYOND, {"beyond": beyond, "ceiling": declared}
    if whole.awaited_cents:
        yield _AWAITED, {"awaited": format_money(whole.awaited_cents, language)}
    if summary.territories:
        yield _TERRITORIES, {}
        for name in sorted(summary.territories):
            place = compiled.code_name("territories", name) or name
            yield _LINE, _line(place, summary.territories[name], language)
    yield from _versions_and_cases(summary, compiled, on, names)
    for title, counts in ((_FAILED, summary.failed), (_MISSING, summary.missing), (_SILENT, summary.unavailable)):
        if counts:
            yield title, {}
            for name, count in counts.most_common():
                said = labels.get(name) or (names.listed(name) if title is _SILENT else names.label(name))
                yield _COUNT, {"name": said, "count": format_number(count, 0, language)}


def _versions_and_cases(summary: Summary, compiled: CompiledScheme, on: date, names: Names) -> Said:
    """The versions that judged, when each line has its day, then the cases of the amount of each."""
    if summary.versions:
        yield _VERSIONS, {}
        for since in sorted(summary.versions):
            yield _LINE, _line(_since(since, names.language), summary.versions[since], names.language)
    cases = {**{(on, number): group for number, group in summary.branches.items()}, **summary.version_branches}
    if cases:
        yield _BRANCHES, {}
    for day, number in sorted(cases):
        told = case_said(compiled, day, number, names)
        told = f"{_since(day, names.language)}, {told}" if summary.versions else told
        yield _LINE, _line(told, cases[day, number], names.language)


def as_json(summary: Summary) -> dict[str, Any]:
    """A summary as JSON."""
    return {
        **_group(summary.whole),
        "territories": {name: _group(group) for name, group in sorted(summary.territories.items())},
        "branches": {str(number): _group(group) for number, group in sorted(summary.branches.items())},
        **_dated(summary),
        "failed": dict(summary.failed.most_common()),
        "missing": dict(summary.missing.most_common()),
        "awaited": dict(summary.awaited.most_common()),
        "unavailable": dict(summary.unavailable.most_common()),
        "absent_lists": list(summary.absent_lists),
    }


def _dated(summary: Summary) -> dict[str, Any]:
    """What is said when each line has its day: branches stand under the version whose numbers they have."""
    if not summary.versions:
        return {}
    versions: dict[str, Any] = {
        since.isoformat(): {**_group(group), "branches": {}} for since, group in sorted(summary.versions.items())
    }
    for (since, number), group in sorted(summary.version_branches.items()):
        versions[since.isoformat()]["branches"][str(number)] = _group(group)
    unjudged = {reason: {"count": left.count, "line": left.line} for reason, left in summary.unjudged.items()}
    return {"versions": versions, "unjudged": unjudged}


def _group(group: Group) -> dict[str, Any]:
    return {
        "count": group.count,
        **_outcomes(group),
        "granted_cents": group.granted_cents,
        "awaited_cents": group.awaited_cents,
    }


def _outcomes(group: Group) -> dict[str, int]:
    return {name: group.outcomes[name] for name in ("eligible", "not_eligible", "undetermined")}


def _since(day: date, language: Language) -> str:
    return _SINCE.form(language, None).format(day=format_day(day, language))


def case_said(compiled: CompiledScheme, on: date, number: int, names: Names) -> str:
    """A branch of the amount by its number and its condition; by its number alone where there is no such branch."""
    version, say = compiled.version_on(on), names.say
    told = _BRANCH.form(names.language, None).format(number=number)
    steps = version.program.plan.amount if version is not None else ()
    if not 1 <= number <= len(steps) or len(steps) == 1:
        return told
    condition = steps[number - 1].condition
    words = say("rules.bracket_else")
    if condition is not None:
        words = say("rules.bracket_if", condition=Wording(names).sentence(condition))
    return f"{told} ({as_line(words, names.language)})"


def _line(name: str, group: Group, language: Language) -> dict[str, Any]:
    return {
        "name": name,
        "count": format_number(group.count, 0, language),
        "eligible": format_number(group.outcomes["eligible"], 0, language),
        "granted": format_money(group.granted_cents, language),
    }
