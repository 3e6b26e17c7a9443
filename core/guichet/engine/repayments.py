"""The parts of an amount, and the schedule by which an advance is paid back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from guichet.catalogue import CompiledVersion
from guichet.engine.parts import split_cents
from guichet.locale import Language, Texts, format_day, format_money
from guichet.model.scalars import Period, ScalarError, parse_period

_MONTHS_OF = {"days": 0, "months": 1, "years": 12}


@dataclass(frozen=True, slots=True)
class Share:
    """One of several amounts as it came out; None while it cannot be known."""

    id: str
    label: str
    kind: Literal["grant", "advance"]
    cents: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """When an advance is paid back."""

    grace: Period
    every: Period
    count: int


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is due on a day."""

    number: int
    due: date
    cents: int


def shares_of(version: CompiledVersion, definitions: Mapping[str, Any]) -> tuple[Share, ...]:
    """Each of several amounts, in file order; nothing for an aid that has one."""
    return tuple(
        Share(name, part.label, part.kind, definitions.get(name)) for name, part in version.rules.amounts.items()
    )


def terms_of(version: CompiledVersion, definitions: Mapping[str, Any]) -> Terms | None:
    """The terms of repayment; None for what is not paid back, or while they hang on an answer."""
    declared = version.rules.repayment
    if declared is None:
        return None
    months = months_of(declared.over, definitions)
    step = declared.every.count * _MONTHS_OF[declared.every.unit]
    if months is None or not step:
        return None
    return Terms(declared.grace, declared.every, max(months // step, 1))


def months_of(text: str, definitions: Mapping[str, Any]) -> int | None:
    """A duration in months: written, or named; None while it is unknown."""
    try:
        period = parse_period(text)
    except ScalarError:
        found = definitions.get(text)
        return found if isinstance(found, int) else None
    return period.count * _MONTHS_OF[period.unit]


def plan_repayments(cents: int, decided_on: date, terms: Terms) -> tuple[Instalment, ...]:
    """The instalments of an advance: equal to the cent, the last one taking the remainder, none of nothing.

    Each day is counted from the first one, so that a 31st comes back after a shorter month. A sum of fewer cents than
    instalments is paid back a cent at a time, in as many instalments as it has cents.

    >>> terms = Terms(Period(12, "months"), Period(3, "months"), 3)
    >>> [(one.due.isoformat(), one.cents) for one in plan_repayments(100_00, date(2020, 5, 31), terms)]
    [('2021-05-31', 3333), ('2021-08-31', 3333), ('2021-11-30', 3334)]
    >>> [one.cents for one in plan_repayments(2, date(2020, 5, 31), terms)], plan_repayments(0, date.max, terms)
    ([1, 1], ())
    """
    if cents <= 0:
        return ()
    first = terms.grace.after(decided_on)
    count = instalments_in(cents, terms)
    each = cents // count
    return tuple(
        Instalment(
            number + 1,
            Period(terms.every.count * number, terms.every.unit).after(first),
            each if number + 1 < count else cents - each * (count - 1),
        )
        for number in range(count)
    )


def instalments_in(cents: int, terms: Terms) -> int:
    """How many instalments a sum is paid back in: those of the terms, but none of less than a cent."""
    return min(terms.count, cents)


def granted_shares(shares: tuple[Share, ...], granted: int) -> tuple[Share, ...]:
    """What each of several amounts is of a grant: less than computed is shared in proportion, as its orders are.

    >>> two = (Share("a", "A", "advance", 600_00), Share("b", "B", "grant", 400_00))
    >>> [share.cents for share in granted_shares(two, 500_01)]
    [30001, 20000]
    """
    computed = [share.cents or 0 for share in shares]
    if not any(computed):
        return shares
    return tuple(
        replace(share, cents=cents) for share, cents in zip(shares, split_cents(granted, computed), strict=True)
    )


def advanced_cents(shares: tuple[Share, ...], granted: int) -> int:
    """How much of what is granted is paid back: the advances among several amounts, else the whole."""
    if not shares:
        return granted
    return sum(share.cents or 0 for share in granted_shares(shares, granted) if share.kind == "advance")


def detail_lines(
    shares: tuple[Share, ...], terms: Terms | None, cents: int | None, decided_on: date | None, language: Language
) -> list[tuple[str, str]]:
    """The parts of a sum, then how it is paid back: day by day once it is decided, in one line before."""
    say = Texts(language)
    shares = granted_shares(shares, cents) if cents else shares
    lines = [
        (
            say("repayments.advance", label=share.label) if share.kind == "advance" else share.label,
            format_money(share.cents, language),
        )
        for share in shares
        if share.cents is not None
    ]
    owed = advanced_cents(shares, cents) if cents is not None else 0
    if terms is None or not owed:
        return lines
    if decided_on is None:
        count = instalments_in(owed, terms)
        values = {"each": format_money(owed // count, language), "count": count}
        spans = {"every": _how_often(terms.every, say), "grace": _in_words(terms.grace, say)}
        return [*lines, (say("repayments.title"), say("repayments.terms", **values, **spans))]
    return lines + [
        (
            say("repayments.instalment", number=one.number),
            say("repayments.due", amount=format_money(one.cents, language), day=format_day(one.due, language)),
        )
        for one in plan_repayments(owed, decided_on, terms)
    ]


def rule_of(version: CompiledVersion, over: str, language: Language) -> str:
    """How an advance is paid back, for who has no dossier; empty for what is not.

    Args:
        over: What people call the duration when an answer gives it.
    """
    declared, say = version.rules.repayment, Texts(language)
    if declared is None:
        return ""
    try:
        length = _in_words(parse_period(declared.over), say)
    except ScalarError:
        length = over
    spans = {"every": _how_often(declared.every, say), "grace": _in_words(declared.grace, say)}
    return say("repayments.rule", over=length, **spans)


def _in_words(period: Period, say: Texts) -> str:
    return say(f"repayments.{period.unit}", count=period.count)


def _how_often(period: Period, say: Texts) -> str:
    return say(f"repayments.each_{period.unit}", count=period.count)
