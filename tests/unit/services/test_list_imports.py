"""Importing a list: every row accounted for, the same file twice is no change, the rejected are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from guichet.model.records import ListImport
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.services.cases import UseCases
from guichet.services.drafts import GATE_MARK
from guichet.services.list_imports import Imported, import_list, published_list
from guichet.services.refusals import NotFound, Refused
from guichet.storage import dossiers, journal, lists
from guichet.storage.journal import INSTANCE
from guichet.worker.loop import drain
from worked import CHECKS, SCHEME, a_filed_dossier, an_instance

HEAD = "siren;reference;amount;month\n"
FILE = HEAD + "732829320;FDS1-1;1500,00;2020-03\n356000000;FDS1-2;1 234,56;2020-03\n"


def brought(cases: UseCases, tmp_path: Path, text: str | bytes, **values: Any) -> Imported:
    path = tmp_path / "volet1.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    declared = values.pop("declared", None) or published_list(cases, SCHEME, "volet1")
    return import_list(cases, SCHEME, "volet1", declared, path, **values)


def counts(ledger: ListImport) -> tuple[int, int, int, int, int, int]:
    return (ledger.read, ledger.added, ledger.updated, ledger.unchanged, ledger.rejected, ledger.removed)


@each_address
def test_the_ledger_adds_up_and_the_same_file_changes_nothing(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases:
        assert counts(brought(cases, tmp_path, FILE).ledger) == (2, 2, 0, 0, 0, 0)
        assert counts(brought(cases, tmp_path, FILE).ledger) == (2, 0, 0, 2, 0, 0)
        third = FILE.replace("1500,00", "1400,00").replace("356000000;FDS1-2", "005520135;FDS1-3")
        assert counts(brought(cases, tmp_path, third).ledger) == (2, 1, 1, 0, 0, 1)


def test_cells_become_the_values_the_rules_read(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        brought(cases, tmp_path, FILE, as_of=date(2020, 4, 14))
        (row,) = cases.store.read(lambda tx: lists.rows(tx, SCHEME, "volet1", "356000000"))
        latest = cases.store.read(lambda tx: lists.latest(tx, SCHEME, "volet1"))
    assert row.columns == {"reference": "FDS1-2", "amount": 123_456, "month": "2020-03"}
    assert latest is not None
    assert latest.as_of == date(2020, 4, 14)


def test_rejected_rows_are_written_with_line_and_reason_and_the_others_go_on(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        bad = FILE + "12;FDS1-3;10,00;2020-03\n732829321;FDS1-4;dix;2020-03\n"
        done = brought(cases, tmp_path, bad)
        assert counts(done.ledger) == (4, 2, 0, 0, 2, 0)
        assert done.rejected == tmp_path / "volet1.csv.rejected.csv"
        told = done.rejected.read_text(encoding="utf-8-sig").splitlines()
        assert told[0] == "ligne;colonne;motif"
        assert [line.split(";")[:2] for line in told[1:]] == [["4", "siren"], ["5", "amount"]]
        assert brought(cases, tmp_path, FILE).rejected is None
        assert not done.rejected.exists()


def test_a_file_that_is_not_the_declared_one_is_refused_whole(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        with pytest.raises(PluginRefused, match="missing"):
            brought(cases, tmp_path, "siren;montant\n732829320;1\n")
        with pytest.raises(PluginRefused):
            brought(cases, tmp_path, FILE.encode("utf-16"))
        assert cases.store.read(lambda tx: lists.latest(tx, SCHEME, "volet1")) is None
        assert counts(brought(cases, tmp_path, FILE).ledger) == (2, 2, 0, 0, 0, 0)


def test_the_import_is_journalled_with_its_figures(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        done = brought(cases, tmp_path, FILE)
        (line,) = cases.store.read(lambda tx: journal.page(tx, INSTANCE))
    assert (line.kind, line.subject) == ("list_imported", done.ledger.id)
    assert '"added":2' in (line.body or "")


def test_progress_is_told_in_rows_and_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with an_instance(tmp_path) as cases:
        brought(cases, tmp_path, FILE, progress=lambda rows, place: told.append((rows, place)))
    assert told == [(2, len(FILE))]


def test_a_list_of_one_territory_needs_its_name_and_a_common_one_takes_none(tmp_path: Path) -> None:
    own = ReferenceList(plugin="csv", key="siren", columns={"reference": "text"}, across="territory")
    with an_instance(tmp_path) as cases:
        with pytest.raises(Refused):
            brought(cases, tmp_path, FILE, territory="reg-53")
        with pytest.raises(Refused):
            brought(cases, tmp_path, FILE, declared=own)
        done = brought(cases, tmp_path, FILE, declared=own, territory="reg-53")
        assert done.ledger.territory == "reg-53"
        assert cases.store.read(lambda tx: lists.rows(tx, SCHEME, "volet1", "356000000", territory="reg-11")) == []
        with pytest.raises(NotFound):
            published_list(cases, SCHEME, "volet2")


def test_dossiers_held_while_the_list_was_silent_are_judged_again(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        held: dict[str, Any] = {"phase": "instruction", "stage": "opinion", "outcome": "undetermined"}
        checks = {**CHECKS, GATE_MARK: "held"}
        known = a_filed_dossier(
            cases, checks=checks, **held, answers={"@proof.volet1": {"reference": "fds1-1"}}, computed_cents=None
        )
        unknown = a_filed_dossier(cases, checks=checks, **held, answers={"siret": "35600000000048"})
        open_ = a_filed_dossier(cases, **held)
        brought(cases, tmp_path, FILE)
        drain(cases)
        found = [cases.store.read(lambda tx, one=one: dossiers.by_id(tx, one.id)) for one in (known, unknown, open_)]
        lines = cases.store.read(lambda tx: journal.of_subject(tx, known.id))
    assert [dossier.checks[GATE_MARK] for dossier in found] == ["open", "stopped", "open"]
    assert [dossier.outcome for dossier in found] == ["eligible", "not_eligible", "undetermined"]
    assert found[0].computed_cents == 200_000
    assert found[1].phase == "instruction"
    assert [line.kind for line in lines] == ["rechecked"]
