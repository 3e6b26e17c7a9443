"""A preview follows its files: what is saved is shown, what is wrong is said above the last right version."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from browsing import Browser, a_browser
from guichet.demo.preview.opening import Preview, a_preview
from guichet.demo.preview.pages import RULES, SCRIPT, handlers_of
from guichet.errors import ProblemsFound
from guichet.settings import Settings, shipped_folder
from guichet.web.app import create_app

SCHEME, PLACE = "haute-savoie-1000", "dep-74"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of an author: a copy of a shipped scheme, to be changed."""
    shutil.copytree(shipped_folder("schemes") / SCHEME, tmp_path / "schemes" / SCHEME)
    return tmp_path


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    settings = replace(Settings(), instance=folder)
    with a_preview(settings, SCHEME, territory=PLACE, shown_from=folder) as opened:
        yield opened


@pytest.fixture
def browser(preview: Preview) -> Iterator[Browser]:
    app = create_app(preview.workshop.cases, handlers=handlers_of(preview.desk), rules=RULES, script=SCRIPT)
    with a_browser(app) as found:
        yield found


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "schemes" / SCHEME / "scheme.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_is_saved_is_shown(folder: Path, preview: Preview, browser: Browser) -> None:
    before = browser.go("/apercu/etat").response.headers["x-preview"]
    assert not preview.workshop.look()
    change(folder, "title: Aide forfaitaire d'urgence de 1 000 €", "title: Aide de printemps")

    assert preview.workshop.look()

    assert browser.go("/apercu/etat").response.headers["x-preview"] != before
    assert browser.go(f"/t/{PLACE}/{SCHEME}").sees("Aide de printemps")
    assert "preview.js" in browser.body


def test_a_mistake_is_said_and_the_last_right_version_stays(folder: Path, preview: Preview, browser: Browser) -> None:
    change(folder, "when: fermeture\n", "when: fermetture\n")

    preview.workshop.look()

    state = browser.go("/apercu/etat")
    assert state.response.headers["x-preview-right"] == "no"
    assert all(told in state.body for told in ("fermetture", "scheme.yaml", "vouliez-vous"))
    assert browser.go(f"/t/{PLACE}/{SCHEME}").sees("Aide forfaitaire d'urgence")
    change(folder, "when: fermetture\n", "when: fermeture\n")
    preview.workshop.look()
    assert browser.go("/apercu/etat").response.headers["x-preview-right"] == "yes"


def test_an_example_that_fails_is_shown_with_what_differs(folder: Path, preview: Preview, browser: Browser) -> None:
    change(folder, "- always: 1 000 €", "- always: 900 €")
    preview.workshop.look()
    assert browser.go("/apercu").sees("attendu 1000 €, trouvé 900 €")


def test_one_may_be_the_applicant_of_an_example_or_an_agent(preview: Preview, browser: Browser) -> None:
    filed = [one for one in preview.desk.shown() if one.reference]
    assert len(filed) >= 4
    form = browser.go("/apercu").form(button=filed[0].title)
    form.send(filed[0].title)
    assert browser.sees(filed[0].reference)
    browser.go("/apercu").form(button="Instruction").send("Instruction")
    assert browser.go(f"/agents/t/{PLACE}/{SCHEME}").sees(filed[0].reference)


def test_nobody_else_can_be(browser: Browser) -> None:
    token = browser.go("/apercu").token()
    assert browser.post("/apercu/devenir", {"_csrf_token": token, "who": "agent:x"}).status == 404


def test_the_day_is_one_when_the_scheme_is_open(preview: Preview) -> None:
    assert date(2020, 5, 5) <= preview.workshop.day <= date(2020, 6, 20)


def test_a_scheme_that_is_wrong_from_the_first_is_refused_with_its_place(folder: Path) -> None:
    change(folder, "when: fermeture\n", "when: fermetture\n")
    with pytest.raises(ProblemsFound) as found, a_preview(replace(Settings(), instance=folder), SCHEME):
        pass
    assert found.value.problems[0].position is not None
