"""Payment on proofs, more time, an appeal: filed unasked, settled by an agent, paid once, never over the grant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.engine import balances
from guichet.model.records import Dossier
from guichet.services import payment_requests
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.decisions import ActHead, Ruling, decide_all
from guichet.services.later_forms import file_later, openable_forms, opened_later, settle_later
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, accounts, agents, dossiers, later_filings
from guichet.storage import payments as orders
from instances import an_instance
from instructing import selected

SCHEME, PLACE = "occitanie-loccal", "reg-76"
PDF = b"%PDF-1.7\n" + b"facture " * 50 + b"\n%%EOF\n"
ANSWERS: dict[str, Any] = {
    "siret": "73282932000074", "raison_sociale": "Hôtel du Canal", "naf": "55.10Z", "commune": "31555",
    "effectif": "3.00", "activite": "hebergement", "demandes": ["investissement", "loyer"],
    "minimis_recu": False, "independant": True,
    "devis": [{"nature": "Parois", "cout_ht": 1_000_000}], "ferme_public": True, "loyer_mensuel": 90_000,
    "titulaire": "Hôtel du Canal", "iban": "FR7630006000011234567890189",
}  # fmt: skip


@dataclass
class Life:
    """An instance on one day of 2020, with two agents, and one dossier."""

    cases: UseCases
    instructor: str
    decider: str
    dossier: Dossier

    def decide(self, ruling: Ruling) -> None:
        give_opinions(self.cases, self.instructor, selected([self.dossier]), Answers(favourable=True, reason="Vu."))
        self.dossier = self.now()
        today = self.cases.today(PLACE)
        signatory = next(iter(self.cases.territory(PLACE).signatories_for("president", today)))
        head = ActHead(signatory, "2020-76-1", today)
        result = decide_all(self.cases, self.decider, selected([self.dossier]), ruling, head)
        assert not result.left, result.left
        self.dossier = self.now()

    def now(self) -> Dossier:
        return self.cases.store.read(lambda tx: dossiers.by_id(tx, self.dossier.id))

    def ask(self, form: str, posted: dict[str, Any]) -> dict[str, str]:
        return dict(file_later(self.cases, self.dossier.account or "", self.dossier.reference, form, posted))

    def request(self, *euros: str) -> dict[str, str]:
        field = opened_later(
            self.cases, self.dossier.account or "", self.dossier.reference, "payment_request"
        ).compiled.fields["factures"]
        column = field.options.fields["facture"]  # type: ignore[attr-defined]  # the options of rows
        context = self.cases.context(PLACE)
        kept = keep_upload(self.cases, column.field_type, column.options, "facture.pdf", BytesIO(PDF), context)
        rows = [
            {"fournisseur": "Bois & Co", "date": "2020-07-01", "montant_ht": sum_, "facture": kept} for sum_ in euros
        ]
        return self.ask("payment_request", {"factures": rows})

    def settle(self, form: str, *, accept: bool, reason: str = "") -> None:
        filing = [one for one in self.filings() if one.form == form][-1]
        settle_later(self.cases, self.decider, self.dossier.reference, filing.id, accept=accept, reason=reason)

    def filings(self) -> list[later_filings.LaterFiling]:
        return self.cases.store.read(lambda tx: later_filings.of_dossier(tx, self.dossier.id))

    def paid(self) -> list[tuple[int, int]]:
        found = self.cases.store.read(lambda tx: orders.of_dossier(tx, self.dossier.id))
        return [(one.instalment, one.cents) for one in found]

    def openable(self) -> tuple[str, ...]:
        return openable_forms(self.cases, self.dossier.account or "", self.dossier.reference)


@contextmanager
def a_life(tmp_path: Path, **answers: Any) -> Iterator[Life]:
    with an_instance(tmp_path / "i", schemes=[SCHEME], territories=[PLACE], on=date(2020, 7, 15)) as cases:

        def make(tx: Tx) -> list[str]:
            made: list[str] = []
            for role in ("instructor", "decider"):
                agent = agents.ensure(tx, email=f"{role}@region.fr", name=role)
                body = agents.ensure_organisation(tx, territory=PLACE, body="collectivite", name="Services")
                agents.assign(tx, agent_id=agent.id, role=role, organisation_id=body.id, territory=PLACE)
                made.append(agent.id)
            return made

        compiled = cases.snapshots.current(SCHEME, PLACE)
        assert compiled is not None

        def file(tx: Tx) -> Dossier:
            return dossiers.start(
                tx,
                scheme=SCHEME,
                territory=PLACE,
                snapshot_hash=compiled.hash,
                by="applicant",
                account=accounts.ensure(tx, "anne@exemple.fr").id,
                title="Hôtel du Canal",
                phase="filed",
                filed_at=tx.now,
                answers={**ANSWERS, **answers},
                checks={"sincerite": True},
                grant_key="73282932000074",
            )

        instructor, decider = cases.store.act(make)
        yield Life(cases, instructor, decider, pre_instruct(cases, cases.store.act(file).id))


def test_what_is_paid_on_proofs_waits_and_the_rest_is_ordered_with_the_decision(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert life.dossier.granted_cents == 790_000
        assert life.paid() == [(1, 90_000)]
        assert life.openable() == ("payment_request", "extension")


def test_requests_are_paid_once_each_up_to_the_grant(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert life.request("4 000", "1 000.01") == {}
        assert life.paid() == [(1, 90_000)]
        with pytest.raises(NotFound):
            life.request("1")
        life.settle("payment_request", accept=True)
        assert life.paid() == [(1, 90_000), (2, 350_001)]
        with pytest.raises(Refused):
            life.settle("payment_request", accept=True)
        assert life.request("20 000") == {}
        life.settle("payment_request", accept=True)
        assert life.paid() == [(1, 90_000), (2, 350_001), (3, 349_999)]
        assert sum(cents for _, cents in life.paid()) == life.dossier.granted_cents
        assert life.openable() == ()
        with pytest.raises(NotFound):
            life.request("1")


def test_without_its_cap_a_request_would_pay_more_than_was_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: with the protection off, the sum goes over."""
    monkeypatch.setattr(payment_requests, "balance_of", lambda due, granted, ordered: sum(due) - sum(ordered))
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        life.request("20 000")
        life.settle("payment_request", accept=True)
        assert sum(cents for _, cents in life.paid()) > (life.dossier.granted_cents or 0)


