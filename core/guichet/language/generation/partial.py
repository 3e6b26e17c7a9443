"""The careful function: any value may be unknown, and the answer says which ones are missing."""

from __future__ import annotations

from guichet.language.generation.code import Namespace
from guichet.language.generation.functions import FunctionWriter, columns_looked_up, columns_read
from guichet.language.plan import Plan, Uses


def partial_function(plan: Plan, namespace: Namespace) -> str:
    """The text of `partial(values)`."""
    writer = FunctionWriter(plan, namespace, "partial")
    _Partial(writer).write()
    return writer.lines.text()


def states_function(plan: Plan, namespace: Namespace) -> str:
    """The text of `states(values)`: the states of all conditions, the amount, the note of an unverified branch."""
    writer = FunctionWriter(plan, namespace, "states")
    _Partial(writer).write_states()
    return writer.lines.text()


class _Partial:
    def __init__(self, writer: FunctionWriter) -> None:
        self.writer = writer
        self.plan = writer.plan
        self.names = writer.names
        self.lines = writer.lines
        self.nodes = [*self.plan.condition_nodes(), *self.plan.amount_nodes(), *self.plan.definitions.values()]
        self.rows = {
            name: columns_read(self.nodes, name) for name in self.names.inputs if self.plan.type_of(name).kind == "rows"
        }
        self.asked: dict[str, str] = {}
        whole = writer.uses
        self.bits: dict[str, int] = {}
        for name in [*self.names.inputs, *(f"@{name}" for name in self.names.lists), *sorted(whole.functions)]:
            self.bits.setdefault(name, 1 << len(self.bits))

    def write(self) -> None:
        self._read()
        self.writer.conditions()
        self._refuse()
        if self.plan.amount:
            self.writer.amount()
        else:
            self.lines.add("amount = None")
        self._answer()

    def write_states(self) -> None:
        self._read()
        self.writer.conditions()
        self.lines.add("unverified = None")
        self.writer.amount()
        states = "".join(f"{variable}, " for variable in self.names.conditions)
        self.lines.add(f"return ({states}), amount, unverified")

    def _read(self) -> None:
        lines, writer = self.lines, self.writer
        lines.add("get = values.get")
        for name, variable in self.names.lists.items():
            lines.add(f"{variable} = get({writer.constant('@' + name)})")
            lines.add(f"if {variable} is UNAVAILABLE: {variable} = None")
            writer.nullable.add(variable)
        for place, name in enumerate(self.plan.asking_order(self.names.inputs)):
            variable = self.names.inputs[name]
            lines.add(f"{variable} = get({writer.constant(name)})")
            lines.add(f"if {variable} is UNAVAILABLE: {variable} = None")
            if name in self.plan.asked:
                self.asked[name] = f"q{place}"
                lines.add(f"q{place} = {writer.asked(name)}")
                lines.add(f"if q{place} is not True: {variable} = None")
            writer.nullable.add(variable)

    def _refuse(self) -> None:
        writer, lines = self.writer, self.lines
        lines.add("failed = []", "awaited = []")
        for (condition, node), variable in zip(self.plan.conditions, self.names.conditions, strict=True):
            lines.add(f"if {variable} is False: failed.append({writer.constant(condition.id)})")
            if node is None:
                lines.add(f"elif {variable} is None: awaited.append({writer.constant(condition.id)})")
        lines.add('if failed: return make(Result, ("not_eligible", None, tuple(failed), (), (), tuple(awaited), None))')

    def _answer(self) -> None:
        lines = self.lines
        lines.add("unknown = 0")
        for (_, node), variable in zip(self.plan.conditions, self.names.conditions, strict=True):
            if node is not None:
                lines.add(f"if {variable} is None: unknown |= {self._mask(self.plan.uses(node)) | self._stuck}")
        if self.plan.amount:
            amount = self._mask(self.plan.uses(*self.plan.amount_nodes())) | self._stuck
            lines.add(f"if amount is None: unknown |= {amount}")
        lines.add("if not unknown:")
        lines.add('    if not awaited: return make(Result, ("eligible", amount, (), (), (), (), None))')
        lines.add('    return make(Result, ("undetermined", None, (), (), (), tuple(awaited), amount))')
        lines.add("missing = []", "unavailable = []")
        self._explain()
        lines.add(
            'return make(Result, ("undetermined", None, (), tuple(missing), tuple(unavailable), tuple(awaited), None))'
        )

    @property
    def _stuck(self) -> int:
        """A bit that is set whenever something is unknown, whatever it reads."""
        return 1 << len(self.bits)

    def _mask(self, uses: Uses) -> int:
        read = [*uses.inputs, *(f"@{name}" for name in uses.lists), *uses.functions]
        return sum(self.bits[name] for name in set(read))

    def _explain(self) -> None:
        lines, writer, inputs = self.lines, self.writer, self.plan.environment.inputs
        for name, variable in self.names.inputs.items():
            key = writer.constant(name)
            lines.add(f"if unknown & {self.bits[name]} and {self._lacks(name, variable)}:")
            if inputs[name].kind != "field":
                lines.add(f"    unavailable.append({key})")
                continue
            asked = f"if {self.asked[name]} is True: " if name in self.asked else ""
            silent = f"(unavailable if get({key}) is UNAVAILABLE else missing).append({key})"
            lines.add(f"    {asked}{silent}")
        for name, variable in self.names.lists.items():
            key = writer.constant("@" + name)
            lines.add(f"if unknown & {self.bits['@' + name]} and {self._silent(name, variable)}:")
            lines.add(f"    if {self._asked_for(name, key)}: unavailable.append({writer.constant(name)})")
        if any(step.unverified is not None for step in self.plan.amount):
            lines.add("if unverified is not None: unavailable.append(unverified)")
        functions = sorted(self.writer.uses.functions)
        if functions:
            lines.add("if not missing and not unavailable:")
            for name in functions:
                lines.add(f"    if unknown & {self.bits[name]}: unavailable.append({writer.constant(name)})")

    def _lacks(self, name: str, variable: str) -> str:
        columns = sorted(self.rows.get(name, ()))
        if not columns:
            return f"{variable} is None"
        cells = " or ".join(f"row.get({self.writer.constant(column)}) is None" for column in columns)
        return f"({variable} is None or any([{cells} for row in {variable}]))"

    def _silent(self, name: str, variable: str) -> str:
        """A list is silent when it gives nothing, or gives a line without the column that is read."""
        columns = sorted(columns_looked_up(self.nodes, name))
        if not columns:
            return f"{variable} is None"
        cells = " or ".join(f"cell({variable}, {self.writer.constant(column)}) is None" for column in columns)
        return f"({variable} is None or {cells})"

    def _asked_for(self, name: str, key: str) -> str:
        """A list not consulted because a field of its key is unanswered is not silent: the field is missing."""
        fields = self.plan.ordered_inputs(self.plan.uses(self.plan.keys[name]).inputs)
        tests = [
            f"({self.names.inputs[each]} is not None"
            + (f" or {self.asked[each]} is not True)" if each in self.asked else ")")
            for each in fields
            if self.plan.environment.inputs[each].kind == "field"
        ]
        return f"{key} in values or ({' and '.join(tests)})" if tests else "True"
