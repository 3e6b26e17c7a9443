"""The letter of a decision: the scheme's text with reasons and appeal routes, written once, dated as notified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guichet.model.records import Document
from guichet.services.cases import UseCases
from guichet.services.documents import content_of, render
from guichet.services.letters import MEANS, about_decision, letter_of, write_letter
from guichet.storage import decisions, files, journal, notices
from guichet.worker.loop import drain
from pdfs import text_of
from worked import Granted, a_filed_dossier, an_instance, decided


def a_decision(cases: UseCases, *, dossier: dict[str, Any] | None = None, **values: Any) -> Granted:
    filed = a_filed_dossier(cases, **(dossier or {}))
    return cases.store.act(lambda tx: decided(cases, tx, filed, **values))


def written(cases: UseCases, granted: Granted) -> Document:
    write_letter(cases, {"dossier": granted.dossier.id, "decision": granted.decision.id})
    (document,) = cases.store.read(lambda tx: files.documents(tx, granted.dossier.id))
    return document


def test_a_grant_is_told_with_its_act_and_its_signatory(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        granted = a_decision(cases)
        document = written(cases, granted)
        text = text_of(content_of(cases, document))
    assert document.file_name == f"courrier-{granted.dossier.reference}-accord.pdf"
    for told in (
        "une aide de 2 000 €",
        "Le préfet de région l'a décidé par arrêté n° 2020-53-001 du 20 avril 2020",
        "Préfecture de la région Bretagne",
        "écrivez au préfet de région",
        "Michèle Kerdoncuff",
        "traitement algorithmique",
        "Rennes, le 20 avril 2020",
        "BAC À SABLE",
    ):
        assert told in text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_refusal_gives_its_reasons_of_law_and_of_fact(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        refused = a_decision(
            cases,
            dossier={"answers": {"effectif": 0}},
            kind="refused",
            cents=None,
            reasons=[{"criterion": "un_salarie", "reason": ""}],
        )
        text = text_of(content_of(cases, written(cases, refused)))
    assert "Vous déclarez 0 salarié au 1er mars 2020" in text
    assert "Décret n° 2020-371, art. 4, 2°" in text
    assert "tribunal administratif de Rennes" in text


@pytest.mark.parametrize("kind", ["granted", "granted_in_part", "refused", "inadmissible", "dropped"])
def test_every_kind_of_decision_has_a_letter_that_reads(tmp_path: Path, kind: str) -> None:
    with an_instance(tmp_path) as cases:
        cents = 150_000 if kind.startswith("granted") else None
        reasons = [{"criterion": "", "reason": "Motif écrit par l'agent."}]
        text = text_of(content_of(cases, written(cases, a_decision(cases, kind=kind, cents=cents, reasons=reasons))))
    assert "{" not in text
    assert kind == "granted" or "Motif écrit par l'agent." in text


def test_the_same_decision_gives_the_same_bytes(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        granted = a_decision(cases)
        document = written(cases, granted)

        def again() -> bytes:
            about = cases.store.read(lambda tx: about_decision(cases, tx, granted.dossier, granted.decision))
            return render(cases, letter_of(cases, about), "typst_letter", "reg-53").content

        assert again() == again() == content_of(cases, document)


def test_writing_it_dates_the_notification_and_announces_it_once(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        granted = a_decision(cases)
        written(cases, granted)
        written(cases, granted)
        drain(cases)
        decision = cases.store.read(lambda tx: decisions.by_id(tx, granted.decision.id))
        sent = cases.store.read(lambda tx: notices.of_dossier(tx, granted.dossier.id))
        lines = cases.store.read(lambda tx: journal.of_subject(tx, granted.dossier.id))
    assert decision.notified_by == MEANS
    assert decision.notified_at == decision.at
    assert [(notice.event, notice.state) for notice in sent] == [("decided", "sent")]
    assert "l’aide est accordée" in sent[0].body
    assert [line.kind for line in lines] == ["decision_notified", "notice_sent"]


def test_a_message_that_comes_before_its_letter_waits_for_it(tmp_path: Path) -> None:
    from guichet.services.notices import send_notice  # beside its one use

    with an_instance(tmp_path) as cases:
        granted = a_decision(cases)
        payload = {"dossier": granted.dossier.id, "event": "decided", "decision": granted.decision.id}
        send_notice(cases, payload)
        assert cases.store.read(lambda tx: notices.of_dossier(tx, granted.dossier.id)) == []
        written(cases, granted)
        drain(cases)
        send_notice(cases, payload)
        assert len(cases.store.read(lambda tx: notices.of_dossier(tx, granted.dossier.id))) == 1


def test_a_hostile_name_is_printed_and_never_run(tmp_path: Path) -> None:
    hostile = "#panic(1) {decision.amount} [x](http://mal.fr)"
    with an_instance(tmp_path) as cases:
        granted = a_decision(cases, dossier={"title": hostile, "payee": hostile})
        assert hostile in text_of(content_of(cases, written(cases, granted)))
