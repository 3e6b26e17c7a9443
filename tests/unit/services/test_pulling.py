"""Dossiers filed in another software become dossiers here: once each, interrupted or not; what cannot is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from applying import IBAN
from databases import each_address
from fetched_lists import Ledger, numbered_plugin
from guichet.catalogue import write_snapshot
from guichet.model.pull import Pull
from guichet.model.scheme import ReferenceList
from guichet.runtime import build
from guichet.services import pulling
from guichet.services.cases import UseCases
from guichet.services.list_fetches import fetch_list
from guichet.services.pulling import Pulled, pull, refused_rows
from guichet.settings import Settings
from guichet.storage import journal, pulled
from guichet.storage.tables import dossier
from guichet.worker.loop import drain
from instances import a_clock, the_library, the_territories
from instructing import a_siret
from sandboxes import Sandbox, sandbox
from shipped_plugins import shipped_plugins
from worked import publish_snapshot

SCHEME, WHERE = "aide-simple", "reg-53"
KINDS = {"courriel": "text", "nom": "text", "effectif": "integer", "compte": "text"}
PULL = Pull.model_validate(
    {
        "list": "demarche",
        "email": "courriel",
        "fields": {"nom": "nom", "siret": "siret", "effectif": "effectif", "titulaire": "nom", "iban": "compte"},
        "values": {"nom": {"KERMARREC (ATELIER)": "Atelier Kermarrec"}},
        "attested": ["sincerite"],
    }
)


def a_row(number: int, **changes: Any) -> tuple[int, dict[str, Any]]:
    plain = {"siret": a_siret(number), "courriel": f"a{number}@exemple.fr", "nom": f"Atelier {number}", "effectif": 2}
    return number, {**plain, "compte": IBAN, **changes}


@contextmanager
def an_instance(tmp_path: Path, served: Sandbox, url: str | None = None) -> Iterator[UseCases]:
    """The simple scheme, published with a list that brings dossiers."""
    plugins = shipped_plugins(extra={"numbered": numbered_plugin()})
    cases = build(
        Settings(database_url=url),
        folder=tmp_path / "own",
        plugins=plugins,
        territories=the_territories(),
        clock=a_clock(),
    )
    source = {"plugin": "numbered", "key": "siret", "columns": KINDS, "across": "territory"}
    declared = ReferenceList.model_validate({**source, "options": {"base_url": served.url}})
    scheme = (
        the_library().effective(SCHEME, WHERE).scheme.model_copy(update={"lists": {"demarche": declared}, "pull": PULL})
    )
    changed = write_snapshot(scheme, WHERE, plugins.versions())
    cases.store.act(lambda tx: publish_snapshot(tx, changed))
    try:
        yield cases
    finally:
        cases.store.close()


def fetch(cases: UseCases) -> None:
    compiled = cases.snapshots.current(SCHEME, WHERE)
    assert compiled is not None
    fetch_list(cases, SCHEME, "demarche", compiled.scheme.lists["demarche"], territory=WHERE)


def titles(cases: UseCases) -> list[str]:
    return sorted(cases.store.read(lambda tx: [row.title for row in tx.all(select(dossier.c.title))]))


@each_address
def test_each_row_becomes_one_dossier_whatever_is_done_again(address: Any, tmp_path: Path) -> None:
    service = Ledger([a_row(n) for n in range(1, 6)])
    with address(tmp_path) as url, sandbox(service) as served, an_instance(tmp_path, served, url) as cases:
        fetch(cases)
        assert pull(cases, SCHEME, WHERE) == Pulled(filed=5)
        assert pull(cases, SCHEME, WHERE) == Pulled()
        service.put(6, **a_row(6)[1])
        service.put(2, **a_row(2, nom="Atelier changé")[1])
        fetch(cases)
        assert pull(cases, SCHEME, WHERE, again=True) == Pulled(filed=1)
        assert titles(cases) == [f"Atelier {n}" for n in range(1, 7)]


def test_what_was_filed_is_as_if_it_had_been_filed_here(tmp_path: Path) -> None:
    service = Ledger([a_row(1, nom="KERMARREC (ATELIER)")])
    with sandbox(service) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        drain(cases)
        (row,) = cases.store.read(lambda tx: tx.all(select(dossier)))
        assert (row.title, row.phase, row.outcome, row.computed_cents) == (
            "Atelier Kermarrec", "instruction", "eligible", 100_000,
        )  # fmt: skip
        kinds = [one.kind for one in cases.store.read(lambda tx: list(journal.of_subject(tx, row.id)))]
        assert {"dossier_pulled", "receipt_written"} <= set(kinds)
        assert any(b"a1@exemple.fr" in mail.read_bytes() for mail in cases.folder.rglob("*.eml"))


def test_what_cannot_be_filed_is_listed_with_its_reasons_and_tried_when_it_changes(tmp_path: Path) -> None:
    service = Ledger([a_row(1), a_row(2, effectif=-1, compte="FR76"), a_row(3, courriel=None)])
    with sandbox(service) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        assert pull(cases, SCHEME, WHERE) == Pulled(filed=1, refused=2)
        second, third = refused_rows(cases, SCHEME, WHERE)
        assert (second.number, third.number) == ("2", "3")
        assert [reason.split(" : ")[0] for reason in second.reasons] == ["answers/effectif", "answers/iban"]
        assert third.reasons[0].startswith("applicant/email")
        assert pull(cases, SCHEME, WHERE) == Pulled(), "nothing changed: nothing is tried"
        assert pull(cases, SCHEME, WHERE, again=True) == Pulled(refused=2)
        service.put(2, **a_row(2)[1])
        fetch(cases)
        assert pull(cases, SCHEME, WHERE) == Pulled(filed=1)
        assert [one.number for one in refused_rows(cases, SCHEME, WHERE)] == ["3"]


def test_nothing_is_lost_while_the_scheme_is_closed(tmp_path: Path) -> None:
    with sandbox(Ledger([a_row(1)])) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        cases.clock.advance(days=300)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        assert pull(cases, SCHEME, WHERE) == Pulled(refused=1)
        assert [one.number for one in refused_rows(cases, SCHEME, WHERE)] == ["1"]


@pytest.mark.parametrize("protected", [True, False], ids=["protected", "sabotaged"])
def test_a_pull_cut_short_anywhere_goes_on_and_files_nothing_twice(
    protected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut after each dossier; without the note made in the filing act, the next pull would file some again."""
    if not protected:
        monkeypatch.setattr(pulled, "filed", lambda *arguments: None)
        keyless = iter(range(10**6))
        monkeypatch.setattr(pulling, "_key_of", lambda row, compiled: f"k{next(keyless)}")
    with sandbox(Ledger([a_row(n) for n in range(1, 5)])) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        whole = pulling.submit
        for _ in range(5):
            left = iter((True, False))

            def submit_once(*arguments: Any, left: Iterator[bool] = left) -> Any:
                if not next(left):
                    raise KeyboardInterrupt
                return whole(*arguments)

            monkeypatch.setattr(pulling, "submit", submit_once)
            try:
                pull(cases, SCHEME, WHERE)
            except KeyboardInterrupt:
                continue
        assert (titles(cases) == [f"Atelier {n}" for n in range(1, 5)]) is protected


