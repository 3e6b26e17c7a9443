"""The whole explanation of one dossier as lines of text, from the same structure as its JSON."""

from __future__ import annotations

from collections.abc import Iterator

from guichet.engine.explanations import AmountReason, Explanation, Measure, Reason
from guichet.engine.full_explanations import Change, FullExplanation
from guichet.engine.wording import as_line, as_sentence
from guichet.locale import Language, Texts, format_day, format_money

__all__ = ["explanation_lines", "text_lines"]

_MARKS = {"met": "✓", "failed": "✗", "awaited": "…", "unknown": "?"}
_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def text_lines(found: FullExplanation, language: Language = "fr") -> list[str]:
    """The explanation as lines, each part indented under its title."""
    say = Texts(language)
    lines = [say("explain.title", scheme=found.title, day=format_day(found.on, language))]
    if found.explanation is None:
        return [*lines, "  " + say("explain.no_rules", day=format_day(found.on, language))]
    version = format_day(found.explanation.version, language)
    lines.append("  " + say("explain.law", version=version, legal=found.explanation.legal))
    lines += ["", _outcome(found, say)]
    lines += ["", say("explain.criteria")]
    lines += [f"  {line}" for reason in found.explanation.reasons for line in _criterion(reason, say)]
    if found.missing:
        lines += ["", say("explain.missing"), *(f"  {line}" for line in _missing(found, say))]
    if found.result.unavailable:
        lines += ["", say("explain.silent", what=", ".join(found.result.unavailable))]
    if found.explanation.amount is not None and found.result.outcome != "not_eligible":
        lines += ["", say("explain.amount"), *(f"  {line}" for line in _amount(found.explanation.amount, say))]
    lines += ["", say("explain.changes"), *(f"  {line}" for line in _changes(found, say))]
    amounts = [change for change in found.changes if change.target == "amount"]
    if amounts:
        lines += ["", say("explain.changes_amount"), *(f"  {_change(change)}" for change in amounts)]
    return [as_line(line, language) if not line.startswith(" ") else _indented(line, language) for line in lines]


def explanation_lines(found: Explanation | None, language: Language = "fr") -> list[str]:
    """Each criterion on one line, then the amount: what a letter says of them."""
    if found is None:
        return []
    say = Texts(language)
    lines = [_on_one_line(reason, say) for reason in found.reasons]
    if found.amount is not None and not found.of_state("failed"):
        lines += [as_sentence(line) for line in _amount(found.amount, say)]
    return [as_line(line, language) for line in lines]


def _on_one_line(reason: Reason, say: Texts) -> str:
    measures = [measure for measure in reason.measures if measure.operator in _SIGNS and measure.kind != "boolean"]
    shown = [_measure(one, say) + (f" ({one.gap})" if one.gap else "") for one in measures]
    told = [say(f"explain.state_{reason.state}"), *shown]
    return f"{reason.label} : {' ; '.join(told)}" if say.language == "fr" else f"{reason.label}: {'; '.join(told)}"


def _indented(line: str, language: Language) -> str:
    bare = line.lstrip(" ")
    return line[: len(line) - len(bare)] + as_line(bare, language)


def _outcome(found: FullExplanation, say: Texts) -> str:
    text, result = say(f"explain.outcome_{found.result.outcome}"), found.result
    if result.amount is not None:
        return say("explain.criterion", label=text, state=format_money(result.amount, say.language))
    if result.provisional is not None:
        told = f"{format_money(result.provisional, say.language)}, {say('explain.provisional')}"
        return say("explain.criterion", label=text, state=told)
    return text


def _criterion(reason: Reason, say: Texts) -> Iterator[str]:
    gaps = [measure.gap for measure in reason.measures if measure.gap]
    state = say(f"explain.state_{reason.state}")
    gap = f" ({gaps[0]})" if len(gaps) == 1 else ""
    yield f"{_MARKS[reason.state]} {say('explain.criterion', label=reason.label, state=state)}{gap}"
    if reason.answer == "computed":
        yield "    " + say("explain.rule", rule=reason.rule)
    else:
        yield "    " + say("explain.on_honour" if reason.answer == "attested" else "explain.by_person")
    measures = [
        _measure(measure, say) + (f" ({measure.gap})" if measure.gap and len(gaps) > 1 else "")
        for measure in reason.measures
    ]
    yield from (f"    {line}" for line in dict.fromkeys(measures))
    if reason.text:
        yield "    " + say("explain.sentence", text=reason.text)
    if reason.legal:
        yield "    " + say("explain.article", legal=reason.legal)


def _measure(measure: Measure, say: Texts) -> str:
    sign = _SIGNS.get(measure.operator)
    if sign is None or measure.kind == "boolean":
        return say("explain.found_only", what=measure.what, found=measure.found)
    return say("explain.found", what=measure.what, found=measure.found, sign=sign, threshold=measure.threshold)


def _missing(found: FullExplanation, say: Texts) -> Iterator[str]:
    labels = {reason.id: reason.label for reason in found.explanation.reasons} if found.explanation else {}
    for one in found.missing:
        who = [say("wording.quoted", what=labels[name]) for name in one.criteria]
        yield say(
            "explain.waited_by",
            label=one.label,
            who=", ".join([*who, *([say("explain.the_amount")] if one.amount else [])]),
        )


def _amount(amount: AmountReason, say: Texts) -> Iterator[str]:
    if amount.case_words:
        yield say("explain.case", text=amount.case_words)
    if amount.unverified:
        yield say("explain.unverified", text=amount.unverified)
    if amount.formula_words:
        yield say("explain.formula", text=amount.formula_words)
        if amount.numbers_words != amount.formula_words:
            yield say("explain.numbers", text=amount.numbers_words)
    for step in amount.steps:
        if step.by_cases:
            yield say("explain.step_by_cases", label=step.label, value=step.value, told=step.formula)
            continue
        told = " = ".join(part for part in (step.formula, step.numbers, step.value) if part)
        yield say("explain.step", label=step.label, told=told)
    for bound in amount.bounds:
        yield say(f"explain.bound_{bound.kind}", value=bound.value)
    if amount.rounding:
        yield amount.rounding
    if amount.legal:
        yield say("explain.article", legal=amount.legal)


def _changes(found: FullExplanation, say: Texts) -> Iterator[str]:
    changes = [change for change in found.changes if change.target != "amount"]
    if not changes:
        yield say("explain.changes_none")
    elif any(change.target != "outcome" for change in changes):
        yield say("explain.changes_criteria")
    yield from map(_change, changes)


def _change(change: Change) -> str:
    return f"- {change.text}{f' ({change.by})' if change.by else ''}"
