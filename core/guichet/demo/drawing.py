"""How a value is drawn: one small function for each distribution, made once from its declaration."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeAlias

from guichet.demo import words
from guichet.demo.invented import iban, one_page_pdf, siret
from guichet.demo.recipe import Draw
from guichet.model.scalars import Scaled

__all__ = ["Document", "Drawer", "Drawn", "Money", "Scene", "drawer", "person", "plain", "weighted"]


class Money(int):
    """A number of cents, told apart from a plain number by whoever writes it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file somebody sends."""

    name: str
    content: bytes


Drawn: TypeAlias = "str | int | Money | date | Document | Mapping[str, str] | tuple[str, ...] | Rows"
Rows: TypeAlias = "list[dict[str, Drawn]]"


@dataclass(slots=True)
class Scene:
    """What is known while the values of one case are drawn."""

    rng: Random
    day: date
    sirens: Iterator[str]
    siren: str = ""
    """The company already chosen, such as a row of a list; another is taken when there is none."""
    postcodes: tuple[str, ...] = ("75",)
    """The first digits of the postcodes of the place."""
    first_name: str = ""
    last_name: str = ""
    values: dict[str, Drawn] = field(default_factory=dict[str, Drawn])

    def company(self) -> str:
        """The SIREN of the case."""
        self.siren = self.siren or next(self.sirens)
        return self.siren


Drawer: TypeAlias = Callable[[Scene], Drawn]


def weighted(rng: Random, choices: Mapping[Any, int]) -> str:
    """One of some choices, as often as its weight says."""
    return rng.choices(tuple(choices), tuple(choices.values()))[0]


def person(rng: Random) -> tuple[str, str]:
    """A first name and a last name."""
    return rng.choice(words.FIRST_NAMES), rng.choice(words.LAST_NAMES)


def drawer(draw: Draw) -> Drawer:
    """The function that draws what a declaration says."""
    return _MAKERS[draw.distribution](draw.given)


def _fixed(given: Mapping[str, Any]) -> Drawer:
    value: str = given["value"]
    return lambda _: value


def _weights(given: Mapping[str, Any]) -> Drawer:
    names, weights = tuple(given["choices"]), tuple(given["choices"].values())
    return lambda scene: scene.rng.choices(names, weights)[0]


def _integer(given: Mapping[str, Any]) -> Drawer:
    low, count = given["from"], given["to"] - given["from"] + 1
    return lambda scene: low + int(scene.rng.random() * count)


def _money(given: Mapping[str, Any]) -> Drawer:
    low, count = given["from"], given["to"] - given["from"] + 1
    return lambda scene: Money(low + int(scene.rng.random() * count))


def _lognormal(given: Mapping[str, Any]) -> Drawer:
    mean, sigma = math.log(given["median"]), float(given["sigma"].decimal())
    low, high = given["min"], given["max"]

    def draw(scene: Scene) -> Money:
        cents = round(scene.rng.lognormvariate(mean, sigma) / 100) * 100  # people round to the euro
        return Money(min(max(cents, low), high))

    return draw


def _share_of(given: Mapping[str, Any]) -> Drawer:
    names, low, high = given["fields"], _part(given["from"]), _part(given["to"])

    def draw(scene: Scene) -> Money:
        whole = sum(value for name in names if isinstance(value := scene.values[name], int))
        return Money(round(whole * scene.rng.uniform(low, high) / 100) * 100)

    return draw


def _days_before(given: Mapping[str, Any]) -> Drawer:
    low, high = given["from"], given["to"]
    return lambda scene: scene.day - timedelta(days=scene.rng.randint(low, high))


def _date(given: Mapping[str, Any]) -> Drawer:
    low, high = given["from"].toordinal(), given["to"].toordinal()
    return lambda scene: date.fromordinal(scene.rng.randint(low, high))


def _pattern(given: Mapping[str, Any]) -> Drawer:
    """Runs of 9 become digits, runs of A letters; one random number for each run."""
    parts = [(part, part[0]) for part in re.findall(r"9+|A+|[^9A]+", given["value"])]

    def draw(scene: Scene) -> str:
        return "".join(_run(scene.rng, part, kind) for part, kind in parts)

    return draw


def _run(rng: Random, part: str, kind: str) -> str:
    if kind == "9":
        return f"{int(rng.random() * 10 ** len(part)):0{len(part)}d}"
    return "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=len(part))) if kind == "A" else part


def _several(given: Mapping[str, Any]) -> Drawer:
    values: tuple[str, ...] = given["values"]
    return lambda _: values


def _rows(given: Mapping[str, Any]) -> Drawer:
    """Some rows, each drawn column by column, in their order; a column reads those above it."""
    low, high = given["from"], given["to"]
    columns = {name: drawer(draw) for name, draw in given["columns"].items()}

    def draw(scene: Scene) -> Rows:
        found: Rows = []
        for _ in range(scene.rng.randint(low, high)):
            row = replace(scene, values=dict(scene.values))
            found.append({name: row.values.setdefault(name, one(row)) for name, one in columns.items()})
        return found

    return draw


def _same_as(given: Mapping[str, Any]) -> Drawer:
    name: str = given["field"]
    return lambda scene: scene.values[name]


def _document(given: Mapping[str, Any]) -> Drawer:
    """A page that names its kind and its owner, as invented as they are."""
    kind: str = given["value"]

    def draw(scene: Scene) -> Document:
        owner = f"{scene.first_name} {scene.last_name}"
        return Document(f"{plain(kind)}.pdf", one_page_pdf(plain(f"{kind} {owner} document invente")))

    return draw


def _company_name(scene: Scene) -> str:
    template = scene.rng.choice(words.COMPANIES)
    return template.format(last=scene.last_name, first=scene.first_name, place=scene.rng.choice(words.PLACES))


def _phone(scene: Scene) -> str:
    return f"{scene.rng.choice(words.PHONES)}{scene.rng.randrange(10_000):04d}"


def _email(scene: Scene) -> str:
    return f"{plain(scene.first_name)}.{plain(scene.last_name)}@exemple.fr"


def _address(scene: Scene) -> Mapping[str, str]:
    code = scene.rng.choice(scene.postcodes)
    street = f"{scene.rng.randint(1, 98)} {scene.rng.choice(words.STREETS)} {scene.rng.choice(words.PLACES)}"
    postcode = code + f"{scene.rng.randrange(1, 10 ** (4 - len(code))) * 10:0{5 - len(code)}d}"
    return {"street": street, "postcode": postcode, "city": scene.rng.choice(words.CITIES)}


def plain(name: str) -> str:
    """A name as an e-mail address spells it.

    >>> plain("Éléonore Le Goff")
    'eleonore-le-goff'
    """
    table = str.maketrans("àâäçéèêëîïôöùûüÿ ", "aaaceeeeiioouuuy-")
    return name.lower().translate(table)


def _part(rate: Scaled) -> float:
    return float(rate.decimal()) / 100


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Drawer]] = {
    "fixed": _fixed,
    "weights": _weights,
    "integer": _integer,
    "money": _money,
    "lognormal": _lognormal,
    "share_of": _share_of,
    "days_before": _days_before,
    "date": _date,
    "pattern": _pattern,
    "same_as": _same_as,
    "document": _document,
    "several": _several,
    "rows": _rows,
    "siren": lambda _: Scene.company,
    "siret": lambda _: lambda scene: siret(scene.company(), scene.rng),
    "iban": lambda _: lambda scene: iban(scene.rng),
    "company_name": lambda _: _company_name,
    "first_name": lambda _: lambda scene: scene.first_name,
    "last_name": lambda _: lambda scene: scene.last_name,
    "full_name": lambda _: lambda scene: f"{scene.first_name} {scene.last_name}",
    "phone": lambda _: _phone,
    "email": lambda _: _email,
    "address": lambda _: _address,
    "sentence": lambda _: lambda scene: scene.rng.choice(words.SENTENCES),
}
