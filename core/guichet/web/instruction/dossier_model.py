"""A dossier as its page shows it: every value already in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guichet.locale import Language, Texts, format_day, format_instant, format_money
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView, due_on
from guichet.services.identities import provider_name
from guichet.services.work_columns import Row, declared_columns, standing_text
from guichet.web.instruction.addresses import dossier_address, table_address
from guichet.web.instruction.dossier_papers import decision_view, file_views, opinion_view, other_view
from guichet.web.instruction.dossier_reasons import amount_lines, change_lines, law_text, reason_lines
from guichet.web.instruction.history import history_lines
from guichet.web.instruction.milestones import timeline_of
from guichet.web.instruction.payment_model import payment_model
from guichet.web.instruction.revocation_model import revocation_model

__all__ = ["dossier_model"]

_TONES = {"eligible": "success", "not_eligible": "danger", "undetermined": "info"}


def dossier_model(cases: UseCases, view: DossierView, language: Language) -> dict[str, Any]:
    """Gives what the template of a dossier reads."""
    say, dossier = Texts(language), view.dossier
    zone = ZoneInfo(cases.territory(dossier.territory).time_zone)

    def at(instant: datetime | None) -> str:
        return format_instant(instant.astimezone(zone), language) if instant is not None else ""

    due = due_on(view)
    return {
        "heading": dossier.title or dossier.reference,
        "reference": dossier.reference,
        "scheme": view.compiled.scheme.title,
        "place": cases.territory(dossier.territory).name,
        "table_url": table_address(dossier.territory, dossier.scheme),
        "standing": standing_text(view.acting.scheme.workflow, dossier, say),
        "facts": [
            *_facts(view, say, language, at, format_day(due, language) if due else ""),
            *_filed_by(cases, view, say),
        ],
        "outcome": _outcome(view, say, language),
        "acts": _acts(view, say),
        "act_url": table_address(dossier.territory, dossier.scheme, "avis" if _is_opinion(view) else "decision"),
        "selection": f"{dossier.reference}.{dossier.revision}",
        "revision": str(dossier.revision),
        "late": due is not None and due < cases.today(dossier.territory),
        "waits_for_other": _waits(view, say),
        "asked": [label for name, label in _labels(view) if name in view.tracking.asked] if dossier.to_complete else [],
        "to_complete": dossier.to_complete,
        "askable": [
            {"title": page.title, "choices": [{"value": name, "label": label} for name, label in page.fields]}
            for page in view.askable
        ],
        "ask_url": dossier_address(dossier.reference, "pieces-manquantes"),
        "transfer_url": dossier_address(dossier.reference, "transmission") if view.may_act else "",
        "message_url": dossier_address(dossier.reference, "message"),
        "figures": _figures(cases, view, language),
        "reasons": reason_lines(view, language),
        "amount": amount_lines(view, language),
        "changes": change_lines(view, language),
        "law": law_text(view, language),
        "pages": [
            {
                "title": page.title,
                "rows": [{"label": one.label, "value": one.text, "note": one.said} for one in page.answers],
            }
            for page in view.pages
        ],
        "files": file_views(view, language),
        "opinions": [opinion_view(view, one, by, say, at) for one, by in view.opinions],
        "decisions": [decision_view(view, one, by, say, language, at) for one, by in view.decisions],
        "exchanges": [
            {
                "by": say(f"instruction.author_{one.author_kind}"),
                "name": one.author if one.author_kind == "agent" else "",
                "at": at(one.at),
                "body": one.body,
                "mine": one.author_kind == "agent",
            }
            for one in view.exchanges
        ],
        "calls": [{"by": by, "at": at(one.at), "note": one.note} for one, by in view.calls],
        **payment_model(cases, view, say, language, at),
        **revocation_model(cases, view, say, language),
        "others": [other_view(one.dossier, one.same, say, cases, view) for one in view.others],
        "elsewhere": [say(f"instruction.elsewhere_{kind}", count=number) for kind, number in view.elsewhere.items()],
        "timeline": timeline_of(view.tracking, say, language),
        "history": history_lines(cases, view, language),
        "can_write": bool(view.roles & {"instructor", "decider"}),
    }


def _facts(view: DossierView, say: Texts, language: Language, at: Any, due: str) -> list[dict[str, str]]:
    dossier = view.dossier
    pairs = [
        (say("instruction.column_filed_on"), at(dossier.filed_at)),
        (say("instruction.fact_since"), at(dossier.stage_at)),
        (say("instruction.fact_due"), due),
        ("SIREN", dossier.siren or ""),
        (say("instruction.fact_applicant"), view.applicant),
        (
            say("instruction.fact_silence"),
            format_day(view.tracking.silent_on, language) if view.tracking.silent_on else "",
        ),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _filed_by(cases: UseCases, view: DossierView, say: Texts) -> list[dict[str, str]]:
    """Who filed, as a provider said at that moment; what it certifies, and whether that is this dossier's company."""
    by = view.filed_by
    if by is None:
        return []
    provider = provider_name(cases, by.provider, say.language)
    who = say("identity.fact_who", name=by.name or "–", provider=provider, level=by.level or "–")
    found = [{"label": say("identity.fact_filed_by"), "value": who}]
    if by.represents:
        same = bool(view.dossier.siren) and by.siret[:9] == view.dossier.siren
        text = say("identity.fact_represents", provider=provider, siret=by.siret)
        note = say("identity.fact_same_company" if same else "identity.fact_other_company")
        found.append({"label": say("identity.fact_representative"), "value": f"{text} {note}"})
    return found


