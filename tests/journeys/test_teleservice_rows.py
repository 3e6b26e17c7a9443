"""Files inside repeated rows of a draft: whatever button is pressed, no file is lost, and one taken away is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from applying import PDF, answer, begin, work
from browsing import Browser, a_browser
from declarations import ESSAI_OTHERS, a_library, scheme_with_invoices
from drafting import an_account, an_instructor, the_dossier_of
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing
from guichet.services.drafts import open_draft
from guichet.storage import files
from guichet.web.app import create_app
from instances import an_instance

FIRST = {"factures.0.fournisseur": "Bois & Co", "factures.0.montant": "10"}
SECOND = {"factures.1.fournisseur": "Verre SA", "factures.1.montant": "20"}


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    library = a_library(tmp_path / "declared", scheme_with_invoices())
    with an_instance(
        tmp_path / "here", schemes=["essai"], territories=["dep-74"], on=date(2020, 5, 20), library=library
    ) as made:
        yield made


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(cases)) as made:
        begin(made, cases, "dep-74", "essai")
        made.form().fill(ESSAI_OTHERS).send("Ajouter une ligne")
        yield made


def rows_of(cases: UseCases, browser: Browser, email: str = "anne@exemple.fr") -> list[tuple[Any, ...]]:
    reference = browser.path.split("/")[4]
    found = open_draft(cases, an_account(cases, email), reference).answers.get("factures") or ()
    return [(row["fournisseur"], row["montant"], row["piece"].name) for row in found]


def test_a_file_stays_when_another_row_is_added(browser: Browser, cases: UseCases) -> None:
    browser.form().fill(FIRST).upload("factures.0.piece", "bois.pdf", PDF).send("Ajouter une ligne")
    assert browser.sees("bois.pdf")
    browser.form().fill(SECOND).upload("factures.1.piece", "verre.pdf", PDF + b"%2").send("Enregistrer et continuer")
    assert browser.errors() == {}
    assert rows_of(cases, browser) == [("Bois & Co", 1_000, "bois.pdf"), ("Verre SA", 2_000, "verre.pdf")]
    browser.form(button="Déposer").send("Déposer")
    assert browser.title == "Votre demande est déposée"


def test_a_file_stays_while_its_row_is_still_incomplete(browser: Browser, cases: UseCases) -> None:
    form = browser.form().fill({"factures.0.fournisseur": "Bois & Co"})
    form.upload("factures.0.piece", "bois.pdf", PDF).send("Ajouter une ligne")
    assert browser.sees("bois.pdf")
    form = browser.form().fill(SECOND)
    form.upload("factures.1.piece", "verre.pdf", PDF + b"%2").send("Enregistrer et continuer")
    assert list(browser.errors()) == ["factures.0.montant"]
    assert browser.sees("bois.pdf", "verre.pdf")
    answer(browser, {"factures.0.montant": "10"})
    assert rows_of(cases, browser) == [("Bois & Co", 1_000, "bois.pdf"), ("Verre SA", 2_000, "verre.pdf")]


def test_a_row_taken_away_is_gone_from_the_draft_at_once_and_the_others_keep_their_files(
    browser: Browser, cases: UseCases
) -> None:
    browser.form().fill(FIRST).upload("factures.0.piece", "bois.pdf", PDF).send("Ajouter une ligne")
    browser.form().fill(SECOND).upload("factures.1.piece", "verre.pdf", PDF + b"%2").send("Ajouter une ligne")
    browser.form(button="Retirer").send("Retirer Ligne 1")
    assert browser.sees("verre.pdf")
    assert not browser.sees("bois.pdf")
    assert rows_of(cases, browser) == [("Verre SA", 2_000, "verre.pdf")]
    reference = browser.path.split("/")[4]
    dossier = open_draft(cases, an_account(cases), reference).dossier
    noted = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
    assert [row.file_name for row in noted] == ["verre.pdf"]


def test_a_file_taken_away_from_its_row_leaves_the_rest_of_the_row(browser: Browser, cases: UseCases) -> None:
    browser.form().fill(FIRST).upload("factures.0.piece", "bois.pdf", PDF).send("Ajouter une ligne")
    browser.form().send("Retirer bois.pdf")
    assert not browser.sees("bois.pdf")
    form = browser.form()
    assert dict(form.values())["factures.0.fournisseur"] == "Bois & Co"
    form.upload("factures.0.piece", "chêne.pdf", PDF + b"%3").send("Enregistrer et continuer")
    assert rows_of(cases, browser) == [("Bois & Co", 1_000, "chêne.pdf")]


def test_who_stops_with_a_row_that_cannot_be_kept_is_told_before_leaving(browser: Browser, cases: UseCases) -> None:
    form = browser.form().fill({"factures.0.fournisseur": "Bois & Co"})
    form.upload("factures.0.piece", "bois.pdf", PDF).send("plus tard")
    assert list(browser.errors()) == ["factures.0.montant"]
    assert browser.sees("bois.pdf", "ne peut pas encore être enregistré")
    browser.form().fill({"factures.0.montant": "10"}).send("plus tard")
    assert browser.sees("Vos réponses sont enregistrées")


def test_rows_asked_again_keep_their_files_and_take_a_row_more(browser: Browser, cases: UseCases) -> None:
    browser.form().fill(FIRST).upload("factures.0.piece", "bois.pdf", PDF).send("Enregistrer et continuer")
    reference = browser.path.split("/")[4]
    browser.form(button="Déposer").send("Déposer")
    work(cases)
    with a_browser(create_app(cases)) as second:  # somebody else holds the same bytes
        begin(second, cases, "dep-74", "essai", email="paul@exemple.fr")
        second.form().fill(ESSAI_OTHERS).send("Ajouter une ligne")
        second.form().fill(FIRST).upload("factures.0.piece", "mien.pdf", PDF).send("Enregistrer et continuer")
        assert rows_of(cases, second, "paul@exemple.fr") == [("Bois & Co", 1_000, "mien.pdf")]
    dossier = the_dossier_of(cases, reference)
    ask_missing(cases, an_instructor(cases), dossier.id, ("factures",), "Il manque une facture.")
    browser.go(f"/t/dep-74/dossiers/{reference}/completer").form().send("Ajouter une ligne")
    assert browser.sees("bois.pdf")
    form = browser.form().fill({"factures.1.fournisseur": "Verre SA"})
    form.upload("factures.1.piece", "verre.pdf", PDF + b"%2").send("Envoyer")
    assert list(browser.errors()) == ["factures.1.montant"]
    browser.form().fill({"factures.1.montant": "20"}).send("Envoyer")
    kept = the_dossier_of(cases, reference).answers["factures"]
    assert [(row["fournisseur"], row["piece"]["name"]) for row in kept] == [
        ("Bois & Co", "bois.pdf"),
        ("Verre SA", "verre.pdf"),
    ]
