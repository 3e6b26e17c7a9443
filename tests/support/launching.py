"""A scheme and a territory with all that a real opening asks for, in an instance that may be live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from declarations import a_library, with_change
from guichet.loader.library import Library
from guichet.plugin.contracts.base import Mode
from guichet.services.cases import UseCases
from guichet.settings import Settings
from guichet.storage import Tx, agents
from instances import an_instance

__all__ = ["PLACE", "READY_SCHEME", "READY_TERRITORY", "a_launch", "complete_library", "people_for"]

PLACE = "dep-74"
READY_SCHEME = with_change(
    "  basis: Délibération\n",
    "  basis: Délibération n° 2020-05\n"
    "  as_of_right: true\n"
    "  data: {controller: Le Département, dpo: dpo@exemple.fr, dpia: 2020-04-01}\n"
    "  retention: {visa: Visa n° 12 des archives}\n"
    "  homologation: {decided: 2020-04-01, until: 2023-04-01}\n",
)
READY_TERRITORY = """\
format: 1
id: dep-74
name: Haute-Savoie
forms: {the: la Haute-Savoie, of: de la Haute-Savoie, in: en Haute-Savoie}
region: reg-84
brand: {initials: HS, colours: ["#27563f", "#9472bb"]}
authority: {name: Haute-Savoie, council: Conseil départemental de la Haute-Savoie, city: Annecy}
prefecture: {name: Préfecture de la Haute-Savoie, city: Annecy}
tribunal: grenoble
contacts:
  service: Direction de l'économie
  email: aides@exemple.fr
  phone: 04 50 00 00 00
  address: 1 rue de l'Exemple, 74000 Annecy
  hours: du lundi au vendredi, 9 h – 17 h
signatories:
  president: {name: Claude Favre, quality: Président du conseil départemental, from: 2020-01-01, until: 2021-06-30}
payer: {name: Département de la Haute-Savoie, accountant: Paierie départementale}
accessibility: {status: partial, assessed: 2020-03-10}
"""
EXAMPLES = """\
format: 1
examples:
  accordé:
    title: Annulé, sous le plafond
    answers: {effectif: 3, annule: true, perte: 400, titulaire: LUCIE FAVRE, iban: FR7630006000011234567890189}
    expect: {outcome: eligible, amount: 400}
  refusé:
    title: Trop de salariés
    like: accordé
    answers: {effectif: 30}
    expect: {outcome: not_eligible, failed: [petit]}
"""
"""Examples that lead to every letter."""


def complete_library(
    folder: Path, *, scheme: str = READY_SCHEME, territory: str = READY_TERRITORY, examples: str = EXAMPLES
) -> Library:
    """Give the library of a scheme `essai` that lacks nothing in the Haute-Savoie."""
    files = {"regions/dep-74-haute-savoie/territory.yaml": territory, "schemes/essai/examples.yaml": examples}
    return a_library(folder, scheme, files)


@contextmanager
def a_launch(
    folder: Path, *, mode: Mode = "sandbox", on: date = date(2020, 5, 4), settings: Settings | None = None
) -> Iterator[UseCases]:
    """Give an instance whose own declarations lie in `folder`, with nobody in it yet."""
    with an_instance(folder / "var", on=on, mode=mode, settings=settings) as cases:
        yield cases


def people_for(cases: UseCases, *, each: int = 2) -> None:
    """Make agents who instruct and decide in the Haute-Savoie."""

    def act(tx: Tx) -> None:
        place = agents.ensure_organisation(tx, territory=PLACE, body="collectivite", name="Département")
        for role in ("instructor", "decider"):
            for number in range(each):
                who = agents.ensure(tx, email=f"{role}{number}@exemple.fr", name=f"{role} {number}")
                agents.assign(tx, agent_id=who.id, role=role, organisation_id=place.id, territory=PLACE)

    cases.store.act(act)
