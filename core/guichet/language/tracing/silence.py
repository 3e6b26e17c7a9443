"""Why something is unknown: fields not answered, sources that do not answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from guichet.language.generation.functions import columns_looked_up, columns_read
from guichet.language.operations import cell
from guichet.language.plan import Plan, Uses
from guichet.language.tracing.run import Run
from guichet.language.values import UNAVAILABLE


class Explained(Protocol):
    """Something unknown, with its reasons."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields asked and not answered."""
        ...

    @property
    def unavailable(self) -> tuple[str, ...]:
        """Sources that do not answer."""
        ...


Reasons = tuple[tuple[str, ...], tuple[str, ...]]


class Silence:
    """Finds the reasons why expressions are unknown, in the order of the form."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        nodes = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values()]
        self._columns = {
            name: columns_read(nodes, name) for name, entry in plan.environment.inputs.items() if entry.type.columns
        }
        self._looked_up = {name: columns_looked_up(nodes, name) for name in plan.environment.lists}
        self._keys = {
            name: [
                each
                for each in plan.ordered_inputs(plan.uses(node).inputs)
                if plan.environment.inputs[each].kind == "field"
            ]
            for name, node in plan.keys.items()
        }

    def reasons(self, uses: Uses) -> Callable[[Run, Mapping[str, object], tuple[str, ...]], Reasons]:
        """A function that gives the fields missing and the sources silent among what an expression reads."""
        inputs = self._plan.environment.inputs
        fields = [(name, inputs[name].kind == "field") for name in self._plan.ordered_inputs(uses.inputs)]
        lists = [name for name in self._plan.environment.lists if name in uses.lists]
        functions = tuple(sorted(uses.functions))

        def find(run: Run, values: Mapping[str, object], notes: tuple[str, ...]) -> Reasons:
            missing: list[str] = []
            unavailable: list[str] = []
            for name, is_field in fields:
                if self._lacks(name, run) and run.asked.get(name, True) is True:
                    silent = not is_field or values.get(name) is UNAVAILABLE
                    (unavailable if silent else missing).append(name)
            unavailable += [name for name in lists if self._is_silent(name, run, values)]
            unavailable += notes
            return tuple(missing), tuple(unavailable) if missing or unavailable else functions

        return find

    def together(self, unknown: Sequence[Explained]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The reasons of several unknown things as one list of each, in their usual order."""
        missing = {name for each in unknown for name in each.missing}
        silent = {name for each in unknown for name in each.unavailable}
        known = [*self._plan.environment.inputs, *self._plan.environment.lists]
        notes = [name for each in unknown for name in each.unavailable if name not in known]
        functions = {each.name for each in self._plan.environment.functions}
        said = [name for name in notes if name not in functions]
        ordered = [*(name for name in known if name in silent), *said]
        if not ordered and not missing:
            ordered = sorted({name for name in notes if name in functions})
        return tuple(self._plan.ordered_inputs(missing)), tuple(dict.fromkeys(ordered))

    def _lacks(self, name: str, run: Run) -> bool:
        found = run.values[name]
        if found is None:
            return True
        columns = self._columns.get(name)
        if not columns:
            return False
        rows = cast("tuple[Mapping[str, object], ...]", found)
        return any(row.get(column) is None for row in rows for column in columns)

    def _is_silent(self, name: str, run: Run, values: Mapping[str, object]) -> bool:
        line = run.lists[name]
        if line is not None and all(cell(line, column) is not None for column in self._looked_up[name]):
            return False
        if "@" + name in values:
            return True
        return all(run.values[each] is not None or run.asked.get(each, True) is not True for each in self._keys[name])
