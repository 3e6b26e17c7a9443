"""Instances for tests of instruction: agents with assignments, volet 2 published, dossiers filed and pre-instructed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stdnum import luhn

from browsing import Browser, a_browser
from guichet.model.records import Dossier, ListRow
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.mass_acts import MassResult, Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.sessions import open_session
from guichet.storage import Tx, agents, dossiers
from guichet.storage.list_imports import import_rows
from guichet.web.app import create_app
from worked import SCHEME, a_filed_dossier, an_instance

__all__ = [
    "People",
    "a_siret",
    "an_agents_browser",
    "an_applicants_browser",
    "dossiers_to_instruct",
    "favourable",
    "head_of_act",
    "instructing",
    "left_codes",
    "read_again",
    "selected",
    "the_people",
]

DAY = date(2020, 4, 20)


@dataclass(frozen=True, slots=True)
class People:
    """Agents of a run, by what they do, as ids."""

    instructor: str
    other_instructor: str
    decider: str
    other_decider: str
    helpdesk: str
    finance: str
    stranger: str
    """Decides in another Région."""
    double: str
    """Instructs for the Région and decides for the Préfecture: nobody should, somebody will."""


_ROLES: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "instructor": [("instructor", "region", "reg-53")],
    "other_instructor": [("instructor", "region", "reg-53")],
    "decider": [("decider", "prefecture", "reg-53")],
    "other_decider": [("decider", "prefecture", "reg-53")],
    "helpdesk": [("helpdesk", "region", "reg-53")],
    "finance": [("finance", "prefecture", "reg-53")],
    "stranger": [("decider", "prefecture", "reg-28"), ("instructor", "region", "reg-28")],
    "double": [("instructor", "region", "reg-53"), ("decider", "prefecture", "reg-53")],
}
NAMES = {
    "instructor": "Nolwenn Tanguy",
    "other_instructor": "Erwan Kermarrec",
    "decider": "Yann Le Bihan",
    "other_decider": "Maëlle Riou",
    "helpdesk": "Loïc Perrot",
    "finance": "Gwenaëlle Morvan",
    "stranger": "Camille Lefort",
    "double": "Alan Stivell",
}


def a_siret(number: int) -> str:
    """Give a SIRET whose keys fit, another for each number."""
    siren = f"{10_000_000 + number}"
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001{luhn.calc_check_digit(f'{siren}0001')}"


def the_people(cases: UseCases, scheme: str | None = None) -> People:
    """Give the agents, made with their assignments."""

    def act(tx: Tx) -> People:
        made: dict[str, str] = {}
        for key, name in NAMES.items():
            agent = agents.ensure(tx, email=f"{key}@exemple.fr", name=name)
            made[key] = agent.id
            for role, body, territory in _ROLES[key]:
                organisation = agents.ensure_organisation(
                    tx, territory=territory, body=body, name=f"{body} {territory}"
                )
                agents.assign(
                    tx,
                    agent_id=agent.id,
                    role=role,
                    organisation_id=organisation.id,
                    territory=territory,
                    scheme=scheme,
                )
        return People(**made)

    return cases.store.act(act)


@contextmanager
def instructing(
    tmp_path: Path,
    url: str | None = None,
    *,
    published: Sequence[str] = ("reg-53", "reg-28"),
    clock: Any = None,
) -> Iterator[tuple[UseCases, People]]:
    """A fresh instance with volet 2 published, its people, and a volet 1 list that holds `a_siret(1…999)`."""
    with an_instance(tmp_path, url, published=published, clock=clock) as cases:
        rows = [_volet1(number) for number in range(1, 1000)]
        import_rows(cases.store, rows, scheme=SCHEME, list_="volet1", as_of=date(2020, 4, 15), sha256="0" * 64)
        yield cases, the_people(cases)


def dossiers_to_instruct(cases: UseCases, count: int = 1, *, first: int = 1, **values: Any) -> list[Dossier]:
    """Dossiers filed and pre-instructed, that wait for the opinion of the Région."""
    given = values.pop("answers", {})
    proof = {"@proof.volet1": {"reference": "REF"}}
    made: list[Dossier] = []
    for number in range(first, first + count):
        answers = {"siret": a_siret(number), "raison_sociale": f"Atelier {number}", **proof, **given}
        filed = a_filed_dossier(cases, answers=answers, checks={"sincerite": True}, **values)
        made.append(pre_instruct(cases, filed.id))
    return made


def favourable(cases: UseCases, people: People, count: int = 1, **values: Any) -> list[Dossier]:
    """Dossiers with a favourable opinion, that wait for the decision of the Préfecture."""
    made = dossiers_to_instruct(cases, count, **values)
    assert not give_opinions(cases, people.instructor, selected(made), Answers(favourable=True)).left
    return [read_again(cases, one) for one in made]


def read_again(cases: UseCases, dossier: Dossier) -> Dossier:
    """The dossier as it stands now."""
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def left_codes(result: MassResult) -> list[str]:
    """Why each dossier of a mass act was left, as codes."""
    return [one.code for one in result.left]


def head_of_act(
    cases: UseCases, number: str = "2020-53-001", *, territory: str = "reg-53", day: date | None = None
) -> ActHead:
    """The head of an act under the first signatory that is valid."""
    on = day or cases.today(territory)
    return ActHead(next(iter(cases.territory(territory).signatories_for("prefet_region", on))), number, on)


def selected(those: Sequence[Dossier]) -> list[Selected]:
    """A selection at the revisions seen."""
    return [Selected(dossier.id, dossier.revision) for dossier in those]


@contextmanager
def an_agents_browser(cases: UseCases, *agent_ids: str) -> Iterator[Any]:
    """Browsers signed in as agents, one for each, on one application; a single one is given alone."""
    app = create_app(cases)
    browsers: list[Browser] = []
    for agent_id in agent_ids:
        browser = a_browser(app, "https://testserver.local")
        browser.client.cookies.set(app.state.site.session_cookie("agents"), open_session(cases, "agent", agent_id))
        browsers.append(browser)
    with browsers[0]:
        yield browsers[0] if len(browsers) == 1 else browsers


@contextmanager
def an_applicants_browser(cases: UseCases, dossier: Dossier) -> Iterator[Browser]:
    """A browser signed in as the applicant of a dossier."""
    app = create_app(cases)
    browser = a_browser(app, "https://testserver.local")
    session = open_session(cases, "applicant", dossier.account or "")
    browser.client.cookies.set(app.state.site.session_cookie("public"), session)
    with browser:
        yield browser


def day_after(days: int) -> date:
    """A day after the business day."""
    return DAY + timedelta(days=days)


def _volet1(number: int) -> ListRow:
    return ListRow(a_siret(number)[:9], {"reference": "REF", "amount": 150_000, "month": "2020-03"})
