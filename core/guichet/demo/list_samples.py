"""Invented rows of a list tried before they are wanted: what its own source would set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from itertools import islice

from guichet.demo.lists import Row, list_rows, writer_of
from guichet.demo.recipe import ListRecipe, Recipe
from guichet.errors import Problem
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Context, FetchedList, ListSource, Refused, RejectedRow

__all__ = ["refused_cells"]


def refused_cells(
    recipe: Recipe, declared: Mapping[str, ReferenceList], sources: Mapping[str, ListSource]
) -> Iterator[Problem]:
    """Each invented value of a list that the source of the list refuses: every choice is tried, the rest once."""
    for name, one in recipe.lists.items():
        source = sources.get(declared[name].plugin)
        if source is None or isinstance(source, FetchedList):
            continue
        tried: set[tuple[str, ...]] = set()
        for problem in _refused(recipe, name, one, declared[name], source):
            if problem.path not in tried:
                tried.add(problem.path)
                yield problem


def _refused(
    recipe: Recipe, name: str, one: ListRecipe, declared: ReferenceList, source: ListSource
) -> Iterator[Problem]:
    choices = {column: tuple(draw.choices) for column, draw in one.columns.items() if draw.choices}
    count = max((len(each) for each in choices.values()), default=1)
    rows: list[Row] = [
        {**row, **{column: each[rank % len(each)] for column, each in choices.items()}}
        for rank, row in enumerate(islice(list_rows(recipe, name), count))
    ]
    options = source.Options.model_validate(declared.options)
    content = BytesIO()
    stream = TextIOWrapper(content, getattr(options, "encoding", "utf-8"), newline="")
    writer_of(stream, one, declared, options)(rows)
    stream.flush()
    content.seek(0)
    context = Context(today=recipe.business_day, mode="sandbox")
    try:
        for rank, read in enumerate(source.rows(content, declared.key, declared.columns, options, context)):
            if isinstance(read, RejectedRow) and read.column:
                value = str(rows[rank].get(read.column, ""))
                path = ("lists", name, "columns", read.column)
                where = (*path, "choices", value) if value in choices.get(read.column, ()) else path
                data = {"field": read.column, "value": value}
                reason = {"reason_fr": read.reason.text("fr"), "reason_en": read.reason.text("en")}
                yield Problem("case_value_refused", data | reason, path=where)
    except Refused:
        return  # the list as a whole: the scheme's own options, which the scheme's check tells
