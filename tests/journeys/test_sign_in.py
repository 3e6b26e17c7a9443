"""An applicant signs in by the code or the link of a mail, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsing import Browser, a_browser
from guichet.services.cases import UseCases
from guichet.web.app import create_app
from instances import an_instance
from signing_in import code_of, last_mail


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(cases)) as made:
        yield made


def test_the_code_of_the_mail_signs_in(cases: UseCases, browser: Browser) -> None:
    browser.go("/t/reg-53/").click("Se connecter")
    browser.fill(email=" Camille@Exemple.FR ").send()
    assert browser.title == "Entrez le code reçu"
    assert browser.sees("camille@exemple.fr", "Corriger")
    browser.fill(code=code_of(last_mail(cases))).send()
    assert browser.path == "/t/reg-53/"
    assert browser.sees("Connecté : camille@exemple.fr")
