"""Why a dossier comes out as it does, as its page shows it to agents: criteria, amount, law."""

from __future__ import annotations

from guichet.catalogue import LIST_TYPES
from guichet.engine.explanations import Measure, Reason, StepReason
from guichet.engine.full_explanations import changes_of
from guichet.engine.repayments import detail_lines
from guichet.engine.wording import Names, as_sentence
from guichet.locale import Language, Texts, format_day, typeset_page
from guichet.services.dossier_views import DossierView

__all__ = ["amount_lines", "change_lines", "law_text", "reason_lines", "shift_lines"]

_STATES = {"met": "met", "failed": "failed", "awaited": "awaited", "unknown": "awaited"}
_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
"""Comparison signs as people write them; a test in words (in a list, is known) is said by the label."""


def reason_lines(view: DossierView, language: Language) -> list[dict[str, str]]:
    """Gives each criterion: how it came out, what was found, what is asked, how far apart, the article."""
    if view.explanation is None:
        return []
    return [_reason(one, Texts(language)) for one in view.explanation.reasons]


def _reason(one: Reason, say: Texts) -> dict[str, str]:
    found = " · ".join(dict.fromkeys(_found(measure, one, say) for measure in one.measures if measure.found))
    threshold = " · ".join(
        f"{_SIGNS.get(measure.operator, measure.operator)} {measure.threshold}"
        for measure in one.measures
        if measure.threshold and measure.operator in _SIGNS
    )
    gaps = [measure.gap for measure in one.measures if measure.gap]
    return {
        "label": typeset_page(one.label),
        "how": say(f"instruction.answered_{one.answer}") if one.answer != "computed" else "",
        "state": _STATES[one.state],
        "said": say(f"instruction.state_{_STATES[one.state]}"),
        "found": typeset_page(found),
        "threshold": typeset_page(threshold),
        "gap": gaps[0] if len(gaps) == 1 else "",
        "article": typeset_page(one.legal),
        "text": typeset_page(one.text),
    }


def _found(measure: Measure, one: Reason, say: Texts) -> str:
    """What was found; a number says of what, unless it answers the only question compared."""
    if measure.field and len(one.measures) == 1:
        return measure.found
    return say("rules.plain_valued", what=as_sentence(measure.what), value=measure.found)


def change_lines(view: DossierView, language: Language) -> list[str]:
    """Gives the single inputs that would change the outcome, each in a sentence."""
    told = view.assessment
    return [
        typeset_page(change.text) for change in changes_of(told.compiled, told.answers, told.facts, told.on, language)
    ]


def shift_lines(view: DossierView, language: Language) -> list[str]:
    """Gives what the grants this decision rests on say otherwise since, each in a sentence."""
    say, names = Texts(language), Names(view.compiled, language)
    lines: list[str] = []
    for one in view.shifts:
        listed = names.listed(one.list)
        if one.now is None or one.then is None:
            lines.append(say("instruction.shift_gone" if one.now is None else "instruction.shift_come", list=listed))
            continue
        for column in [each for each in one.now if one.now[each] != one.then.get(each)]:
            kind = LIST_TYPES.get(view.compiled.scheme.lists[one.list].columns[column])
            then, now = (names.value(row.get(column), kind) for row in (one.then, one.now))
            what = as_sentence(names.list_column(one.list, column))
            lines.append(say("instruction.shift_column", list=listed, what=what, then=then, now=now))
    return lines


def _computed(step: StepReason) -> str:
    return f"{step.numbers} = {step.value}" if step.numbers else step.value


def amount_lines(view: DossierView, language: Language) -> list[dict[str, str]]:
    """Gives how the amount was computed, in the words of the form."""
    found = view.explanation.amount if view.explanation is not None else None
    if view.explanation is None or found is None or view.assessment.result.outcome == "not_eligible":
        return []
    say = Texts(language)
    pairs = [
        (say("instruction.amount_condition"), as_sentence(found.case_words)),
        (say("instruction.amount_formula"), as_sentence(found.formula_words)),
        (
            say("instruction.amount_numbers"),
            as_sentence(found.numbers_words) if found.numbers_words != found.formula_words else "",
        ),
        *((as_sentence(step.label), _computed(step)) for step in view.explanation.steps),
        (
            say("instruction.amount_bound"),
            " · ".join(say(f"teleservice.bound_{one.kind}", value=one.value) for one in found.bounds),
        ),
        (say("teleservice.rounding"), as_sentence(found.rounding)),
        (say("instruction.amount_unverified"), found.unverified),
        (say("instruction.amount_result"), found.amount),
        *_details(view, language),
        (say("table.article"), found.legal),
    ]
    return [
        {"label": typeset_page(label), "value": typeset_page(value)} for label, value in dict.fromkeys(pairs) if value
    ]


def _details(view: DossierView, language: Language) -> list[tuple[str, str]]:
    """The parts of the sum and how an advance is paid back, by the decision where there is one."""
    found, result = view.explanation, view.assessment.result
    if found is None:
        return []
    granted = next((one for one, _ in reversed(view.decisions) if one.amount_cents is not None), None)
    if granted is not None:
        return detail_lines(found.shares, found.terms, granted.amount_cents, granted.act_date, language)
    cents = result.amount_so_far
    return detail_lines(found.shares, found.terms, cents, None, language)


def law_text(view: DossierView, language: Language) -> str:
    """Gives the rules applied: their day, their version, their article."""
    if view.explanation is None:
        return ""
    return Texts(language)(
        "instruction.rules_of",
        day=format_day(view.assessment.on, language),
        version=format_day(view.explanation.version, language),
        legal=typeset_page(view.explanation.legal),
    )
