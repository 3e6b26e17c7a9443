"""Decisions: who takes them, their reasons, how they are contested, the part of the computation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from guichet.loader.checked import Checked
from guichet.loader.law.rule import Finding, LawRule
from guichet.model.scalars import Period

_COURT: Final = re.compile(r"\{territory\.tribunal\}|tribunal", re.IGNORECASE)
_REASONS: Final = re.compile(r"\{decision\.reasons?\}")
_ALGORITHM: Final = re.compile(r"\{legal\.algorithm\}|L\.? ?311-3-1")
_UNFAVOURABLE: Final = ("granted_in_part", "refused", "inadmissible", "dropped", "revoked")


def _letters_without(pattern: re.Pattern[str], *events: str) -> Callable[[Checked], Iterator[Finding]]:
    """What finds the letters of some events whose text holds nothing of a pattern."""

    def find(checked: Checked) -> Iterator[Finding]:
        for event, letter in checked.scheme.letters.items():
            text = checked.scheme.texts.get(letter.text)
            if event in events and text is not None and not pattern.search(text):
                yield ("texts", letter.text), {"value": letter.text}

    return find


def _letters_without_reasons(checked: Checked) -> Iterator[Finding]:
    if checked.scheme.legal.as_of_right:
        yield from _letters_without(_REASONS, "refused", "granted_in_part")(checked)


def _criteria_without_reasons(checked: Checked) -> Iterator[Finding]:
    """Criteria of an aid of right whose failure says nothing to who is refused."""
    if not checked.scheme.legal.as_of_right:
        return
    for day, version in checked.scheme.rules.items():
        for name, criterion in version.criteria.items():
            if not criterion.otherwise:
                yield ("rules", day.isoformat(), "criteria", name), {"value": name}


def _without_purpose(checked: Checked) -> Iterator[Finding]:
    if not checked.scheme.legal.algorithm:
        yield ("legal",), {}


def _short_appeal(checked: Checked) -> Iterator[Finding]:
    """An appeal period that ends before the two months of the code."""
    day = checked.scheme.calendar.opens.date()
    if checked.scheme.legal.appeal.after.after(day) < Period(2, "months").after(day):
        yield ("legal", "appeal", "after"), {}


_CRPA = date(2016, 1, 1)

NO_MACHINE_REFUSES = LawRule(
    "law.automatic_refusal",
    "RGPD, art. 22 ; loi n° 78-17, art. 47 ; CRPA, art. L311-3-1",
    date(2018, 5, 25),
    severity="error",
)
"""A stage that would decide alone: no act of a stage does, and the message says why."""

LAWS = (
    NO_MACHINE_REFUSES,
    LawRule("law.refusal_without_reasons", "CRPA, art. L211-2, 6°", _CRPA, _criteria_without_reasons),
    LawRule("law.letter_without_reasons", "CRPA, art. L211-2, 6° et L211-5", _CRPA, _letters_without_reasons),
    LawRule(
        "law.appeal_missing",
        "CJA, art. R421-1 et R421-5",
        date(2001, 1, 1),
        severity="error",
        missing=(("legal", "appeal"), ("legal", "appeal", "after")),
    ),
    LawRule("law.appeal_delay", "CJA, art. R421-1", date(2001, 1, 1), _short_appeal),
    LawRule(
        "law.letter_without_appeal",
        "CJA, art. R421-1 et R421-5",
        date(2001, 1, 1),
        _letters_without(_COURT, *_UNFAVOURABLE),
    ),
    LawRule("law.algorithm_missing", "CRPA, art. L311-3-1", date(2017, 9, 1), _without_purpose),
    LawRule(
        "law.letter_without_algorithm",
        "CRPA, art. L311-3-1 et R311-3-1-1",
        date(2017, 9, 1),
        _letters_without(_ALGORITHM, "granted", "granted_in_part", "refused"),
    ),
)
