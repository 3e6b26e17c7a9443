"""Milestones in words: what was done and when, what is under way and until when, what comes."""

from __future__ import annotations

from typing import Any

from guichet.locale import Texts, format_day, format_money
from guichet.services.tracking import Milestone, Tracking

__all__ = ["timeline_view"]


def timeline_view(tracking: Tracking, say: Texts) -> list[dict[str, Any]]:
    """Gives the events of `components/timeline.html`."""
    return [_event(tracking, milestone, say) for milestone in tracking.milestones]


def _event(tracking: Tracking, milestone: Milestone, say: Texts) -> dict[str, Any]:
    return {
        "title": _title(tracking, milestone, say),
        "when": _when(milestone, say),
        "text": _text(tracking, milestone, say),
        "state": milestone.state,
    }


def _title(tracking: Tracking, milestone: Milestone, say: Texts) -> str:
    if milestone.kind in ("stage", "passed"):
        return milestone.label
    if milestone.kind == "decided":
        return say(f"teleservice.milestone_{tracking.dossier.end or 'decided'}")
    if milestone.kind == "payment" and tracking.order is not None:
        return say(f"teleservice.payment_{tracking.order.state}")
    if milestone.kind == "checked" and milestone.state == "current":
        return say("teleservice.milestone_checking")
    return say(f"teleservice.milestone_{milestone.kind}")


def _when(milestone: Milestone, say: Texts) -> str:
    if milestone.state == "done":
        return format_day(milestone.on, say.language) if milestone.on is not None else ""
    if milestone.by is not None:
        return say("teleservice.expected_by", day=format_day(milestone.by, say.language))
    return ""


def _text(tracking: Tracking, milestone: Milestone, say: Texts) -> str:
    cents = tracking.dossier.granted_cents
    if milestone.kind == "decided" and cents is not None:
        return say("teleservice.granted_amount", amount=format_money(cents, say.language))
    if milestone.conditional:
        return say("teleservice.conditional_text")
    if milestone.kind in ("completing", "funds", "passed"):
        return say(f"teleservice.{milestone.kind}_text")
    if milestone.kind == "payment" and tracking.order is not None:
        return say(f"teleservice.payment_{tracking.order.state}_text")
    return ""
