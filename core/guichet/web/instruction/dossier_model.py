"""A dossier as its page shows it: every value already in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guichet.engine.explanations import Reason
from guichet.locale import Language, Texts, format_date, format_day, format_instant, format_money
from guichet.model.records import Decision, Opinion, PaymentOrder
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView, due_on
from guichet.services.text_values import typed_reasons
from guichet.services.work_columns import Row, declared_columns, standing_text
from guichet.web.instruction.addresses import dossier_address, table_address
from guichet.web.instruction.history import history_lines
from guichet.web.instruction.milestones import timeline_of

__all__ = ["dossier_model", "masked"]

_STATES = {"met": "met", "failed": "failed", "awaited": "awaited", "unknown": "awaited"}
_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}
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
        "facts": _facts(view, say, language, at, format_day(due, language) if due else ""),
        "outcome": _outcome(view, say, language),
        "acts": _acts(view, say),
        "act_url": table_address(dossier.territory, dossier.scheme, "avis" if _is_opinion(view) else "decision"),
        "selection": f"{dossier.reference}.{dossier.revision}",
        "revision": str(dossier.revision),
        "late": due is not None and due < cases.today(dossier.territory),
        "waits_for_other": _waits(view, say),
        "asked": [label for name, label in _labels(view) if name in view.tracking.asked] if dossier.to_complete else [],
        "to_complete": dossier.to_complete,
        "askable": [{"value": name, "label": label} for name, label in view.askable],
        "ask_url": dossier_address(dossier.reference, "pieces-manquantes"),
        "message_url": dossier_address(dossier.reference, "message"),
        "figures": _figures(cases, view, language),
        "reasons": [_reason(one, say) for one in view.explanation.reasons] if view.explanation else [],
        "amount": _amount(view, say),
        "law": _law(view, say, language),
        "pages": [
            {"title": page.title, "rows": [{"label": one.label, "value": one.text} for one in page.answers]}
            for page in view.pages
        ],
        "files": _files(view, language),
        "opinions": [_opinion(view, one, by, say, at) for one, by in view.opinions],
        "decisions": [_decision(view, one, by, say, language, at) for one, by in view.decisions],
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
        "orders": [_order(one, view.shows_iban, say, language, at) for one in view.orders],
        "others": [_other(one.dossier, one.same, say, cases, view) for one in view.others],
        "elsewhere": [say(f"instruction.elsewhere_{kind}", count=number) for kind, number in view.elsewhere.items()],
        "timeline": timeline_of(view.tracking, say, language),
        "history": history_lines(cases, view, language),
        "can_write": bool(view.roles & {"instructor", "decider"}),
    }


def masked(iban: str) -> str:
    """An IBAN by its first and last four characters.

    >>> masked("FR7630006000011234567890189")
    'FR76 … 0189'
    """
    return f"{iban[:4]} … {iban[-4:]}"


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


_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
"""Comparison signs as people write them; a test in words (in a list, is known) is said by the label."""


def _reason(one: Reason, say: Texts) -> dict[str, str]:
    found = " · ".join(dict.fromkeys(measure.found for measure in one.measures if measure.found))
    threshold = " · ".join(
        f"{_SIGNS.get(measure.operator, measure.operator)} {measure.threshold}"
        for measure in one.measures
        if measure.threshold and measure.operator != "in list"
    )
    return {
        "label": one.label,
        "how": say(f"instruction.answered_{one.answer}") if one.answer != "computed" else "",
        "state": _STATES[one.state],
        "said": say(f"instruction.state_{_STATES[one.state]}"),
        "found": found,
        "threshold": threshold,
        "article": one.legal,
        "text": one.text,
    }


def _amount(view: DossierView, say: Texts) -> list[dict[str, str]]:
    found = view.explanation.amount if view.explanation is not None else None
    if found is None or view.assessment.result.outcome == "not_eligible":
        return []
    pairs = [
        (say("instruction.amount_condition"), found.condition),
        (say("instruction.amount_formula"), found.formula),
        (say("instruction.amount_numbers"), found.with_numbers),
        (say("instruction.amount_bound"), " · ".join(one.text for one in found.bounds)),
        (say("instruction.amount_unverified"), found.unverified),
        (say("instruction.amount_result"), found.amount),
        (say("table.article"), found.legal),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _law(view: DossierView, say: Texts, language: Language) -> str:
    if view.explanation is None:
        return ""
    return say(
        "instruction.rules_of",
        day=format_day(view.assessment.on, language),
        version=format_day(view.explanation.version, language),
        legal=view.explanation.legal,
    )


def _files(view: DossierView, language: Language) -> list[dict[str, str]]:
    labels = dict(_labels(view))
    reference = view.dossier.reference
    sent = [
        {
            "name": one.file_name,
            "of": labels.get(one.field.partition(".")[0], one.field),
            "size": size_text(one.size, language),
            "href": dossier_address(reference, f"pieces/{one.id}"),
        }
        for one in view.attachments
    ]
    made = [
        {
            "name": one.file_name,
            "of": Texts(language)("instruction.made_by_guichet"),
            "size": size_text(one.bytes, language),
            "href": dossier_address(reference, f"documents/{one.id}"),
        }
        for one in view.documents
    ]
    return sent + made


def size_text(size: int, language: Language) -> str:
    """A file's size in words: 84 Ko."""
    unit, kilo = ("Ko", 1000) if language == "fr" else ("KB", 1000)
    if size >= kilo * kilo:
        text = f"{size / kilo / kilo:.1f}"
        return f"{text.replace('.', ',') if language == 'fr' else text} {'Mo' if language == 'fr' else 'MB'}"
    return f"{max(1, round(size / kilo))} {unit}"


