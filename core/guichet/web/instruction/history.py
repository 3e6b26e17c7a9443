"""The journal of a dossier in words."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from guichet.locale import Language, MissingTextError, Texts, format_instant, format_money
from guichet.model.letters import MAIL
from guichet.services.cases import UseCases
from guichet.services.dossier_history import Happened
from guichet.services.dossier_views import DossierView

__all__ = ["history_lines"]

_MESSAGES = ("notice_sent", "notice_refused", "notice_given_up")


def history_lines(cases: UseCases, view: DossierView, language: Language) -> list[dict[str, str]]:
    """Gives each line of the journal, the latest first: what, by whom, when, and the detail worth reading."""
    say, zone = Texts(language), ZoneInfo(cases.territory(view.dossier.territory).time_zone)
    return [
        {
            "what": _what(one, say),
            "by": say(f"refusals.by_{one.by}") if one.by in ("applicant", "system") else one.by,
            "at": format_instant(one.at.astimezone(zone), language),
            "detail": _detail(one, view, say),
        }
        for one in reversed(view.history)
    ]


def _what(one: Happened, say: Texts) -> str:
    try:
        return say(f"history.{one.kind}")
    except MissingTextError:
        return say("history.other", kind=one.kind)


def _detail(one: Happened, view: DossierView, say: Texts) -> str:
    data = one.data
    parts: list[str] = []
    if one.kind == "opinion_given":
        parts.append(say(f"instruction.opinion_{'favourable' if data.get('favourable') else 'unfavourable'}"))
    if one.kind == "stage_passed_over":
        stage = view.compiled.scheme.workflow.stages.get(str(data.get("stage")))
        parts.append((stage.label if stage is not None else "") or str(data.get("stage", "")))
    if one.kind == "decided":
        parts += [
            say(f"instruction.end_{data.get('kind')}"),
            say("instruction.act_number", number=data.get("act") or "–"),
        ]
    if one.kind == "missing_asked":
        fields = view.compiled.fields
        parts += [str(fields[name].declaration.label) for name in data.get("fields", ()) if name in fields]
    if one.kind in ("missing_asked", "completed"):
        parts += [str(name) or say("completing.file_joined") for name in data.get("documents", ())]
    if one.kind in _MESSAGES and data.get("channel", MAIL) != MAIL:
        parts.append(say("history.by_channel", channel=data["channel"]))
    if one.kind == "dossier_sent_by_api":
        parts.append(str(data.get("token", "")))
    cents: Any = data.get("cents")
    if isinstance(cents, int):
        parts.append(format_money(cents, say.language))
    for name in ("reason", "message"):
        if data.get(name):
            parts.append(say("wording.quoted", what=data[name]))
    return " · ".join(parts)
