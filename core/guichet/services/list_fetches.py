"""Fetching a reference list from the service that keeps it: page by page, then only what changed.

The ledger is that of an import from a file. Each page is kept with the cursor of the next in one act, so that a fetch
cut short goes on where it was; what the list holds changes only once its last page is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from guichet.model.canonical import canonical_json
from guichet.model.records import ListFetch, ListImport
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import FetchedList, ListPage, Options, RejectedRow
from guichet.plugin.contracts import Refused as PluginRefused
from guichet.plugin.contracts.base import Language
from guichet.services.cases import UseCases
from guichet.services.list_imports import (
    Imported,
    note_import,
    published_list,
    refuse_wrong_place,
    settled_on,
    stored_row,
)
from guichet.services.rejected_rows import RejectedBook
from guichet.storage import list_fetches
from guichet.storage.list_imports import refuse_shrinking
from guichet.storage.staging import to_stage

__all__ = ["fetch_duty", "fetch_list", "is_fetched"]

Progress = Callable[[int], None]
"""Told, after each page, how many rows were read."""


def is_fetched(cases: UseCases, declared: ReferenceList) -> bool:
    """Whether a list comes from a service rather than from a file."""
    return isinstance(cases.plugins.list_sources.get(declared.plugin), FetchedList)


def fetch_list(
    cases: UseCases,
    scheme: str,
    name: str,
    declared: ReferenceList,
    *,
    territory: str | None = None,
    whole: bool = False,
    shrinks: bool = False,
    progress: Progress | None = None,
    language: Language = "fr",
) -> Imported:
    """Fetch a list, or what changed in it since it was last fetched alike, and queue the check of waiting dossiers.

    Args:
        whole: Fetch all of it again, from the start.
        shrinks: Allow the list to lose more than half of its rows.

    Raises:
        Refused: The list is one territory's, and none is named; or common to all, and one is.
        PluginError: The source is silent for now, or refuses; what was fetched stays, to be gone on with.
        ListShrinksError: Most of the list would go away; nothing was changed.
        ImportStoppedError: Another process fetches the same list.
    """
    refuse_wrong_place(name, declared, territory)
    source = _source(cases, declared)
    options = cases.service_options(source, declared.options)
    page_at = _pages(cases, declared, source, options, territory or "")
    day, origin = settled_on(cases, territory), _origin(declared, options)
    head, fetch = cases.store.act(
        lambda tx: list_fetches.begin(
            tx, scheme=scheme, list_=name, as_of=day, territory=territory, origin=origin, whole=whole
        )
    )
    with RejectedBook(_book_of(cases, head), language, goes_on=head.read > 0) as book:
        read = head.read
        for page in _in_turn(page_at, fetch):
            fetch = _kept(cases, fetch, page, book, declared.key)
            read += len(page.rows)
            if progress is not None:
                progress(read)
    if not shrinks:
        refuse_shrinking(cases.store, head.id, list_fetches.left_after)
    ledger = list_fetches.merge(cases.store, head.id, note_import)
    return Imported(ledger, book.path if ledger.rejected else None)


def fetch_duty(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Fetch a list as published; one that is no longer fetched is left alone."""
    scheme, name, territory = str(payload["scheme"]), str(payload["list"]), payload.get("territory")
    declared = published_list(cases, scheme, name, territory)
    if is_fetched(cases, declared):
        fetch_list(cases, scheme, name, declared, territory=territory)


def _source(cases: UseCases, declared: ReferenceList) -> FetchedList[Any]:
    source = cases.plugins.list_sources[declared.plugin]
    if not isinstance(source, FetchedList):
        raise PluginRefused(
            fr="Cette liste se lit dans un fichier : nommez-le.", en="This list is read from a file: name it."
        )
    return source


def _pages(
    cases: UseCases, declared: ReferenceList, source: FetchedList[Any], options: Options, territory: str
) -> Callable[[str], ListPage]:
    owner = f"list_sources:{declared.plugin}"

    def page_at(cursor: str) -> ListPage:
        context = cases.context(territory)
        page = cases.plugins.call(owner, lambda: source.fetch(cursor, declared.key, declared.columns, options, context))
        if page.cursor == cursor and not page.last:
            raise PluginRefused(
                fr="Le service ramène toujours à la même page : la liste n'a pas été prise.",
                en="The service leads to the same page again and again: the list was not taken.",
            )
        return page

    return page_at


def _in_turn(page_at: Callable[[str], ListPage], fetch: ListFetch) -> Iterator[ListPage]:
    """The pages that are left; while one is kept, the next is already asked for."""
    if fetch.all_staged:
        return
    with ThreadPoolExecutor(1, thread_name_prefix="guichet-list") as ahead:
        asked = ahead.submit(page_at, fetch.cursor)
        while True:
            page = asked.result()
            if page.last:
                yield page
                return
            asked = ahead.submit(page_at, page.cursor)
            yield page


def _kept(cases: UseCases, fetch: ListFetch, page: ListPage, book: RejectedBook, key: str) -> ListFetch:
    rows = tuple(None if isinstance(row, RejectedRow) else to_stage(stored_row(row, key)) for row in page.rows)
    parts = tuple(row.identity for row in page.rows if row.identity) + page.gone
    kept = cases.store.act(
        lambda tx: list_fetches.stage_page(tx, fetch, rows, parts, cursor=page.cursor, last=page.last)
    )
    for row in page.rows:
        if isinstance(row, RejectedRow):
            book.note(row)
    return kept


def _origin(declared: ReferenceList, options: Options) -> str:
    """The digest of what is fetched and how it is read; secrets are in it by their names only."""
    said = {
        "plugin": declared.plugin,
        "key": declared.key,
        "columns": dict(declared.columns),
        "options": options.model_dump(mode="json"),
    }
    return sha256(canonical_json(said).encode()).hexdigest()


def _book_of(cases: UseCases, head: ListImport) -> Path:
    place = f".{head.territory}" if head.territory else ""
    return cases.folder / "lists" / f"{head.scheme}.{head.list}{place}.rejected.csv"
