"""The contract of exporters."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from guichet.plugin.contracts import Cell, Context, ExportColumn, Exporter
from guichet.testing.context import A_DAY, a_context, accepted, assert_registers
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

_COLUMNS = (
    ExportColumn("Demandeur"),
    ExportColumn("Salariés", "integer"),
    ExportColumn("Montant", "money"),
    ExportColumn("Déposé le", "date"),
    ExportColumn("Vu à", "instant"),
    ExportColumn("Complet", "boolean"),
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=cmd|"/c calc"!A1', "＝1")


def assert_exporter(
    exporter: Exporter[Any],
    *,
    texts: Callable[[bytes], Sequence[str]],
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check an exporter: counts its rows, keeps accents, and lets no cell act as a formula.

    Args:
        texts: Gives every cell of a written file as a spreadsheet would hold it, formulas with their `=`.
    """
    context = context or a_context()
    assert_registers("register_exporters", exporter)
    assert_options(exporter.Options, options)
    exporter = strict(exporter, Exporter, pure=False)  # a spreadsheet is put together in a file
    chosen = accepted(exporter.Options, dict(options or {}))
    instant = datetime(2020, 4, 20, 8, 30, tzinfo=UTC)
    rows: list[tuple[Cell, ...]] = [("Société Éléphant €", 3, -200_050, A_DAY, instant, True), (None,) * 6]
    rows += [(formula, 0, 5, A_DAY, instant, False) for formula in FORMULAS]
    stream = io.BytesIO()
    count = exporter.write(_COLUMNS, iter(rows), stream, chosen, context)
    assert count == len(rows), f"{len(rows)} rows are given, {count} are told written"
    assert not stream.closed, "the stream stays open: it is the caller's"
    found = texts(stream.getvalue())
    assert "Société Éléphant €" in found, f"an accent is lost: {found[:12]}"
    assert not [text for text in found if text.lstrip()[:1] in {"=", "@", "＝"}], "a cell acts as a formula"
    empty = io.BytesIO()
    count = exporter.write(_COLUMNS, iter(()), empty, chosen, context)
    assert count == 0, f"no row is given, {count} are told written"
    assert empty.getvalue(), "an empty table still has its headings"
