"""The rules of a scheme for everyone (CRPA art. L312-1-3): conditions, brackets, versions, articles, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.locale import Language, Texts, format_day, typeset
from guichet.model.legal import StateAid
from guichet.model.rules import Branch, Criterion
from guichet.web.plain_words import PlainWords

__all__ = ["rules_view"]


def rules_view(compiled: CompiledScheme, bodies: Mapping[str, str], today: date, language: Language) -> dict[str, Any]:
    """Gives the rules in force, then those before and after, and what selects the version of a dossier."""
    say = Texts(language)
    now = compiled.version_on(today) or compiled.versions[0]
    judged_on = compiled.scheme.legal.judged_on
    which = judged_on if judged_on in ("filing", "decision") else "field"
    field = compiled.fields.get(judged_on)
    return {
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


def _state_aid(regime: StateAid | None) -> str:
    """The regime with its reference; empty for an aid that has none."""
    return ", ".join(part for part in (regime.regime, regime.reference) if part) if regime is not None else ""


def _version(
    compiled: CompiledScheme, version: CompiledVersion, bodies: Mapping[str, str], today: date, language: Language
) -> dict[str, Any]:
    say, words = Texts(language), PlainWords(compiled, language)
    rules = version.rules
    gates = [
        {"label": gate.label, "text": say("rules.rule_gate"), "article": gate.legal or rules.legal}
        for gate in rules.gates.values()
    ]
    criteria = [_criterion(one, bodies, words, rules.legal, say) for one in rules.criteria.values()]
    return {
        "title": say("rules.version_from", day=format_day(version.first_day, language)),
        "coming": version.first_day > today,
        "legal": rules.legal,
        "conditions": [_typeset(one, language) for one in (*gates, *criteria)],
        "brackets": [_typeset(_branch(one, words, rules.legal, say), language) for one in rules.amount],
        "definitions": [
            {"label": words.name(name), "value": words.sentence(text)} for name, text in rules.define.items()
        ],
    }


def _criterion(
    criterion: Criterion, bodies: Mapping[str, str], words: PlainWords, legal: str, say: Texts
) -> dict[str, Any]:
    if criterion.answer == "computed":
        text = say("rules.rule_computed", condition=words.sentence(criterion.when))
    elif criterion.answer == "attested":
        text = say("rules.rule_attested")
    else:
        body = bodies.get(criterion.checked_by or "", criterion.checked_by or "")
        text = say("rules.rule_judged", body=body)
    return {"label": criterion.label, "text": text, "article": criterion.legal or legal}


def _branch(branch: Branch, words: PlainWords, legal: str, say: Texts) -> dict[str, Any]:
    if branch.always:
        condition, amount = say("rules.bracket_always"), words.sentence(branch.always)
    elif branch.otherwise:
        condition, amount = say("rules.bracket_else"), words.sentence(branch.otherwise)
    else:
        condition = say("rules.bracket_if", condition=words.sentence(branch.condition))
        amount = words.sentence(branch.then) if branch.then else say("rules.bracket_unverified", what=branch.unverified)
    return {"label": condition, "text": amount, "article": branch.legal or legal}


def _typeset(one: dict[str, Any], language: Language) -> dict[str, Any]:
    return {name: typeset(text) if language == "fr" else text for name, text in one.items()}


def _parameters(compiled: CompiledScheme, language: Language) -> list[dict[str, Any]]:
    """Each parameter with its dated values."""
    return [
        {
            "label": parameter.label,
            "values": [
                {"from": format_day(day, language), "value": dated.value, "article": dated.legal}
                for day, dated in parameter.values.items()
            ],
        }
        for parameter in compiled.scheme.parameters.values()
    ]
