"""A backup made at work comes back whole; what comes back pays nobody and writes to nobody a second time."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import text, update

from databases import SteppedClock, each_address, postgres_programs, postgres_url
from guichet.errors import ProblemsFound
from guichet.model.records import Dossier
from guichet.services import payment_orders as paying
from guichet.services.attachments import files_folder
from guichet.services.backups.making import make_backup
from guichet.services.backups.releasing import Released, release
from guichet.services.backups.restoring import restore
from guichet.services.cases import UseCases
from guichet.services.payments import run_payments
from guichet.services.quarantine import Quarantined, claim_allowed, standing
from guichet.services.suspensions import suspend_payments
from guichet.storage import blobs, dossiers, files, journal, notices, outbox, payment_runs, payments
from guichet.storage.errors import CopyFailedError
from guichet.storage.tables import batch as batch_table
from guichet.storage.tables import restoration as restoration_table
from guichet.worker.loop import drain
from worked import DAY, a_filed_dossier, an_instance, decided, opened_cases

ON = date(2020, 4, 20)
Address = Callable[[Path], Any]


def granted(cases: UseCases, dossier: Dossier, cents: int = 200_000) -> None:
    """Decide a dossier as the deciding act does: its order, its letter, its journal line."""
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)

    def act(tx: Any) -> None:
        made = decided(cases, tx, dossier, cents=cents)
        paying.order_payment(cases, tx, compiled, made.dossier, made.decision)
        outbox.put(
            tx, "letter", {"dossier": dossier.id, "decision": made.decision.id}, key=f"letter:{made.decision.id}"
        )

    cases.store.act(act)


def mails(cases: UseCases) -> list[str]:
    return sorted(path.name for path in (cases.folder / "mails").glob("*.eml"))


def payment_files(cases: UseCases) -> list[Path]:
    return sorted((cases.folder / "payments").glob("*"))


@contextmanager
def an_old(tmp_path: Path, url: str | None = None) -> Iterator[UseCases]:
    """The installation that will be lost."""
    (tmp_path / "old").mkdir()
    with an_instance(tmp_path / "old", url) as cases:
        yield cases


@contextmanager
def restored(tmp_path: Path, address: Address, file: Path) -> Iterator[UseCases]:
    """The installation that a backup becomes, opened as a process would."""
    postgres = json.loads(_manifest(file))["manifest"]["engine"] == "postgresql"
    with address(tmp_path) if postgres else _sqlite(tmp_path) as url:
        if postgres:
            _empty(url)
        clock = SteppedClock(DAY)
        restore(file, tmp_path / "restored", clock, url if postgres else None)
        own = url if postgres else f"sqlite:///{tmp_path / 'restored' / 'guichet.sqlite3'}"
        cases = opened_cases(own, tmp_path / "restored", clock=clock)
        try:
            yield cases
        finally:
            cases.store.close()


def _empty(url: str) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def _manifest(file: Path) -> bytes:
    with tarfile.open(file) as tar:
        stream = tar.extractfile("manifest.json")
        assert stream is not None
        return stream.read()


@contextmanager
def a_disaster(tmp_path: Path, address: Address) -> Iterator[tuple[UseCases, UseCases, dict[str, Dossier]]]:
    """An instance backed up, that mailed and paid afterwards; then what its backup becomes."""
    with address(tmp_path) as url, an_old(tmp_path, url) as old:
        before = a_filed_dossier(old, email="avant@exemple.fr")
        later = a_filed_dossier(old, email="apres@exemple.fr", answers={"raison_sociale": "Atelier"})
        granted(old, before)
        file = tmp_path / "backup.guichet"
        make_backup(old, file)
        drain(old)
        run_payments(old, ON)
        granted(old, later, 150_000)
        run_payments(old, ON)
        drain(old)
        with restored(tmp_path, address, file) as new:
            yield old, new, {"before": before, "later": later}


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    postgres_programs(monkeypatch)


def put_back_to_work(cases: UseCases, **said: Any) -> Released:
    """Release with everything that must be said."""
    return release(cases, because="Disque perdu", by="Anne Le Goff", **{"nothing_left": False, "delivered": (), **said})


@each_address
def test_what_was_there_is_there_again_files_and_journals_included(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_old(tmp_path, url) as old:
        dossier = a_filed_dossier(old)
        granted(old, dossier)
        drain(old)
        make_backup(old, tmp_path / "b")
        heads = {head.territory: head for head in old.store.read(journal.heads)}
        with restored(tmp_path, address, tmp_path / "b") as new:
            assert new.store.read(lambda tx: dossiers.by_id(tx, dossier.id)).granted_cents == 200_000
            (letter,) = new.store.read(lambda tx: files.documents(tx, dossier.id))
            content = blobs.read(files_folder(new), letter.stored_as)
            assert content == blobs.read(files_folder(old), letter.stored_as)
            assert content.startswith(b"%PDF")
            again = {head.territory: head for head in new.store.read(journal.heads)}
            assert again["reg-53"] == heads["reg-53"]
            told = new.store.read(lambda tx: journal.page(tx, journal.INSTANCE))
            assert told[-1].kind == "restored"
            assert standing(new) is not None


@each_address
def test_in_quarantine_nothing_is_mailed_nor_paid_whatever_is_asked(address: Any, tmp_path: Path) -> None:
    with a_disaster(tmp_path, address) as (old, new, _):
        assert len(mails(old)) > 0
        assert len(payment_files(old)) == 2
        went = drain(new)
        assert (went.done, went.failed, went.dead) == (0, 0, 0)
        with pytest.raises(Quarantined):
            run_payments(new, ON)
        assert mails(new) == []
        assert payment_files(new) == []


def test_a_kind_of_duty_that_nobody_has_thought_of_is_held(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        for kind in ("invented_next_year", "recheck"):
            old.store.act(lambda tx, kind=kind: outbox.put(tx, kind, {}))
        make_backup(old, tmp_path / "b")
    with restored(tmp_path, _sqlite, tmp_path / "b") as new:
        claimed = new.store.act(lambda tx: claim_allowed(tx, "test", kinds=()))
        assert [row.kind for row in claimed] == ["recheck"]
        assert new.store.act(lambda tx: claim_allowed(tx, "test", kinds=("invented_next_year",))) == []
        assert put_back_to_work(new, nothing_left=True).aside == {"invented_next_year": 1}


@each_address
def test_once_released_what_had_left_does_not_leave_again(address: Any, tmp_path: Path) -> None:
    with a_disaster(tmp_path, address) as (old, new, made):
        done = put_back_to_work(new, delivered=payment_files(old))
        assert len(done.transmitted) == 1
        assert done.paid == (made["later"].reference,)
        assert done.aside == {"letter": 1}
        drain(new)
        assert run_payments(new, ON).lines == 0
        granted(new, new.store.read(lambda tx: dossiers.by_id(tx, made["later"].id)), 150_000)
        assert run_payments(new, ON).lines == 0
        assert new.store.read(lambda tx: payments.of_dossier(tx, made["later"].id)) == []
        kinds = [event.kind for event in new.store.read(lambda tx: journal.of_subject(tx, made["later"].id))]
        assert "payment_already_made" in kinds
        assert payment_files(new) == []


@each_address
def test_the_same_without_the_quarantine_pays_and_mails_twice(address: Any, tmp_path: Path) -> None:
    with a_disaster(tmp_path, address) as (old, new, _):
        lifted = update(restoration_table).values(released_at=DAY, released_by="sabotage")
        new.store.act(lambda tx: tx.run(lifted))
        drain(new)
        assert run_payments(new, ON).lines == 1
        assert set(mails(new)) & set(mails(old))
        assert {path.name for path in payment_files(new)} & {path.name for path in payment_files(old)}


@each_address
def test_a_file_made_after_the_release_bears_a_number_no_lost_file_bore(address: Any, tmp_path: Path) -> None:
    with a_disaster(tmp_path, address) as (old, new, _):
        put_back_to_work(new, delivered=payment_files(old))
        granted(new, a_filed_dossier(new, email="neuf@exemple.fr", answers={"raison_sociale": "Neuf"}))
        (delivered,) = run_payments(new, ON).delivered
        lost = {one.number for one in old.store.read(lambda tx: payment_runs.of_days(tx))}
        assert lost == {1, 2}
        assert delivered.batch.number == 3
        assert delivered.batch.file_name not in {path.name for path in payment_files(old)}


@each_address
def test_a_file_that_was_written_and_left_since_is_not_handed_over_again(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, an_old(tmp_path, url) as old:
        granted(old, a_filed_dossier(old))
        run_payments(old, ON)
        left = update(batch_table).values(state="written")
        old.store.act(lambda tx: tx.run(left))
        old.store.act(lambda tx: tx.run(text("UPDATE payment_order SET state = 'ordered'")))
        make_backup(old, tmp_path / "b")
        run_payments(old, ON)
        with restored(tmp_path, address, tmp_path / "b") as new:
            put_back_to_work(new, delivered=payment_files(old))
            assert run_payments(new, ON).lines == 0
            assert [one.state for one in new.store.read(lambda tx: payment_runs.of_days(tx))] == ["transmitted"]


def test_a_file_known_to_have_left_before_the_backup_takes_no_suspension_back(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        granted(old, a_filed_dossier(old))
        run_payments(old, ON)
        suspend_payments(old, scheme="fds-volet-2", territory="reg-53", because="Opposition reçue.")
        make_backup(old, tmp_path / "b")
        with restored(tmp_path, _sqlite, tmp_path / "b") as new:
            assert put_back_to_work(new, delivered=payment_files(old)).transmitted == ()
            states = new.store.read(lambda tx: tx.all(text("SELECT state FROM payment_order")))
            assert [one.state for one in states] == ["suspended"]


def test_when_nothing_had_left_the_waiting_order_is_paid_and_the_letter_written_on_demand(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        dossier = a_filed_dossier(old)
        granted(old, dossier)
        make_backup(old, tmp_path / "b")
    with restored(tmp_path, _sqlite, tmp_path / "b") as new:
        done = put_back_to_work(new, nothing_left=True, redo=("letter",))
        assert (done.aside, done.again) == ({}, {"letter": 1})
        drain(new)
        assert run_payments(new, ON).lines == 1
        assert "decided" in {one.event for one in new.store.read(lambda tx: notices.of_dossier(tx, dossier.id))}


@contextmanager
def _sqlite(tmp_path: Path) -> Iterator[str]:
    yield f"sqlite:///{tmp_path / 'unused.sqlite3'}"


@pytest.mark.parametrize(
    "said",
    [
        {"by": "Anne Le Goff", "because": "", "delivered": (), "nothing_left": True},
        {"by": " ", "because": "Disque", "delivered": (), "nothing_left": True},
        {"by": "Anne Le Goff", "because": "Disque", "delivered": (), "nothing_left": False},
        {"by": "Anne Le Goff", "because": "Disque", "delivered": (Path(__file__),), "nothing_left": True},
    ],
)
def test_a_release_without_reason_name_or_word_on_what_left_is_refused(tmp_path: Path, said: dict[str, Any]) -> None:
    with an_old(tmp_path) as old:
        make_backup(old, tmp_path / "b")
    with restored(tmp_path, _sqlite, tmp_path / "b") as new:
        with pytest.raises(ProblemsFound):
            release(new, **said)
        assert standing(new) is not None


def test_a_file_that_quotes_no_reference_is_no_payment_file(tmp_path: Path) -> None:
    (tmp_path / "autre.txt").write_text("rien ici", "utf-8")
    with an_old(tmp_path) as old:
        make_backup(old, tmp_path / "b")
    with restored(tmp_path, _sqlite, tmp_path / "b") as new, pytest.raises(ProblemsFound):
        put_back_to_work(new, delivered=[tmp_path / "autre.txt"])


def test_an_instance_that_was_never_restored_is_not_released(tmp_path: Path) -> None:
    with an_old(tmp_path) as old, pytest.raises(ProblemsFound):
        put_back_to_work(old, nothing_left=True)


@pytest.mark.parametrize("member", ["data/database.sqlite3", "data/files/", "manifest.json"])
@pytest.mark.parametrize("where", ["name", "first", "last"])
def test_one_byte_changed_in_any_member_restores_nothing(tmp_path: Path, member: str, where: str) -> None:
    with an_old(tmp_path) as old:
        granted(old, a_filed_dossier(old))
        drain(old)
        make_backup(old, tmp_path / "b")
    with tarfile.open(tmp_path / "b") as tar:
        (info, *_) = [one for one in tar.getmembers() if one.name.startswith(member)]
    place = {"name": info.offset + 6, "first": info.offset_data, "last": info.offset_data + info.size - 1}[where]
    content = bytearray((tmp_path / "b").read_bytes())
    content[place] ^= 0x05
    (tmp_path / "b").write_bytes(bytes(content))
    with pytest.raises(ProblemsFound):
        restore(tmp_path / "b", tmp_path / "restored", SteppedClock(DAY))
    assert not (tmp_path / "restored").exists()
    assert not (tmp_path / ".restored.restoring").exists()


def test_a_backup_cut_short_restores_nothing(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        make_backup(old, tmp_path / "b")
    content = (tmp_path / "b").read_bytes()
    (tmp_path / "b").write_bytes(content[: len(content) // 2])
    with pytest.raises(ProblemsFound):
        restore(tmp_path / "b", tmp_path / "restored", SteppedClock(DAY))
    assert not (tmp_path / "restored").exists()


def test_a_journal_rewritten_before_the_restoration_is_seen(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        old.store.act(lambda tx: tx.journal("reg-53", "tried", data={"n": 1}))
        make_backup(old, tmp_path / "b")
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
    from guichet.services.backups.archives import extract, write_archive
    from guichet.storage.sqlite import sqlite_driver

    manifest = extract(tmp_path / "b", tmp_path / "x")
    connection = sqlite_driver().connect(str(tmp_path / "x/data/database.sqlite3"))
    connection.execute("DROP TRIGGER event_update_refused")
    connection.execute("UPDATE event SET kind = 'other'")
    connection.commit()
    connection.close()
    with write_archive(tmp_path / "forged") as archive:
        for name in manifest["members"]:
            archive.add(name, tmp_path / "x" / name)
        archive.seal({key: value for key, value in manifest.items() if key not in ("members", "format")})
    with pytest.raises(ProblemsFound) as refused:
        restore(tmp_path / "forged", tmp_path / "restored", SteppedClock(DAY))
    assert refused.value.problems[0].code == "restore.journal_differs"


def test_a_backup_into_a_folder_that_is_not_there_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with an_old(tmp_path) as old, pytest.raises(ProblemsFound) as refused:
        make_backup(old, tmp_path / "nowhere" / "b")
    assert [one.code for one in refused.value.problems] == ["backup.no_folder"]
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_laid_over_what_is_there(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        make_backup(old, tmp_path / "b")
        with pytest.raises(ProblemsFound):
            make_backup(old, tmp_path / "b")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("x", "utf-8")
    with pytest.raises(ProblemsFound):
        restore(tmp_path / "b", tmp_path / "full", SteppedClock(DAY))


@each_address
def test_a_backup_made_while_others_write_is_one_instant(address: Any, tmp_path: Path) -> None:
    """Each act writes a dossier and its journal line: a torn copy would hold one without the other."""
    with address(tmp_path) as url, an_old(tmp_path, url) as old:
        stop, written = Event(), []

        def write() -> None:
            while not stop.is_set():
                written.append(a_filed_dossier(old).id)
                filed = written[-1]
                old.store.act(lambda tx, filed=filed: tx.journal("reg-53", "filed_here", subject=filed))

        writer = Thread(target=write)
        writer.start()
        try:
            while len(written) < 5:
                stop.wait(0.01)
            make_backup(old, tmp_path / "b")
        finally:
            stop.set()
            writer.join()
        with restored(tmp_path, address, tmp_path / "b") as new:
            subjects = {event.subject for event in new.store.read(lambda tx: journal.page(tx, "reg-53"))}
            known = {one for one in written if _has(new, one)}
            assert 0 < len(known) < len(written)
            assert len(known - subjects) <= 1


def _has(cases: UseCases, dossier: str) -> bool:
    try:
        cases.store.read(lambda tx: dossiers.by_id(tx, dossier))
    except Exception:
        return False
    return True


def test_sessions_and_sign_ins_of_before_open_nothing_after(tmp_path: Path) -> None:
    with an_old(tmp_path) as old:
        from guichet.services.sessions import open_session

        open_session(old, "agent", "x")
        make_backup(old, tmp_path / "b")
    with restored(tmp_path, _sqlite, tmp_path / "b") as new:
        assert new.store.read(lambda tx: tx.value(text("SELECT count(*) FROM web_session"))) == 0


def test_only_its_owner_reads_a_backup_and_no_secret_is_in_it(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "secrets").mkdir(parents=True)
    (own / "secrets/token").write_text("très-secret", "utf-8")
    (own / "instance.yaml").write_text("format: 1\nmode: sandbox\n", "utf-8")
    with an_old(tmp_path) as old:
        make_backup(old, tmp_path / "b", own)
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0
    assert "très-secret".encode() not in (tmp_path / "b").read_bytes()
    made = restore(tmp_path / "b", tmp_path / "restored", SteppedClock(DAY))
    assert (made.folder / "instance.yaml").is_file()
    assert (made.folder / "var/guichet.sqlite3").is_file()
    assert not list((made.folder / "secrets").iterdir()), "room for the secrets, and none of them"
    assert (made.folder / "secrets").stat().st_mode & 0o077 == 0
    assert (made.folder / "var").stat().st_mode & 0o077 == 0, "mails and payment files will be written there"


@pytest.mark.postgres
def test_without_postgresqls_program_the_refusal_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres_url() as url, an_old(tmp_path, url) as old:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CopyFailedError) as refused:
            make_backup(old, tmp_path / "b")
        assert "pg_dump" in str(refused.value)
        assert not (tmp_path / "b").exists()
