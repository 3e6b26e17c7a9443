"""A dossier judged again and again with one value changed, by the same program as always."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.eligibility import Facts, rule_values
from guichet.language import Result, Trace, tree

__all__ = ["Judge", "Standing", "standing_of"]

Standing = Literal["eligible", "not_eligible", "undetermined"]
"""The outcome as it matters here: with nothing awaited but people's answers, a dossier stands as eligible."""


def standing_of(result: Result, *, pays: bool = True) -> Standing:
    """How a dossier stands under the rules: `eligible` too where only people's answers are awaited.

    Args:
        pays: Whether the rules give an amount: then one that is known, be it provisional, says that nothing else is
            unknown. A question that was not asked leaves no other mark.
    """
    if result.outcome != "undetermined" or not result.awaited or result.missing or result.unavailable:
        return result.outcome
    return "eligible" if result.provisional is not None or not pays else "undetermined"


class Judge:
    """One dossier, and what the rules say of it with one value changed; counts its trials."""

    def __init__(self, compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date) -> None:
        self.compiled = compiled
        self.on = on
        self.answers, self.facts = answers, facts
        self.trials = 0
        judged_on = compiled.scheme.legal.judged_on
        self.day_is: str = {"filing": "filed_on", "decision": "decided_on"}.get(judged_on, judged_on)
        self._values: dict[date, dict[str, Any]] = {}
        self.values = self._values_on(on)

    @cached_property
    def version(self) -> CompiledVersion:
        """The version that judges the dossier as it is; raises LookupError before the first."""
        found = self.compiled.version_on(self.on)
        if found is None:
            raise LookupError(f"no rules on {self.on}")
        return found

    def past_only(self, name: str) -> bool:
        """Whether it is a question whose day cannot follow the filing: no answer to come is proposed there."""
        field = self.compiled.fields.get(name)
        return field is not None and bool(getattr(field.options, "not_in_future", False))

    @cached_property
    def pays(self) -> bool:
        """Whether that version gives an amount."""
        return bool(self.version.program.plan.amount)

    @cached_property
    def nodes(self) -> tuple[tree.Node, ...]:
        """Every part of every expression of that version."""
        plan = self.version.program.plan
        roots = (*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.asked.values())
        return tuple(part for root in roots for part in root.walk())

    def with_value(self, name: str, value: Any) -> Result | None:
        """What the rules say with one value changed; None on a day before their first version.

        A value that selects the version (the day of filing, or the date field that judges) changes the rules too.
        """
        self.trials += 1
        on = value if name == self.day_is and isinstance(value, date) else self.on
        version = self.version if on == self.on else self.compiled.version_on(on)
        return version.program.evaluate({**self._values_on(on), name: value}) if version is not None else None

    def trace_with(self, name: str, value: Any) -> Trace | None:
        """The same, with every comparison met on the way."""
        on = value if name == self.day_is and isinstance(value, date) else self.on
        version = self.compiled.version_on(on)
        return version.program.explain({**self._values_on(on), name: value}) if version is not None else None

    def case_of(self, name: str | None, value: Any) -> tuple[object, ...]:
        """Which case gives the amount: the branch, and which way each comparison on the way to it came out."""
        trace = self.trace_with(name, value) if name is not None else self.version.program.explain(self.values)
        if trace is None or trace.amount is None:
            return ()
        used = self._read_by_amount
        met = [(each, tuple(one.holds for one in trace.met[each])) for each in sorted(trace.met) if each in used]
        branch = self.version.program.plan.amount
        asked = tuple(one.holds for one in trace.amount.comparisons)
        return (trace.amount.branch, asked if len(branch) > 1 else (), tuple(met))

    @cached_property
    def _read_by_amount(self) -> frozenset[str]:
        plan = self.version.program.plan
        return plan.uses(*plan.amount_nodes()).definitions

    def stands(self, result: Result) -> Standing:
        """How the dossier stands by a result."""
        return standing_of(result, pays=self.pays)

    def selects_version(self, name: str) -> bool:
        """Whether a value decides which version judges."""
        return name == self.day_is

    def _values_on(self, on: date) -> dict[str, Any]:
        known = self._values.get(on)
        if known is None:
            known = self._values[on] = rule_values(self.compiled, self.answers, self.facts, on)
        return known
