"""Lives of dossiers drawn at random: applicants, agents, an accountant and the worker act in any order.

A walk is its seed: the same one draws the same acts. Acts that are refused are part of it; what must hold after each is
in `living_books`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from guichet.catalogue import write_snapshot
from guichet.model.payment import Envelope
from guichet.model.records import Dossier, PaymentOrder
from guichet.model.workflow import Choice
from guichet.services.act_heads import ActHead
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing, complete
from guichet.services.decisions import decide_all
from guichet.services.later_forms import file_later, opened_later, settle_later
from guichet.services.new_accounts import ask_for_account
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payment_returns import import_returns
from guichet.services.payments import run_payments
from guichet.services.pre_instruction import pre_instruct
from guichet.services.recoveries import Claim, claim_back, claims_of, drop_claim, note_reimbursement
from guichet.services.refusals import NotFound, Refused, WrongPhase
from guichet.services.revocations import GROUNDS, paid_cents, revoke_decision
from guichet.services.rulings import Ruling
from guichet.services.suspensions import resume_payments, suspend_payments
from guichet.services.transfers import transfer
from guichet.services.withdrawals import withdraw
from guichet.settings import Settings
from guichet.storage import Tx, accounts, agents, dossiers, later_filings
from guichet.storage import payments as orders
from instances import an_instance, run_duties
from instructing import selected
from settling import ANSWERS, PDF, PLACE, SCHEME
from worked import publish_snapshot

__all__ = ["CEILING", "Walk", "a_walk"]

CEILING = 2_500_000
_DAY = date(2020, 7, 15)
_SIRETS = ("73282932000074", "55200155400096", "35600000000048")
_IBANS = ("FR7630006000011234567890189", "FR1420041010050500013M02606", "FR7610107001011234567890129")
_ASKED = (["investissement"], ["loyer"], ["investissement", "loyer"], ["tresorerie", "loyer"])
_HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"
_SAID = ("payé", "payé", "payé", "rejeté", "suspendu", "pris en charge")
_CHOICES = cast(
    "Sequence[Choice]", ("grant",) * 6 + ("grant_in_part",) * 3 + ("refuse",) * 2 + ("drop", "inadmissible")
)
_LATER = ("payment_request",) * 3 + ("new_iban",) * 2 + ("appeal", "extension")
_REFUSALS = (Refused, NotFound, WrongPhase)


class Walk:
    """Few dossiers of one place, six agents, two applicants; `step` does one act drawn at random.

    Attributes:
        done: Act and what became of it → how often.
        log: The acts in their order, for who reads a failure.
    """

    def __init__(self, cases: UseCases, folder: Path, seed: int) -> None:
        self.cases, self.folder, self.draw = cases, folder, random.Random(seed)
        self.ids: list[str] = []
        self.done: Counter[str] = Counter()
        self.log: list[str] = []
        self._returns: list[str] = []
        self._numbers = iter(range(1, 100_000))
        self.agents = cases.store.act(_six_agents)
        self.applicants = [
            cases.store.act(lambda tx, name=name: accounts.ensure(tx, f"{name}@exemple.fr").id) for name in "ab"
        ]
        self.acts: dict[Callable[[], None], float] = {
            self.file: 5, self.give_opinion: 10, self.decide: 12, self.ask_missing: 3, self.complete: 4,
            self.withdraw: 0.5, self.transfer: 0.4, self.revoke: 4, self.pay: 8, self.read_a_return: 9,
            self.suspend: 1, self.resume: 4, self.ask_account: 3, self.file_later: 10, self.settle: 8,
            self.claim: 1, self.claim_all: 3, self.note_receipt: 5, self.drop_claim: 1, self.work: 4,
            self.let_days_go: 1,
        }  # fmt: skip
        self.file()

    def step(self) -> None:
        """Do one act; what refuses it is counted."""
        (act,) = self.draw.choices(list(self.acts), list(self.acts.values()))
        said = "done"
        try:
            act()
        except _REFUSALS as refusal:
            said = getattr(refusal, "code", type(refusal).__name__)
        self.done[f"{act.__name__} {said}"] += 1
        self.log.append(f"{act.__name__} {said}")

    # what is there

    def dossiers(self) -> list[Dossier]:
        """The dossiers as they stand."""
        return self.cases.store.read(lambda tx: [dossiers.by_id(tx, one) for one in self.ids])

    def orders(self) -> list[PaymentOrder]:
        """Every payment order."""
        return self.cases.store.read(lambda tx: [made for one in self.ids for made in orders.of_dossier(tx, one)])

    def _one(self, wanted: str = "") -> Dossier:
        """A dossier; most often one at the stage, or in the phase, where the act makes sense."""
        there = self.dossiers()
        fitting = [one for one in there if (one.stage or one.phase) == wanted and not one.to_complete]
        return self.draw.choice(fitting if fitting and self.draw.random() < 0.85 else there)

    def _agent(self, usual: str) -> str:
        return self.agents[usual if self.draw.random() < 0.8 else self.draw.choice(list(self.agents))]

    def _head(self) -> ActHead:
        today = self.cases.today(PLACE)
        signatory = next(iter(self.cases.territory(PLACE).signatories_for("president", today)))
        return ActHead(signatory, f"A-{next(self._numbers)}", today)

    # applicants

    def file(self) -> None:
        """A dossier filed by one of few companies, then pre-instructed."""
        compiled = self.cases.snapshots.current(SCHEME, PLACE)
        assert compiled is not None
        siret, account, asked = self.draw.choice(_SIRETS), self.draw.choice(self.applicants), self.draw.choice(_ASKED)
        cost = self.draw.choice([100_000, 1_000_000, 1_500_000])
        answers = {**ANSWERS, "siret": siret, "iban": self.draw.choice(_IBANS), "demandes": asked}
        answers |= {"devis": [{"nature": "Parois", "cout_ht": cost}]}
        if "tresorerie" in asked:
            answers["besoin_tresorerie"] = self.draw.choice([300_000, 1_000_000, 2_000_000])

        def act(tx: Tx) -> str:
            return dossiers.start(
                tx,
                scheme=SCHEME,
                territory=PLACE,
                snapshot_hash=compiled.hash,
                by="applicant",
                account=account,
                title="Hôtel du Canal",
                phase="filed",
                filed_at=tx.now,
                answers=answers,
                checks={"sincerite": True},
                grant_key=siret,
                siren=siret[:9],
                payee=str(answers["titulaire"]),
            ).id

        made = self.cases.store.act(act)
        pre_instruct(self.cases, made)
        self.ids.append(made)

    def complete(self) -> None:
        """An applicant answers what is asked, or what is not."""
        waiting = [one for one in self.dossiers() if one.to_complete] or [self._one()]
        dossier = self.draw.choice(waiting)
        posted = {"effectif": self.draw.choice("23"), "iban": self.draw.choice(_IBANS), "demandes": ["investissement"]}
        complete(self.cases, dossier.account or "", dossier.reference, posted, "Voilà.")

    def withdraw(self) -> None:
        """An applicant gives up."""
        dossier = self._one()
        withdraw(self.cases, dossier.account or "", dossier.reference)

    def file_later(self) -> None:
        """An applicant asks for a balance, more time, a review, or gives another account."""
        dossier, form = self._one("decided"), self.draw.choice(_LATER)
        account, reference = dossier.account or "", dossier.reference
        posted: dict[str, Any] = {"motif": "Je le demande.", "jusqu_au": "2021-12-01"}
        if form == "new_iban":
            posted = {"titulaire": self.draw.choice(["Hôtel du Canal", "SARL X"]), "iban": self.draw.choice(_IBANS)}
        elif form == "payment_request":
            rows = opened_later(self.cases, account, reference, form).compiled.fields["factures"]
            column = rows.options.fields["facture"]  # type: ignore[attr-defined]  # the options of rows
            context = self.cases.context(PLACE)
            kept = keep_upload(self.cases, column.field_type, column.options, "f.pdf", BytesIO(PDF), context)
            cost = self.draw.choice(["100", "1000,33", "10000", "0,01"])
            posted = {"factures": [{"fournisseur": "B", "date": "2020-07-01", "montant_ht": cost, "facture": kept}]}
        file_later(self.cases, account, reference, form, posted)

    # agents

    def give_opinion(self) -> None:
        """One who instructs gives an opinion."""
        answers = Answers(favourable=self.draw.random() < 0.75, reason="Vu.")
        give_opinions(self.cases, self._agent(self.draw.choice("IJ")), selected([self._one("instruction")]), answers)

    def decide(self) -> None:
        """One who decides does so of a dossier or two."""
        some = {one.id: one for one in (self._one("validation") for _ in range(self.draw.choice([1, 1, 2])))}
        choice = self.draw.choice(_CHOICES)
        cents = self.draw.choice([1, 100, 50_000, 100_000, 500_000, 3_000_000]) if choice == "grant_in_part" else None
        ruling = Ruling(choice, cents=cents, reason="Motif.")
        result = decide_all(
            self.cases, self._agent(self.draw.choice("DE")), selected(list(some.values())), ruling, self._head()
        )
        self.done.update(f"decide left: {one.code}" for one in result.left)

    def ask_missing(self) -> None:
        """One who instructs asks for what is missing."""
        fields = self.draw.choice([(), ("effectif",), ("iban",), ("demandes",)])
        ask_missing(self.cases, self._agent("I"), self._one("instruction").id, fields, "Précisez.")

    def transfer(self) -> None:
        """A dossier is sent on to another body."""
        transfer(self.cases, self._agent("I"), self._one().reference, "Département", "Compétent.", self._head())

    def revoke(self) -> None:
        """A decision is undone."""
        ground = self.draw.choice(GROUNDS)
        reference = self._one("decided").reference
        revoke_decision(self.cases, self._agent("D"), reference, ground, "Motif.", self._head())

    def settle(self) -> None:
        """What an applicant filed later is accepted or refused."""
        filed = self._of_each(lambda tx, one: [f for f in later_filings.of_dossier(tx, one.id) if f.state == "filed"])
        if filed:
            dossier, filing = self.draw.choice(filed)
            accept = self.draw.random() < 0.7
            agent = self._agent("F" if filing.form == "new_iban" else "D")
            settle_later(self.cases, agent, dossier.reference, filing.id, accept=accept, reason="Motif.")

    def ask_account(self) -> None:
        """The finance service asks for another account."""
        dossier = self._one("decided")
        made = [one for one in self.orders() if one.dossier == dossier.id]
        if made:
            ask_for_account(self.cases, self._agent("F"), dossier.reference, self.draw.choice(made).reference)

    # money

    def pay(self) -> None:
        """A day goes by and its file leaves."""
        self.let_days_go(1)
        run_payments(self.cases, self.cases.today(PLACE))

    def read_a_return(self) -> None:
        """The accountant answers, not always with sense, and sometimes what was read before."""
        made = self.orders()
        day = self.cases.today(PLACE).strftime("%d/%m/%Y")
        lines = [
            f"{one.reference};{self.draw.choice(_SAID)};{day};{one.cents // 100},{one.cents % 100:02};"
            f"M{self.draw.randint(1, 99)};{day};{self.draw.choice(['Compte clos (AC04)', 'Pièce', ''])}"
            for one in self.draw.sample(made, min(len(made), 3))
        ]
        lines += self.draw.sample(self._returns, min(len(self._returns), 1))
        self._returns += lines
        file = self.folder / "retour.csv"
        file.write_text(_HEAD + "".join(f"{line}\r\n" for line in lines), encoding="utf-8", newline="")
        import_returns(self.cases, SCHEME, PLACE, file)
        self.work()

    def suspend(self) -> None:
        """Payments are suspended, all or some."""
        suspend_payments(self.cases, SCHEME, PLACE, "Contrôle.", references=self._some_references())

    def resume(self) -> None:
        """Payments are resumed, all or some."""
        resume_payments(self.cases, SCHEME, PLACE, references=self._some_references())

    def claim(self) -> None:
        """Some money is claimed back."""
        cents = self.draw.choice([1, 10_000, 90_000])
        claim_back(self.cases, self._agent("D"), self._one().reference, cents, "Trop-perçu.", self._head())

    def claim_all(self) -> None:
        """The whole money of an undone decision is claimed back."""

        def left(tx: Tx, one: Dossier) -> list[int]:
            cents = paid_cents(orders.of_dossier(tx, one.id)) - sum(each.held_cents for each in claims_of(tx, one))
            return [cents] if cents > 0 and one.phase != "decided" else []

        owed = self._of_each(left)
        if owed:
            dossier, cents = self.draw.choice(owed)
            claim_back(self.cases, self.agents["D"], dossier.reference, cents, "Retrait.", self._head())

    def note_receipt(self) -> None:
        """What came back of a claim is noted."""
        for dossier, claim in self._a_claim():
            cents = claim.left_cents if self.draw.random() < 0.7 else self.draw.choice([1, 5_000, 10**9])
            receipt, today = f"P503-{self.draw.randint(1, 40)}", self.cases.today(PLACE)
            agent = self._agent("F")
            note_reimbursement(self.cases, agent, dossier.reference, claim.recovery.id, cents, today, receipt)

    def drop_claim(self) -> None:
        """A claim is dropped."""
        for dossier, claim in self._a_claim():
            drop_claim(self.cases, self._agent("D"), dossier.reference, claim.recovery.id, "Remise.")

    # the rest

    def work(self) -> None:
        """The worker does what is owed; none of it may fail."""
        run_duties(self.cases)

    def let_days_go(self, days: int = 0) -> None:
        """Time passes."""
        cast("Any", self.cases.clock).advance(days=days or self.draw.choice([1, 5, 40]))

    def _some_references(self) -> list[str]:
        made = self.orders()
        return [one.reference for one in self.draw.sample(made, min(len(made), self.draw.choice([0, 1, 2])))]

    def _a_claim(self) -> list[tuple[Dossier, Claim]]:
        found = self._of_each(claims_of)
        return [self.draw.choice(found)] if found else []

    def _of_each(self, read: Callable[[Tx, Dossier], Sequence[Any]]) -> list[tuple[Dossier, Any]]:
        def each(tx: Tx) -> list[tuple[Dossier, Any]]:
            there = [dossiers.by_id(tx, one) for one in self.ids]
            return [(one, found) for one in there for found in read(tx, one)]

        return self.cases.store.read(each)


@contextmanager
def a_walk(folder: Path, seed: int, url: str | None = None) -> Iterator[Walk]:
    """A walk in an instance of its own, whose envelope holds few grants."""
    settings = Settings(database_url=url) if url else None
    with an_instance(folder / "i", schemes=[SCHEME], territories=[PLACE], on=_DAY, settings=settings) as cases:
        compiled = cases.snapshots.current(SCHEME, PLACE)
        assert compiled is not None
        scheme = compiled.scheme.model_copy(update={"envelope": Envelope(ceiling=CEILING, when_spent="wait")})
        cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(scheme, PLACE, {})))
        cases.snapshots.refresh()
        yield Walk(cases, folder, seed)


def _six_agents(tx: Tx) -> dict[str, str]:
    """Two who instruct, two who decide, one of finance, and one who does both: nobody should, somebody will."""
    roles = {
        "I": ("instructor",), "J": ("instructor",), "D": ("decider",), "E": ("decider",), "F": ("finance",),
        "B": ("instructor", "decider"),
    }  # fmt: skip
    body = agents.ensure_organisation(tx, territory=PLACE, body="collectivite", name="Services de la Région")
    made: dict[str, str] = {}
    for name, held in roles.items():
        made[name] = agents.ensure(tx, email=f"{name}@region.fr", name=name).id
        for role in held:
            agents.assign(tx, agent_id=made[name], role=role, organisation_id=body.id, territory=PLACE)
    return made
