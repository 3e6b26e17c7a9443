"""The way through a form: which pages and fields are asked, what is missing, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.catalogue import CompiledField, CompiledScheme, CompiledVersion
from guichet.engine.eligibility import Facts, rule_values

_SILENT = ("note", "heading")
"""Widgets that show something and take no answer."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page as the applicant meets it: only the fields asked, and those still to answer."""

    page: str
    title: str
    fields: tuple[CompiledField, ...]
    unanswered: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every required field of the page has an answer."""
        return not self.unanswered


def is_silent(field: CompiledField) -> bool:
    """Whether a field shows something and takes no answer."""
    return field.type.widget in _SILENT


def asked_fields(compiled: CompiledScheme, answers: Mapping[str, Any], on: date) -> dict[str, bool]:
    """Whether each field is asked, given the answers so far; a condition still unknown asks nothing yet."""
    version = _version(compiled, on)
    values = rule_values(compiled, answers, Facts(filed_on=on, decided_on=on, territory=compiled.territory), on)
    known = version.program.asked(values)
    return {name: known.get(name, True) is True for name in compiled.fields}


def deciding_fields(compiled: CompiledScheme, on: date) -> frozenset[str]:
    """The fields whose answer decides whether others are asked."""
    return _version(compiled, on).deciding


def gate_fields(compiled: CompiledScheme, on: date) -> tuple[str, ...]:
    """The fields that the gates of a day read, in form order: what the gate page holds."""
    return _version(compiled, on).gate


def steps(
    compiled: CompiledScheme,
    answers: Mapping[str, Any],
    on: date,
    later: Collection[str] = (),
    asked: Mapping[str, bool] | None = None,
) -> tuple[Step, ...]:
    """The pages to go through in order, without those that ask nothing; the gate's fields are not asked again.

    Args:
        later: Fields that may stay empty for now: their source is silent.
        asked: What `asked_fields` says, where it is at hand already.
    """
    asked = asked_fields(compiled, answers, on) if asked is None else asked
    found: list[Step] = []
    for page, title, questions in _pages(compiled, on):
        fields: list[CompiledField] = []
        unanswered: list[str] = []
        answering = False
        for name, field, silent, required in questions:
            if asked[name]:
                fields.append(field)
                if not silent:
                    answering = True
                    if required and answers.get(name) is None and name not in later:
                        unanswered.append(name)
        if answering:
            found.append(Step(page, title, tuple(fields), tuple(unanswered)))
    return tuple(found)


def step_counts(compiled: CompiledScheme, on: date) -> tuple[int, int]:
    """How many pages ask something: before any answer, and at most, when answers bring every other one."""
    asking = [any(not silent for _, _, silent, _ in questions) for _, _, questions in _pages(compiled, on)]
    return len(steps(compiled, {}, on)), sum(asking)


_Question = tuple[str, CompiledField, bool, bool]
"""A field by its name, whether it shows something only, and whether it must be answered."""


def _pages(compiled: CompiledScheme, on: date) -> Sequence[tuple[str, str, Sequence[_Question]]]:
    """The questions of each page but those of the gate, by the rules of a day."""
    version = compiled.version_on(on) or compiled.versions[0]
    kept = version.pages.get(id(compiled))
    if kept is None:
        found: Sequence[tuple[str, str, Sequence[_Question]]] = [
            (
                page_id,
                page.title,
                [_question(compiled.fields[name]) for name in page.fields if name not in version.gate],
            )
            for page_id, page in compiled.scheme.application.items()
        ]
        kept = version.pages[id(compiled)] = compiled, found  # which it keeps: the id is never another's
    return kept[1]


def _question(field: CompiledField) -> _Question:
    return field.id, field, is_silent(field), field.declaration.required


def visible_answers(
    compiled: CompiledScheme, answers: Mapping[str, Any], on: date, asked: Mapping[str, bool] | None = None
) -> dict[str, Any]:
    """The answers to questions that are asked; what was answered before a question disappeared is left out.

    Args:
        asked: What `asked_fields` says, where it is at hand already.
    """
    asked = asked_fields(compiled, answers, on) if asked is None else asked
    return {name: answers[name] for name in compiled.fields if asked[name] and answers.get(name) is not None}


def _version(compiled: CompiledScheme, on: date) -> CompiledVersion:
    """The rules of a day; before the first, those to come: a form may be shown before it opens."""
    return compiled.version_on(on) or compiled.versions[0]
