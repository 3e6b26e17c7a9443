"""What was typed before its question disappeared pays nobody and identifies nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from declarations import a_library, with_change
from guichet.model.records import Dossier
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing, complete
from guichet.services.decisions import decide_all
from guichet.services.opinions import Answers, give_opinions
from guichet.services.pre_instruction import pre_instruct
from guichet.services.rulings import Ruling
from guichet.storage import Tx, accounts, agents, dossiers, payments
from instances import an_instance
from instructing import selected

ACCOUNT_ASKED = with_change(
    "      iban: {type: iban, label: IBAN}", "      iban: {type: iban, label: IBAN, asked_when: annule}"
)
FOR_ALL = with_change("        when: annule\n", "        when: annule ou effectif > 0\n", ACCOUNT_ASKED)


def test_an_account_no_longer_asked_for_is_neither_known_nor_paid(tmp_path: Path) -> None:
    library = a_library(tmp_path, FOR_ALL)
    with an_instance(
        tmp_path / "i", schemes=["essai"], territories=["dep-74"], on=date(2020, 5, 20), library=library
    ) as cases:
        instructor, decider = cases.store.act(lambda tx: [_agent(tx, role) for role in ("instructor", "decider")])
        dossier = _filed(cases)
        assert dossier.account is not None
        ask_missing(cases, instructor, dossier.id, ("annule",), "A-t-il vraiment été annulé ?")
        assert complete(cases, dossier.account, dossier.reference, {"annule": "false"}) == {}
        completed = _now(cases, dossier)
        give_opinions(cases, instructor, selected([completed]), Answers(favourable=True, reason="Vu."))
        today = cases.today("dep-74")
        signatory = next(iter(cases.territory("dep-74").signatories_for("president", today)))

        result = decide_all(
            cases, decider, selected([_now(cases, dossier)]), Ruling("grant"), ActHead(signatory, "1", today)
        )

        assert (completed.iban_hash, completed.outcome) == (None, "eligible")
        assert [one.code for one in result.left] == ["payee_missing"]
        assert cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id)) == []


def _now(cases: UseCases, dossier: Dossier) -> Dossier:
    return cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))


def _agent(tx: Tx, role: str) -> str:
    agent = agents.ensure(tx, email=f"{role}@haute-savoie.fr", name=role)
    body = agents.ensure_organisation(tx, territory="dep-74", body="collectivite", name="Services")
    agents.assign(tx, agent_id=agent.id, role=role, organisation_id=body.id, territory="dep-74")
    return agent.id


def _filed(cases: UseCases) -> Dossier:
    compiled = cases.snapshots.current("essai", "dep-74")
    assert compiled is not None
    answers = {
        "effectif": 3,
        "annule": True,
        "perte": 40_000,
        "titulaire": "Anne Martin",
        "iban": "FR7630006000011234567890189",
    }

    def file(tx: Tx) -> str:
        return dossiers.start(
            tx,
            scheme="essai",
            territory="dep-74",
            snapshot_hash=compiled.hash,
            by="applicant",
            account=accounts.ensure(tx, "anne@exemple.fr").id,
            title="Anne Martin",
            phase="filed",
            filed_at=tx.now,
            answers=answers,
            iban_hash="a" * 64,
        ).id

    return pre_instruct(cases, cases.store.act(file))