def _outcome(view: DossierView, say: Texts, language: Language) -> dict[str, str]:
    dossier, result = view.dossier, view.assessment.result
    if dossier.granted_cents is not None:
        label = say(f"instruction.end_{dossier.end}")
        return {"label": label, "amount": format_money(dossier.granted_cents, language), "text": "", "state": "success"}
    if dossier.end is not None:
        return {
            "label": say(f"instruction.end_{dossier.end}"),
            "amount": "",
            "text": "",
            "state": "danger" if dossier.end == "refused" else "info",
        }
    if result.outcome == "undetermined" and result.provisional is not None:
        text = say("instruction.provisional_text")
        return {
            "label": say("instruction.outcome_provisional"),
            "amount": format_money(result.provisional, language),
            "text": text,
            "state": "info",
        }
    amount = format_money(result.amount, language) if result.amount is not None else ""
    unavailable = say("instruction.unavailable_text", names=", ".join(_list_labels(view))) if result.unavailable else ""
    return {
        "label": say(f"instruction.outcome_{result.outcome}"),
        "amount": amount,
        "text": unavailable,
        "state": _TONES[result.outcome],
    }


def _list_labels(view: DossierView) -> list[str]:
    lists = view.compiled.scheme.lists
    return [lists[name].label or name for name in view.assessment.result.unavailable if name in lists]


def _is_opinion(view: DossierView) -> bool:
    return view.here is not None and view.here.stage.act == "opinion"


def _acts(view: DossierView, say: Texts) -> list[dict[str, str]]:
    """The acts this agent may do now, each leading to the same form as in mass."""
    if not view.may_act:
        return []
    if _is_opinion(view):
        return [
            {"name": "avis", "value": name, "label": say(f"instruction.give_{name}"), "kind": kind}
            for name, kind in (("favourable", "primary"), ("unfavourable", "secondary"))
        ]
    kinds = {"grant": "primary"}
    return [
        {
            "name": "choix_decision",
            "value": one,
            "label": say(f"instruction.choice_{one}"),
            "kind": kinds.get(one, "secondary"),
        }
        for one in view.choices
    ]


def _waits(view: DossierView, say: Texts) -> str:
    if view.may_act or view.here is None:
        return ""
    return say(
        "instruction.waits_for", body=view.acting.scheme.workflow.bodies.get(view.here.stage.body, view.here.stage.body)
    )


def _labels(view: DossierView) -> list[tuple[str, str]]:
    return [(name, field.declaration.label) for name, field in view.compiled.fields.items()]


def _figures(cases: UseCases, view: DossierView, language: Language) -> list[dict[str, str]]:
    row = Row(view.dossier, (), cases.today(view.dossier.territory))
    shown = ((column.title, column.cell(row).text) for column in declared_columns(view.compiled, language))
    return [{"label": label, "value": text} for label, text in shown if text]
