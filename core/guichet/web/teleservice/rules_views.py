"""The rules of a scheme for everyone (CRPA art. L312-1-3): conditions, brackets, versions, articles, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any, cast

from guichet.catalogue import PARAMETER_TYPES, CompiledScheme, CompiledVersion
from guichet.engine.comparison import compare_versions
from guichet.engine.repayments import rule_of
from guichet.engine.wording import Names, Wording, as_sentence
from guichet.language import tree
from guichet.locale import Language, Texts, format_day, typeset_page
from guichet.model.legal import StateAid
from guichet.model.parameters import parse_parameter
from guichet.model.rules import Criterion, Gate, Parameter
from guichet.web.teleservice.rules_tables import amount_tables, definition_lines, definition_tables

__all__ = ["rules_view"]


def rules_view(compiled: CompiledScheme, bodies: Mapping[str, str], today: date, language: Language) -> dict[str, Any]:
    """Gives the rules in force, then those before and after, and what selects the version of a dossier."""
    say = Texts(language)
    now = compiled.version_on(today) or compiled.versions[0]
    judged_on = compiled.scheme.legal.judged_on
    which = judged_on if judged_on in ("filing", "decision") else "field"
    field = compiled.fields.get(judged_on)
    view: dict[str, Any] = {
        "now": _version(compiled, now, bodies, today, language),
        "others": [
            _version(compiled, version, bodies, today, language)
            for version in reversed(compiled.versions)
            if version is not now
        ],
        "basis": compiled.scheme.legal.basis,
        "competence": say(f"rules.competence_{compiled.scheme.legal.competence}"),
        "state_aid": _state_aid(compiled.scheme.legal.state_aid),
        "algorithm": compiled.scheme.legal.algorithm,
        "which": say(f"rules.judged_on_{which}", field=field.declaration.label if field else ""),
        "parameters": _parameters(compiled, language),
    }
    return _typeset(view) if language == "fr" else view


def _stages(compiled: CompiledScheme, version: CompiledVersion, words: Wording, say: Texts) -> list[dict[str, str]]:
    """The stages that only some applications have, each with its condition."""
    stages = compiled.scheme.workflow.stages
    found = ((name, passage.plan.conditions[0][1]) for name, passage in version.passages.items())
    return [
        {
            "label": stages[name].label or name,
            "value": say("rules.stage_if", condition=words.sentence(node)),
        }
        for name, node in found
        if node is not None
    ]


def _state_aid(regime: StateAid | None) -> str:
    """The regime with its reference; empty for an aid that has none."""
    return ", ".join(part for part in (regime.regime, regime.reference) if part) if regime is not None else ""


def _version(
    compiled: CompiledScheme, version: CompiledVersion, bodies: Mapping[str, str], today: date, language: Language
) -> dict[str, Any]:
    on = today if compiled.version_on(today) is version else version.first_day
    say, names = Texts(language), Names(compiled, language, on)
    rules, plan, words = version.rules, version.program.plan, Wording(names)
    nodes = {condition.id: node for condition, node in plan.conditions}
    conditions = [
        {
            "label": one.label,
            "text": _rule(one, nodes[name], words, bodies, say),
            "at": say("rules.rule_gate") if isinstance(one, Gate) else "",
            "article": one.legal or rules.legal,
        }
        for name, one in (*rules.gates.items(), *rules.criteria.items())
    ]
    return {
        "title": say("rules.version_from", day=format_day(version.first_day, language)),
        "coming": version.first_day > today,
        "legal": rules.legal,
        "conditions": conditions,
        "amount": amount_tables(version, names, language),
        "repayment": rule_of(version, names.quoted(rules.repayment.over), language) if rules.repayment else "",
        "stages": _stages(compiled, version, words, say),
        "tables": definition_tables(version, names, language),
        "definitions": definition_lines(version, names, language),
        "changes": _changes(compiled, version, language),
    }


def _changes(compiled: CompiledScheme, version: CompiledVersion, language: Language) -> list[dict[str, Any]]:
    """What a version changes of the one before it, under what it changes; nothing for the first."""
    place = compiled.versions.index(version)
    if not place:
        return []
    found = compare_versions(compiled, compiled.versions[place - 1], compiled, version, language)
    told = [one for one in found if one.path[-1] != "legal"]  # the text of law stands above each version
    groups = groupby(told, key=lambda one: one.where.partition(", ")[2])
    changes: list[dict[str, Any]] = []
    for where, group in groups:
        texts = [as_sentence(one.text) for one in group]
        changes += [{"where": as_sentence(where), "texts": texts}] if where else [{"where": text} for text in texts]
    return changes


def _rule(one: Gate | Criterion, node: tree.Node | None, words: Wording, bodies: Mapping[str, str], say: Texts) -> str:
    if node is not None:
        return say("rules.rule_computed", condition=as_sentence(words.sentence(node)))
    if isinstance(one, Criterion) and one.answer == "judged":
        asked = f"{one.text} " if one.text else ""
        return asked + say("rules.rule_judged", body=bodies.get(one.checked_by or "", one.checked_by or ""))
    return say("rules.rule_attested")


def _typeset(view: Any) -> Any:
    """The view with the signs of French in each of its texts."""
    if isinstance(view, str):
        return typeset_page(view)
    if isinstance(view, dict):
        found = cast("dict[str, Any]", view)
        return {name: _typeset(one) for name, one in found.items()}
    return [_typeset(one) for one in cast("list[Any]", view)] if isinstance(view, list) else view


def _parameters(compiled: CompiledScheme, language: Language) -> list[dict[str, Any]]:
    """Each parameter as a table of its dated values."""
    say, names = Texts(language), Names(compiled, language)
    return [
        {
            "label": parameter.label,
            "columns": [{"label": say(f"rules.column_{name}")} for name in ("from", "value", "article")],
            "rows": [
                {
                    "cells": [
                        format_day(day, language),
                        _value(parameter, dated.value, names),
                        dated.legal or _law_on(compiled, day),
                    ]
                }
                for day, dated in sorted(parameter.values.items())
            ],
        }
        for parameter in compiled.scheme.parameters.values()
    ]


def _law_on(compiled: CompiledScheme, day: date) -> str:
    """The text of law of a value that names none of its own: that of the rules then in force."""
    version = compiled.version_on(day) or (compiled.versions[0] if compiled.versions else None)
    return version.rules.legal if version is not None else ""


def _value(parameter: Parameter, text: str, names: Names) -> str:
    return names.value(parse_parameter(parameter.type, text), PARAMETER_TYPES[parameter.type])
