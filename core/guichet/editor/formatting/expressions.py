"""An expression as it should be written: one space where a space belongs, thousands apart, one word for each thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from guichet.language.reading.lexer import Token, tokenise
from guichet.language.words import UNITS, Words, function_of, word_for

__all__ = ["Dialect", "formatted", "grouped"]

_TIGHT_BEFORE = frozenset({")", ",", "."})
_OPERAND_ENDS = frozenset({"number", "date", "text", "name"})
_BLANKS = re.compile(r"[ \u00a0\u202f]+")
_NUMBER = re.compile(r"([0-9]+)((?:[.,][0-9]+)?)[ ]*(.*)", re.DOTALL)
_LONE = 9_999  # a bare number up to this may be a year: only an amount of it is grouped
_UNIT_WORDS: Mapping[Words, Mapping[str, tuple[str, str]]] = {
    "fr": {"day": ("jour", "jours"), "month": ("mois", "mois"), "year": ("an", "ans")},
    "en": {"day": ("day", "days"), "month": ("month", "months"), "year": ("year", "years")},
}


_PERIODS: Mapping[Words, Mapping[str, str]] = {
    "fr": {"mois": "mois", "month": "mois", "an": "an", "year": "an"},
    "en": {"mois": "month", "month": "month", "an": "year", "year": "year"},
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words an expression is written in, and those it should be.

    Args:
        functions: Name of a plugin's function in any language → its names by language.
    """

    read: Words
    write: Words
    functions: Mapping[str, Mapping[Words, str]] = field(default_factory=dict[str, Mapping[Words, str]])


def formatted(text: str, dialect: Dialect) -> str:
    """The expression with canonical spaces, numbers and words, its line breaks kept; raises Mistake.

    >>> formatted("min( besoin,3500 € )", Dialect("fr", "fr"))
    'min(besoin, 3 500 €)'
    """
    tokens = tokenise(text, dialect.read)[:-1]
    written: list[str] = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if before is not None:
            broken = "\n" in text[before.span.end : token.span.start]
            written.append("\n" if broken else _space(tokens, place))
        written.append(_word(text, token, after, dialect))
    return "".join(written)


def grouped(digits: str) -> str:
    """Digits by groups of three.

    >>> grouped("1234567")
    '1 234 567'
    """
    head = len(digits) % 3
    return " ".join(filter(None, [digits[:head], *re.findall("...", digits[head:])]))


def _space(tokens: list[Token], place: int) -> str:
    token, before = tokens[place], tokens[place - 1]
    if before.is_symbol("(", ".") or (token.kind == "symbol" and token.value in _TIGHT_BEFORE):
        return ""
    if token.is_symbol("(") and before.kind == "name":
        return ""  # a call
    if before.is_symbol("-") and _is_sign(tokens, place - 1):
        return ""
    return " "


def _is_sign(tokens: list[Token], place: int) -> bool:
    """Whether a minus gives its sign to what follows, rather than taking it from what stands before."""
    if place == 0:
        return True
    before = tokens[place - 1]
    closes = before.is_symbol(")") or any(before.is_keyword(word) for word in ("true", "false", "known"))
    return not (closes or before.kind in _OPERAND_ENDS)


def _word(text: str, token: Token, after: Token | None, dialect: Dialect) -> str:
    said = text[token.span.start : token.span.end]
    if token.kind == "keyword":
        return word_for(str(token.value), dialect.write)
    if token.kind == "number":
        return _number(said, dialect)
    if token.kind == "name" and after is not None and after.is_symbol("("):
        return _function(str(token.value), dialect)
    return said


def _function(name: str, dialect: Dialect) -> str:
    known = function_of(name, dialect.read)
    if known is not None:
        return word_for(known, dialect.write)
    return dialect.functions.get(name, {}).get(dialect.write, name)


def _number(said: str, dialect: Dialect) -> str:
    found = _NUMBER.fullmatch(_BLANKS.sub("", said))
    assert found is not None  # noqa: S101  the lexer has read it as a number
    digits, decimals, unit = found[1], found[2], found[3]
    unit, _, period = unit.partition("/")
    whole = digits if int(digits) <= _LONE and not unit.startswith("€") else grouped(digits)
    if unit in UNITS:
        unit = _unit(unit, digits, dialect)
    if period:
        unit += f"/{_PERIODS[dialect.write][period]}"
    return f"{whole}{decimals} {unit}" if unit else f"{whole}{decimals}"


def _unit(unit: str, digits: str, dialect: Dialect) -> str:
    if dialect.read == dialect.write:
        return unit
    kind, factor = UNITS[unit]
    one, several = _UNIT_WORDS[dialect.write]["day" if kind == "days" else "month" if factor == 1 else "year"]
    return one if int(digits) == 1 else several
