"""The head of a dossier's page: which it is, where it stands, its first facts, what comes of it."""

from __future__ import annotations

from typing import Any

from guichet.locale import Language, Texts, format_day, format_money, format_siren, typeset_page
from guichet.services.cases import UseCases
from guichet.services.dossier_views import DossierView
from guichet.services.identity_doors import provider_name
from guichet.services.silences import silences_of
from guichet.services.work_columns import standing_text
from guichet.web.instruction.addresses import table_address

__all__ = ["heading_model"]

_TONES = {"eligible": "success", "not_eligible": "danger", "undetermined": "info"}


def heading_model(cases: UseCases, view: DossierView, say: Texts, language: Language, at: Any) -> dict[str, Any]:
    """Gives the head of a dossier's page."""
    dossier, due = view.dossier, view.due_on
    return {
        "heading": dossier.title or dossier.reference,
        "reference": dossier.reference,
        "scheme": typeset_page(view.compiled.scheme.title),
        "place": cases.territory(dossier.territory).name,
        "table_url": table_address(dossier.territory, dossier.scheme),
        "standing": standing_text(view.acting.scheme.workflow, dossier, say),
        "late": due is not None and due < cases.today(dossier.territory),
        "facts": [
            *_facts(view, say, language, at, format_day(due, language) if due else ""),
            *_filed_by(cases, view, say),
        ],
        "outcome": _outcome(view, say, language),
    }


def _facts(view: DossierView, say: Texts, language: Language, at: Any, due: str) -> list[dict[str, str]]:
    dossier = view.dossier
    pairs = [
        (say("instruction.column_filed_on"), at(dossier.filed_at)),
        (say("instruction.fact_since"), at(dossier.stage_at)),
        (say("instruction.fact_due"), due),
        ("SIREN", format_siren(dossier.siren or "")),
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
    return {
        "label": say(f"instruction.outcome_{result.outcome}"),
        "amount": amount,
        "text": _silence(view, say),
        "state": _TONES[result.outcome],
    }


def _silence(view: DossierView, say: Texts) -> str:
    """What did not answer: lists and administrations, then the functions of plugins; empty for nothing."""
    silent = silences_of(view.assessment)
    said = [say("instruction.unavailable_text", names=", ".join(silent.sources))] if silent.sources else []
    said += [say("undone.function", names=", ".join(silent.functions))] if silent.functions else []
    return " ".join(said)
