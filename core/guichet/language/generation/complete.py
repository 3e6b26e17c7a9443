"""The fast function: every value the rules always ask for is there; anything else goes to the other one."""

from __future__ import annotations

from guichet.language.generation.code import Namespace
from guichet.language.generation.functions import FunctionWriter
from guichet.language.plan import Plan


def complete_function(plan: Plan, namespace: Namespace) -> str:
    """The text of `complete(values)`, which calls `partial(values)` as soon as a value is missing."""
    writer = FunctionWriter(plan, namespace, "complete")
    _read(writer)
    writer.conditions()
    _answer(writer)
    return writer.lines.text()


def _read(writer: FunctionWriter) -> None:
    lines, names = writer.lines, writer.names
    always = [name for name in names.inputs if name not in writer.plan.asked]
    lines.add("get = values.get")
    tests: list[str] = []
    if always or names.lists:
        lines.add("try:")
        for name in always:
            lines.add(f"    {names.inputs[name]} = values[{writer.constant(name)}]")
            tests += [f"{names.inputs[name]} is None", f"{names.inputs[name]} is UNAVAILABLE"]
        for name, variable in names.lists.items():
            lines.add(f"    {variable} = values[{writer.constant('@' + name)}]")
            tests += [f"{variable} is None", f"{variable} is UNAVAILABLE"]
        lines.add("except KeyError:", "    return partial(values)")
        lines.add(f"if {' or '.join(tests)}: return partial(values)")
    for name in writer.plan.asking_order(names.inputs):
        if name not in writer.plan.asked:
            continue
        variable = names.inputs[name]
        asked = writer.asked_once(name)
        lines.add(f"{variable} = get({writer.constant(name)}) if {asked} else None")
        lines.add(f"if {variable} is UNAVAILABLE: return partial(values)")
        writer.nullable.add(variable)


def _answer(writer: FunctionWriter) -> None:
    plan, lines, names = writer.plan, writer.lines, writer.names
    pairs = list(zip(plan.conditions, names.conditions, strict=True))
    computed = [variable for (_, node), variable in pairs if node is not None]
    answered = [variable for (_, node), variable in pairs if node is None]
    hopeful = [*computed, *(f"{variable} is not False" for variable in answered)]
    lines.add(f"if {' and '.join(hopeful) or 'True'}:")
    writer.enter()
    if plan.amount:
        if writer.amount():
            lines.add("if amount is None: return partial(values)")
    else:
        lines.add("amount = None")
    granted = 'return make(Result, ("eligible", amount, (), (), (), (), None))'
    lines.add(f"if {' and '.join(answered)}: {granted}" if answered else granted)
    if answered:
        lines.add(*_listed("awaited", [(plan_id(writer, v), f"{v} is None") for v in answered]))
        lines.add('return make(Result, ("undetermined", None, (), (), (), tuple(awaited), amount))')
    writer.leave()
    failing = [
        (plan_id(writer, variable), f"{variable} is False" if variable in writer.nullable else f"not {variable}")
        for variable in names.conditions
    ]
    lines.add(*_listed("failed", failing))
    lines.add("if not failed: return partial(values)")
    awaited = "()"
    if answered:
        lines.add(*_listed("awaited", [(plan_id(writer, v), f"{v} is None") for v in answered]))
        awaited = "tuple(awaited)"
    lines.add(f'return make(Result, ("not_eligible", None, tuple(failed), (), (), {awaited}, None))')


def plan_id(writer: FunctionWriter, variable: str) -> str:
    """The made-up name of the id of a condition."""
    condition, _ = writer.plan.conditions[writer.names.conditions.index(variable)]
    return writer.constant(condition.id)


def _listed(name: str, entries: list[tuple[str, str]]) -> list[str]:
    return [f"{name} = []", *(f"if {test}: {name}.append({entry})" for entry, test in entries)]
