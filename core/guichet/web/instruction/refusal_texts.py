"""The sentence of every refusal: a use case's or the store's, by its code and the values it quotes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from guichet.locale import Language, MissingTextError, Texts, format_day, format_instant, format_money
from guichet.plugin.contracts import Reason

__all__ = ["refusal_text"]

_MONEY = ("cents", "most", "sum", "asked_cents", "left_cents")
_COUNTS = frozenset({"message_too_long"})
"""Codes whose numbers count characters, not cents."""
_PEOPLE = ("applicant", "system")


def refusal_text(code: str, data: Mapping[str, Any], language: Language = "fr", time_zone: str = "Europe/Paris") -> str:
    """Gives the sentence of a code; a code without one is shown as it is rather than hidden."""
    say = Texts(language)
    key = f"refusals.{code.removeprefix('storage.')}"
    values = {name: value if code in _COUNTS else _shown(name, value, say, time_zone) for name, value in data.items()}
    for word in ("end", "choice", "outcome", "stage"):
        values.setdefault(word, "")
    try:
        return say(key, **values).strip()
    except MissingTextError:
        return say("refusals.unknown", code=code)


def _shown(name: str, value: Any, say: Texts, time_zone: str) -> Any:
    if name in _MONEY and isinstance(value, int):
        return format_money(value, say.language)
    if name == "labels":
        labels = ", ".join(say("wording.quoted", what=one) for one in value)
        return say("refusals.at_issue", labels=labels) if labels else ""
    if name == "by":
        return say(f"refusals.by_{value}") if value in _PEOPLE else _name(str(value), say)
    if name in ("at", "day", "until") and value:
        return _moment(value, say.language, time_zone)
    if name in ("end", "choice", "outcome") and value:
        return _word(f"refusals.{name}_{value}", str(value), say)
    if isinstance(value, Reason):
        return value.text(say.language)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value if isinstance(value, int) else str(value or "")


def _name(by: str, say: Texts) -> str:
    """Who changed a dossier; an account's id means its applicant."""
    return say("refusals.by_applicant") if len(by) == 36 and by.count("-") == 4 else by


def _moment(value: Any, language: Language, time_zone: str) -> str:
    found = value
    if isinstance(value, str):
        found = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(found, datetime):
        return format_instant(found.astimezone(ZoneInfo(time_zone)), language)
    return format_day(found, language) if isinstance(found, date) else str(value)


def _word(key: str, raw: str, say: Texts) -> str:
    try:
        return say(key)
    except MissingTextError:
        return raw
