"""Explanations as the applicant reads them: the result in a sentence, the amount, and how each condition came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import Explanation, Measure, Reason
from guichet.engine.full_explanations import changes_of
from guichet.engine.repayments import detail_lines
from guichet.engine.wording import MISSING, as_sentence
from guichet.locale import Language, Texts, format_money, typeset_page
from guichet.services.assessments import Assessment
from guichet.services.silences import silences_of

__all__ = ["amount_view", "change_lines", "details_view", "outcome_view", "reason_views", "sum_of"]

_STATES = {"met": "met", "failed": "failed", "awaited": "awaited", "unknown": "awaited"}
_SIGNS = {"=": "equal", "!=": "different", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def outcome_view(assessment: Assessment, explanation: Explanation | None, language: Language) -> dict[str, Any]:
    """Gives the one result of a review: label, amount, state, and what it still depends on."""
    say, result = Texts(language), assessment.result
    if result.outcome == "eligible":
        return _result("success", say("teleservice.outcome_eligible"), result.amount, language)
    if result.outcome == "not_eligible":
        return {
            **_result("warning", say("teleservice.outcome_not_eligible"), None, language),
            "text": say("teleservice.outcome_not_eligible_text"),
        }
    if result.provisional is not None and not result.missing and not result.unavailable:
        awaited = [reason.label for reason in explanation.of_state("awaited")] if explanation else []
        return {
            **_result("success", say("teleservice.outcome_provisional"), result.provisional, language),
            "text": say("teleservice.outcome_provisional_text"),
            "awaited": [_set(label, language) for label in awaited],
        }
    return {
        **_result("info", say("teleservice.outcome_undetermined"), None, language),
        "text": _why_undetermined(assessment, explanation, say),
    }


def _result(state: str, label: str, cents: int | None, language: Language) -> dict[str, Any]:
    amount = format_money(cents, language) if cents is not None else ""
    return {"state": state, "label": label, "amount": amount, "text": "", "awaited": []}


def _why_undetermined(assessment: Assessment, explanation: Explanation | None, say: Texts) -> str:
    unverified = explanation.amount.unverified if explanation and explanation.amount else ""
    if unverified:
        return say("teleservice.undetermined_unverified", what=unverified)
    if assessment.result.missing:
        labels = [assessment.compiled.fields[name].declaration.label for name in assessment.result.missing]
        quoted = ", ".join(say("wording.quoted", what=label) for label in labels)
        return say("teleservice.undetermined_missing", what=quoted)
    if assessment.result.unavailable:
        names = silences_of(assessment).sources
        if not names:
            return say("teleservice.undetermined_not_computed")
        return say("teleservice.undetermined_unavailable", what=", ".join(names))
    return say("teleservice.undetermined_other")


def reason_views(
    explanation: Explanation | None,
    compiled: CompiledScheme,
    bodies: Mapping[str, str],
    language: Language,
    *,
    before_filing: bool = False,
) -> list[dict[str, str]]:
    """Gives each condition for `components/reasons.html`: label, state, what was found, what is asked, the article.

    Args:
        bodies: Body of the workflow → the organisation's name.
        before_filing: what the applicant is about to declare is left out, and articles stand by what fails only.
    """
    if explanation is None:
        return []
    shown = [reason for reason in explanation.reasons if not (before_filing and reason.answer == "attested")]
    order = {"failed": 0, "unknown": 1, "awaited": 2, "met": 3}
    views = [_reason(reason, compiled, bodies, language) for reason in sorted(shown, key=lambda one: order[one.state])]
    if before_filing:
        views = [view if view["state"] == "failed" else {**view, "article": ""} for view in views]
    return views


def _reason(reason: Reason, compiled: CompiledScheme, bodies: Mapping[str, str], language: Language) -> dict[str, str]:
    say = Texts(language)
    text = reason.text
    if reason.state == "awaited" and reason.body:
        text = say("teleservice.awaited_by", body=bodies.get(reason.body, reason.body))
    elif reason.state == "met" and reason.answer == "attested":
        text = say("teleservice.attested_by_you")
    elif reason.state == "met" and reason.body:
        text = say("teleservice.examined_by", body=bodies.get(reason.body, reason.body))
    elif reason.state == "unknown":
        labels = [compiled.fields[name].declaration.label for name in reason.missing if name in compiled.fields]
        text = (
            say("teleservice.unknown_answers", what=", ".join(labels)) if labels else say("teleservice.unknown_source")
        )
    found, threshold = _measured(reason.measures, say)
    return {
        "label": _set(reason.label, language),
        "state": _STATES[reason.state],
        "found": found if reason.answer == "computed" else "",
        "threshold": threshold if reason.answer == "computed" else "",
        "gap": _gap(reason.measures),
        "article": _set(reason.legal, language),
        "text": _set(text, language),
    }


def _measured(measures: Sequence[Measure], say: Texts) -> tuple[str, str]:
    """What was found and what is asked, where one simple comparison decides."""
    if len(measures) != 1:
        return "", ""
    only = measures[0]
    if only.operator not in _SIGNS or only.found == MISSING or only.kind == "boolean":
        return "", ""
    sign = _SIGNS[only.operator] + ("_day" if only.kind == "date" else "")
    return only.found, say(f"teleservice.sign_{sign}", value=only.threshold)


def _gap(measures: Sequence[Measure]) -> str:
    """How far a failed criterion is from being met, where one comparison is all it lacks."""
    gaps = [measure.gap for measure in measures if measure.gap]
    return gaps[0] if len(gaps) == 1 else ""


def change_lines(assessment: Assessment, language: Language) -> list[str]:
    """Gives the single answers that would change a filed dossier's result, each in a sentence.

    One that is not favourable by what would turn it; another by what would give another amount.
    """
    refused = assessment.result.outcome == "not_eligible"
    found = changes_of(assessment.compiled, assessment.answers, assessment.facts, assessment.on, language)
    return [change.text for change in found if refused or change.target == "amount"]


def amount_view(explanation: Explanation | None, language: Language, cents: int | None = None) -> dict[str, Any]:
    """Gives how the amount was computed: the case, the formula, the same with numbers, what limited it, the article."""
    found = explanation.amount if explanation is not None else None
    if explanation is None or found is None or found.unverified:
        return {}
    say = Texts(language)
    return {
        "case": as_sentence(found.case_words),
        "formula": as_sentence(found.formula_words),
        "with_numbers": as_sentence(found.numbers_words) if found.numbers_words != found.formula_words else "",
        "steps": [
            {
                "label": _set(as_sentence(step.label), language),
                "value": f"{step.numbers} = {step.value}" if step.numbers else step.value,
            }
            for step in explanation.steps
        ],
        "rounding": as_sentence(found.rounding),
        "bounds": [say(f"teleservice.bound_{bound.kind}", value=bound.value) for bound in found.bounds],
        "details": details_view(explanation, cents, None, language),
        "article": _set(found.legal, language),
    }


def sum_of(assessment: Assessment) -> int | None:
    """The amount, or what it would be while only attested or judged criteria are awaited."""
    result = assessment.result
    return result.amount_so_far


def details_view(
    explanation: Explanation | None, cents: int | None, decided_on: date | None, language: Language
) -> list[dict[str, str]]:
    """Gives the parts of a sum and how an advance is paid back, each a label and a value."""
    if explanation is None:
        return []
    lines = detail_lines(explanation.shares, explanation.terms, cents, decided_on, language)
    return [{"label": label, "value": value} for label, value in lines]


def _set(text: str, language: Language) -> str:
    return typeset_page(" ".join(text.split())) if language == "fr" else " ".join(text.split())
