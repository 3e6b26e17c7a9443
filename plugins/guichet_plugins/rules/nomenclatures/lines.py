"""The rows of a long table, read from its file the first time one is asked for: most commands ask for none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

__all__ = ["EarlierLines", "Lines"]


class Lines(Mapping[str, Mapping[str, object]]):
    """Lines of `code;value;…`: code → column → value, an empty value left out."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self._path = path
        self._columns = columns

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        lines = (line.split(";") for line in self._path.read_text("utf-8").splitlines())
        return {code: values for code, *values in lines}

    def __getitem__(self, code: str) -> Mapping[str, object]:
        values = zip(self._columns, self._values[code], strict=True)
        return {column: value for column, value in values if value}

    def values_by_code(self) -> dict[str, list[str]]:
        """Give the values of every code, in the order of the columns."""
        return self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return self._path.read_bytes().count(b"\n")


class EarlierLines(Lines):
    """The lines of an earlier year, by what differs from the year after.

    The file says `year;mark;code;value;…`: `=` another value, `+` a code that is gone since, `-` one that came since.
    """

    def __init__(self, path: Path, columns: tuple[str, ...], year: int, after: Lines) -> None:
        super().__init__(path, columns)
        self._year = str(year)
        self._after = after

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        values = dict(self._after.values_by_code())
        for mark, code, *own in self._changes:
            values[code] = own
            if mark == "-":
                del values[code]
        return values

    @cached_property
    def _changes(self) -> list[list[str]]:
        lines = (line.split(";") for line in self._path.read_text("utf-8").splitlines())
        return [line[1:] for line in lines if line[0] == self._year]

    def __len__(self) -> int:
        marks = [mark for mark, *_ in self._changes]
        return len(self._after) + marks.count("+") - marks.count("-")
