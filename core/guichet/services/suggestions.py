"""Examples proposed at the boundaries of a scheme's rules: one on each side, its result computed, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.boundaries import Boundary, find_boundaries, unreached_by
from guichet.engine.eligibility import Facts, evaluate
from guichet.engine.eligible_cases import an_eligible_case
from guichet.engine.flips import Judge
from guichet.engine.thresholds import Threshold
from guichet.engine.wording import Names
from guichet.errors import ProblemsFound
from guichet.language import Result
from guichet.loader.library import Library
from guichet.locale import Language, Texts, format_day
from guichet.model.examples import Examples
from guichet.plugin.contracts import Context
from guichet.services.examples import case_of, case_on
from guichet.services.exchange import Case, read_case
from guichet.services.written_answers import written, written_fact

__all__ = ["Suggestion", "Survey", "suggest", "survey"]

_NOT_IN_ID = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One example to confirm: its id, what it tries, what it gives as text, and what the rules answer."""

    id: str
    title: str
    on: date
    territory: str
    like: str
    answers: Mapping[str, str]
    facts: Mapping[str, str]
    checks: Mapping[str, str]
    result: Result
    typed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The answers as the rules read them."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The examples proposed, and by first day of each version the thresholds that neither they nor others reach."""

    found: tuple[Suggestion, ...]
    unreached: Mapping[date, tuple[Threshold, ...]]


@dataclass(frozen=True, slots=True)
class _Base:
    """The case from which one version's boundaries are reached: an example of the author, or one made from nothing."""

    like: str
    answers: Mapping[str, Any]
    facts: Facts


def suggest(library: Library, scheme: str, territory: str = "", language: Language = "fr") -> tuple[Suggestion, ...]:
    """Examples on each side of each threshold, version by version."""
    return survey(library, scheme, territory, language).found


def survey(library: Library, scheme: str, territory: str = "", language: Language = "fr") -> Survey:
    """Examples on each side of each threshold, version by version, and the thresholds that none reaches.

    Left out: those whose id, or whose very case, is an example already, and those of a later version that would ask
    the same of the same case and be answered the same.
    """
    compiled = library.effective(scheme, territory).compiled
    declared = library.examples(scheme)
    known = set(declared.examples) if declared is not None else set[str]()
    found: dict[str, Suggestion] = {}
    unreached: dict[date, tuple[Threshold, ...]] = {}
    told = {(version.first_day, _case_of(case.answers)) for version, case in _declared(compiled, declared, territory)}
    asked: set[tuple[str, str, Result]] = set()
    for version, on in _days(compiled):
        base = _base(compiled, version, declared, on, territory)
        boundaries = find_boundaries(compiled, base.answers, base.facts, on)
        tried = [(case.answers, case.facts) for by, case in _declared(compiled, declared, territory) if by is version]
        if left := unreached_by(compiled, boundaries, tried, on):
            unreached[version.first_day] = left
        for one in _of_version(compiled, version, base, boundaries, on, language):
            case = _case_of({**base.answers, **one.typed})
            about = one.id.partition(f"{version.first_day:%Y%m%d}_")[2]
            again = (about, case, one.result) in asked
            asked.add((about, case, one.result))
            if not again and one.id not in known and (version.first_day, case) not in told:
                found.setdefault(one.id, one)
    return Survey(tuple(found.values()), unreached)


def _declared(
    compiled: CompiledScheme, declared: Examples | None, territory: str
) -> Iterator[tuple[CompiledVersion, Case]]:
    """The cases of the author's examples, with the version that judges each."""
    for name, example in (declared.examples if declared is not None else {}).items():
        if declared is None or example.territory not in ("", territory):
            continue
        try:
            case, on = case_of(compiled, declared, name)
        except ProblemsFound:
            continue
        version = compiled.version_on(on)
        if version is not None:
            yield version, case


def _case_of(answers: Mapping[str, Any]) -> str:
    return repr(sorted(answers.items(), key=str))


def _days(compiled: CompiledScheme) -> Iterator[tuple[CompiledVersion, date]]:
    """Each version with a day on which it judges: its first one from the opening on."""
    opens = compiled.scheme.calendar.opens.date()
    for place, version in enumerate(compiled.versions):
        last = compiled.versions[place + 1].first_day - timedelta(1) if place + 1 < len(compiled.versions) else None
        on = max(version.first_day, opens)
        yield version, on if last is None or on <= last else version.first_day


