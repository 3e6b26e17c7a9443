"""An application that is another body's is sent on: closed with its day of filing, its applicant told by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from guichet.catalogue import write_snapshot
from guichet.model.workflow import Transfer
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing
from guichet.services.documents import content_of
from guichet.services.refusals import NotFound, Refused, WrongPhase
from guichet.services.transfers import transfer
from guichet.storage import decisions, dossiers, exchanges, files, journal
from guichet.storage.tables import outbox
from guichet.worker.loop import drain
from instructing import an_agents_browser, an_applicants_browser, dossiers_to_instruct, head_of_act, instructing
from pdfs import text_of
from worked import SCHEME, publish_snapshot

TO = "DRAJES de Bretagne, 18 avenue Henri-Fréville, Rennes"


def notices(cases: UseCases) -> list[str]:
    rows = cases.store.read(lambda tx: tx.all(select(outbox.c.payload).where(outbox.c.kind == "notice")))
    return [str(row.payload.get("message", "")) for row in rows if row.payload["event"] == "message"]


def test_it_closes_with_its_day_of_filing_and_the_applicant_learns_who_deals_with_it(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        after = transfer(cases, people.instructor, dossier.reference, TO, "Elle vous répondra sous un mois.")

        assert (after.phase, after.end, after.stage) == ("closed", "transferred", None)
        assert (after.reference, after.filed_at) == (dossier.reference, dossier.filed_at)
        (said,) = cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id))
        assert TO in said.body
        assert "sous un mois" in said.body
        assert notices(cases) == [said.body]
        last = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))[-1]
        assert last.kind == "transferred"
        with pytest.raises(Refused, match="already_closed"):
            transfer(cases, people.instructor, dossier.reference, TO)


def test_only_who_must_act_now_sends_it_on(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        with pytest.raises(Refused, match="not_for_you"):
            transfer(cases, people.decider, dossier.reference, TO)
        with pytest.raises(NotFound):
            transfer(cases, people.stranger, dossier.reference, TO)
        with pytest.raises(Refused, match="transfer_to_nobody"):
            transfer(cases, people.instructor, dossier.reference, "  ")
        ask_missing(cases, people.instructor, dossier.id, ("iban",), "")
        with pytest.raises(WrongPhase):
            transfer(cases, people.instructor, dossier.reference, TO)
        assert cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id)).end is None


def test_it_is_done_on_the_page_of_the_dossier_and_followed_by_the_applicant(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        address = f"/agents/dossiers/{dossier.reference}"
        with an_applicants_browser(cases, dossier) as applicant:
            _send_on(cases, people.instructor, address)
            page = applicant.go(f"/t/reg-53/dossiers/{dossier.reference}")
            assert page.sees("Demande transmise au service compétent", "DRAJES de Bretagne")


def test_an_act_names_its_number_and_signatory_to_the_applicant_and_in_the_journal(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        head = head_of_act(cases)
        today = cases.today("reg-53")
        for reason, wrong, code in (
            (" ", head, "transfer_without_reason"),
            ("Autre Région.", replace(head, number=" "), "act_number_missing"),
            ("Autre Région.", replace(head, signatory="personne"), "signatory_not_valid"),
            ("Autre Région.", replace(head, day=today + timedelta(days=1)), "act_in_the_future"),
        ):
            with pytest.raises(Refused, match=code):
                transfer(cases, people.instructor, dossier.reference, TO, reason, wrong)
        assert cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id)) == []

        transfer(cases, people.instructor, dossier.reference, TO, "Le siège est ailleurs.", head)

        who = cases.territory("reg-53").signatories_for("prefet_region", today)[head.signatory]
        (said,) = cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id))
        for part in (TO, "Le siège est ailleurs.", f"Acte n°\N{NO-BREAK SPACE}{head.number} du", who.name, who.quality):
            assert part in said.body
        assert notices(cases) == [said.body]
        last = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))[-1]
        assert last.kind == "transferred"
        for part in (head.number, head.day.isoformat(), who.name, "Le siège est ailleurs."):
            assert part in (last.body or "")


def test_the_act_is_typed_on_the_page_of_the_dossier(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        typed = {"destinataire": TO, "numero_transmission": "2020-T-7", "raison_transmission": "Le siège est ailleurs."}
        with an_agents_browser(cases, people.instructor) as agent:
            agent.go(f"/agents/dossiers/{dossier.reference}")
            who = agent.document.xpath("//select[@name='signataire_transmission']/option[@value!='']/@value")[0]
            typed["signataire_transmission"] = who
            agent.form(action="/transmission").fill({**typed, "date_transmission": "bientôt"}).send()
            assert not agent.sees("La demande est transmise")
            agent.go(f"/agents/dossiers/{dossier.reference}")
            agent.form(action="/transmission").fill({**typed, "numero_transmission": ""}).send()
            assert not agent.sees("La demande est transmise"), "a signatory without a number is no act"
            agent.go(f"/agents/dossiers/{dossier.reference}").form(action="/transmission").fill(typed).send()
            assert agent.sees("La demande est transmise")
        (said,) = cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id))
        assert "Acte n°\N{NO-BREAK SPACE}2020-T-7 du" in said.body


def _send_on(cases: UseCases, agent_id: str, address: str) -> None:
    with an_agents_browser(cases, agent_id) as agent:
        agent.go(address).form(action="/transmission").fill({"destinataire": " "}).send()
        assert agent.sees("Nommez le service compétent")
        agent.go(address).form(action="/transmission").fill({"destinataire": TO}).send()
        assert agent.sees("La demande est transmise", "Transmis au service compétent")


def want_an_act(cases: UseCases) -> None:
    """Publish the scheme as it stands, but for a transfer that only an act makes."""
    compiled = cases.snapshots.current(SCHEME, "reg-53")
    assert compiled is not None
    workflow = compiled.scheme.workflow.model_copy(update={"transfer": Transfer(act="required")})
    scheme = compiled.scheme.model_copy(update={"workflow": workflow})
    cases.store.act(lambda tx: publish_snapshot(tx, write_snapshot(scheme, "reg-53", {})))
    cases.snapshots.refresh()


def test_where_the_scheme_wants_an_act_nothing_is_sent_on_without_one(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        want_an_act(cases)
        with pytest.raises(Refused, match="transfer_without_act"):
            transfer(cases, people.instructor, dossier.reference, TO, "Le siège est ailleurs.")
        with an_agents_browser(cases, people.instructor) as browser:
            page = browser.go(f"/agents/dossiers/{dossier.reference}")
            assert page.sees("Numéro de l’acte", "Raison de l’acte")
            assert not page.sees("s’il y en a un")
        transfer(cases, people.instructor, dossier.reference, TO, "Le siège est ailleurs.", head_of_act(cases))
        assert cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id)).end == "transferred"


def test_its_letter_names_the_body_the_reason_and_the_act_and_is_notified_once(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        head = head_of_act(cases)
        transfer(cases, people.instructor, dossier.reference, TO, "Le siège est ailleurs.", head)
        drain(cases, kinds=("letter",), worker_name="test")
        (letter,) = [
            one for one in cases.store.read(lambda tx: files.documents(tx, dossier.id)) if one.kind == "letter"
        ]
        told = " ".join(text_of(content_of(cases, letter)).split())
        (act,) = cases.store.read(lambda tx: decisions.of_dossier(tx, dossier.id))
        kinds = [one.kind for one in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert len(notices(cases)) == 1
    for part in (TO, "Le siège est ailleurs.", head.number, "L114-2", dossier.reference):
        assert part in told
    assert (act.kind, act.act_number, act.amount_cents) == ("transferred", head.number, None)
    assert act.notified_at is not None
    assert kinds.count("decision_notified") == 1
