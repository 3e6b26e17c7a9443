"""DuckDB and Spark, opened for one simulation: how they read data, number lines, write answers."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from guichet.errors import Problem, ProblemsFound
from guichet.language.bulk import EngineName
from guichet.services.simulation.admission import refuse_names_of_answers
from guichet.services.simulation.asked import LINE
from guichet.services.simulation.files import kind_of
from guichet.services.simulation.origins import METADATA, Origin
from guichet.services.simulation.spark import spark_at_work

__all__ = ["Opened", "opened"]


class Opened(Protocol):
    """An engine at work."""

    def read(self, data: Path, separator: str) -> Any:
        """The lines of a file, each with its number; every value of a CSV file is a text."""
        ...

    def write(self, answers: Any, out: Path, origin: Origin) -> None:
        """Writes answers as Parquet, whatever the name, with where they come from."""
        ...

    def read_back(self, out: Path) -> Any:
        """The answers written."""
        ...


@contextmanager
def opened(engine: EngineName, master: str) -> Generator[Opened]:
    """An engine for the time of a simulation."""
    if engine == "duckdb":
        import duckdb  # one engine at a time is loaded

        connection = duckdb.connect()
        try:
            yield _DuckDB(connection)
        except duckdb.Error as error:
            raise ProblemsFound([Problem("data.unreadable", {"value": engine, "reason": str(error)})]) from error
        finally:
            connection.close()
        return
    with spark_at_work(master) as spark:
        yield spark


class _DuckDB:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def read(self, data: Path, separator: str) -> Any:
        if kind_of(data) == "csv":
            # Nothing is guessed: left to itself, DuckDB skips every line of a file where one has too many cells.
            lines = self._connection.read_csv(
                str(data), sep=separator, header=True, skiprows=0, all_varchar=True, quotechar='"', escapechar='"'
            )
        else:
            lines = self._connection.read_parquet(str(data))
        refuse_names_of_answers(lines.columns, [LINE])
        return lines.project("row_number() over () as line, *")

    def write(self, answers: Any, out: Path, origin: Origin) -> None:
        part = out.with_name(out.name + ".part")
        said = f"{{{METADATA}: {_quoted(origin.as_json())}}}"
        copy = f"COPY answers TO {_quoted(str(part))} (FORMAT parquet, KV_METADATA {said})"
        try:
            answers.query("answers", copy)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)

    def read_back(self, out: Path) -> Any:
        return self._connection.read_parquet(str(out))


def _quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
