"""Invented reference lists, written as the files the scheme declares, and the first of their rows kept to file from."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TextIO, overload

from guichet.demo.drawing import Drawer, Drawn, Scene, drawer
from guichet.demo.invented import sirens
from guichet.demo.recipe import ListRecipe, Recipe
from guichet.model.scheme import ReferenceList

__all__ = ["DrawnRows", "Row", "company_numbers", "list_rows", "write_list", "writer_of"]

_REMEMBERED = 1_000

Row = Mapping[str, Drawn]


def company_numbers(recipe: Recipe, skip: int = 0) -> Iterator[str]:
    """The companies of a demonstration, the same ones in every list and in the same order."""
    return sirens(Random(f"{recipe.seed}:companies"), skip)  # noqa: S311  invented data, drawn again from its seed


def list_rows(recipe: Recipe, name: str) -> Iterator[Row]:
    """The rows of a list, without end; the nth speaks of the nth company."""
    declared, companies = recipe.lists[name], company_numbers(recipe)
    rng = Random(f"{recipe.seed}:list:{name}")  # noqa: S311  invented data, drawn again from its seed
    draws: list[tuple[str, Drawer]] = [(column, drawer(draw)) for column, draw in declared.columns.items()]
    scene = Scene(rng, recipe.business_day, companies)
    while True:
        scene.siren = next(companies)
        yield {column: draw(scene) for column, draw in draws}


class DrawnRows(Sequence[Row]):
    """The rows of a list by rank, drawn when asked and soon forgotten: to be read in order, a page again at most."""

    def __init__(self, recipe: Recipe, name: str, count: int) -> None:
        self._draw = lambda: list_rows(recipe, name)
        self._count = count
        self._source = self._draw()
        self._next = 0
        self._kept: dict[int, Row] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[rank] for rank in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        if index < self._next and index not in self._kept:
            self._source, self._next, self._kept = self._draw(), 0, {}
        while self._next <= index:
            self._kept[self._next] = next(self._source)
            self._kept.pop(self._next - _REMEMBERED, None)
            self._next += 1
        return self._kept[index]


def write_list(
    path: Path,
    recipe: Recipe,
    name: str,
    declared: ReferenceList,
    options: Any,
    rows: int,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Write some rows of a list as its declaration says the file is written.

    Args:
        options: The options of its source, read.
        told: Called with how many rows are written, now and then.
    """
    source = list_rows(recipe, name)
    with path.open("w", encoding=getattr(options, "encoding", "utf-8"), newline="") as stream:
        write = writer_of(stream, recipe.lists[name], declared, options)
        for start in range(0, rows, 20_000):
            write(islice(source, min(20_000, rows - start)))
            told(min(start + 20_000, rows))


def writer_of(
    stream: TextIO, recipe: ListRecipe, declared: ReferenceList, options: Any
) -> Callable[[Iterable[Row]], None]:
    """What writes rows of a list as its declaration says the file is written, once its headings are written."""
    kinds = {declared.key: "text", **declared.columns}
    columns = [column for column in kinds if column in recipe.columns]
    cells = {column: _cell(kinds[column], options) for column in columns}
    headings: Mapping[str, str] = getattr(options, "headings", {})
    writer = csv.writer(stream, delimiter=getattr(options, "separator", ";"), lineterminator="\r\n")
    writer.writerow([headings.get(column, column) for column in columns])
    return lambda rows: writer.writerows([cells[column](row[column]) for column in columns] for row in rows)


def _cell(kind: str, options: Any) -> Callable[[Any], str]:
    if kind == "money":
        mark = getattr(options, "decimal_mark", ",")
        return lambda cents: f"{cents // 100}{mark}{cents % 100:02d}"
    if kind == "date":
        form = _strftime(getattr(options, "dates", "jj/mm/aaaa"))
        return lambda day: day.strftime(form) if isinstance(day, date) else str(day)
    return str


def _strftime(written: str) -> str:
    return written.replace("jj", "%d").replace("mm", "%m").replace("aaaa", "%Y")
