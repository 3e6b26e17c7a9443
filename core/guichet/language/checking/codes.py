"""Texts compared with what holds a code: one that its table does not hold would never match, and nobody would see."""

from __future__ import annotations

from itertools import islice

from guichet.errors import nearest
from guichet.language.checking.context import Context
from guichet.language.declarations import Input
from guichet.language.sources import Span
from guichet.language.tree import Constant, External, Node, Read
from guichet.language.types import MISTAKEN

_LOOKED_AT = 200
"""Codes of a table among which a near one is looked for."""


def is_code_known(read: Node, told: Node, span: Span, context: Context, *, begins: bool = False) -> bool:
    """Whether a value may be the text it is compared with; what it never is, is reported.

    A function answers codes of its table and nothing else. A field may still hold a code that its table has no more: a
    warning, then.

    Args:
        span: Where the text stands.
        begins: Whether the text is how a code begins.
    """
    if not isinstance(told, Constant) or not isinstance(told.value, str):
        return True
    found = _input(read, context)
    kept = found.kept(told.value) if found is not None and found.kept is not None else None
    if kept is not None and not (kept.startswith(told.value) if begins else kept == told.value):
        context.problem("rule.kept_otherwise", span, read=read.text, value=told.value, kept=kept)
        return False
    name, closed = _nomenclature(read, context)
    versions = context.scope.environment.nomenclatures.get(name, ())
    if not versions:
        return True
    if begins:
        known = any(code.startswith(told.value) for version in versions for code in version)
    else:
        known = any(told.value in version for version in versions)
    if known:
        return True
    if not closed:
        context.report.warn("code_not_held", context.source, span, value=told.value, nomenclature=name)
        return True
    held = [code for version in versions for code in version]
    near = _near(told.value, held)
    data = {"value": told.value, "choices": near, "example": None if near else held[0]}
    context.problem("rule.unknown_code", span, read=read.text, nomenclature=name, **data)
    return False


def _nomenclature(read: Node, context: Context) -> tuple[str, bool]:
    """The table of the codes that a value may be, and whether it can be nothing else."""
    told = _behind(read, context)
    if isinstance(told, External):
        return told.signature.nomenclature, True
    found = _input(told, context)
    return (found.nomenclature, False) if found is not None else ("", False)


def _input(read: Node, context: Context) -> Input | None:
    """The field, parameter or fact that a value is, by whatever definition it is named."""
    told = _behind(read, context)
    return context.scope.environment.inputs.get(told.name) if isinstance(told, Read) else None


def _behind(read: Node, context: Context) -> Node:
    """What a name stands for: the value of its definition, of whose definition, and so on."""
    if isinstance(read, Read) and read.origin == "definition":
        defined = context.scope.definition(read.name)
        return _behind(defined, context) if defined.type != MISTAKEN else defined
    return read


def _near(value: str, held: list[str]) -> list[str]:
    """The codes one may have meant: the same with a prefix, or one spelt alike."""
    prefixed = [code for code in held if code.endswith(f"-{value.casefold()}")]
    alike = None if prefixed else nearest(value, islice(held, _LOOKED_AT))
    return [alike] if alike is not None else prefixed
