"""Territory ids: `reg-53`, `dep-74`, `dep-2a`. Every Région code is a Département code too: a bare one is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from guichet.errors import Position, Problem, ProblemsFound, nearest

__all__ = ["TerritoryKind", "departement_of_commune", "kind_of", "parse_territory_id", "territory_problem"]

TerritoryKind = Literal["region", "departement"]

_CODE = r"\d{2,3}|2[ab]"
_ID = re.compile(rf"(reg|dep)-({_CODE})", re.ASCII)
_BARE = re.compile(r"\d{1,3}|2[abAB]", re.ASCII)
_COMMUNE = re.compile(r"(?:\d{2}|2[ABab])\d{3}", re.ASCII)
_KINDS: Mapping[str, TerritoryKind] = {"reg": "region", "dep": "departement"}


def parse_territory_id(text: str, names: Mapping[str, str]) -> str:
    """The id itself when it is one of the known ids; raises ProblemsFound with the ids that may be meant."""
    problem = territory_problem(text, names)
    if problem is not None:
        raise ProblemsFound([problem])
    return text


def territory_problem(
    text: str, names: Mapping[str, str], position: Position | None = None, path: tuple[str, ...] = ()
) -> Problem | None:
    """Why a text is not the id of a territory, or None when it is one; `names` gives the name of each known id."""
    if text in names:
        return None
    if _BARE.fullmatch(text):
        code = text.lower().zfill(2)
        candidates = [known for known in (f"reg-{code}", f"dep-{code}") if known in names]
        if candidates:
            data = {"value": text, "candidates": _named(candidates, names)}
            return Problem("territory.bare_code", data, position, path)
    return Problem("territory.unknown", {"value": text, "nearest": _named(_guess(text, names), names)}, position, path)


def kind_of(territory_id: str) -> TerritoryKind | None:
    """What a well-formed id names, or None when it is not well formed.

    >>> kind_of("dep-2a"), kind_of("53")
    ('departement', None)
    """
    found = _ID.fullmatch(territory_id)
    return _KINDS[found[1]] if found else None


def departement_of_commune(insee: str) -> str | None:
    """The id of the Département of an INSEE commune code, or None when the text is not such a code.

    >>> departement_of_commune("74010"), departement_of_commune("97411"), departement_of_commune("2A004")
    ('dep-74', 'dep-974', 'dep-2a')
    """
    if not _COMMUNE.fullmatch(insee):
        return None
    return f"dep-{insee[: 3 if insee[:2] in ('97', '98') else 2].lower()}"


def _guess(text: str, names: Mapping[str, str]) -> list[str]:
    """The ids that a wrong text may mean: the other kind with the same code, or what looks most like it."""
    folded = text.strip().lower()
    found = re.match(_ID, folded)
    if found:
        other = f"{'dep' if found[1] == 'reg' else 'reg'}-{found[2]}"
        return [known for known in (found[0], other) if known in names][:1] or _alike(folded, names)
    by_name = nearest(folded, names.values())
    if by_name is not None:
        return [known for known, name in names.items() if name == by_name]
    return _alike(folded, names)


def _alike(text: str, names: Iterable[str]) -> list[str]:
    found = nearest(text, names)
    return [found] if found else []


def _named(ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [f"{known} ({names[known]})" for known in ids]
