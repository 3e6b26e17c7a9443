"""A stock of people ready to act: each with an account, a session and a draft of volet 2 ready to be filed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from applying import PROOF, SIREN, VOLET2
from databases import sqlite_url
from drafting import a_ready_draft, an_account, the_dossier_of
from guichet.model.records import Dossier, ListRow
from guichet.services.cases import UseCases
from guichet.services.drafts import open_draft
from guichet.services.filing import result_columns, review
from guichet.services.sessions import ABSOLUTE, open_session, session_hash
from guichet.settings import Settings
from guichet.storage import Tx, accounts, dossiers, list_imports, sessions
from guichet.web.security.visits import csrf_of
from instances import an_instance
from instructing import a_siret

__all__ = ["TERRITORY", "Applicant", "Stock", "a_stock", "agent_cookie", "file_many", "more_applicants"]

TERRITORY = "reg-53"
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person, their browser's session and their draft."""

    reference: str
    session: str

    @property
    def cookie(self) -> str:
        """The cookie their browser sends."""
        return f"guichet={self.session}"

    def form(self, seen: str) -> dict[str, str]:
        """The form of the review page, ticked."""
        return {"_csrf_token": csrf_of(self.session), "key": self.session[:32], "seen": seen, "attested": "sincerite"}

    def url(self, part: str) -> str:
        """A page of their draft."""
        return f"/t/{TERRITORY}/dossiers/{self.reference}/{part}"


@dataclass(frozen=True, slots=True)
class Stock:
    """A prepared instance: where it lives, the draft all others copy, and what its review shows."""

    cases: UseCases
    url: str
    folder: Path
    model: Dossier
    seen: str


@contextmanager
def a_stock(folder: Path, people: int) -> Iterator[Stock]:
    """Give an instance with volet 2 open and that many companies in the list of volet 1."""
    folder.mkdir(parents=True, exist_ok=True)
    url = sqlite_url(folder)
    settings = Settings(database_url=url)
    with an_instance(folder, schemes=[VOLET2], territories=[TERRITORY], settings=settings) as cases:
        rows = [_listed(SIREN), *(_listed(a_siret(number)[:9]) for number in range(people))]
        list_imports.import_rows(
            cases.store, rows, scheme=VOLET2, list_="volet1", as_of=date(2020, 4, 18), sha256="0" * 64
        )
        account = an_account(cases)
        reference = a_ready_draft(cases, account)
        draft = open_draft(cases, account, reference)
        yield Stock(cases, url, folder, the_dossier_of(cases, reference), review(cases, draft).seen)


def more_applicants(stock: Stock, first: int, count: int) -> list[Applicant]:
    """Give that many more people, each with a draft ready to be filed, numbered from `first`."""
    made: list[Applicant] = []
    for start in range(first, first + count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, first + count))
        made += stock.cases.store.act(lambda tx, numbers=numbers: [_applicant(tx, stock, one) for one in numbers])
    return made


def file_many(stock: Stock, first: int, count: int) -> None:
    """Add that many dossiers as filing leaves them, waiting for the opinion of the Région."""
    account = an_account(stock.cases)
    draft = open_draft(stock.cases, account, stock.model.reference)
    result = result_columns(review(stock.cases, draft).assessment)
    filed: dict[str, Any] = {"phase": "instruction", "stage": "opinion", **result}
    for start in range(first, first + count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, first + count))
        stock.cases.store.act(lambda tx, numbers=numbers: [_copy(tx, stock, account, one, **filed) for one in numbers])


def _applicant(tx: Tx, stock: Stock, number: int) -> Applicant:
    account = accounts.ensure(tx, f"person{number}@exemple.fr").id
    session = tx.ids.secret()
    ends_at = tx.real_now + ABSOLUTE["applicant"]
    sessions.start(tx, id_hash=session_hash(session), kind="applicant", subject=account, csrf="", ends_at=ends_at)
    return Applicant(_copy(tx, stock, account, number).reference, session)


def _copy(tx: Tx, stock: Stock, account: str, number: int, **values: Any) -> Dossier:
    model, siret = stock.model, a_siret(number)
    if "phase" in values:
        values |= {"filed_at": tx.now, "stage_at": tx.now, "siren": siret[:9], "payee": f"ATELIER {number}"}
    return dossiers.start(
        tx,
        scheme=model.scheme,
        territory=model.territory,
        snapshot_hash=model.snapshot_hash,
        by=account,
        account=account,
        title=f"Atelier {number}",
        answers={**model.answers, "siret": siret, "raison_sociale": f"Atelier {number}"},
        checks=model.checks,
        **values,
    )


def _listed(siren: str) -> ListRow:
    return ListRow(siren, {"reference": PROOF, "amount": 150_000, "month": "2020-03"})


def agent_cookie(cases: UseCases, agent: str) -> str:
    """Give the cookie of an agent who has signed in."""
    return f"guichet-agent={open_session(cases, 'agent', agent)}"
