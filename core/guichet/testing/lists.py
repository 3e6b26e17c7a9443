"""The contract of list sources: those that read a file, and those that fetch from a service."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guichet.plugin.contracts import (
    Context,
    FetchedList,
    ListRow,
    ListSource,
    LoggedCall,
    NoOutside,
    Refused,
    RejectedRow,
    Unavailable,
)
from guichet.plugin.sandboxes import Faults, serve_sandbox
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.outside import a_door, assert_by_the_door
from guichet.testing.strictness import strict


def assert_list_source(
    source: ListSource[Any],
    *,
    content: bytes,
    key: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    rejected_lines: Sequence[int] = (),
    unreadable: Iterable[bytes] = (),
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a list source: every row read or rejected, in order, each with its line.

    Args:
        rows: The values of the rows read, in order.
        rejected_lines: The lines of the rows rejected, in order.
        unreadable: Contents that must be refused as a whole.
    """
    context = context or a_context()
    assert_registers("register_list_sources", source)
    assert_options(source.Options, options)
    source = strict(source, ListSource, pure=True)
    chosen = accepted(source.Options, dict(options or {}))
    found = list(source.rows(io.BytesIO(content), key, columns, chosen, context))
    read = [row for row in found if isinstance(row, ListRow)]
    rejected = [row for row in found if isinstance(row, RejectedRow)]
    values, expected = [dict(row.values) for row in read], [dict(row) for row in rows]
    assert values == expected, f"the rows read are {values}, not {expected}"
    numbers = [row.line for row in rejected]
    assert numbers == list(rejected_lines), f"the rows rejected are those of lines {numbers}, not {rejected_lines}"
    mute = [row.line for row in rejected if not (row.reason.fr and row.reason.en)]
    assert not mute, f"why the rows of lines {mute} are rejected is not said in both languages"
    lines = [row.line for row in found]
    assert lines == sorted(set(lines)), "each row has a line of its own, in order"
    assert all(row.values[key] for row in read), "a row without key is rejected"
    for broken in unreadable:
        try:
            for _ in source.rows(io.BytesIO(broken), key, columns, chosen, context):
                pass
        except Refused as error:
            assert_speaks(error)
        else:
            raise AssertionError(f"{broken[:60]!r} is read")


def assert_fetched_list(
    source: FetchedList[Any],
    *,
    key: str,
    columns: Mapping[str, str],
    options: Mapping[str, Any],
    base_url: str = "base_url",
    secrets: Mapping[str, str] | None = None,
    most_pages: int = 1000,
) -> None:
    """Check a list fetched from a service, against its own stand-in over a real socket.

    Every page comes through the door and no other way; the same cursor gives the same page; the list ends; rows have
    their columns, a key and an identity of their own; a failing service is Unavailable, and the cursor stays good.

    Args:
        options: As declared, but for the address.
        base_url: The option that holds the address.
    """
    assert_registers("register_list_sources", source)
    assert_options(source.Options, {**options, base_url: "https://liste.exemple.fr"})
    source = strict(source, FetchedList)
    app = source.sandbox()
    assert app is not None, "a connector has a stand-in: sandbox()"
    faults = Faults(app)
    with serve_sandbox(faults) as server:
        chosen = accepted(source.Options, {**options, base_url: server.url})
        calls: list[LoggedCall] = []
        context = a_context(mode="sandbox", secrets=dict(secrets or {}), outside=a_door(calls.append))
        cursor, seen = "", set[str]()
        for _ in range(most_pages):
            page = source.fetch(cursor, key, columns, chosen, context)
            again = source.fetch(cursor, key, columns, chosen, context)
            assert (again.rows, again.last, again.gone) == (page.rows, page.last, page.gone), "the same page again"
            for row in page.rows:
                assert row.identity, "a row fetched has an identity"
                assert row.identity not in seen, f"{row.identity} comes twice"
                seen.add(row.identity)
                if isinstance(row, ListRow):
                    held = set(row.values)
                    assert held == {key, *columns}, f"{row.identity} holds {held}, not the columns and the key"
                    assert row.values[key], "a row without key is rejected"
            if page.last:
                break
            assert page.cursor not in {"", cursor}, "the cursor moves on"
            cursor = page.cursor
        else:
            raise AssertionError(f"the list does not end after {most_pages} pages")
        assert_by_the_door(faults, calls)
        if source.file_places(chosen):
            _assert_files(source, seen, chosen, context)
        _assert_fails_well(source, faults, cursor, key, columns, chosen, context)


def _assert_files(source: FetchedList[Any], identities: set[str], options: Any, context: Context) -> None:
    """Files lie at the places that are named, are what was told of them, and are told again the same."""
    brought = 0
    for identity in sorted(identities)[:5]:
        offered = source.files(identity, options, context)
        assert set(offered) <= set(source.file_places(options)), "files lie at the places that are named"
        for place, found in offered.items():
            again = {one.identity for one in source.files(identity, options, context)[place]}
            assert {one.identity for one in found} == again, "a file keeps its identity"
            for one in found:
                assert one.identity, "a file has an identity"
                if one.refused is None:
                    assert len(source.file_content(one, options, context)) == one.size, f"{one.name} is not whole"
                    brought += 1
    assert brought, "the stand-in gives a file to try"


def _assert_fails_well(
    source: FetchedList[Any],
    faults: Faults,
    cursor: str,
    key: str,
    columns: Mapping[str, str],
    options: Any,
    context: Context,
) -> None:
    expected = source.fetch(cursor, key, columns, options, context)
    for kind in ("5xx", "reset", "bad_json", "error_in_200", "429"):
        faults.order(kind, seconds=30)
        try:
            source.fetch(cursor, key, columns, options, replace(context, outside=a_door()))
        except Unavailable as error:
            assert_speaks(error)
        else:
            raise AssertionError(f"{kind} goes unnoticed")
    faults.order("none")
    found = source.fetch(cursor, key, columns, options, replace(context, outside=a_door()))
    assert (found.rows, found.last) == (expected.rows, expected.last), "the cursor stays good"
    try:
        source.fetch("", key, columns, options, replace(context, outside=NoOutside()))
    except Refused:
        return
    raise AssertionError("it goes outside by another way than context.outside")
