"""What only a collectivité knows, invented for a demonstration: contacts, signatories, payer, laid in `regions/`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from guichet.demo import words
from guichet.demo.drawing import person
from guichet.demo.recipe import Recipe
from guichet.model.authorities import Signatory
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.territories import Territories
from guichet.model.territory import Territory

__all__ = ["fill_places"]

_NOTE = "# Inventé pour une démonstration : ni ces personnes ni ces numéros n'existent.\nformat: 1\n"


def fill_places(folder: Path, territories: Territories, places: Sequence[str], recipe: Recipe) -> None:
    """Write a file for each place that says what its shipped file leaves to complete."""
    for name in places:
        rng = Random(f"{recipe.seed}:place:{name}")  # noqa: S311  invented data, drawn again from its seed
        path = folder / "regions" / name / "territory.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_NOTE + _file(territories[name], rng), encoding="utf-8")


def _file(territory: Territory, rng: Random) -> str:
    contacts = {
        "service": f"Service des aides aux entreprises ({territory.name})",
        "email": f"aides.{territory.id}@exemple.fr",
        "phone": _phone(rng),
        "address": f"{rng.randint(1, 98)} {rng.choice(words.STREETS)} {rng.choice(words.PLACES)}",
        "hours": "du lundi au vendredi, de 9 h à 17 h",
    }
    payer = {
        "name": f"Ordonnateur de démonstration ({territory.name})",
        "accountant": f"Comptable de démonstration ({territory.name})",
    }
    lines = ["contacts:", *_filled(contacts, territory.contacts.model_dump())]
    if territory.signatories:
        lines.append("signatories:")
        for key, signatory in territory.signatories.items():
            lines += [f"  {key}:", *_signatory(signatory, rng)]
    return "\n".join([*lines, "payer:", *_filled(payer, territory.payer.model_dump())]) + "\n"


def _phone(rng: Random) -> str:
    digits = f"{rng.choice(words.PHONES)}{rng.randrange(10_000):04d}"
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2))


def _filled(invented: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    """What the file says, and what is invented where it says nothing."""
    known = {name: text for name, text in said.items() if text and text != PLACEHOLDER}
    return [f"  {name}: {_quoted(text)}" for name, text in {**invented, **known}.items()]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _signatory(signatory: Signatory, rng: Random) -> list[str]:
    name = " ".join(person(rng)) if signatory.name == PLACEHOLDER else signatory.name
    said = {"name": name, "quality": signatory.quality, "delegation": signatory.delegation, "issuer": signatory.issuer}
    days = {"from": signatory.first, "until": signatory.until}
    lines = [f"    {key}: {_quoted(text)}" for key, text in said.items() if text]
    return [*lines, *(f"    {key}: {day.isoformat()}" for key, day in days.items() if day)]
