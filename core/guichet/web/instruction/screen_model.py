"""What a plugin's page shows, as text for our templates: every value in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request

from guichet.locale import Language, Texts, format_date, format_instant, format_money, format_number, typeset_page
from guichet.plugin.contracts import (
    DossierLink,
    ScreenContent,
    ScreenFact,
    ScreenFacts,
    ScreenFigures,
    ScreenNote,
    ScreenTable,
)
from guichet.services.screens import Answered, FoundScreen, visible_links
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.frame import agent_id
from guichet.web.pages import language_of
from guichet.web.site import cases_of

__all__ = ["screen_model"]

_AT_THE_END = frozenset({"integer", "decimal", "money"})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads: their language, the territory's hours, the dossiers they may open."""

    language: Language
    zone: ZoneInfo
    links: frozenset[str]

    def words(self, text: str) -> str:
        """What a plugin wrote, with the signs of the reader's language."""
        return typeset_page(text) if self.language == "fr" else text

    def cell(self, value: Any, kind: str) -> str | dict[str, str]:
        """A cell as text; a dossier as a link, or without its reference for who may not open it."""
        if isinstance(value, DossierLink):
            if value.reference in self.links:
                return {"text": value.reference, "href": dossier_address(value.reference)}
            return Texts(self.language)("screens.other_dossier") if value.reference else ""
        return self._text(value, kind)

    def fact(self, one: ScreenFact) -> dict[str, str]:
        """A label and its value."""
        value = self.cell(one.value, one.kind)
        if isinstance(value, dict):
            return {"label": self.words(one.label), "value": value["text"], "url": value["href"], "href": value["href"]}
        return {"label": self.words(one.label), "value": value}

    def _text(self, value: Any, kind: str) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return Texts(self.language)("screens.yes" if value else "screens.no")
        if kind == "money":
            return format_money(value, self.language)
        if isinstance(value, int):
            return format_number(value, 0, self.language)
        if isinstance(value, Decimal):
            return f"{value:f}".replace(".", "," if self.language == "fr" else ".")
        if isinstance(value, datetime):
            return format_instant(value.astimezone(self.zone), self.language)
        return format_date(value) if isinstance(value, date) else str(value)


def screen_model(request: Request, found: FoundScreen, answered: Answered) -> dict[str, Any]:
    """What the template of a plugin's page reads: its parts, or why there are none."""
    cases, language = cases_of(request), language_of(request)
    if answered.content is None:
        return {"parts": [], "silence": _silence(answered, language)}
    links = visible_links(cases, agent_id(request), {one.reference for one in _linked(answered.content)})
    reader = _Reader(language, ZoneInfo(cases.territory(found.territory).time_zone), links)
    return {"parts": [_part(part, reader) for part in answered.content.parts], "silence": {}}


def _silence(answered: Answered, language: Language) -> dict[str, str]:
    silence, say = answered.silence, Texts(language)
    if silence is None:
        return {}
    if silence.reason is not None:
        said = silence.reason.fr if language == "fr" else silence.reason.en
        return {"text": typeset_page(said) if language == "fr" else said, "kind": "info", "title": ""}
    return {"text": say(f"screens.{silence.kind}"), "kind": "warning", "title": say("screens.nothing")}


def _part(part: ScreenTable | ScreenFacts | ScreenFigures | ScreenNote, reader: _Reader) -> dict[str, Any]:
    if isinstance(part, ScreenNote):
        return {"is": "note", "text": reader.words(part.text), "kind": part.kind}
    if isinstance(part, ScreenFigures):
        return {"is": "figures", "items": [reader.fact(one) for one in part.figures]}
    if isinstance(part, ScreenFacts):
        return {"is": "facts", "title": reader.words(part.title), "items": [reader.fact(one) for one in part.facts]}
    kinds = [column.kind for column in part.columns]
    return {
        "is": "table",
        "title": reader.words(part.title),
        "columns": [
            {"label": reader.words(column.title), "align": "end" if column.kind in _AT_THE_END else ""}
            for column in part.columns
        ],
        "rows": [
            {"cells": [reader.cell(value, kind) for value, kind in zip(row, kinds, strict=True)]} for row in part.rows
        ],
    }


def _linked(content: ScreenContent) -> Iterator[DossierLink]:
    for part in content.parts:
        if isinstance(part, ScreenTable):
            yield from (cell for row in part.rows for cell in row if isinstance(cell, DossierLink))
        elif isinstance(part, ScreenFacts | ScreenFigures):
            facts = part.facts if isinstance(part, ScreenFacts) else part.figures
            yield from (one.value for one in facts if isinstance(one.value, DossierLink))
