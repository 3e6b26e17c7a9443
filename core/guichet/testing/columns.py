"""The form of a rule function over columns, held to the function itself on Polars and DuckDB."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from guichet.language import Signature

__all__ = ["assert_same_over_columns"]


def assert_same_over_columns(function: Signature, cases: Sequence[tuple[tuple[Any, ...], Any]]) -> None:
    """Check that `bulk` answers as `call`, line by line; needs the extra `bulk`."""
    import duckdb  # only functions with a form over columns need the extra
    import narwhals as nw  # as above
    import polars as pl  # as above

    assert function.bulk is not None
    names = [f"argument{place}" for place in range(len(function.parameters))]
    lines = [[_stored(value) for value in arguments] for arguments, _ in cases]
    frame = pl.DataFrame(lines, schema=names, orient="row").with_row_index("place")
    expected = [_stored(answer) for _, answer in cases]
    for native in (frame, duckdb.from_arrow(frame.to_arrow())):
        answer = function.bulk(*(nw.col(name) for name in names))
        found = nw.from_native(native).lazy().select("place", answer=answer).collect("pyarrow").to_native().to_pylist()
        given = [line["answer"] for line in sorted(found, key=lambda line: line["place"])]
        assert given == expected, f"{function.name} over columns gives {given}, not {expected}"


def _stored(value: Any) -> Any:
    """A value as columns hold it: a date as the number of days since 1 January 1970."""
    return value.toordinal() - date(1970, 1, 1).toordinal() if isinstance(value, date) else value
