"""Bracket tables and parts of an amount, said as the expressions they are short for: no back end knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from guichet.catalogue.positions import Locate, Path
from guichet.errors import Position
from guichet.language import Source
from guichet.language.words import Words, word_for
from guichet.model.rules import Branch, RuleVersion
from guichet.model.scales import Scale

_ALONE: Final = re.compile(r"[\d\s.,]+(?:[€%](?:/\w+)?)?|[^\W\d]\w*")
"""A number with its unit, or a name."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some of the text: what its author wrote somewhere, or what binds."""

    text: str
    path: Path = ()


def definition_sources(version: RuleVersion, words: Words, root: Path, locate: Locate) -> dict[str, Source]:
    """Every named value of a version as an expression: definitions, bracket tables, parts of the amount."""
    written = {
        name: (_Piece(one.value, (*root, "define", name, *(("value",) if one.label else ()))),)
        for name, one in version.define.items()
    }
    written |= {name: _scale(scale, words, (*root, "scales", name)) for name, scale in version.scales.items()}
    written |= {
        name: _cascade(part.amount, words, (*root, "amounts", name, "amount")) for name, part in version.amounts.items()
    }
    whole = {**dict.fromkeys(version.scales, "scales"), **dict.fromkeys(version.amounts, "amounts")}
    return {name: _source(pieces, (*root, whole.get(name, "define"), name), locate) for name, pieces in written.items()}


def total_of(version: RuleVersion, root: Path, locate: Locate) -> Source:
    """The sum of the parts of the amount."""
    path = (*root, "amounts")
    return Source(" + ".join(version.amounts), path, locate(path))


def _source(pieces: Sequence[_Piece], path: Path, locate: Locate) -> Source:
    text = "".join(piece.text for piece in pieces)
    if len(pieces) == 1:
        return Source(text, pieces[0].path, locate(pieces[0].path))
    whole = locate(path)
    if whole is None:
        return Source(text, path)

    def position(offset: int, length: int) -> Position:
        """The one piece that the slice touches; the whole when it touches several."""
        at, touched = 0, list[tuple[int, _Piece]]()
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


def _scale(scale: Scale, words: Words, path: Path) -> tuple[_Piece, ...]:
    base = _Piece(scale.of, (*path, "of"))
    if scale.method == "marginal":
        return _rounded(_slices(scale, base, path), scale, words)
    chosen = _choice(scale, base, words, path)
    if scale.method == "step":
        return chosen
    return _rounded((_Piece("("), base, _Piece(") * ("), *chosen, _Piece(")")), scale, words)


def _choice(scale: Scale, base: _Piece, words: Words, path: Path) -> tuple[_Piece, ...]:
    """`si base <= borne alors valeur sinon si …`."""
    when, then, otherwise = (word_for(each, words) for each in ("if", "then", "else"))
    pieces: list[_Piece] = []
    for index, bracket in enumerate(scale.brackets):
        where = (*path, "brackets", str(index))
        if bracket.otherwise:
            pieces.append(_Piece(bracket.otherwise, (*where, "else")))
            continue
        operator, key = ("<=", "up_to") if bracket.up_to else ("<", "below")
        pieces += [_Piece(f"{when} ("), base, _Piece(f") {operator} "), _Piece(bracket.bound, (*where, key))]
        pieces += [_Piece(f" {then} "), _Piece(bracket.then, (*where, "then")), _Piece(f" {otherwise} ")]
    return tuple(pieces)


def _slices(scale: Scale, base: _Piece, path: Path) -> Iterable[_Piece]:
    """Each slice of the base at the rate of its bracket, added up."""
    zero = "0 €" if "€" in scale.brackets[0].bound else "0"
    low: tuple[_Piece, ...] = (_Piece(zero),)
    for index, bracket in enumerate(scale.brackets):
        where = (*path, "brackets", str(index))
        rate = _as_one(_Piece(bracket.gives, (*where, "else" if bracket.otherwise else "then")))
        if index:
            yield _Piece(" + ")
        if bracket.otherwise:
            yield from (_Piece("max(("), base, _Piece(") - "), *low, _Piece(f", {zero}) * "), *rate)
            return
        high = _Piece(bracket.bound, (*where, "up_to" if bracket.up_to else "below"))
        yield from (_Piece("max(min("), base, _Piece(", "), high, _Piece(") - "), *low, _Piece(f", {zero}) * "), *rate)
        low = _as_one(high)


def _as_one(piece: _Piece) -> tuple[_Piece, ...]:
    """What binds as one value beside a sign: a number or a name as it is, anything else between brackets."""
    return (piece,) if _ALONE.fullmatch(piece.text.strip()) else (_Piece("("), piece, _Piece(")"))


def _rounded(inside: Iterable[_Piece], scale: Scale, words: Words) -> tuple[_Piece, ...]:
    function, to = word_for("round", words), word_for("to", words)
    return (_Piece(f"{function}("), *inside, _Piece(f" {to} {scale.round})"))


def _cascade(branches: Sequence[Branch], words: Words, path: Path) -> tuple[_Piece, ...]:
    """A cascade of branches as one expression."""
    when, then, otherwise = (word_for(each, words) for each in ("if", "then", "else"))
    pieces: list[_Piece] = []
    for index, branch in enumerate(branches):
        where = (*path, str(index))
        if branch.condition:
            pieces += [_Piece(f"{when} "), _Piece(branch.condition, (*where, "if")), _Piece(f" {then} ")]
            pieces += [_Piece(branch.then, (*where, "then")), _Piece(f" {otherwise} ")]
        else:
            pieces.append(_Piece(branch.always or branch.otherwise, (*where, "always" if branch.always else "else")))
    return tuple(pieces)
