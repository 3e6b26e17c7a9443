"""The summary of a simulation, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guichet.locale import Language, Text
from guichet.locale.formats import format_money

if TYPE_CHECKING:  # the libraries of the extra are only loaded by the command itself
    from guichet.services.simulation import Group, Summary

__all__ = ["as_json", "described"]

_WHOLE = Text(
    fr="{count} dossiers : {eligible} aidés, {not_eligible} refusés, {undetermined} indéterminés.",
    en="{count} dossiers: {eligible} granted, {not_eligible} not eligible, {undetermined} undetermined.",
)
_NEEDED = Text(fr="Enveloppe nécessaire : {granted}.", en="Envelope needed: {granted}.")
_AWAITED = Text(
    fr="  et jusqu'à {awaited} de plus, sous réserve d'attestations ou d'avis.",
    en="  and up to {awaited} more, subject to attestations or checks.",
)
_TERRITORIES = Text(fr="Par territoire :", en="By territory:")
_BRANCHES = Text(fr="Par branche du montant :", en="By branch of the amount:")
_LINE = Text(
    fr="  {name} : {eligible} aidés sur {count}, {granted}", en="  {name}: {eligible} granted of {count}, {granted}"
)
_BRANCH = Text(fr="branche {number}", en="branch {number}")
_FAILED = Text(fr="Critères non remplis :", en="Criteria not met:")
_MISSING = Text(
    fr="Questions sans réponse qui empêchent de conclure :", en="Unanswered questions that prevent an answer:"
)
_SILENT = Text(fr="Sources muettes :", en="Silent sources:")
_COUNT = Text(fr="  {name} : {count}", en="  {name}: {count}")

Said = Iterator[tuple[Text, dict[str, Any]]]


_BEYOND = Text(
    fr="  soit {beyond} de plus que l'enveloppe déclarée ({ceiling}).",
    en="  that is {beyond} more than the envelope declared ({ceiling}).",
)


def described(summary: Summary, language: Language, ceiling: int | None = None) -> Said:
    """The lines of a summary, each a text with its values; an envelope declared that is too small is said."""
    whole = summary.whole
    yield _WHOLE, {"count": whole.count, **_outcomes(whole)}
    yield _NEEDED, {"granted": format_money(whole.granted_cents, language)}
    if ceiling is not None and whole.granted_cents > ceiling:
        beyond, declared = format_money(whole.granted_cents - ceiling, language), format_money(ceiling, language)
        yield _BEYOND, {"beyond": beyond, "ceiling": declared}
    if whole.awaited_cents:
        yield _AWAITED, {"awaited": format_money(whole.awaited_cents, language)}
    if summary.territories:
        yield _TERRITORIES, {}
        for name in sorted(summary.territories):
            yield _LINE, _line(name, summary.territories[name], language)
    if summary.branches:
        yield _BRANCHES, {}
        for number in sorted(summary.branches):
            name = _BRANCH.form(language, None).format(number=number)
            yield _LINE, _line(name, summary.branches[number], language)
    for title, counts in ((_FAILED, summary.failed), (_MISSING, summary.missing), (_SILENT, summary.unavailable)):
        if counts:
            yield title, {}
            for name, count in counts.most_common():
                yield _COUNT, {"name": name, "count": count}


def as_json(summary: Summary) -> dict[str, Any]:
    """A summary as JSON."""
    return {
        **_group(summary.whole),
        "territories": {name: _group(group) for name, group in sorted(summary.territories.items())},
        "branches": {str(number): _group(group) for number, group in sorted(summary.branches.items())},
        "failed": dict(summary.failed.most_common()),
        "missing": dict(summary.missing.most_common()),
        "awaited": dict(summary.awaited.most_common()),
        "unavailable": dict(summary.unavailable.most_common()),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "count": group.count,
        **_outcomes(group),
        "granted_cents": group.granted_cents,
        "awaited_cents": group.awaited_cents,
    }


def _outcomes(group: Group) -> dict[str, int]:
    return {name: group.outcomes[name] for name in ("eligible", "not_eligible", "undetermined")}


def _line(name: str, group: Group, language: Language) -> dict[str, Any]:
    return {
        "name": name,
        "count": group.count,
        "eligible": group.outcomes["eligible"],
        "granted": format_money(group.granted_cents, language),
    }