def _opinion(view: DossierView, one: Opinion, by: str, say: Texts, at: Any) -> dict[str, Any]:
    workflow = view.acting.scheme.workflow
    labels = {
        name: criterion.label
        for version in view.compiled.versions
        for name, criterion in version.rules.criteria.items()
    }
    answers: Any = one.checks.get("answers") or {}
    reasons: Any = one.checks.get("reasons") or {}
    return {
        "label": say(f"instruction.opinion_{'favourable' if one.favourable else 'unfavourable'}"),
        "colour": "neutral" if one.revoked_at else "success" if one.favourable else "danger",
        "by": by,
        "body": workflow.bodies.get(one.body, one.body),
        "at": at(one.at),
        "reason": one.reason,
        "revoked": say("instruction.opinion_revoked", at=at(one.revoked_at)) if one.revoked_at else "",
        "answers": [
            {
                "label": labels.get(name, name),
                "value": say("form.yes" if yes else "form.no"),
                "reason": str(reasons.get(name, "")),
                "yes": bool(yes),
            }
            for name, yes in answers.items()
        ],
    }


def _decision(view: DossierView, one: Decision, by: str, say: Texts, language: Language, at: Any) -> dict[str, Any]:
    labels = {
        name: criterion.label
        for version in view.compiled.versions
        for name, criterion in version.rules.criteria.items()
    }
    day = format_day(one.act_date, language) if one.act_date else ""
    pairs = [
        (say("instruction.fact_act"), say("instruction.act_numbered", number=one.act_number or "–", day=day)),
        (say("instruction.fact_signatory"), ", ".join(filter(None, (one.signatory_name, one.signatory_quality)))),
        (
            say("instruction.column_granted"),
            format_money(one.amount_cents, language) if one.amount_cents is not None else "",
        ),
        (say("instruction.fact_taken"), say("instruction.taken_by", by=by, at=at(one.at))),
        (say("instruction.fact_notified"), at(one.notified_at) or say("instruction.not_notified")),
    ]
    return {
        "label": say(f"instruction.end_{one.kind}"),
        "facts": [{"label": label, "value": value} for label, value in pairs if value],
        "reasons": [": ".join(filter(None, (labels.get(name, name), text))) for name, text in typed_reasons(one)],
    }


def _order(one: PaymentOrder, shows_iban: bool, say: Texts, language: Language, at: Any) -> dict[str, str]:
    iban = (
        " ".join(one.iban[start : start + 4] for start in range(0, len(one.iban), 4))
        if shows_iban
        else masked(one.iban)
    )
    return {
        "reference": one.reference,
        "payee": one.payee,
        "iban": iban,
        "amount": format_money(one.cents, language),
        "state": say(f"instruction.order_{one.state}"),
        "at": at(one.state_at),
        "aside": one.set_aside_reason or one.state_reason or "",
    }


def _other(dossier: Any, same: str, say: Texts, cases: UseCases, view: DossierView) -> dict[str, str]:
    filed = format_date(cases.day_of(dossier.filed_at, dossier.territory)) if dossier.filed_at else ""
    return {
        "why": say(f"instruction.other_{same}"),
        "reference": dossier.reference,
        "title": dossier.title,
        "href": dossier_address(dossier.reference),
        "note": " · ".join(filter(None, (filed, standing_text(view.acting.scheme.workflow, dossier, say)))),
    }
