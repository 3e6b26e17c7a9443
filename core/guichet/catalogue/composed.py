"""Texts that are short for an expression, or make one together, said as that expression: no back end knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guichet.catalogue.positions import Locate, Path
from guichet.errors import Position
from guichet.language import Source
from guichet.language.words import Words, word_for
from guichet.model.rules import Branch, Parameter, RuleVersion
from guichet.model.scales import Scale

_ALONE: Final = re.compile(r"[\d\s.,]+(?:[€%](?:/\w+)?)?|[^\W\d]\w*")
"""A number with its unit, or a name."""
_NAME: Final = re.compile(r"[^\W\d]\w*")
_UNIT: Final = re.compile(r"€(?:/\w+)?|%")
_UNITS: Final[Mapping[str, Mapping[Words, str]]] = {
    "money": {"fr": "€", "en": "€"},
    "money_per_month": {"fr": "€/mois", "en": "€/month"},
    "money_per_year": {"fr": "€/an", "en": "€/year"},
    "rate": {"fr": "%", "en": "%"},
}
"""The unit of a parameter, by its type."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text: what its author wrote somewhere, or what binds."""

    text: str
    path: Path = ()


def definition_sources(
    version: RuleVersion, words: Words, parameters: Mapping[str, Parameter], root: Path, locate: Locate
) -> dict[str, Source]:
    """Every named value of a version as an expression: definitions, bracket tables, parts of the amount."""
    written = {
        name: (Piece(one.value, (*root, "define", name, *(("value",) if one.label else ()))),)
        for name, one in version.define.items()
    }
    written |= {
        name: _scale(scale, words, parameters, (*root, "scales", name)) for name, scale in version.scales.items()
    }
    written |= {
        name: _cascade(part.amount, words, (*root, "amounts", name, "amount")) for name, part in version.amounts.items()
    }
    whole = {**dict.fromkeys(version.scales, "scales"), **dict.fromkeys(version.amounts, "amounts")}
    return {name: joined(pieces, (*root, whole.get(name, "define"), name), locate) for name, pieces in written.items()}


def total_of(version: RuleVersion, root: Path, locate: Locate) -> Source:
    """The sum of the parts of the amount."""
    path = (*root, "amounts")
    return Source(" + ".join(version.amounts), path, locate(path))


def joined(pieces: Sequence[Piece], path: Path, locate: Locate) -> Source:
    """The expression that some pieces make; a slice of it stands where the one piece it touches was written."""
    text = "".join(piece.text for piece in pieces)
    if len(pieces) == 1:
        return Source(text, pieces[0].path, locate(pieces[0].path))
    whole = locate(path)
    if whole is None:
        return Source(text, path)

    def position(offset: int, length: int) -> Position:
        """The one piece that the slice touches; the whole when it touches several."""
        at, touched = 0, list[tuple[int, Piece]]()
        for piece in pieces:
            if piece.path and at < offset + length and offset < at + len(piece.text):
                touched.append((at, piece))
            at += len(piece.text)
        found = locate(touched[0][1].path) if len(touched) == 1 else None
        if found is None:
            return whole(0, 1)
        start = max(offset - touched[0][0], 0)
        return found(start, min(length, len(touched[0][1].text) - start))

    return Source(text, path, position)


def _scale(scale: Scale, words: Words, parameters: Mapping[str, Parameter], path: Path) -> tuple[Piece, ...]:
    base = Piece(scale.of, (*path, "of"))
    if scale.method == "marginal":
        return _rounded(_slices(scale, base, _nothing(scale, words, parameters), path), scale, words)
    chosen = _choice(scale, base, words, path)
    if scale.method == "step":
        return chosen
    return _rounded((Piece("("), base, Piece(") * ("), *chosen, Piece(")")), scale, words)


def _choice(scale: Scale, base: Piece, words: Words, path: Path) -> tuple[Piece, ...]:
    """`si base <= borne alors valeur sinon si …`."""
    when, then, otherwise = (word_for(each, words) for each in ("if", "then", "else"))
    pieces: list[Piece] = []
    for index, bracket in enumerate(scale.brackets):
        where = (*path, "brackets", str(index))
        if bracket.otherwise:
            pieces.append(Piece(bracket.otherwise, (*where, "else")))
            continue
        operator, key = ("<=", "up_to") if bracket.up_to else ("<", "below")
        pieces += [Piece(f"{when} ("), base, Piece(f") {operator} "), Piece(bracket.bound, (*where, key))]
        pieces += [Piece(f" {then} "), Piece(bracket.then, (*where, "then")), Piece(f" {otherwise} ")]
    return tuple(pieces)


def _slices(scale: Scale, base: Piece, nothing: str, path: Path) -> Iterable[Piece]:
    """Each slice of the base at the rate of its bracket, added up."""
    low: tuple[Piece, ...] = ()
    for index, bracket in enumerate(scale.brackets):
        where = (*path, "brackets", str(index))
        rate = _as_one(Piece(bracket.gives, (*where, "else" if bracket.otherwise else "then")))
        above = (Piece(" - "), *low) if low else ()
        if index:
            yield Piece(" + ")
        if bracket.otherwise:
            yield from (Piece("max(("), base, Piece(")"), *above, Piece(f", {nothing}) * "), *rate)
            return
        high = Piece(bracket.bound, (*where, "up_to" if bracket.up_to else "below"))
        yield from (Piece("max(min("), base, Piece(", "), high, Piece(")"), *above, Piece(f", {nothing}) * "), *rate)
        low = _as_one(high)


def _nothing(scale: Scale, words: Words, parameters: Mapping[str, Parameter]) -> str:
    """Zero as the bounds count: in the unit that one is written with, or its parameter holds, or the result has."""
    bound = scale.brackets[0].bound
    if written := _UNIT.search(bound):
        return f"0 {written[0]}"
    types = [parameters[name].type for name in _NAME.findall(bound) if name in parameters]
    if not types:
        return "0 €" if "€" in scale.round else "0"
    unit = next((_UNITS[each][words] for each in types if each in _UNITS), "")
    return f"0 {unit}".rstrip()


def _as_one(piece: Piece) -> tuple[Piece, ...]:
    """What binds as one value beside a sign: a number or a name as it is, anything else between brackets."""
    return (piece,) if _ALONE.fullmatch(piece.text.strip()) else (Piece("("), piece, Piece(")"))


def _rounded(inside: Iterable[Piece], scale: Scale, words: Words) -> tuple[Piece, ...]:
    function, to = word_for("round", words), word_for("to", words)
    return (Piece(f"{function}("), *inside, Piece(f" {to} {scale.round})"))


def _cascade(branches: Sequence[Branch], words: Words, path: Path) -> tuple[Piece, ...]:
    """A cascade of branches as one expression."""
    when, then, otherwise = (word_for(each, words) for each in ("if", "then", "else"))
    pieces: list[Piece] = []
    for index, branch in enumerate(branches):
        where = (*path, str(index))
        if branch.condition:
            pieces += [Piece(f"{when} "), Piece(branch.condition, (*where, "if")), Piece(f" {then} ")]
            pieces += [Piece(branch.then, (*where, "then")), Piece(f" {otherwise} ")]
        else:
            pieces.append(Piece(branch.always or branch.otherwise, (*where, "always" if branch.always else "else")))
    return tuple(pieces)
