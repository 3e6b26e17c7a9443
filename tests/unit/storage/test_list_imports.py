"""A reference list is imported whole, twice alike, with a ledger that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from databases import each_database
from guichet.model.records import ListImport, ListRow
from guichet.storage import Store, list_imports, lists
from guichet.storage.errors import ImportStoppedError, ListShrinksError
from guichet.storage.staging import to_stage


def row(key: str, amount: int = 1_500_00, part: str = "") -> ListRow:
    return ListRow(key, {"amount": amount, "month": "2020-03"}, part)


def load(store: Store, rows: Sequence[ListRow | None], **options: object) -> ListImport:
    given: dict[str, object] = {"scheme": "s", "list_": "volet1", "as_of": date(2020, 4, 15), "sha256": "x"}
    return list_imports.import_rows(store, rows, **(given | options))


def ledger(done: ListImport) -> tuple[int, ...]:
    assert done.read == done.added + done.updated + done.unchanged + done.rejected
    assert done.state == "finished"
    return done.read, done.added, done.updated, done.unchanged, done.rejected, done.removed


@pytest.fixture(params=[2, 3, 100], ids="chunks of {}".format)
def _small_chunks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_STAGE_CHUNK", "_MERGE_CHUNK"):
        monkeypatch.setattr(list_imports, name, request.param)


@each_database
@pytest.mark.usefixtures("_small_chunks")
def test_the_ledger_of_an_import_adds_up_whatever_the_chunks(store: Store) -> None:
    first = [row("5"), row("1"), None, row("3"), row("3", 2), row("9"), row("7")]
    assert ledger(load(store, first)) == (7, 6, 0, 0, 1, 0)
    assert ledger(load(store, first)) == (7, 0, 0, 6, 1, 0)

    second = [row("1", 7), row("2"), row("3"), row("7")]
    assert ledger(load(store, second)) == (4, 1, 1, 2, 0, 3)

    assert store.read(lambda tx: lists.rows(tx, "s", "volet1", "1")) == [row("1", 7)]
    assert store.read(lambda tx: lists.rows(tx, "s", "volet1", "5")) == []
    assert store.read(lambda tx: lists.size(tx, "s", "volet1")) == 4


@each_database
@pytest.mark.usefixtures("_small_chunks")
def test_absent_rows_are_kept_on_request(store: Store) -> None:
    load(store, [row("1", part="2020-03"), row("2")])

    done = load(store, [row("1", 9, part="2020-04")], keeps_absent=True)

    assert ledger(done) == (1, 1, 0, 0, 0, 0)
    assert store.read(lambda tx: lists.rows(tx, "s", "volet1", "1")) == [
        row("1", part="2020-03"),
        row("1", 9, part="2020-04"),
    ]


@each_database
def test_a_territorys_file_leaves_the_others_alone(store: Store) -> None:
    load(store, [row("1")], territory="reg-53")
    load(store, [row("1", 5), row("2")], territory="reg-84")
    load(store, [row("3")])

    def keys(territory: str | None, key: str) -> int:
        return len(store.read(lambda tx: lists.rows(tx, "s", "volet1", key, territory=territory)))

    assert (keys("reg-53", "1"), keys("reg-84", "1"), keys(None, "1")) == (1, 1, 2)
    assert (keys("reg-53", "2"), keys("reg-53", "3")) == (0, 1)


@each_database
def test_a_file_cut_short_changes_nothing_unless_it_is_said_to_be_whole(store: Store) -> None:
    load(store, [row("1"), row("2"), row("3")])

    with pytest.raises(ListShrinksError) as refused:
        load(store, [row("1")])
    with pytest.raises(ListShrinksError):
        load(store, [None, None, None])

    assert refused.value.data == {"kept": 1, "held": 3}
    assert store.read(lambda tx: lists.size(tx, "s", "volet1")) == 3
    assert ledger(load(store, [row("1")], shrinks=True)) == (1, 0, 0, 1, 0, 2)
    assert ledger(load(store, [], shrinks=True)) == (0, 0, 0, 0, 0, 1)


@each_database
def test_an_import_cut_short_is_abandoned_by_the_next(store: Store) -> None:
    cut = store.act(lambda tx: lists.start_import(tx, scheme="s", list_="volet1", as_of=date(2020, 4, 15), sha256="x"))
    store.act(lambda tx: list_imports.stage(tx, cut.id, 0, [to_stage(row("1"))]))

    assert ledger(load(store, [row("2")])) == (1, 1, 0, 0, 0, 0)

    for late in (
        lambda tx: list_imports.stage(tx, cut.id, 1, [to_stage(row("3"))]),
        lambda tx: list_imports.merge_next(tx, cut.id),
    ):
        with pytest.raises(ImportStoppedError):
            store.act(late)
    assert store.read(lambda tx: lists.size(tx, "s", "volet1")) == 1


def test_the_latest_finished_import_gives_the_lists_date(store: Store) -> None:
    assert store.read(lambda tx: lists.latest(tx, "s", "volet1")) is None
    load(store, [row("1")])
    load(store, [row("1")], as_of=date(2020, 4, 22))
    store.act(lambda tx: lists.start_import(tx, scheme="s", list_="volet1", as_of=date(2020, 5, 1), sha256="x"))

    latest = store.read(lambda tx: lists.latest(tx, "s", "volet1", territory="reg-53"))

    assert latest is not None
    assert latest.as_of == date(2020, 4, 22)
    assert len(store.read(lambda tx: lists.imports(tx, "s", "volet1"))) == 3
