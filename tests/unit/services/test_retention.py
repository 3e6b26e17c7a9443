"""The end of a dossier's time: no name is left in the database, in its file, nor in any file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from databases import SteppedClock, postgres_url, sqlite_url
from drafting import a_draft, an_account
from guichet.model.records import Attachment, Prefilled, SessionIdentity
from guichet.plugin.contracts import LoggedCall
from guichet.services import retention, throwing_away
from guichet.services.api.reading import read_dossier as read_by_api
from guichet.services.api.tokens import create_token
from guichet.services.attachments import files_folder
from guichet.services.cases import UseCases
from guichet.services.dossier_views import read_dossier
from guichet.services.duties import perform
from guichet.services.helpdesk import search_for_helpdesk
from guichet.services.refusals import NotFound
from guichet.services.retention import forget_ended, has_visa
from guichet.services.work_tables import TableQuery, read_table
from guichet.storage import (
    Tx,
    blobs,
    dossier_feed,
    dossiers,
    erasure,
    exchanges,
    identities,
    journal,
    outbox,
    outside_calls,
    prefills,
    sessions,
)
from guichet.storage.tables import METADATA, attachment, dossier, gone_dossier, payment_order
from hostile_story import APPLICANTS, Story, the_cases
from instructing import the_people
from worked import DAY, SCHEME, an_instance, the_plugins

NAMES = (
    "Le Goff", "BOULANGERIE", "anne@exemple", "louis@exemple", "FR7630006000011234567890189", "732829320",
    "Camille-Ambre", "Kervella", "12 rue du Lac", "sub-de-camille", "ma fille", "0601020304", "kbis-de-anne",
)  # fmt: skip
"""What the story types, says or is told of people; each is looked for as it is written."""
TEN_YEARS_AND_A_DAY = timedelta(days=3654)


@contextmanager
def a_story(folder: Path, url: str) -> Iterator[tuple[UseCases, SteppedClock]]:
    """Two dossiers filed, granted and paid, a draft, and all that may be known of a person beside them."""
    clock = SteppedClock(DAY)
    with an_instance(folder, url):
        pass
    with the_cases(url, folder, clock, the_plugins()) as cases:
        story = Story(folder / "input")
        story.folder.mkdir()
        story.play(cases)
        assert not story.stopped
        anne, agent = an_account(cases, next(iter(APPLICANTS))), the_people(cases).decider
        a_draft(cases, anne)
        paper = blobs.keep(files_folder(cases), b"kbis-de-anne")
        cases.store.act(lambda tx: told_of(tx, anne, agent, paper))
        yield cases, clock


def told_of(tx: Tx, account: str, agent: str, paper: blobs.Blob) -> None:
    """What other parts of the site know of an applicant and of their dossier."""
    found = next(one for one in dossiers.by_account(tx, account) if one.phase == "decided")
    link = identities.link(
        tx,
        audience="applicant",
        person=account,
        provider="franceconnect",
        issuer="i",
        subject="sub-de-camille",
        email="anne@exemple.fr",
        claims={"given_name": "Camille-Ambre"},
    )
    assert link is not None
    sessions.start(tx, id_hash="h", kind="applicant", subject=account, csrf="", ends_at=tx.real_now)
    identities.note_session(tx, SessionIdentity("h", link.id, "franceconnect", "eidas1", (), "", False, "0601020304"))
    identities.note_filing(tx, found.id, "h")
    said = Prefilled(found.id, "raison_sociale", "e", "name", "given", "Kervella", {"fr": "A", "en": "A"}, None,
                     "732829320", tx.now, tx.real_now)  # fmt: skip
    prefills.keep(tx, [said])
    exchanges.add(tx, dossier=found.id, author_kind="applicant", author=account, body="Voyez avec ma fille.")
    exchanges.add_call(tx, dossier=found.id, agent=agent, note="Rappeler au 0601020304")
    call = LoggedCall(tx.real_now, "registre", "h", "GET", "siège", "reg-53", found.id, "answered", 200, 1)
    outside_calls.log(tx, call)
    tx.journal(found.territory, "note", subject=found.id, data={"said": "12 rue du Lac"})
    kept = Attachment(tx.ids.new(), found.id, account, "kbis", "kbis-de-anne.pdf", "application/pdf", paper.size,
                      paper.sha256, paper.stored_as, tx.now)  # fmt: skip
    tx.insert(attachment, kept)


def said_in_the_database(cases: UseCases) -> set[str]:
    """Which names any row of any table holds."""

    def read(tx: Tx) -> str:
        return "\n".join(repr(tuple(row)) for table in METADATA.sorted_tables for row in tx.all(select(table)))

    text = cases.store.read(read)
    return {name for name in NAMES if name in text}


def said_in_the_files(folder: Path) -> set[str]:
    """Which names the bytes of any file hold, the database's own among them."""
    every = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {name for name in NAMES if name.encode() in every}


def after_ten_years(cases: UseCases, clock: SteppedClock) -> retention.Forgotten:
    clock.move(days=TEN_YEARS_AND_A_DAY.days)
    return forget_ended(cases, SCHEME, "reg-53", by="Archives")


def test_no_name_is_left_in_the_database_its_file_or_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with a_story(data, sqlite_url(data)) as (cases, clock):
        assert said_in_the_database(cases) == {*NAMES}, "what is looked for is there before"
        forgotten = after_ten_years(cases, clock)
        assert (forgotten.dossiers, forgotten.accounts, forgotten.list_rows) == (3, 2, 1)
        assert said_in_the_database(cases) == set()
        (data / "input" / "volet1.csv").unlink()
        assert said_in_the_files(data) == set(), "while the database is open, its log of changes included"
    assert said_in_the_files(data) == set()


