"""The values of an answer worth a trial: every choice, what the rules name, and whole codes of official tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from guichet.catalogue import CompiledScheme
from guichet.engine.flips import Judge, choices_of
from guichet.language import tree
from guichet.plugin.contracts import Context, Invalid

__all__ = ["codes_worth_trying", "plain_answer", "values_worth_trying"]

_NOBODY: Final = "00000"


def plain_answer(compiled: CompiledScheme, name: str, on: date) -> Any:
    """The least telling answer to a question; None where there is none."""
    field = compiled.fields[name]
    kind = field.type.rule_type(field.options)
    low, _ = field.type.bounds(field.options)
    match kind.kind if kind is not None else "":
        case "boolean":
            return True
        case "integer" | "money" | "decimal" | "rate":
            return low or 0
        case "date":
            return compiled.scheme.calendar.opens.date()
        case "choice" if kind is not None:
            return kind.values[0]
        case "list":
            return ()
        case "text":
            return next(codes_worth_trying(compiled, name, on), _NOBODY)
        case _:
            return None


def values_worth_trying(judge: Judge, name: str) -> Iterator[Any]:
    """The other values of an answer that has few; of a text, those the rules name and the codes of its tables."""
    kind = judge.version.program.plan.environment.inputs[name].type
    yield from (value for value, way in choices_of(judge, name, kind) if way == "exactly")
    if kind.kind == "text":
        here = judge.values.get(name)
        yield from (code for code in codes_worth_trying(judge.compiled, name, judge.on) if code != here)


def codes_worth_trying(compiled: CompiledScheme, name: str, on: date) -> Iterator[str]:
    """Whole codes that a field takes: of the lists it is looked up in, then others of their tables and of its own."""
    field = compiled.fields[name]
    context = Context(today=on, territory=compiled.territory, mode="sandbox")
    own = _held(compiled, field.type.nomenclature)
    for code in dict.fromkeys((*_of_lists(compiled, name), *_one_of_each(own))):
        try:
            taken = field.type.read(code, field.options, context)
        except Invalid:
            continue
        if isinstance(taken, str):
            yield taken


def _of_lists(compiled: CompiledScheme, name: str) -> Iterator[str]:
    """Codes of each list that the rules look the field up in, its exceptions, then codes that are not of it."""
    for each in sorted(_lists(compiled, name)):
        declared = compiled.scheme.codes[each]
        table = _held(compiled, declared.nomenclature or "")
        held = table or declared.codes
        taken = (code for code in held if code.startswith(declared.codes))
        yield from _one_of_each(code for code in taken if not code.startswith(declared.but))
        yield from (code for code in table or declared.but if code.startswith(declared.but))
        yield from _one_of_each(table)


def _lists(compiled: CompiledScheme, name: str) -> set[str]:
    return {
        node.codes
        for version in compiled.versions
        for root in version.program.plan.condition_nodes()
        for node in root.walk()
        if isinstance(node, tree.Logic) and node.codes and _reads(node, name)
    }


def _reads(node: tree.Node, name: str) -> bool:
    return any(isinstance(part, tree.Read) and part.name == name for part in node.walk())


def _held(compiled: CompiledScheme, nomenclature: str) -> tuple[str, ...]:
    """Every code of the newest version of a table; none where there is no such table."""
    table = compiled.nomenclatures.get(nomenclature)
    return tuple(sorted(table.versions[-1].rows)) if table is not None else ()


def _one_of_each(codes: Iterable[str]) -> Iterator[str]:
    """The first of the codes that begin alike: a division of activities, a département of communes."""
    first: dict[str, str] = {}
    for code in codes:
        first.setdefault(code[:2], code)
    return iter(first.values())
