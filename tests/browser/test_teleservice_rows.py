"""Rows with files on a phone, with and without a script: no button loses a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from applying import PDF
from browser import PHONE, follow, page_of
from declarations import ESSAI_OTHERS, a_library, scheme_with_invoices
from drafting import an_account
from guichet.services.drafts import open_draft, start_draft
from guichet.services.sessions import open_session
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served


@pytest.mark.parametrize("javascript", [False, True], ids=["no-script", "script"])
def test_the_files_of_rows_outlive_rows_added_and_pages_shown_again(
    browser: Browser, tmp_path: Path, javascript: bool
) -> None:
    library = a_library(tmp_path / "declared", scheme_with_invoices())
    wood, glass = tmp_path / "bois.pdf", tmp_path / "verre.pdf"
    wood.write_bytes(PDF)
    glass.write_bytes(PDF + b"%2")
    with (
        an_instance(
            tmp_path / "here",
            schemes=["essai"],
            territories=["dep-74"],
            on=date(2020, 5, 20),
            library=library,
            base_url="http://127.0.0.1",
        ) as cases,
        served(app := create_app(cases), free_port()) as base,
        page_of(browser, viewport=PHONE, javascript=javascript, expected=("status of 422",)) as page,
    ):
        account = an_account(cases)
        dossier = start_draft(cases, account, "essai", "dep-74")
        name = app.state.site.session_cookie("public")
        page.context.add_cookies([{"name": name, "value": open_session(cases, "applicant", account), "url": base}])
        page.goto(f"{base}/t/dep-74/dossiers/{dossier.reference}/pages/demande")
        for field, value in ESSAI_OTHERS.items():
            if field == "annule":
                page.check(f"input[name='annule'][value='{value}']", force=True)
            else:
                page.fill(f"[name='{field}']", value)
        follow(page, page.get_by_role("button", name="Ajouter une ligne"))
        page.fill("[name='factures.0.fournisseur']", "Bois & Co")
        page.set_input_files("[name='factures.0.piece']", wood)
        follow(page, page.get_by_role("button", name="Ajouter une ligne"))
        page.fill("[name='factures.1.fournisseur']", "Verre SA")
        page.fill("[name='factures.1.montant']", "20")
        page.set_input_files("[name='factures.1.piece']", glass)
        follow(page, page.get_by_role("button", name="Enregistrer et continuer"))
        assert page.get_by_text("bois.pdf").count()
        page.fill("[name='factures.0.montant']", "10")
        follow(page, page.get_by_role("button", name="Enregistrer et continuer"))
        assert page.url.endswith("/relire")
        kept = open_draft(cases, account, dossier.reference).answers["factures"]
        assert [row["piece"].name for row in kept] == ["bois.pdf", "verre.pdf"]
