"""The story of a Département: six days, a file and its statement each evening, ten instructors and a helpdesk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from guichet.demo.headless import Ending, Wanted, play
from guichet.runtime import build
from guichet.services.deliveries import FOLDER
from guichet.settings import Settings
from guichet.storage.tables import dossier, opinion
from instances import the_library

SCHEME, DAYS = "haute-savoie-1000", 6


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ending]:
    out = tmp_path_factory.mktemp("days") / "out"
    return out, play(Settings(), the_library(), Wanted(SCHEME, out, 60, by_http=2))


def test_the_books_agree_after_six_days(told: tuple[Path, Ending]) -> None:
    figures = told[1].figures
    assert told[1].wrong == ()
    assert (figures["filed"], figures["days"], figures["filed_by_http"]) == (60, DAYS, 2)
    assert figures["granted_cents"] == figures["payment_cents"] == 100_000 * figures["payment_lines"] > 0
    assert figures["refused"] > 0


def test_each_evening_has_its_file_and_its_statement(told: tuple[Path, Ending]) -> None:
    files = sorted(path for path in (told[0] / FOLDER).rglob("*") if path.is_file())
    assert len(files) == told[1].figures["payment_files"] == 2 * DAYS
    for day in range(5, 5 + DAYS):
        (statement,) = (path for path in files if path.suffix == ".pdf" and f"2020-05-{day:02d}" in path.name)
        assert f"{day} mai 2020" in PdfReader(statement).pages[0].extract_text()


def test_instructors_have_like_shares_and_the_helpdesk_answers(told: tuple[Path, Ending]) -> None:
    least, most = told[1].figures["opinions_of_one_agent"]
    assert most - least <= 1
    assert told[1].figures["calls"] > 0


def test_the_oldest_dossiers_are_treated_first(told: tuple[Path, Ending]) -> None:
    both = select(dossier.c.filed_at).join(opinion, opinion.c.dossier == dossier.c.id)
    cases = build(Settings(), folder=told[0])
    try:
        filed = [row.filed_at for row in cases.store.read(lambda tx: tx.all(both.order_by(opinion.c.id)))]
    finally:
        cases.store.close()
    assert len(filed) == told[1].figures["opinions"] > 10 * DAYS / 2
    assert filed == sorted(filed)
