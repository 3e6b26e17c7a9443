"""The journal is chained, append-only, purged without a break, and verified by anyone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from databases import each_database
from guichet.model.records import Event
from guichet.storage import Store, Tx, journal, verify_journal
from guichet.storage.errors import ConstraintError


def write(store: Store, number: int = 5, territory: str = "reg-53") -> None:
    for index in range(number):
        store.act(
            lambda tx, index=index: tx.journal(
                territory, "dossier.filed", f"dossier-{index}", "anne", {"amount": 2_000_00, "name": "Zoé"}
            )
        )


def faults(store: Store, territory: str = "reg-53") -> list[str]:
    return store.read(lambda tx: journal.verify(tx, territory).faults)


def lines(store: Store, territory: str = "reg-53") -> list[Event]:
    return store.read(lambda tx: journal.page(tx, territory))


@each_database
def test_lines_are_numbered_from_one_within_a_territory(store: Store) -> None:
    write(store, 3)
    write(store, 2, "dep-74")

    assert [line.number for line in lines(store)] == [1, 2, 3]
    assert [line.number for line in lines(store, "dep-74")] == [1, 2]
    assert [(head.territory, head.number) for head in store.read(journal.heads)] == [("dep-74", 2), ("reg-53", 3)]


@each_database
def test_the_journal_is_append_only(store: Store) -> None:
    write(store)

    for change in ("UPDATE event SET kind = 'x'", "DELETE FROM event", "UPDATE event SET hash = 'x' WHERE number = 2"):
        with pytest.raises(ConstraintError, match="append-only"):
            store.act(lambda tx, change=change: tx.run(text(change)))
    assert faults(store) == []


@each_database
def test_a_purged_line_keeps_its_place_and_nothing_of_what_it_said(store: Store) -> None:
    write(store)

    assert store.act(lambda tx: journal.purge(tx, "reg-53", 2)) is True
    assert store.act(lambda tx: journal.purge(tx, "reg-53", 2)) is False

    (line,) = store.read(lambda tx: journal.page(tx, "reg-53", after=1, limit=1))
    assert (line.body, line.salt, line.subject, line.actor) == (None, None, None, None)
    assert line.inner_hash
    assert line.hash
    assert faults(store) == []


@each_database
def test_a_purge_that_touches_a_hash_is_refused(store: Store) -> None:
    write(store)
    purge = "UPDATE event SET body = NULL, salt = NULL, purged_at = at, inner_hash = 'x' WHERE number = 2"

    with pytest.raises(ConstraintError, match="append-only"):
        store.act(lambda tx: tx.run(text(purge)))


@each_database
def test_every_line_about_a_dossier_is_purged_together(store: Store) -> None:
    write(store)
    write(store)

    assert store.act(lambda tx: journal.purge_subjects(tx, ["dossier-1"])) == 2
    assert store.read(lambda tx: journal.of_subject(tx, "dossier-1")) == []
    assert faults(store) == []


TAMPERINGS = {
    "another amount": "UPDATE event SET body = replace(body, '200000', '900000') WHERE number = 3",
    "another kind": "UPDATE event SET kind = 'x' WHERE number = 3",
    "a line gone": "DELETE FROM event WHERE number = 3",
    "the last line gone": "DELETE FROM event WHERE number = 5",
    "another hash": "UPDATE event SET hash = inner_hash WHERE number = 3",
    "another inner hash": "UPDATE event SET inner_hash = hash WHERE number = 3",
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_journal_rewritten_behind_the_triggers_is_found_out(store: Store, tampering: str, tmp_path: Path) -> None:
    write(store)
    drop = [f"DROP TRIGGER event_{change}_refused" for change in ("update", "delete")]
    for statement in (*drop, tampering):
        store.act(lambda tx, statement=statement: tx.run(text(statement)))

    assert faults(store)
    assert run_script(exported(store, tmp_path)).returncode == 1


def test_a_journal_rewritten_whole_is_found_out_by_a_checkpoint_kept_elsewhere(store: Store, tmp_path: Path) -> None:
    write(store)
    head = store.read(journal.heads)[0]
    checkpoint = {head.number: head.hash}
    write(store, 2)
    assert store.read(lambda tx: journal.verify(tx, "reg-53", checkpoint).faults) == []

    assert store.read(lambda tx: journal.verify(tx, "reg-53", {3: head.hash}).faults)
    assert store.read(lambda tx: journal.verify(tx, "reg-53", {70: head.hash}).faults)
    file = exported(store, tmp_path)
    assert run_script(file, "--checkpoint", f"{head.number}:{head.hash}").returncode == 0
    assert run_script(file, "--checkpoint", f"3:{head.hash}").returncode == 1


def test_an_exported_journal_is_verified_by_the_script_alone(store: Store, tmp_path: Path) -> None:
    write(store)
    store.act(lambda tx: journal.purge(tx, "reg-53", 2))
    head = store.read(journal.heads)[0]

    answer = run_script(exported(store, tmp_path))

    assert answer.stdout == f"reg-53: 5 lines, 1 purged, whole, head {head.hash}\n"
    assert answer.returncode == 0


@pytest.mark.parametrize(
    "content", ["", "not json\n", '{"format": "other"}\n', '{"format": "guichet-journal/1"}\n', None]
)
def test_a_file_that_is_no_journal_is_refused_without_a_traceback(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "journal.jsonl"
    if content is not None:
        file.write_text(content)

    answer = run_script(file)

    assert answer.returncode == 2
    assert answer.stderr.startswith("cannot read ")
    assert "Traceback" not in answer.stderr


def test_an_empty_chain_is_whole(store: Store) -> None:
    assert faults(store, "reg-11") == []


def test_a_long_chain_is_read_by_pages(store: Store) -> None:
    def many(tx: Tx) -> None:
        for _ in range(5_001):
            tx.journal("reg-53", "event")

    store.act(many)

    assert store.read(lambda tx: journal.verify(tx, "reg-53").number) == 5_001
    assert store.read(lambda tx: sum(1 for _ in journal.export(tx, "reg-53"))) == 5_002


def exported(store: Store, folder: Path) -> Path:
    file = folder / "journal.jsonl"
    file.write_text("".join(store.read(lambda tx: list(journal.export(tx, "reg-53")))), encoding="utf-8")
    return file


def run_script(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the script as someone without Guichet would: isolated, no site packages."""
    script = str(verify_journal.__file__)
    return subprocess.run([sys.executable, "-I", "-S", script, str(file), *options], capture_output=True, text=True)