@each_address
def test_two_processes_file_each_row_once(address: Any, tmp_path: Path) -> None:
    with (
        address(tmp_path) as url,
        sandbox(Ledger([a_row(n) for n in range(1, 13)])) as served,
        an_instance(tmp_path, served, url) as cases,
    ):
        fetch(cases)
        both = [Thread(target=pull, args=(cases, SCHEME, WHERE)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert len(titles(cases)) == 12


def test_the_worker_files_what_a_fetch_brings(tmp_path: Path) -> None:
    with sandbox(Ledger([a_row(1)])) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        drain(cases)
        assert titles(cases) == ["Atelier 1"]


def test_an_unfinished_submission_leaves_no_note(tmp_path: Path) -> None:
    """The note and the dossier are one act: neither stands without the other."""

    def breaks(tx: Any, *arguments: Any) -> None:
        honest(tx, *arguments)
        raise ZeroDivisionError

    honest = pulled.filed
    with sandbox(Ledger([a_row(1)])) as served, an_instance(tmp_path, served) as cases:
        fetch(cases)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pulled, "filed", breaks)
            with pytest.raises(ZeroDivisionError):
                pull(cases, SCHEME, WHERE)
        assert titles(cases) == []
        assert pull(cases, SCHEME, WHERE) == Pulled(filed=1)
        assert isinstance(cases.store.read(lambda tx: pulled.rows(tx, SCHEME, WHERE))[0].reference, str)
