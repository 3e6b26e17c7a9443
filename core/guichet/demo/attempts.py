"""Attempts to file, drawn one by one: who, where, what they answer, what the gate says, what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from random import Random
from typing import Any, Literal

from guichet.demo.drawing import Document, Drawer, Drawn, Money, Scene, drawer, person, plain, weighted
from guichet.demo.invented import off_by_one, siret
from guichet.demo.lists import Row, company_numbers, list_rows
from guichet.demo.recipe import Recipe, share
from guichet.model.territories import Territories

__all__ = ["Attempt", "Fate", "attempts", "posted"]

Fate = Literal["followed", "left_open", "returned"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person who tries.

    Args:
        stopped: Why the gate stops them; None for those who file.
        posted: Field → what they type.
        proofs: List → column → what they quote of it.
        judged: Criterion → the answer agents give, or what the applicant attests.
        fate: Whether agents go to the end of it.
        waits_at: For a dossier left open, how far it goes: 0 before the first act, 1 after it…
        calls: Whether they call the helpdesk once they have filed.
    """

    number: int
    territory: str
    name: str
    email: str
    stopped: str | None
    posted: Mapping[str, Any]
    proofs: Mapping[str, Mapping[str, str]]
    judged: Mapping[str, bool]
    fate: Fate
    waits_at: float
    calls: bool = False


def attempts(
    recipe: Recipe, territories: Territories, *, rows: Mapping[str, int], places: Sequence[str]
) -> Iterator[Attempt]:
    """Attempts without end, the same for the same recipe, lists and places.

    Args:
        rows: List → how many rows were imported.
        places: The territories that take part.
    """
    return _Generator(recipe, territories, rows, places).attempts()


def posted(value: Drawn) -> Any:
    """A drawn value as an applicant types it.

    >>> posted(Money(140050))
    '1400,50'
    """
    if isinstance(value, Mapping | Document):
        return value
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, list):
        return [{name: posted(cell) for name, cell in row.items()} for row in value]
    if isinstance(value, Money):
        sign, cents = ("-" if value < 0 else ""), abs(int(value))
        return f"{sign}{cents // 100},{cents % 100:02d}"
    return value.isoformat() if isinstance(value, date) else str(value)


class _Generator:
    """What is made once for all attempts: the draws, the companies in the lists and those in none."""

    def __init__(
        self, recipe: Recipe, territories: Territories, rows: Mapping[str, int], places: Sequence[str]
    ) -> None:
        self.recipe = recipe
        self.fields = {name: drawer(draw) for name, draw in recipe.fields.items()}
        self.reads = {name: draw.reads for name, draw in recipe.fields.items()}
        self.profiles = [
            {
                case: {name: (drawer(draw), draw.reads) for name, draw in declared.fields.items()}
                for case, declared in cases.items()
            }
            for cases in recipe.profiles.values()
        ]
        self.weights = [
            {case: declared.weight for case, declared in cases.items()} for cases in recipe.profiles.values()
        ]
        self.places = {name: recipe.territories[name] for name in places}
        self.postcodes = {name: _postcodes(territories, name) for name in places}
        self.lists = tuple(rows)
        listed = zip(*(islice(list_rows(recipe, name), number) for name, number in rows.items()), strict=False)
        self.listed = zip(listed, company_numbers(recipe), strict=False)  # the nth row speaks of the nth company
        self.strangers = company_numbers(recipe, skip=max(rows.values(), default=0))

    def attempts(self) -> Iterator[Attempt]:
        for number in count(1):
            rng = Random(f"{self.recipe.seed}:attempt:{number}")  # noqa: S311  invented data, drawn again from its seed
            yield self._one(number, rng)

    def _one(self, number: int, rng: Random) -> Attempt:
        gate = self.recipe.gate
        stopped = weighted(rng, gate.reasons) if gate is not None and rng.random() < share(gate.stopped) else None
        siren, rows = self._rows(rng, stopped)
        territory = weighted(rng, self.places)
        first, last = person(rng)
        scene = Scene(rng, self.recipe.business_day, self.strangers, siren, self.postcodes[territory], first, last)
        values = self._values(scene)
        if stopped == "wrong_check_digit":
            values = {name: _misread(value, scene) for name, value in values.items()}
        return Attempt(
            number=number,
            territory=territory,
            name=f"{first} {last}",
            email=f"{plain(first)}.{plain(last)}.{number}@exemple.fr",
            stopped=stopped,
            posted={name: posted(value) for name, value in values.items()},
            proofs={
                name: {
                    column: _wrong(str(value)) if stopped == "wrong_proof" else posted(value)
                    for column, value in row.items()
                }
                for name, row in zip(self.lists, rows, strict=False)
            },
            judged={name: rng.random() < share(rate) for name, rate in self.recipe.judgements.items()},
            fate=self._fate(rng),
            waits_at=rng.random(),
            calls=rng.random() < share(self.recipe.calls),
        )

    def _rows(self, rng: Random, stopped: str | None) -> tuple[str, tuple[Row, ...]]:
        """A company and its row in each list; one that is in none quotes a proof it invents."""
        if stopped != "not_in_list" and (found := next(self.listed, None)) is not None:
            rows, siren = found
            return siren, rows
        scene = Scene(rng, self.recipe.business_day, self.strangers, next(self.strangers))
        columns = (self.recipe.lists[name].columns for name in self.lists)
        return scene.siren, tuple({name: drawer(draw)(scene) for name, draw in some.items()} for some in columns)

    def _values(self, scene: Scene) -> dict[str, Drawn]:
        wanted: dict[str, tuple[Drawer, tuple[str, ...]]] = {
            name: (draw, self.reads[name]) for name, draw in self.fields.items()
        }
        for cases, weights in zip(self.profiles, self.weights, strict=True):
            wanted |= cases[weighted(scene.rng, weights)]
        for name in wanted:
            _draw(name, wanted, scene)
        return scene.values

    def _fate(self, rng: Random) -> Fate:
        at, left = rng.random(), share(self.recipe.decisions.left_open)
        if at < left:
            return "left_open"
        return "returned" if at < left + share(self.recipe.decisions.returned_to_region) else "followed"


def _draw(name: str, wanted: Mapping[str, tuple[Drawer, tuple[str, ...]]], scene: Scene) -> None:
    if name in scene.values:
        return
    draw, reads = wanted[name]
    for other in reads:
        _draw(other, wanted, scene)
    scene.values[name] = draw(scene)


def _misread(value: Drawn, scene: Scene) -> Drawn:
    """A company number with a wrong digit, wherever the company is named."""
    if value == scene.siren:
        return off_by_one(scene.siren)
    if isinstance(value, str) and value[:9] == scene.siren:
        return siret(off_by_one(scene.siren), scene.rng)
    return value


def _wrong(proof: str) -> str:
    """A proof misread by one digit."""
    return f"{proof[:-1]}{(int(proof[-1]) + 1) % 10}" if proof[-1:].isdigit() else f"{proof}0"


def _postcodes(territories: Territories, territory: str) -> tuple[str, ...]:
    found = territories[territory].departements or (territory,)
    return tuple("20" if code[:1] == "2" and code[1:] in ("a", "b") else code for code in (name[4:] for name in found))
