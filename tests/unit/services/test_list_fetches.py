"""A list fetched from a service: the same ledger as a file, then changes only, cut short and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from fetched_lists import Ledger, numbered_plugin
from guichet.catalogue import write_snapshot
from guichet.model.records import ListImport
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.plugin.contracts import Unavailable
from guichet.runtime import build
from guichet.services.cases import UseCases
from guichet.services.list_fetches import fetch_list, is_fetched
from guichet.services.list_imports import import_list
from guichet.services.schedule import put_due
from guichet.settings import Settings
from guichet.storage import journal, list_fetches, lists, outbox
from guichet.storage.errors import ImportStoppedError, ListShrinksError
from guichet.storage.journal import INSTANCE
from guichet.worker.loop import drain
from instances import a_clock, the_library, the_territories
from sandboxes import Sandbox, sandbox
from shipped_plugins import shipped_plugins
from worked import publish_snapshot

SCHEME = "fds-volet-2"
KINDS = {"name": "text", "amount": "money"}


def rows_of(*numbers: int) -> list[tuple[int, dict[str, Any]]]:
    return [(number, {"siren": f"S{number}", "name": f"n{number}", "amount": number * 100}) for number in numbers]


def declared_at(served: Sandbox, **changes: Any) -> ReferenceList:
    plain = {"plugin": "numbered", "key": "siren", "columns": KINDS, "options": {"base_url": served.url}}
    return ReferenceList.model_validate({**plain, **changes})


@contextmanager
def an_instance(tmp_path: Path, url: str | None = None) -> Iterator[UseCases]:
    plugins = shipped_plugins(extra={"numbered": numbered_plugin()})
    cases = build(
        Settings(database_url=url),
        folder=tmp_path / "own",
        plugins=plugins,
        territories=the_territories(),
        clock=a_clock(),
    )
    try:
        yield cases
    finally:
        cases.store.close()


def counts(ledger: ListImport) -> tuple[int, int, int, int, int, int]:
    assert ledger.read == ledger.added + ledger.updated + ledger.unchanged + ledger.rejected
    return (ledger.read, ledger.added, ledger.updated, ledger.unchanged, ledger.rejected, ledger.removed)


def fetched(cases: UseCases, served: Sandbox, **values: Any) -> tuple[int, ...]:
    declared = values.pop("declared", None) or declared_at(served)
    return counts(fetch_list(cases, "s", "beneficiaries", declared, **values).ledger)


def held(cases: UseCases) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in [f"S{number}" for number in range(30)] + ["T5"]:
        for row in cases.store.read(lambda tx, key=key: lists.rows(tx, "s", "beneficiaries", key)):
            found[f"{key}/{row.part}"] = row.columns["name"]
    return found


@each_address
def test_a_list_is_fetched_whole_then_only_what_changed(address: Any, tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases, sandbox(service) as served:
        assert fetched(cases, served) == (8, 8, 0, 0, 0, 0)
        assert served.requests == 3
        assert fetched(cases, served) == (0, 0, 0, 0, 0, 0)
        assert served.requests == 4
        service.put(3, siren="S3", name="changed", amount=1)
        service.put(4, siren="S4", name="n4", amount=400)
        service.put(5, siren="T5", name="moved", amount=500)
        service.forget(6)
        service.forget(99)
        service.put(9, siren="S9", name="n9", amount=900)
        service.put(7, siren="", name="no key", amount=1)
        assert fetched(cases, served) == (5, 2, 1, 1, 1, 3)
        assert held(cases) == {
            "S1/1": "n1", "S2/2": "n2", "S3/3": "changed", "S4/4": "n4", "T5/5": "moved", "S8/8": "n8", "S9/9": "n9",
        }  # fmt: skip


@each_address
def test_changes_end_in_the_same_list_as_the_whole(address: Any, tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 20)), page=4)
    with address(tmp_path) as url, an_instance(tmp_path, url) as cases, sandbox(service) as served:
        fetched(cases, served)
        for number in (2, 5, 11):
            service.put(number, siren=f"S{number + 10}", name="moved", amount=0)
        for number in (3, 7):
            service.forget(number)
        fetched(cases, served)
        by_changes = held(cases)
        read, added, updated, unchanged, rejected, removed = fetched(cases, served, whole=True)
        assert (read, added, updated, unchanged, rejected, removed) == (17, 0, 0, 17, 0, 0)
        assert held(cases) == by_changes


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad_json", "error_in_200"])
def test_a_fetch_cut_short_changes_nothing_and_goes_on_where_it_was(kind: str, tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        fetched(cases, served)
        service.put(1, siren="S1", name="later", amount=1)
        before = held(cases)
        declared = declared_at(served)
        whole = fetch_after(cases, service, served, declared, kind, pages=2)
        assert held(cases) == before
        cases.clock.advance(minutes=2)  # type: ignore[attr-defined]  a test's clock
        asked = len(service.asked)
        assert fetched(cases, served, declared=declared) == whole
        assert len(service.asked) - asked == 1
        assert held(cases)["S1/1"] == "later"


def fetch_after(
    cases: UseCases, service: Ledger, served: Sandbox, declared: ReferenceList, kind: str, *, pages: int
) -> tuple[int, ...]:
    """Fetch the whole list, cut after some pages; gives the ledger the whole fetch is to end with."""
    last = len(service.asked) + pages

    def cut(number: int) -> None:
        if number == last:
            served.fail(kind)  # from the next request on

    service.told = cut
    with pytest.raises(Unavailable):
        fetch_list(cases, "s", "beneficiaries", declared, whole=True)
    served.fail("none")
    return (8, 0, 1, 7, 0, 0)


def test_without_the_cursor_kept_a_fetch_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage of the test above: forgetting where it was makes the service answer every page again."""
    service = Ledger(rows_of(*range(1, 9)))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        declared = declared_at(served)
        fetch_after(cases, service, served, declared, "5xx", pages=2)
        monkeypatch.setattr(list_fetches, "_left_open", lambda *_: None)
        cases.clock.advance(minutes=2)  # type: ignore[attr-defined]  a test's clock
        asked = len(service.asked)
        fetched(cases, served, declared=declared)
        assert len(service.asked) - asked == 3


