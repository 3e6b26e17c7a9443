"""How the amount came out: the case, the formula with its numbers, the cap or floor that bit, the rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guichet.catalogue import CompiledVersion
from guichet.engine.explanations.saying import said
from guichet.engine.wording import Names, Wording, as_line
from guichet.engine.wording.names import show_value
from guichet.language import AmountTrace, tree
from guichet.locale import format_money

__all__ = ["AmountReason", "BoundReason", "StepReason", "amount_of"]


@dataclass(frozen=True, slots=True)
class BoundReason:
    """A cap or a floor that decided the amount."""

    kind: Literal["cap", "floor"]
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class StepReason:
    """A named value that the amount is made of: its computation in words, and what it is worth."""

    id: str
    label: str
    formula: str
    numbers: str
    """The formula with what each name is worth; empty where that says nothing more."""
    value: str
    by_cases: bool = False
    """Whether the computation is a choice among cases."""


@dataclass(frozen=True, slots=True)
class AmountReason:
    """How the amount came out: the branch's formula, the same with its numbers, the cap or floor that bit."""

    amount: str
    condition: str
    formula: str
    with_numbers: str
    bounds: tuple[BoundReason, ...]
    unverified: str
    legal: str
    case_words: str = ""
    """The branch's condition in words; that of the last one says all other cases, and a lone one has none."""
    formula_words: str = ""
    numbers_words: str = ""
    """The formula in words with what each name is worth."""
    rounding: str = ""
    """How it is rounded, in words; empty where nothing is."""
    steps: tuple[StepReason, ...] = ()
    """The named values it is made of, each after those it reads."""


def amount_of(
    version: CompiledVersion, amount: AmountTrace | None, names: Names, values: Mapping[str, Any]
) -> AmountReason | None:
    if amount is None or amount.branch is None:
        return None
    rules, step, language = version.rules, version.program.plan.amount[amount.branch], names.language
    branch = (
        rules.amount[amount.branch] if rules.amount else None
    )  # several amounts: their sum has no branch of its own
    several = branch is not None and len(rules.amount) > 1
    return AmountReason(
        amount=format_money(amount.amount, language) if amount.amount is not None else "",
        condition=amount.condition,
        formula=amount.formula,
        with_numbers=amount.formula_with_numbers,
        bounds=tuple(
            BoundReason(bound.kind, show_value(bound.value, bound.type, language), bound.text)
            for bound in amount.bounds
        ),
        unverified=branch.unverified if branch is not None else "",
        legal=(branch.legal if branch is not None else "") or rules.legal,
        case_words=said(version, step.condition, names) or (names.say("explain.other_cases") if several else ""),
        formula_words=said(version, step.value, names),
        numbers_words=as_line(Wording(names, values).sentence(step.value), language) if step.value is not None else "",
        rounding=_rounding(version, step.value, names),
        steps=_steps(version, step.value, names, values),
    )


def _steps(
    version: CompiledVersion, node: tree.Node | None, names: Names, values: Mapping[str, Any]
) -> tuple[StepReason, ...]:
    """The definitions, bracket tables and parts that an amount reads, in the order they are computed."""
    plan = version.program.plan
    used = plan.uses(node).definitions if node is not None else frozenset[str]()
    valued = Wording(names, values)
    found: list[StepReason] = []
    for name, definition in plan.definitions.items():
        if name not in used or values.get(name) is None:
            continue
        value = names.value(values[name], definition.type)
        numbers = "" if isinstance(definition, tree.Choose) else as_line(valued.sentence(definition), names.language)
        formula = said(version, definition, names)
        told = numbers if numbers not in (formula, value) else ""
        by_cases = isinstance(definition, tree.Choose)
        found.append(StepReason(name, names.label(name), formula, told, value, by_cases))
    return tuple(found)


def _rounding(version: CompiledVersion, node: tree.Node | None, names: Names) -> str:
    """How the amount, or a definition it reads, is rounded."""
    if node is None:
        return ""
    plan = version.program.plan
    roots = (node, *(plan.definitions[name] for name in plan.uses(node).definitions))
    found = [part for root in roots for part in root.walk() if isinstance(part, tree.Rounded)]
    said = [names.say(f"explain.{one.mode}", step=names.value(one.step, one.type)) for one in found]
    return ", ".join(dict.fromkeys(said))
