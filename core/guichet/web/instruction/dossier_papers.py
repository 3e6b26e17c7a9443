"""What a dossier holds and what was done on it, as its page shows them: files, opinions, decisions, payments, twins."""

from __future__ import annotations

from typing import Any

from guichet.locale import Language, Texts, format_date, format_day, format_money, format_size
from guichet.model.records import Decision, Opinion
from guichet.services.asked_documents import document_name
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.text_values import typed_reasons
from guichet.services.work_columns import standing_text
from guichet.web.instruction.addresses import dossier_address

__all__ = ["decision_view", "file_views", "opinion_view", "other_view"]


def file_views(view: DossierView, language: Language) -> list[dict[str, str]]:
    """Gives the files sent by the applicant, then those made by the site."""
    reference = view.dossier.reference
    sent = [
        {
            "name": one.file_name,
            "of": _label(view, one.field, Texts(language)),
            "size": format_size(one.size, language),
            "href": dossier_address(reference, f"pieces/{one.id}"),
        }
        for one in view.tracking.attachments
    ]
    made = [
        {
            "name": one.file_name,
            "of": Texts(language)("instruction.made_by_guichet"),
            "size": format_size(one.bytes, language),
            "href": dossier_address(reference, f"documents/{one.id}"),
        }
        for one in view.tracking.documents
    ]
    return sent + made


def _label(view: DossierView, field: str, say: Texts) -> str:
    """What a file answers: a document asked for, a `field`, or `form.field` of a form that came after."""
    if (named := document_name(field)) is not None:
        return named or say("completing.file_joined")
    form, _, rest = field.partition(".")
    later = view.later.get(form)
    if later is not None and rest.partition(".")[0] in later.fields:
        return later.fields[rest.partition(".")[0]].declaration.label
    asked = view.compiled.fields.get(form)
    return asked.declaration.label if asked is not None else field


def opinion_view(view: DossierView, one: Opinion, by: str, say: Texts, at: Any) -> dict[str, Any]:
    """Gives an opinion: its author, its answers to the criteria, its reason."""
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


def decision_view(view: DossierView, one: Decision, by: str, say: Texts, language: Language, at: Any) -> dict[str, Any]:
    """Gives a decision: the act, its signatory, its sum, its reasons."""
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


def other_view(dossier: Any, same: str, say: Texts, cases: UseCases, view: DossierView) -> dict[str, str]:
    """Gives another dossier of the same company or account."""
    filed = format_date(cases.day_of(dossier.filed_at, dossier.territory)) if dossier.filed_at else ""
    return {
        "why": say(f"instruction.other_{same}"),
        "reference": dossier.reference,
        "title": dossier.title,
        "href": dossier_address(dossier.reference),
        "note": " · ".join(filter(None, (filed, standing_text(view.acting.scheme.workflow, dossier, say)))),
    }