def test_a_refused_request_says_why_and_may_be_filed_again(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        life.request("1 000")
        with pytest.raises(Refused):
            life.settle("payment_request", accept=False)
        life.settle("payment_request", accept=False, reason="La facture n'est pas acquittée.")
        assert life.paid() == [(1, 90_000)]
        assert "payment_request" in life.openable()
        assert life.request("1 000") == {}


def test_a_request_that_proves_nothing_more_is_refused_with_its_reason(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert "factures" in life.request("0")


def test_an_extension_makes_the_delay_longer(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        life.decide(Ruling("grant"))
        assert "jusqu_au" in life.ask("extension", {"motif": "Chantier retardé.", "jusqu_au": "2021-07-15"})
        assert life.ask("extension", {"motif": "Chantier retardé.", "jusqu_au": "2021-10-31"}) == {}
        life.cases.clock.advance(days=366)  # type: ignore[attr-defined]  # the day after the delay of twelve months
        assert life.openable() == ()
        life.settle("extension", accept=True)
        assert life.openable() == ("payment_request", "extension")
        life.cases.clock.advance(days=107)  # type: ignore[attr-defined]  # 31 October
        assert "payment_request" in life.openable()
        life.cases.clock.advance(days=1)  # type: ignore[attr-defined]  # 1 November
        assert life.openable() == ()


def test_an_appeal_puts_a_refused_dossier_back_before_the_deciding_body(tmp_path: Path) -> None:
    with a_life(tmp_path, commune="33063") as life:
        life.decide(Ruling("refuse", reason="Hors de la région."))
        assert life.openable() == ("appeal",)
        assert life.ask("appeal", {"motif": "Mon établissement est à Toulouse."}) == {}
        assert life.dossier.phase == "decided"
        life.settle("appeal", accept=True)
        assert (life.now().phase, life.now().stage, life.now().end) == ("instruction", "validation", None)


def test_nothing_of_this_is_open_before_a_decision(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        assert life.openable() == ()
        with pytest.raises(NotFound):
            life.ask("appeal", {"motif": "Trop long."})


@given(
    due=st.lists(st.integers(0, 10**7), max_size=5),
    granted=st.integers(0, 10**7),
    ordered=st.lists(st.integers(0, 10**7), max_size=5),
)
def test_a_balance_never_takes_the_whole_over_the_grant(due: list[int], granted: int, ordered: list[int]) -> None:
    found = balances.balance_of(due, granted, ordered)
    assert found >= 0
    assert found == 0 or found + sum(ordered) == min(sum(due), granted)
