"""The way of a dossier as a timeline, in words."""

from __future__ import annotations

from guichet.locale import Language, Texts, format_day
from guichet.services.helpdesk import HelpdeskView
from guichet.services.tracking import Milestone, Tracking

__all__ = ["timeline_of"]


def timeline_of(tracking: Tracking | HelpdeskView, say: Texts, language: Language) -> list[dict[str, str]]:
    """Gives the events of `components/timeline.html`."""
    return [_event(one, tracking.dossier.end, say, language) for one in tracking.milestones]


def _event(one: Milestone, end: str | None, say: Texts, language: Language) -> dict[str, str]:
    if one.kind == "decided" and end is not None:
        title = say(f"instruction.end_{end}")
    elif one.kind in ("stage", "passed", "decided"):
        title = one.label
    else:
        title = say(f"instruction.milestone_{one.kind}", stage=one.label)
    text = say("instruction.milestone_passed") if one.kind == "passed" else ""
    text = say("instruction.milestone_conditional") if one.conditional else text
    return {"title": title, "when": _when(one, say, language), "text": text, "state": one.state}


def _when(one: Milestone, say: Texts, language: Language) -> str:
    if one.state == "done":
        return format_day(one.on, language) if one.on is not None else ""
    if one.by is not None:
        return say("instruction.expected_by", day=format_day(one.by, language))
    return say("instruction.since_day", day=format_day(one.on, language)) if one.on is not None else ""