def _base(
    compiled: CompiledScheme, version: CompiledVersion, declared: Examples | None, on: date, territory: str
) -> _Base:
    """The first example that these rules find eligible on their day; else a case made from nothing."""
    for name, example in (declared.examples if declared is not None else {}).items():
        if declared is None or example.territory not in ("", territory):
            continue
        try:
            case = case_on(compiled, declared, name, on)
        except ProblemsFound:
            continue
        judge = Judge(compiled, case.answers, case.facts, on)
        if judge.version is version and judge.version.program.evaluate_briefly(judge.values)[0] == "eligible":
            return _Base(name, case.answers, case.facts)
    return _Base("", *an_eligible_case(compiled, on))


def _of_version(
    compiled: CompiledScheme,
    version: CompiledVersion,
    base: _Base,
    boundaries: Iterable[Boundary],
    on: date,
    language: Language,
) -> Iterator[Suggestion]:
    names, counts, seen = Names(compiled, language), dict[str, int](), set[str]()
    for boundary in boundaries:
        stem = f"{boundary.mark.group}_{boundary.field}"
        counts[stem] = counts.get(stem, 0) + 1
        number = f"_{counts[stem]}" if counts[stem] > 1 else ""
        for side, answers in zip(("a", "b"), boundary.cases(), strict=True):
            if _case_of(answers) in seen:  # two comparisons of one field may share a side
                continue
            seen.add(_case_of(answers))
            identifier = _NOT_IN_ID.sub("_", f"limite_{version.first_day:%Y%m%d}_{stem}{number}_{side}")
            made = _made(compiled, base, identifier, boundary, answers, on, names)
            if made is not None:
                yield made


def _made(
    compiled: CompiledScheme,
    base: _Base,
    identifier: str,
    boundary: Boundary,
    answers: Mapping[str, Any],
    on: date,
    names: Names,
) -> Suggestion | None:
    """One suggestion; None when what it would write does not read back as the same case."""
    if base.like:
        changed = {name: each for name, each in answers.items() if base.answers.get(name) != each}
    else:
        judge = Judge(compiled, answers, base.facts, on)
        asked = judge.version.program.asked(judge.values)
        changed = {name: each for name, each in answers.items() if asked.get(name) is not False}
    texts = {name: written(compiled.fields[name], value) for name, value in changed.items()}
    if any(text is None for text in texts.values()):
        return None
    given = {name: text for name, text in texts.items() if text is not None}
    context = Context(today=on, territory=compiled.territory, mode="sandbox")
    try:
        read = read_case(compiled, {name: text.strip('"') for name, text in given.items()}, on, context)
    except ProblemsFound:
        return None
    if any(read.answers.get(name) != changed[name] for name in given):
        return None
    facts = {} if base.like else {name: written_fact(row) for name, row in base.facts.lists.items()}
    checks = {} if base.like else {name: "true" for name, answer in base.facts.checks.items() if answer}
    return Suggestion(
        identifier,
        _title(compiled, boundary, answers, on, names),
        on,
        compiled.territory,
        base.like,
        given,
        facts,
        checks,
        evaluate(compiled, answers, base.facts, on).result,
        answers,
    )


def _title(compiled: CompiledScheme, boundary: Boundary, answers: Mapping[str, Any], on: date, names: Names) -> str:
    say: Texts = names.say
    version = compiled.version_on(on)
    kind = version.program.plan.environment.inputs[boundary.field].type if version is not None else None
    value = names.value(answers[boundary.field], kind, boundary.field)
    rules = boundary.mark.group
    if version is not None and rules != "amount":
        found = version.rules.gates.get(rules) or version.rules.criteria.get(rules)
        rules = found.label if found is not None else names.label(rules)
    else:
        rules = say("explain.the_amount") if rules == "amount" else names.label(rules)
    day = format_day(version.first_day, names.language) if version is not None else ""
    return say("suggest.title", field=names.label(boundary.field), value=value, rules=rules, day=day)
