"""Looking at what a screen gave before it is shown: its size, its kinds, and that its words are no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from guichet.plugin.contracts import (
    DossierLink,
    ScreenContent,
    ScreenFact,
    ScreenFacts,
    ScreenFigures,
    ScreenNote,
    ScreenTable,
)

__all__ = ["fault_of"]

MOST_PARTS, MOST_COLUMNS, MOST_ROWS, MOST_FACTS = 20, 20, 1000, 100
LONGEST = 2000
_HTML = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]{2,8}|#\d+);", re.IGNORECASE)
_KINDS = frozenset({str, int, bool, Decimal, date, datetime, type(None), DossierLink})
_OF_KIND = {
    "text": (str, DossierLink),
    "integer": (int,),
    "decimal": (Decimal, int),
    "money": (int,),
    "date": (date,),
    "instant": (datetime,),
    "boolean": (bool,),
}


def fault_of(content: ScreenContent) -> str:
    """Why what a screen gave cannot be shown; empty when it can.

    Its own words (titles, labels, notes) hold no HTML. A cell may hold any text, an applicant's too, shown as typed.
    """
    if len(content.parts) > MOST_PARTS:
        return f"{len(content.parts)} parts: at most {MOST_PARTS} are shown"
    return next((fault for part in content.parts for fault in _faults(part)), "")


def _faults(part: ScreenTable | ScreenFacts | ScreenFigures | ScreenNote) -> Iterator[str]:
    if isinstance(part, ScreenNote):
        yield from _of_words(part.text)
    elif isinstance(part, ScreenTable):
        yield from _of_table(part)
    else:
        facts = part.facts if isinstance(part, ScreenFacts) else part.figures
        if isinstance(part, ScreenFacts):
            yield from _of_words(part.title)
        if len(facts) > MOST_FACTS:
            yield f"{len(facts)} facts: at most {MOST_FACTS} are shown"
        for fact in facts:
            yield from _of_fact(fact)


def _of_fact(fact: ScreenFact) -> Iterator[str]:
    yield from _of_words(fact.label)
    yield from _of_cell(fact.value, fact.kind)


def _of_table(part: ScreenTable) -> Iterator[str]:
    yield from _of_words(part.title)
    if not 1 <= len(part.columns) <= MOST_COLUMNS:
        yield f"{len(part.columns)} columns: from 1 to {MOST_COLUMNS} are shown"
    if len(part.rows) > MOST_ROWS:
        yield f"{len(part.rows)} rows: at most {MOST_ROWS} are shown, by pages"
    for column in part.columns:
        yield from _of_words(column.title)
    for row in part.rows:
        if len(row) != len(part.columns):
            yield f"a row of {len(row)} cells under {len(part.columns)} columns"
            return
        for cell, column in zip(row, part.columns, strict=True):
            yield from _of_cell(cell, column.kind)


def _of_words(text: str) -> Iterator[str]:
    if type(text) is not str:
        yield f"a text of another type: {type(text).__name__}"
    elif len(text) > LONGEST:
        yield f"a text of {len(text)} characters: at most {LONGEST} are shown"
    elif found := _HTML.search(text):
        yield f"HTML in its words: {found[0]}"


def _of_cell(cell: object, kind: str) -> Iterator[str]:
    if type(cell) not in _KINDS:  # a text that says of itself that it is safe HTML is of another type
        yield f"a cell of another type: {type(cell).__name__}"
    elif cell is not None and type(cell) not in _OF_KIND[kind]:
        yield f"{type(cell).__name__} in a cell of kind {kind}"
    elif isinstance(cell, str) and len(cell) > LONGEST:
        yield f"a cell of {len(cell)} characters: at most {LONGEST} are shown"
