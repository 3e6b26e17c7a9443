"""The way through a form: which pages and fields are asked, what is missing, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    at_gate = gate_fields(compiled, on)
    found: list[Step] = []
    for page_id, page in compiled.scheme.application.items():
        fields: list[CompiledField] = []
        unanswered: list[str] = []
        answering = False
        for name in page.fields:
            if not asked[name] or name in at_gate:
                continue
            field = compiled.fields[name]
            fields.append(field)
            if field.type.widget not in _SILENT:
                answering = True
                if answers.get(name) is None and name not in later and field.declaration.required:
                    unanswered.append(name)
        if answering:
            found.append(Step(page_id, page.title, tuple(fields), tuple(unanswered)))
    return tuple(found)


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
