"""The life of a dossier after its decision: `occitanie-loccal` in Occitanie, two agents, an applicant, 15 July 2020."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from guichet.model.records import Document, Dossier, PaymentOrder
from guichet.services.act_heads import ActHead
from guichet.services.attachments import files_folder, keep_upload
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.later_forms import file_later, openable_forms, opened_later, settle_later
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.rulings import Ruling
from guichet.settings import Settings
from guichet.storage import Tx, accounts, agents, blobs, dossiers, later_filings
from guichet.storage import payments as orders
from guichet.storage.made_once import document_once
from instances import an_instance
from instructing import selected

__all__ = ["PDF", "PLACE", "SCHEME", "Life", "a_life"]

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

    @property
    def page(self) -> str:
        """The address of the dossier for its applicant."""
        return f"/t/{PLACE}/dossiers/{self.dossier.reference}"

    @property
    def desk(self) -> str:
        """The address of the dossier for the agents."""
        return f"/agents/dossiers/{self.dossier.reference}"

    def decide(self, ruling: Ruling) -> None:
        """Have the opinion given, then the decision taken."""
        give_opinions(self.cases, self.instructor, selected([self.dossier]), Answers(favourable=True, reason="Vu."))
        self.dossier = self.now()
        today = self.cases.today(PLACE)
        signatory = next(iter(self.cases.territory(PLACE).signatories_for("president", today)))
        head = ActHead(signatory, "2020-76-1", today)
        result = decide_all(self.cases, self.decider, selected([self.dossier]), ruling, head)
        assert not result.left, result.left
        self.dossier = self.now()

    def now(self) -> Dossier:
        """The dossier as it stands."""
        return self.cases.store.read(lambda tx: dossiers.by_id(tx, self.dossier.id))

    def ask(self, form: str, posted: dict[str, Any]) -> dict[str, str]:
        """File a later form as the applicant and give what is wrong with it."""
        return dict(file_later(self.cases, self.dossier.account or "", self.dossier.reference, form, posted))

    def request(self, *euros: str) -> dict[str, str]:
        """File a payment request with one invoice for each sum."""
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
        """Settle the last filing of a form, as who decides."""
        filing = [one for one in self.filings() if one.form == form][-1]
        settle_later(self.cases, self.decider, self.dossier.reference, filing.id, accept=accept, reason=reason)

    def filings(self) -> list[later_filings.LaterFiling]:
        """The later forms of the dossier."""
        return self.cases.store.read(lambda tx: later_filings.of_dossier(tx, self.dossier.id))

    def orders(self) -> list[PaymentOrder]:
        """The payment orders of the dossier."""
        return self.cases.store.read(lambda tx: orders.of_dossier(tx, self.dossier.id))

    def paid(self) -> list[tuple[int, int]]:
        """Each instalment with its cents."""
        return [(one.instalment, one.cents) for one in self.orders()]

    def letter(self) -> str:
        """Where the bytes of a letter to somebody else lie."""
        kept = blobs.keep(files_folder(self.cases), PDF + b"letter")
        written = (self.dossier.id, "letter", "courrier.pdf", "application/pdf", kept.sha256, kept.size, kept.stored_as)
        self.cases.store.act(lambda tx: document_once(tx, Document(tx.ids.new(), *written, tx.now)))
        return kept.stored_as

    def openable(self) -> tuple[str, ...]:
        """The forms the applicant may file unasked."""
        return openable_forms(self.cases, self.dossier.account or "", self.dossier.reference)


@contextmanager
def a_life(
    tmp_path: Path, *, base_url: str = "http://testserver.local", url: str = "", **answers: Any
) -> Iterator[Life]:
    """A dossier filed and pre-instructed, `answers` in place of those of the hotel."""
    settings = Settings(database_url=url) if url else None
    with an_instance(
        tmp_path / "i",
        schemes=[SCHEME],
        territories=[PLACE],
        on=date(2020, 7, 15),
        base_url=base_url,
        settings=settings,
    ) as cases:

        def make(tx: Tx) -> list[str]:
            made: list[str] = []
            for role, name in (("instructor", "Inès Vidal"), ("decider", "Bruno Cazals")):
                agent = agents.ensure(tx, email=f"{role}@region.fr", name=name)
                body = agents.ensure_organisation(
                    tx, territory=PLACE, body="collectivite", name="Services de la Région"
                )
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
