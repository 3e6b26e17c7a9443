"""The whole explanation of one dossier: criteria, what is missing, the amount, what would change the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import NO_RULES, Facts, rule_values
from guichet.engine.explanations import Explanation, explain_dossier
from guichet.engine.flips import Flip, find_flips, find_other_amounts
from guichet.engine.wording import Names, Wording, as_line, as_sentence
from guichet.language import UNAVAILABLE, Result
from guichet.locale import Language, format_money

__all__ = ["Change", "FullExplanation", "Waiting", "changes_of", "condition_labels", "explain_fully"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that is missing, and what waits for it: criteria by id, and the amount."""

    field: str
    label: str
    criteria: tuple[str, ...]
    amount: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One input that alone changes the outcome (`target`), the `amount`, or meets the criterion named; in words."""

    input: str
    label: str
    source: Literal["field", "fact", "list", "check"]
    before: str
    after: str
    by: str
    """How much more or less; empty where nothing is counted."""
    outcome: str
    amount_cents: int | None
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class FullExplanation:
    """Everything said of one dossier, from which text and JSON are both written."""

    scheme: str
    title: str
    territory: str
    on: date
    result: Result
    explanation: Explanation | None
    missing: tuple[Waiting, ...]
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        result, found = self.result, self.explanation
        return {
            "scheme": self.scheme,
            "territory": self.territory,
            "on": self.on.isoformat(),
            "version": found.version.isoformat() if found is not None else None,
            "legal": found.legal if found is not None else "",
            "outcome": result.outcome,
            "amount_cents": result.amount,
            "provisional_amount_cents": result.provisional,
            "unavailable": list(result.unavailable),
            "criteria": [asdict(reason) for reason in found.reasons] if found is not None else [],
            "missing": [asdict(one) for one in self.missing],
            "amount": asdict(found.amount) if found is not None and found.amount is not None else None,
            "changes": [asdict(one) for one in self.changes],
        }


def explain_fully(
    compiled: CompiledScheme,
    answers: Mapping[str, Any],
    facts: Facts,
    on: date,
    *,
    list_dates: Mapping[str, date] | None = None,
    typed: Mapping[str, str] | None = None,
    language: Language = "fr",
) -> FullExplanation:
    """The whole explanation of one dossier on its judging day; the arguments are those of `explain_dossier`."""
    version = compiled.version_on(on)
    result = version.program.evaluate(rule_values(compiled, answers, facts, on)) if version is not None else NO_RULES
    explanation = explain_dossier(compiled, answers, facts, on, list_dates=list_dates, typed=typed, language=language)
    return FullExplanation(
        scheme=compiled.scheme.id,
        title=compiled.scheme.title,
        territory=compiled.territory,
        on=on,
        result=result,
        explanation=explanation,
        missing=_waiting(compiled, explanation, result, on, Names(compiled, language)),
        changes=changes_of(compiled, answers, facts, on, language),
    )


def condition_labels(compiled: CompiledScheme, on: date) -> dict[str, str]:
    """The label of each gate and criterion in force on a day, by id and in the order of the rules."""
    version = compiled.version_on(on)
    if version is None:
        return {}
    return {name: one.label for name, one in (*version.rules.gates.items(), *version.rules.criteria.items())}


def _waiting(
    compiled: CompiledScheme, explanation: Explanation | None, result: Result, on: date, names: Names
) -> tuple[Waiting, ...]:
    """Each missing answer with the criteria that wait for it, and whether the amount does."""
    version = compiled.version_on(on)
    if explanation is None or version is None:
        return ()
    silent = {reason.id: reason.missing for reason in explanation.reasons}
    wanted = dict.fromkeys([*result.missing, *(name for missing in silent.values() for name in missing)])
    feeds = version.program.dependencies("amount") if version.program.plan.amount else ()
    return tuple(
        Waiting(
            name,
            names.label(name),
            tuple(criterion for criterion, missing in silent.items() if name in missing),
            name in feeds and name in result.missing,
        )
        for name in version.program.plan.ordered_inputs(wanted)
    )


def changes_of(
    compiled: CompiledScheme, answers: Mapping[str, Any], facts: Facts, on: date, language: Language = "fr"
) -> tuple[Change, ...]:
    """What would change the outcome, then what would leave it and change the amount, in words."""
    names = Names(compiled, language)
    labels = condition_labels(compiled, on)
    found = (*find_flips(compiled, answers, facts, on), *find_other_amounts(compiled, answers, facts, on))
    return tuple(_change(flip, names, labels) for flip in found)


def _change(flip: Flip, names: Names, labels: Mapping[str, str]) -> Change:
    say = names.say
    label = labels.get(flip.name, flip.name) if flip.source == "check" else names.label(flip.name)
    label = names.listed(flip.name) if flip.source == "list" else label
    label = as_sentence(Wording(names).sentence(flip.through)) if flip.through is not None else label
    before, after = _shown(flip, flip.before, names), _after(flip, names)
    suffix = "_day" if isinstance(flip.after, date) and flip.way != "starting_with" else ""
    after = say(f"explain.{flip.way}{suffix}", value=after)
    by = _by(flip, names)
    then = say(f"explain.then_{flip.standing}")
    if flip.target == "amount" and flip.amount is not None:
        key = "then_other_case" if flip.varies else "then_other_amount"
        value = _shown(flip, flip.after, names)
        then = say(f"explain.{key}", amount=format_money(flip.amount, names.language), value=value)
    elif flip.target != "outcome":
        then = say("explain.then_met", label=labels[flip.target])
    elif flip.amount is not None and flip.standing == "eligible":
        then = say("explain.then_amount", standing=then, amount=format_money(flip.amount, names.language))
    known = flip.before is not None and flip.before is not UNAVAILABLE
    text = say(
        "explain.change" if known else "explain.change_unanswered", what=label, before=before, after=after, then=then
    )
    return Change(
        flip.name, label, flip.source, before, after, by, flip.standing, flip.amount, flip.target,
        as_sentence(as_line(text, names.language)),
    )  # fmt: skip


def _after(flip: Flip, names: Names) -> str:
    return names.coded(flip.after) if flip.way == "coded" else _shown(flip, flip.after, names)


def _shown(flip: Flip, value: Any, names: Names) -> str:
    """A value as people read it; several answers of a function one after the other."""
    if flip.through is not None and value is not None:
        held = cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,)
        return Wording(names).series([names.answer(flip.through, each) or str(each) for each in held])
    if flip.source == "list":
        return names.say("explain.not_in_list" if value is False else "explain.in_list")
    if isinstance(value, tuple) and flip.kind is not None:
        field = names.compiled.fields[flip.name]
        return field.type.show(value, field.options, names.language) or names.say("explain.no_choice")
    return names.value(value, flip.kind, flip.name)


def _by(flip: Flip, names: Names) -> str:
    """How much the value moves."""
    if isinstance(flip.before, date) and isinstance(flip.after, date):
        days = (flip.after - flip.before).days
        shown = names.say("wording.days", count=abs(days))
    elif flip.kind is not None and _is_number(flip.before) and _is_number(flip.after):
        days = flip.after - flip.before
        shown = names.value(abs(days), flip.kind, flip.name)
    else:
        return ""
    return names.say("explain.more_by" if days > 0 else "explain.less_by", value=shown)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
