"""The rows of a long table, read from its file the first time one is asked for: most commands ask for none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

__all__ = ["Lines"]


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

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return self._path.read_bytes().count(b"\n")
