"""The receipt: what the law wants in it, with true dates, the same on the page, in the PDF and in the mail."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from databases import SteppedClock
from guichet.model.records import Document, Dossier
from guichet.services.cases import UseCases
from guichet.services.documents import content_of
from guichet.services.receipts import legal_lines, receipt_of, write_receipt
from guichet.storage import Tx, dossiers, files, notices, outbox
from guichet.worker.loop import drain
from pdfs import text_of
from worked import SCHEME, a_filed_dossier, an_instance, snapshot_of


def receipt_of_filing(cases: UseCases, dossier: Dossier) -> Document:
    """The document, once its duty is done."""
    write_receipt(cases, {"dossier": dossier.id})
    (document,) = cases.store.read(lambda tx: files.documents(tx, dossier.id))
    return document


def test_it_says_when_who_and_what_silence_means(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        receipt = receipt_of(cases, dossier)
    assert receipt.filed == "20 avril 2020 à 10\u00a0h\u00a000"
    assert receipt.service == "Conseil régional de Bretagne"
    assert (receipt.silence_means, receipt.silence_on) == ("rejection", date(2020, 8, 24))
    assert receipt.silence.startswith("Sans réponse de notre part le 24 août 2020, votre demande sera refusée")
    assert "12 mars 2020 au 23 juin 2020" in receipt.suspensions[0]
    assert "tribunal administratif de Rennes" in receipt.appeal
    assert receipt.appeal.startswith("Vous aurez 2 mois")
    assert receipt.link == f"https://aides.exemple.fr/t/reg-53/dossiers/{dossier.reference}"


@pytest.mark.parametrize(
    ("filed", "silent_on", "suspended"),
    [
        (datetime(2020, 4, 20, 8, 0, tzinfo=UTC), date(2020, 8, 24), 1),
        (datetime(2020, 6, 30, 8, 0, tzinfo=UTC), date(2020, 8, 30), 0),
    ],
)
def test_the_suspension_is_told_only_where_it_counts(
    tmp_path: Path, filed: datetime, silent_on: date, suspended: int
) -> None:
    with an_instance(tmp_path, clock=SteppedClock(filed)) as cases:
        receipt = receipt_of(cases, a_filed_dossier(cases))
    assert receipt.silence_on == silent_on
    assert len(receipt.suspensions) == suspended


def test_it_sums_up_what_was_declared_attested_and_attached(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)

        def attach(tx: Tx) -> None:
            given = {"field": "rib", "file_name": "rib.pdf", "media_type": "application/pdf", "size": 10}
            files.add_attachment(tx, dossier=dossier.id, sha256="0" * 64, stored_as="00/0", **given)
            asked = {**given, "field": "raison_sociale"}
            files.add_attachment(tx, dossier=dossier.id, sha256="1" * 64, stored_as="11/1", **asked)

        cases.store.act(attach)
        receipt = receipt_of(cases, dossier)
    rows = dict(row for section in receipt.declared for row in section.rows)
    assert rows["Nombre de salariés au 1er mars 2020"] == "2\N{NO-BREAK SPACE}salariés"
    assert rows["Chiffre d'affaires hors taxes du dernier exercice clos"] == "140\u202f000\u00a0€"
    assert "30006000011234567890189" not in "".join(rows.values()).replace(" ", "")
    assert receipt.attested[0].startswith("Je déclare sur l'honneur")
    assert receipt.attachments == ("rib.pdf", "Nom de l'entreprise : rib.pdf")


def test_a_dossier_never_filed_has_none(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        digest = snapshot_of(SCHEME, "reg-53").hash
        draft = cases.store.act(
            lambda tx: dossiers.start(tx, scheme=SCHEME, territory="reg-53", snapshot_hash=digest, by="anne")
        )
        with pytest.raises(ValueError, match="was not filed"):
            receipt_of(cases, draft)


def test_the_pdf_says_the_same_and_is_marked_in_a_sandbox(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        document = receipt_of_filing(cases, dossier)
        text = text_of(content_of(cases, document))
        receipt = receipt_of(cases, dossier)
    assert document.file_name == f"accuse-de-reception-{dossier.reference}.pdf"
    for told in (dossier.reference, "24 août 2020", "23 juin 2020", "Conseil régional de Bretagne", "BAC À SABLE"):
        assert told in text
    assert all(question in text for section in receipt.declared for question, _ in section.rows)


def test_hostile_answers_stay_text_in_the_pdf(tmp_path: Path) -> None:
    hostile = "#panic() [x](http://mal.fr) **gras** \\ $x$ <b>"
    with an_instance(tmp_path) as cases:
        document = receipt_of_filing(cases, a_filed_dossier(cases, answers={"raison_sociale": hostile}))
        assert "#panic() [x](http://mal.fr) **gras** \\ $x$ <b>" in text_of(content_of(cases, document))


def test_done_twice_it_is_one_document_and_one_message(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        first = receipt_of_filing(cases, dossier)
        assert receipt_of_filing(cases, dossier) == first
        drain(cases)
        (notice,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        assert len(list((cases.folder / "mails").glob("*.eml"))) == 1
    assert notice.event == "filed"


def test_the_mail_carries_the_legal_content(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        cases.store.act(lambda tx: outbox.put(tx, "receipt", {"dossier": dossier.id}))
        drain(cases)
        (notice,) = cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id))
        lines = legal_lines(receipt_of(cases, dossier))
    assert notice.subject == f"Nous avons reçu votre demande {dossier.reference}"
    assert all(line in notice.body for line in lines)
    assert "23 juin 2020" in notice.body
    assert "**" not in notice.body


def test_silence_that_accepts_promises_a_certificate_and_no_appeal(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
        silence = compiled.scheme.legal.silence.model_copy(update={"means": "acceptance"})
        legal = compiled.scheme.legal.model_copy(update={"silence": silence})
        object.__setattr__(compiled, "scheme", compiled.scheme.model_copy(update={"legal": legal}))
        receipt = receipt_of(cases, dossier)
    assert "attestation" in receipt.silence
    assert receipt.appeal == ""


def test_a_scheme_s_own_words_on_appeal_stand_in_for_ours_with_their_names_filled_in(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        dossier = a_filed_dossier(cases)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
        text = "Saisissez le {territory.tribunal}\nsous deux mois."
        appeal = compiled.scheme.legal.appeal.model_copy(update={"text": text})
        legal = compiled.scheme.legal.model_copy(update={"appeal": appeal})
        object.__setattr__(compiled, "scheme", compiled.scheme.model_copy(update={"legal": legal}))
        receipt = receipt_of(cases, dossier)
    assert receipt.appeal.startswith(
        "Saisissez le tribunal administratif de Rennes sous deux mois. Dans ces deux mois,"
    )
