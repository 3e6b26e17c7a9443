"""Documents asked in words of an applicant whose form has no place for a file: joined, shown, kept and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from applying import PDF, work
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.storage import erasure, files
from instructing import (
    People,
    an_agents_browser,
    an_applicants_browser,
    dossiers_to_instruct,
    instructing,
    read_again,
)

BANK, LEASE = "Relevé bancaire de mars 2020", "Bail du local"
PHOTO = b"\xff\xd8\xff\xe0 photo"

Asked = tuple[UseCases, People, Dossier]


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Asked]:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        fields = cases.snapshots.by_hash(dossier.snapshot_hash).fields.values()
        assert "attachment" not in {field.type.key for field in fields}
        yield cases, people, dossier


def ask(filed: Asked, *names: str, message: str = "") -> None:
    cases, people, dossier = filed
    with an_agents_browser(cases, people.instructor) as browser:
        form = browser.go(f"/agents/dossiers/{dossier.reference}").form(action="/pieces-manquantes")
        form.fill({"documents": "\r\n".join(names), "demande": message}).send()
        assert browser.sees("La demande est envoyée. Le délai est suspendu.", *names)
    work(cases)


def completion(filed: Asked) -> Any:
    return an_applicants_browser(filed[0], filed[2])


def page(filed: Asked) -> str:
    return f"/t/reg-53/dossiers/{filed[2].reference}/completer"


def held(filed: Asked) -> list[tuple[str, str]]:
    rows = filed[0].store.read(lambda tx: files.attachments(tx, filed[2].id))
    return [(row.field, row.file_name) for row in rows]


def test_documents_named_by_the_agent_are_joined_several_files_each_and_read_by_the_agent(filed: Asked) -> None:
    cases, people, dossier = filed
    ask(filed, BANK, "", f" {LEASE} ", BANK)
    with completion(filed) as browser:
        form = browser.go(page(filed)).form()
        assert browser.sees(BANK, LEASE, "Joindre d’autres fichiers")
        form.upload("document-1", "p1.jpg", PHOTO, "image/jpeg").upload("document-1", "p2.jpg", PHOTO + b"2")
        form.upload("document-2", "bail.pdf", PDF).upload("document-0", "mot.pdf", PDF + b"3").send("Envoyer")
        assert browser.sees("Merci, vos réponses sont parties", "p1.jpg", "p2.jpg", "bail.pdf", BANK)
        assert browser.go(browser.links()["p2.jpg"]).response.content == PHOTO + b"2"
    assert held(filed) == [
        (f"@{BANK}", "p1.jpg"),
        (f"@{BANK}", "p2.jpg"),
        (f"@{LEASE}", "bail.pdf"),
        ("@", "mot.pdf"),
    ]
    assert not read_again(cases, dossier).to_complete
    with an_agents_browser(cases, people.instructor) as browser:
        browser.go(f"/agents/dossiers/{dossier.reference}")
        assert browser.sees(f"p1.jpg – {BANK}", "mot.pdf – Joint par le demandeur")
        assert browser.sees("Complément reçu", f"{BANK} · {LEASE} · Joint par le demandeur")
        assert browser.go(browser.links()["bail.pdf"]).response.content == PDF
    with an_agents_browser(cases, people.stranger) as browser:
        (row, *_) = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
        assert browser.go(f"/agents/dossiers/{dossier.reference}/pieces/{row.id}").status == 404


def test_a_file_of_another_kind_is_refused_in_words_and_the_good_ones_stay(filed: Asked) -> None:
    ask(filed, BANK, LEASE)
    with completion(filed) as browser:
        form = browser.go(page(filed)).form().fill({"message": ""})
        form.upload("document-1", "p1.jpg", PHOTO).upload("document-1", "virus.exe", b"MZ\x90").send("Envoyer")
        assert list(browser.errors()) == ["document-1"]
        assert browser.sees("p1.jpg")
        assert "virus.exe" in browser.errors()["document-1"]
        browser.form().send("Envoyer")
        assert browser.errors() == {
            "document-2": "Erreur : Joignez ce document, ou dites plus bas pourquoi vous ne l’avez pas."
        }
        browser.form().upload("document-1", "p2.jpg", PHOTO + b"2").send("Retirer p1.jpg")
        assert browser.sees("p2.jpg")
        assert not browser.sees("p1.jpg")
        browser.form().fill({"message": "Le propriétaire est à l’étranger."}).send("Envoyer")
        assert browser.sees("Merci, vos réponses sont parties", "Le propriétaire est à l’étranger.")
    assert held(filed) == [(f"@{BANK}", "p2.jpg")]


def test_a_message_alone_is_answered_by_a_file_alone(filed: Asked) -> None:
    ask(filed, message="Envoyez votre relevé bancaire.")
    with completion(filed) as browser:
        browser.go(page(filed)).form().send("Envoyer")
        assert browser.errors() == {"message": "Erreur : Écrivez votre réponse ou joignez un fichier avant d’envoyer."}
        browser.form().upload("document-0", "relevé.pdf", PDF).send("Envoyer")
        assert browser.sees("Merci, vos réponses sont parties", "relevé.pdf")
    assert held(filed) == [("@", "relevé.pdf")]


def test_too_many_documents_or_a_letter_in_the_place_of_a_name_is_refused_beside_what_was_typed(filed: Asked) -> None:
    cases, people, dossier = filed
    with an_agents_browser(cases, people.instructor) as browser:
        for typed, said in (("\n".join(map(str, range(11))), "10 documents au plus"), ("x" * 151, "150 caractères")):
            form = browser.go(f"/agents/dossiers/{dossier.reference}").form(action="/pieces-manquantes")
            form.fill({"documents": typed, "demande": "Bonjour"}).send()
            assert said in browser.errors()["documents"]
            assert dict(browser.form(action="/pieces-manquantes").values())["documents"].split() == typed.split()
    assert not read_again(cases, dossier).to_complete


def test_what_was_joined_is_forgotten_with_its_dossier(filed: Asked) -> None:
    cases, _, dossier = filed
    ask(filed, BANK)
    with completion(filed) as browser:
        browser.go(page(filed)).form().upload("document-1", "relevé.pdf", PDF).send("Envoyer")
    (kept,) = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
    erased = cases.store.act(lambda tx: erasure.erase(tx, [dossier.id]))
    assert kept.stored_as in erased.files
    assert held(filed) == []


def test_more_files_than_a_document_takes_are_refused_and_none_is_lost_in_silence(filed: Asked) -> None:
    ask(filed, BANK)
    with completion(filed) as browser:
        form = browser.go(page(filed)).form()
        for number in range(21):
            form.upload("document-1", f"p{number}.jpg", PHOTO + bytes([number + 1]), "image/jpeg")
        form.send("Envoyer")
        assert browser.sees("Vous joignez 21 fichiers : 20 au plus.", "p0.jpg", "p20.jpg")
    assert held(filed) == []


def test_a_word_too_long_is_shown_again_whole_and_nothing_of_it_is_cut(filed: Asked) -> None:
    cases, _, dossier = filed
    ask(filed, BANK)
    word = "Voici pourquoi.\n" * 300
    with completion(filed) as browser:
        browser.go(page(filed)).form(action="/completer").fill({"message": word}).send()
        assert browser.sees("Raccourcissez votre message : 4000 caractères au plus.")
        assert browser.document.xpath("string(//textarea[@name='message'])").count("Voici pourquoi.") == 300
    assert read_again(cases, dossier).to_complete
