"""Replay: dossiers judged under two sets of rules side by side. It reads, compares and lists; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts, consult, judging_day, rule_values
from guichet.engine.full_explanations import condition_labels
from guichet.engine.replays import UNDECIDED, Replayed, change_of
from guichet.engine.wording import Names
from guichet.language import Program, Result
from guichet.model.records import Dossier
from guichet.model.scalars import ScalarError
from guichet.services.answers import load_answers, proofs_of
from guichet.services.assessments import assess, compiled_for, look_up
from guichet.services.cases import UseCases
from guichet.services.exchange import Case
from guichet.storage import Tx, replays

__all__ = ["RuleSet", "replay_case", "replay_stored"]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One of the two sets of rules: a declaration, and the day whose rules judge; None keeps each dossier's own day."""

    scheme: CompiledScheme
    day: date | None = None

    def day_of(self, answers: Mapping[str, Any], facts: Facts, own: date) -> date:
        """The judging day of a dossier under these rules."""
        if self.day is not None:
            return self.day
        return judging_day(self.scheme, answers, facts.filed_on or own, facts.decided_on or own)

    def judge(self, answers: Mapping[str, Any], facts: Facts, own: date) -> Result | None:
        """What these rules say; None on a day without rules."""
        on = self.day_of(answers, facts, own)
        version = self.scheme.version_on(on)
        return version.program.evaluate(rule_values(self.scheme, answers, facts, on)) if version is not None else None

    @property
    def pays(self) -> bool:
        """Whether these rules give an amount."""
        return any(version.program.plan.amount for version in self.scheme.versions)

    def unanswered(self, answers: Mapping[str, Any], facts: Facts, own: date) -> tuple[str, ...]:
        """The labels of the questions to ask before the result is known, those that were not asked then included."""
        on = self.day_of(answers, facts, own)
        version = self.scheme.version_on(on)
        if version is None:
            return ()
        program, values = version.program, rule_values(self.scheme, answers, facts, on)
        trace = program.explain(values)
        silent = [each.id for each in trace.conditions if each.state is None and each.answer == "computed"]
        silent += ["amount"] if trace.amount is not None and trace.amount.amount is None else []
        asked = program.asked(values)
        wanted = dict.fromkeys(name for each in silent for name in program.dependencies(each))
        names = Names(self.scheme)
        return tuple(
            names.label(name)
            for name in wanted
            if (answers.get(name) is None if asked.get(name) else _waits_for_a_fact(program, name))
        )

    def labels(self, result: Result | None, on: date) -> tuple[str, ...]:
        """The labels of the criteria a result fails."""
        known = condition_labels(self.scheme, self.day or on)
        return tuple(known.get(name, name) for name in result.failed) if result is not None else ()


def _waits_for_a_fact(program: Program, name: str) -> bool:
    """Whether a question was not asked for its day, or another fact: the new rules have it asked."""
    plan = program.plan
    if name not in plan.asked:
        return False
    return any(plan.environment.inputs[each].kind == "fact" for each in plan.uses(plan.asked[name]).inputs)


Sides = Callable[[str], tuple[RuleSet, RuleSet]]
"""Territory → the former rules and the new ones, as that territory has them."""


def replay_case(reference: str, case: Case, sides: tuple[RuleSet, RuleSet], on: date) -> Replayed:
    """One case of a file under both sets of rules, each as if filed and decided on its day: as `guichet eval` would."""
    own = [side.day or on for side in sides]
    facts = (
        replace(case.facts, filed_on=own[0], decided_on=own[0]),
        replace(case.facts, filed_on=own[1], decided_on=own[1]),
    )
    return _replayed(reference, sides[1].scheme.territory, sides, (case.answers, case.answers), facts, on, "")


def replay_stored(cases: UseCases, scheme: str, sides: Sides, territories: tuple[str, ...] = ()) -> Iterator[Replayed]:
    """Every real dossier filed for a scheme under both sets of rules, in the order of filing identifiers.

    Each is judged on what its decision rested on; a list that the new rules alone consult is looked up as it is now.
    """
    after = ""
    while True:
        found, last = cases.store.read(lambda tx, after=after: _page(cases, tx, scheme, sides, territories, after))
        if not last:
            return
        yield from found
        after = last


def _page(
    cases: UseCases, tx: Tx, scheme: str, sides: Sides, territories: tuple[str, ...], after: str
) -> tuple[list[Replayed], str]:
    dossiers = replays.page(tx, scheme, territories, after=after)
    found = [_stored(cases, tx, dossier, sides(dossier.territory)) for dossier in dossiers]
    return found, dossiers[-1].id if dossiers else ""


def _stored(cases: UseCases, tx: Tx, dossier: Dossier, sides: tuple[RuleSet, RuleSet]) -> Replayed:
    told = assess(cases, tx, dossier, compiled_for(cases, dossier))
    old, new = (_answers(side.scheme, dossier) for side in sides)
    facts = (
        _facts(tx, sides[0], dossier, old, told.facts, told.on),
        _facts(tx, sides[1], dossier, new, told.facts, told.on),
    )
    end = dossier.end or UNDECIDED
    return _replayed(dossier.reference, dossier.territory, sides, (old, new), facts, told.on, end)


def _answers(scheme: CompiledScheme, dossier: Dossier) -> dict[str, Any]:
    """The answers as a declaration reads them; one whose question changed its type is no answer there."""
    try:
        return load_answers(scheme, dossier.answers)
    except (ValueError, TypeError, ArithmeticError, ScalarError):
        known: dict[str, Any] = {}
        for name, value in dossier.answers.items():
            try:
                known |= load_answers(scheme, {name: value})
            except (ValueError, TypeError, ArithmeticError, ScalarError):
                continue
        return known


def _facts(tx: Tx, side: RuleSet, dossier: Dossier, answers: Mapping[str, Any], known: Facts, own: date) -> Facts:
    """The facts of a dossier, with the lists that these rules consult besides."""
    on = side.day_of(answers, known, own)
    if side.scheme.version_on(on) is None:
        return known
    proofs = proofs_of(dossier.answers)
    return consult(
        side.scheme, answers, known, on, lambda name, key: look_up(tx, side.scheme, name, key, proofs.get(name, {}))
    )


def _replayed(
    reference: str,
    territory: str,
    sides: tuple[RuleSet, RuleSet],
    answers: tuple[Mapping[str, Any], Mapping[str, Any]],
    facts: tuple[Facts, Facts],
    on: date,
    end: str,
) -> Replayed:
    old, new = sides
    before, after = old.judge(answers[0], facts[0], on), new.judge(answers[1], facts[1], on)
    change = change_of(before, after, pays=(old.pays, new.pays))
    to_ask = new.unanswered(answers[1], facts[1], on) if change == "open" else ()
    return Replayed(reference, territory, change, before, after, end, old.labels(before, on), to_ask)
