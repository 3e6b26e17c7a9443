"""Codes that rules read through a function: what it must answer, for the answers its whole table gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from guichet.engine.flips.judging import Judge
from guichet.language import tree
from guichet.plugin.contracts import Context, Invalid

__all__ = ["Answered", "answers_of"]

_MOST_SAID: Final = 20
"""Beyond, a list of answers says nothing to anybody."""
_MOST_REFUSED: Final = 5
"""Codes refused one after the other, after which the field takes none of that answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a function that do something: these, or all but these.

    Args:
        call: The function applied to the field.
        code: One code for which it answers so.
    """

    call: tree.External
    before: Any
    answers: tuple[Any, ...]
    way: Literal["exactly", "other_than"]
    code: str


def answers_of(judge: Judge, name: str, does: Callable[[Any], bool]) -> Iterator[Answered]:
    """What the one function that rules read a field of codes through must answer for something to become so.

    A field that rules also read by itself, or through two functions, says nothing: an answer would not be enough.
    """
    calls = {node.text: node for node in judge.nodes if isinstance(node, tree.External) and _is_of(node, name)}
    reads = sum(isinstance(node, tree.Read) and node.name == name for node in judge.nodes)
    among = sum(isinstance(node, tree.External) and _is_of(node, name) for node in judge.nodes)
    if len(calls) != 1 or reads != among:
        return
    text, node = next(iter(calls.items()))
    known = judge.version.coded
    if (name, text) not in known:
        known[name, text] = _codes_by_answer(judge, name, node.signature.call)
    codes, before = known[name, text], node.signature.call(judge.values[name])
    doing = [answer for answer, code in codes.items() if answer != before and does(code)]
    others = [answer for answer in codes if answer not in doing]
    if not doing:
        return
    way: Any = "exactly" if len(doing) <= len(others) else "other_than"
    said = doing if way == "exactly" else others
    if len(said) <= _MOST_SAID:
        yield Answered(node, before, tuple(said), way, codes[doing[0]])


def _is_of(node: tree.External, name: str) -> bool:
    argument = node.arguments[0] if len(node.arguments) == 1 else None
    return isinstance(argument, tree.Read) and argument.name == name


def _codes_by_answer(judge: Judge, name: str, call: Callable[..., object]) -> dict[Any, str]:
    """One code that the field takes for each answer, in the order of the table; none without a table."""
    field = judge.compiled.fields.get(name)
    table = judge.compiled.nomenclatures.get(field.type.nomenclature) if field is not None else None
    if field is None or table is None:
        return {}
    context = Context(today=judge.on, territory=judge.compiled.territory, mode="sandbox")
    found: dict[Any, str] = {}
    refused: Counter[Any] = Counter()
    for code in sorted(table.versions[-1].rows):
        answer = call(code)
        if answer is None or answer in found or refused[answer] >= _MOST_REFUSED:
            continue
        try:
            found[answer] = field.type.read(code, field.options, context)
        except Invalid:
            refused[answer] += 1
    return found
