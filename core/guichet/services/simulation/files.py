"""Data files read piece by piece, answers written as they come: a longer file needs no more memory."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import polars as pl
import pyarrow.parquet as pq

from guichet.errors import Problem, ProblemsFound

__all__ = ["BATCH", "AnswersFile", "batches", "kind_of", "parquet_batches"]

BATCH = 250_000
"""Dossiers at a time."""


def kind_of(data: Path) -> str:
    """`parquet` or `csv`, by the name of the file; refuses any other."""
    kind = data.suffix.lower().removeprefix(".")
    if kind not in {"parquet", "csv"}:
        raise ProblemsFound([Problem("data.kind", {"value": data.name})])
    return kind


def batches(data: Path, separator: str, size: int = BATCH) -> Iterator[pl.DataFrame]:
    """The lines of a file in pieces; every value of a CSV file is a text."""
    try:
        if kind_of(data) == "parquet":
            yield from parquet_batches(data, size)
            return
        lines = pl.scan_csv(data, separator=separator, infer_schema=False, encoding="utf8", raise_if_empty=False)
        if not lines.collect_schema():
            raise ProblemsFound([Problem("data.empty", {"value": data.name})])
        yield from lines.collect_batches(chunk_size=size, maintain_order=True)
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, OSError, ValueError) as error:
        raise ProblemsFound([Problem("data.unreadable", {"value": data.name, "reason": str(error)})]) from error


def parquet_batches(data: Path, size: int = BATCH) -> Iterator[pl.DataFrame]:
    """The lines of a Parquet file in pieces, whatever its name."""
    with pq.ParquetFile(data) as file:
        for batch in file.iter_batches(batch_size=size):
            yield cast("pl.DataFrame", pl.from_arrow(batch))


class AnswersFile:
    """A Parquet file of answers; nothing is left at its place before `finish`."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._part = out.with_name(out.name + ".part")
        self._writer: Any = None

    def write(self, answers: pl.DataFrame) -> None:
        """Adds answers."""
        table = answers.to_arrow()
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._part, table.schema)
        self._writer.write_table(table)

    def finish(self, metadata: Mapping[str, str]) -> None:
        """Puts the file at its place, with what it says of itself."""
        if self._writer is not None:
            self._writer.add_key_value_metadata(dict(metadata))
            self._writer.close()
            self._part.replace(self._out)

    def give_up(self) -> None:
        """Leaves nothing behind."""
        if self._writer is not None:
            self._writer.close()
        self._part.unlink(missing_ok=True)
