"""The contract of list sources."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guichet.plugin.contracts import Context, ListRow, ListSource, Refused, RejectedRow
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks


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
    chosen = accepted(source.Options, dict(options or {}))
    found = list(source.rows(io.BytesIO(content), key, columns, chosen, context))
    read = [row for row in found if isinstance(row, ListRow)]
    rejected = [row for row in found if isinstance(row, RejectedRow)]
    assert [dict(row.values) for row in read] == [dict(row) for row in rows]
    assert [row.line for row in rejected] == list(rejected_lines)
    assert all(row.reason.fr and row.reason.en for row in rejected)
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
