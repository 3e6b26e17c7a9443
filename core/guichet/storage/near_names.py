"""Dossiers whose name sounds like the one a caller gives: asked for when the name as typed finds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlalchemy import or_, select

from guichet.model.records import Dossier
from guichet.storage.dossiers import Place, fold, lies_in
from guichet.storage.rows import every, reading
from guichet.storage.tables.dossiers import dossier
from guichet.storage.tables.people import account
from guichet.storage.tx import Tx

__all__ = ["find_near"]

_SHORTEST = 4
_SLIPS = 2
_PIECES = _SLIPS + 1
_LOOKED_AT = 20_000


def find_near(tx: Tx, text: str, *, places: Sequence[Place], limit: int = 10) -> list[Dossier]:
    """Give filed dossiers with, for each word of a name, one that differs by two slips at most: the nearest first.

    A slip is a letter too many, too few, another, or two that changed places; a word under six letters allows one.
    Of an address, what stands before the `@` is what counts. Of a name with a digit, and of words under four letters,
    nothing is guessed.
    """
    if "@" in text:
        return _of_same_mailbox(tx, text, places, limit)
    words = [word for word in fold(text).split() if len(word) >= _SHORTEST]
    if not words or any(character.isdigit() for character in text):
        return []
    asked = select(dossier.c.id, dossier.c.search).where(
        lies_in(places),
        dossier.c.filed_at.is_not(None),
        *(or_(*(dossier.c.search.contains(piece, autoescape=True) for piece in _pieces(word))) for word in words),
    )
    newest = asked.order_by(dossier.c.id.desc()).limit(_LOOKED_AT)
    far = {found: _far(words, search.split()) for found, search in tx.run(newest)}
    near = sorted((slips, found) for found, slips in far.items() if slips is not None)[:limit]
    order = {found: place for place, (_, found) in enumerate(near)}
    named = every(tx, Dossier, reading(dossier, Dossier).where(dossier.c.id.in_(order)))
    return sorted(named, key=lambda one: order[one.id])


def _of_same_mailbox(tx: Tx, text: str, places: Sequence[Place], limit: int) -> list[Dossier]:
    """Who signed in with the same name before another `@…`: it is the domain that callers misspell."""
    name = text.strip().casefold().partition("@")[0]
    if len(name) < _SHORTEST:
        return []
    same = select(account.c.id).where(account.c.email.startswith(f"{name}@", autoescape=True))
    asked = reading(dossier, Dossier).where(
        lies_in(places), dossier.c.filed_at.is_not(None), dossier.c.account.in_(same)
    )
    return every(tx, Dossier, asked.order_by(dossier.c.id).limit(limit))


def _pieces(word: str) -> Iterator[str]:
    """Pieces of a word one more than the slips allowed: whatever they are, one piece was typed right."""
    ends = [round(len(word) * place / _PIECES) for place in range(_PIECES + 1)]
    return (word[start:end] for start, end in pairwise(ends))


def _far(words: Sequence[str], held: Sequence[str]) -> int | None:
    """How many slips away a row's words are, or None beyond what is allowed."""
    total = 0
    for word in words:
        allowed = 1 if len(word) < _SHORTEST + 2 else _SLIPS
        likely = (one for one in held if abs(len(one) - len(word)) <= allowed)
        slips = min((_slips(word, one) for one in likely), default=allowed + 1)
        if slips > allowed:
            return None
        total += slips
    return total


def _slips(one: str, other: str) -> int:
    """How many letters are too many, too few, others or changed places (optimal string alignment).

    >>> _slips("granaud", "garnaud"), _slips("garneau", "garnaud"), _slips("kemener", "quemener")
    (1, 2, 2)
    """
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        earlier, before, line = before, line, [row]
        for column, facing in enumerate(other, start=1):
            best = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and facing == one[row - 2]:
                best = min(best, earlier[column - 2] + 1)
            line.append(best)
    return line[-1]
