"""A dossier as its page shows it: every value already in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guichet.locale import Language, Texts, format_instant, typeset_page
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.work_columns import Row, declared_columns
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.dossier_acts import acts_model
from guichet.web.instruction.dossier_heading import heading_model
from guichet.web.instruction.dossier_papers import decision_view, file_views, opinion_view, other_view
from guichet.web.instruction.dossier_reasons import amount_lines, change_lines, law_text, reason_lines, shift_lines
from guichet.web.instruction.history import history_lines
from guichet.web.instruction.milestones import timeline_of
from guichet.web.instruction.payment_model import payment_model
from guichet.web.instruction.recovery_model import recovery_model
from guichet.web.instruction.revocation_model import revocation_model

__all__ = ["dossier_model"]


def dossier_model(cases: UseCases, view: DossierView, language: Language) -> dict[str, Any]:
    """Gives what the template of a dossier reads."""
    say = Texts(language)
    zone = ZoneInfo(cases.territory(view.dossier.territory).time_zone)

    def at(instant: datetime | None) -> str:
        return format_instant(instant.astimezone(zone), language) if instant is not None else ""

    return {
        **heading_model(cases, view, say, language, at),
        **acts_model(view, say),
        "figures": _figures(cases, view, language),
        "reasons": reason_lines(view, language),
        "amount": amount_lines(view, language),
        "changes": change_lines(view, language),
        "shifts": shift_lines(view, language),
        "undone": [say(f"undone.{kind}") for kind in view.undone],
        "law": law_text(view, language),
        "pages": _pages(view),
        "files": file_views(view, language),
        "opinions": [opinion_view(view, one, by, say, at) for one, by in view.opinions],
        "decisions": [decision_view(view, one, by, say, language, at) for one, by in view.decisions],
        "exchanges": _exchanges(view, say, at),
        "calls": [{"by": by, "at": at(one.at), "note": one.note} for one, by in view.calls],
        **payment_model(cases, view, say, language, at),
        **revocation_model(cases, view, say, language),
        **recovery_model(cases, view, say, language),
        "others": [other_view(one.dossier, one.same, say, cases, view) for one in view.others],
        "elsewhere": [say(f"instruction.elsewhere_{kind}", count=number) for kind, number in view.elsewhere.items()],
        "timeline": timeline_of(view.tracking, say, language),
        "history": history_lines(cases, view, language),
    }


def _figures(cases: UseCases, view: DossierView, language: Language) -> list[dict[str, str]]:
    row = Row(view.dossier, (), cases.today(view.dossier.territory))
    shown = ((column.title, column.cell(row).text) for column in declared_columns(view.compiled, language))
    return [{"label": typeset_page(label), "value": text} for label, text in shown if text]


def _pages(view: DossierView) -> list[dict[str, Any]]:
    return [
        {
            "title": typeset_page(page.title),
            "rows": [{"label": typeset_page(one.label), "value": one.text, "note": one.said} for one in page.answers],
        }
        for page in view.pages
    ]


def _exchanges(view: DossierView, say: Texts, at: Any) -> list[dict[str, Any]]:
    here = view.dossier.reference
    files = {
        one.id: {"name": one.file_name, "href": dossier_address(here, f"pieces/{one.id}")}
        for one in view.tracking.attachments
    }
    return [
        {
            "by": say(f"instruction.author_{one.author_kind}"),
            "name": one.author if one.author_kind == "agent" else "",
            "at": at(one.at),
            "body": one.body,
            "mine": one.author_kind == "agent",
            "file": files.get(one.attachment or ""),
        }
        for one in view.exchanges
    ]
