"""Explains the amount: the branch taken, the formula with its numbers, the caps and floors that bit."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.language.generation.functions import UNVERIFIED
from guichet.language.plan import Plan, Step
from guichet.language.trace import AmountTrace
from guichet.language.tracing.formula import with_numbers
from guichet.language.tracing.run import Run
from guichet.language.tracing.silence import Silence
from guichet.language.tracing.values import Tracing


class AmountExplainer:
    """Explains the amount of dossiers under one set of rules."""

    def __init__(self, plan: Plan, tracing: Tracing, silence: Silence) -> None:
        self._steps = [_Branch(step, plan, tracing) for step in plan.amount]
        self._reasons = silence.reasons(plan.uses(*plan.amount_nodes()))

    def explain(self, run: Run, values: Mapping[str, object]) -> AmountTrace:
        """How the amount of one dossier came out."""
        run.comparisons, run.bounds = [], []
        for place, branch in enumerate(self._steps):
            state = True if branch.condition is None else branch.condition(run)
            if state is None:
                return self._unknown(run, values, None, "", "", ())
            if state:
                return self._taken(run, values, place, branch)
        raise LookupError("the last branch of an amount has no condition")

    def _taken(self, run: Run, values: Mapping[str, object], place: int, branch: _Branch) -> AmountTrace:
        if branch.value is None:
            return self._unknown(run, values, place, branch.text, "", branch.notes)
        amount = branch.value(run)
        if amount is None:
            return self._unknown(run, values, place, branch.text, branch.formula, ())
        bounds = run.bounds
        if run.met_bounds:
            bounds = [*bounds, *(each for name in branch.definitions for each in run.met_bounds.get(name, ()))]
        met, numbers = tuple(run.comparisons), branch.numbers(run)
        return AmountTrace(amount, place, branch.text, branch.formula, numbers, met, tuple(bounds), (), ())

    def _unknown(
        self,
        run: Run,
        values: Mapping[str, object],
        place: int | None,
        condition: str,
        formula: str,
        notes: tuple[str, ...],
    ) -> AmountTrace:
        missing, unavailable = self._reasons(run, values, notes)
        return AmountTrace(None, place, condition, formula, "", tuple(run.comparisons), (), missing, unavailable)


class _Branch:
    """One branch of the amount, prepared."""

    __slots__ = ("condition", "definitions", "formula", "notes", "numbers", "text", "value")

    def __init__(self, step: Step, plan: Plan, tracing: Tracing) -> None:
        words, used = plan.environment.words, plan.uses(step.value).definitions
        self.condition = None if step.condition is None else tracing.state(step.condition)
        self.text = "" if step.condition is None else step.condition.text
        self.value = None if step.value is None else tracing.value(step.value)
        self.formula = "" if step.value is None else step.value.text
        self.numbers = with_numbers(step.value, words)
        self.notes = () if step.unverified is None else (UNVERIFIED[words] + step.unverified,)
        self.definitions = tuple(name for name in plan.definitions if name in used)