def test_a_fetch_of_the_day_before_yesterday_is_not_gone_on_with(tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        declared = declared_at(served)
        fetch_after(cases, service, served, declared, "5xx", pages=1)
        cases.clock.advance(hours=30)  # type: ignore[attr-defined]  a test's clock
        asked = len(service.asked)
        assert fetched(cases, served, declared=declared) == (8, 8, 0, 0, 0, 0)
        assert len(service.asked) - asked == 3


def test_a_row_met_twice_while_pages_turn_counts_once_as_it_was_last(tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))

    def changes(read: int) -> None:
        if read == 3:
            service.put(2, siren="T5", name="changed meanwhile", amount=1)

    with an_instance(tmp_path) as cases, sandbox(service) as served:
        done = fetch_list(cases, "s", "beneficiaries", declared_at(served), progress=changes)
        assert counts(done.ledger) == (8, 8, 0, 0, 0, 0)
        assert held(cases)["T5/2"] == "changed meanwhile"
        assert len(held(cases)) == 8


def test_most_of_a_list_does_not_go_away_unless_it_is_said(tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        fetched(cases, served)
        for number in range(1, 6):
            service.forget(number)
        for whole in (False, True):
            with pytest.raises(ListShrinksError):
                fetched(cases, served, whole=whole)
            assert len(held(cases)) == 8
        assert fetched(cases, served, shrinks=True) == (0, 0, 0, 0, 0, 5)


def test_another_address_or_mapping_means_the_whole_list_again(tmp_path: Path) -> None:
    service = Ledger(rows_of(1, 2, 3, 4))
    with an_instance(tmp_path) as cases, sandbox(service) as served, sandbox(service) as other:
        fetched(cases, served)
        assert fetched(cases, other) == (4, 0, 0, 4, 0, 0)
        fewer = declared_at(other, columns={"name": "text"})
        assert fetched(cases, other, declared=fewer) == (4, 0, 4, 0, 0, 0)


def test_after_a_file_the_whole_list_is_fetched_again(tmp_path: Path) -> None:
    service = Ledger(rows_of(1, 2))
    path = tmp_path / "list.csv"
    path.write_text("siren;name;amount\nS1;n1;1,00\nS2;n2;2,00\n", encoding="utf-8")
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        fetched(cases, served)
        by_file = ReferenceList.model_validate({"plugin": "csv", "key": "siren", "columns": KINDS})
        import_list(cases, "s", "beneficiaries", by_file, path)
        assert fetched(cases, served)[0] == 2


def test_two_processes_do_not_fetch_the_same_page_twice(tmp_path: Path) -> None:
    service = Ledger(rows_of(*range(1, 9)))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        declared = declared_at(served)

        def other(read: int) -> None:
            if read == 3:
                fetch_list(cases, "s", "beneficiaries", declared)

        with pytest.raises(ImportStoppedError):
            fetch_list(cases, "s", "beneficiaries", declared, progress=other)
        assert len(held(cases)) == 8


def test_rejected_rows_are_told_in_a_file_that_a_resumed_fetch_goes_on_with(tmp_path: Path) -> None:
    broken = [(number, {"siren": "", "name": "x", "amount": 1}) for number in (1, 8)]
    service = Ledger([*rows_of(*range(2, 8)), *broken])
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        declared = declared_at(served)
        fetch_after(cases, service, served, declared, "5xx", pages=1)
        cases.clock.advance(minutes=2)  # type: ignore[attr-defined]  a test's clock
        done = fetch_list(cases, "s", "beneficiaries", declared)
    assert counts(done.ledger) == (8, 6, 0, 0, 2, 0)
    assert done.rejected is not None
    assert done.rejected.read_text(encoding="utf-8-sig").splitlines() == [
        "ligne;colonne;motif",
        "1;siren;La clé est vide.",
        "8;siren;La clé est vide.",
    ]


def test_a_fetch_is_journaled_and_the_waiting_dossiers_are_checked_again(tmp_path: Path) -> None:
    service = Ledger(rows_of(1))
    with an_instance(tmp_path) as cases, sandbox(service) as served:
        done = fetch_list(cases, "s", "beneficiaries", declared_at(served))
        (event,) = cases.store.read(lambda tx: journal.of_subject(tx, done.ledger.id))
        assert (event.kind, event.territory) == ("list_imported", INSTANCE)
        assert cases.store.read(lambda tx: outbox.by_key(tx, f"recheck:{done.ledger.id}")) is not None


def test_a_fetched_list_takes_no_file_and_a_file_is_not_fetched(tmp_path: Path) -> None:
    by_file = ReferenceList.model_validate({"plugin": "csv", "key": "siren", "columns": KINDS})
    path = tmp_path / "list.csv"
    path.write_text("x", encoding="utf-8")
    with an_instance(tmp_path) as cases, sandbox(Ledger()) as served:
        assert is_fetched(cases, declared_at(served))
        assert not is_fetched(cases, by_file)
        with pytest.raises(PluginRefused, match="without naming one"):
            import_list(cases, "s", "beneficiaries", declared_at(served), path)
        with pytest.raises(PluginRefused, match="name it"):
            fetch_list(cases, "s", "beneficiaries", by_file)


def published_with(cases: UseCases, declared: ReferenceList, *territories: str) -> None:
    """Publish a scheme whose list comes from the service."""
    for territory in territories:
        scheme = the_library().effective(SCHEME, territory).scheme.model_copy(update={"lists": {"volet1": declared}})
        body = write_snapshot(scheme, territory, cases.plugins.versions())
        cases.store.act(lambda tx, body=body: publish_snapshot(tx, body))
    cases.snapshots.refresh()


def test_the_schedule_fetches_each_list_once_a_day_after_its_hour(tmp_path: Path) -> None:
    columns = {"reference": "text", "amount": "money", "month": "text"}
    with an_instance(tmp_path) as cases, sandbox(Ledger(rows_of(1, 2))) as served:
        published_with(cases, declared_at(served, columns=columns), "reg-53", "reg-84")
        put_due(cases, cases.clock.business().replace(hour=1, minute=30))
        assert ("fetch_list", "queued") not in cases.store.read(outbox.counts)
        for _ in range(2):
            put_due(cases)
        assert cases.store.read(outbox.counts)["fetch_list", "queued"] == 1
        went = drain(cases, kinds=("fetch_list",))
        assert (went.done, went.failed, went.dead) == (1, 0, 0)
        (ledger,) = cases.store.read(lambda tx: lists.imports(tx, SCHEME, "volet1"))
        assert (ledger.added, ledger.territory) == (2, None)


def test_a_fetch_that_the_service_does_not_answer_is_owed_until_it_does(tmp_path: Path) -> None:
    columns = {"reference": "text", "amount": "money", "month": "text"}
    with an_instance(tmp_path) as cases, sandbox(Ledger(rows_of(1, 2))) as served:
        published_with(cases, declared_at(served, columns=columns), "reg-53")
        served.fail("5xx")
        put_due(cases)
        assert drain(cases, kinds=("fetch_list",)).failed == 1
        served.fail("none")
        cases.clock.advance(hours=1)  # type: ignore[attr-defined]  a test's clock
        assert drain(cases, kinds=("fetch_list",)).done == 1