@pytest.mark.postgres
def test_no_row_of_postgresql_says_a_name(tmp_path: Path) -> None:
    with postgres_url() as url, a_story(tmp_path, url) as (cases, clock):
        assert said_in_the_database(cases) == {*NAMES}
        after_ten_years(cases, clock)
        assert said_in_the_database(cases) == set()


@pytest.mark.parametrize("left_out", ["rows", "files", "journal", "log"])
def test_each_part_of_forgetting_is_needed(left_out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage: one part of the work left out, and a name is found again."""
    data = tmp_path / "data"
    data.mkdir()
    if left_out == "rows":
        monkeypatch.setattr(erasure, "_empty", lambda tx, ids: ())
    if left_out == "files":
        monkeypatch.setattr(throwing_away, "throw_away", lambda cases, owed: 0)
    if left_out == "journal":
        monkeypatch.setattr(journal, "purge_subjects", lambda tx, subjects: 0)
    with a_story(data, sqlite_url(data)) as (cases, clock):
        if left_out == "log":
            monkeypatch.setattr(type(cases.store), "forget_past", lambda self: None)
        after_ten_years(cases, clock)
        (data / "input" / "volet1.csv").unlink()
        assert said_in_the_files(data) != set()


def test_cut_short_once_the_rows_are_gone_a_worker_takes_the_files_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(cases: UseCases, owed: Any) -> int:
        raise KeyboardInterrupt

    data = tmp_path / "data"
    data.mkdir()
    with a_story(data, sqlite_url(data)) as (cases, clock):
        with monkeypatch.context() as patched:
            patched.setattr(throwing_away, "throw_away", cut)
            with pytest.raises(KeyboardInterrupt):
                after_ten_years(cases, clock)
        owed = cases.store.read(lambda tx: outbox.latest(tx, "throw_away"))
        assert owed is not None
        perform(cases, owed.kind, owed.payload)
        after_ten_years(cases, clock)
        (data / "input" / "volet1.csv").unlink()
    assert said_in_the_files(data) == set()


def test_the_books_stay_whole_and_the_journal_valid(tmp_path: Path) -> None:
    with a_story(tmp_path, sqlite_url(tmp_path)) as (cases, clock):
        before = cases.store.read(sums)
        after_ten_years(cases, clock)
        assert cases.store.read(sums) == before
        chain = cases.store.read(lambda tx: journal.verify(tx, "reg-53"))
        assert chain.faults == []
        kinds = [one.kind for one in cases.store.read(lambda tx: journal.page(tx, "reg-53"))]
        assert kinds[-1] == "dossiers_forgotten"


def sums(tx: Tx) -> list[tuple[Any, ...]]:
    orders = tx.all(select(payment_order.c.reference, payment_order.c.cents, payment_order.c.state))
    granted = tx.all(
        select(dossier.c.reference, dossier.c.granted_cents, dossier.c.end).where(dossier.c.end.is_not(None))
    )
    return [*map(tuple, orders), *map(tuple, granted)]


def test_other_software_is_told_what_is_gone_once(tmp_path: Path) -> None:
    with a_story(tmp_path, sqlite_url(tmp_path)) as (cases, clock):
        after_ten_years(cases, clock)
        gone = cases.store.read(lambda tx: [row.reference for row in tx.all(select(gone_dossier.c.reference))])
        assert len(gone) == 2
        assert forget_ended(cases, SCHEME, "reg-53") == retention.Forgotten()


def test_nothing_is_forgotten_a_day_too_early_or_while_money_is_on_its_way(tmp_path: Path) -> None:
    with a_story(tmp_path, sqlite_url(tmp_path)) as (cases, clock):
        clock.move(days=3651)
        assert forget_ended(cases, SCHEME, "reg-53").dossiers == 1, "the draft, after its own time"
        stop = payment_order.update().values(state="suspended")
        cases.store.act(lambda tx: tx.run(stop))
        clock.move(days=10)
        assert forget_ended(cases, SCHEME, "reg-53").dossiers == 0


def test_it_is_done_by_itself_only_with_the_visa_of_the_archives(tmp_path: Path) -> None:
    with a_story(tmp_path, sqlite_url(tmp_path)) as (cases, _):
        compiled = cases.snapshots.current(SCHEME, "reg-53")
        assert compiled is not None
        kept = compiled.scheme.legal.retention
        for visa in ("", " ", "AD 35, référence à compléter", "AD 35, visa 2021-12"):
            legal = compiled.scheme.legal.model_copy(update={"retention": kept.model_copy(update={"visa": visa})})
            scheme = compiled.scheme.model_copy(update={"legal": legal})
            assert has_visa(replace(compiled, scheme=scheme)) is visa.endswith("2021-12")


def test_nobody_sees_an_emptied_dossier(tmp_path: Path) -> None:
    with a_story(tmp_path, sqlite_url(tmp_path)) as (cases, clock):
        agent = the_people(cases).decider
        query = TableQuery(SCHEME, "reg-53")
        (reference, _) = [row.reference for row in read_table(cases, agent, query).rows]
        after_ten_years(cases, clock)
        assert read_table(cases, agent, query).rows == ()
        with pytest.raises(NotFound):
            read_dossier(cases, agent, reference)
        until, verbs = cases.clock.now() + timedelta(days=9), ("read", "read_payment")
        token = create_token(cases, "Paie", territories=["reg-53"], schemes=[], verbs=verbs, expires_at=until).token
        with pytest.raises(NotFound):
            read_by_api(cases, token, "reg-53", SCHEME, reference)
        assert search_for_helpdesk(cases, the_people(cases).helpdesk, reference) == ()
        feed = dossier_feed.FeedFilter("reg-53", SCHEME)
        assert cases.store.read(lambda tx: dossier_feed.changed(tx, feed, after=None, limit=10)) == []
