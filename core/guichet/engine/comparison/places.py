"""Where a difference stands, in words: the containers of its path by their labels, and the trees of its expressions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.comparison.walk import Step
from guichet.language import tree
from guichet.locale import Texts, format_day
from guichet.model.scheme import Scheme

__all__ = ["item_name", "node_at", "value_at"]

_NUMBERED = ("RuleVersion.amount", "Part.amount", "Scale.brackets")
_SPOKEN_BY_VALUE = ("CodeList.codes", "CodeList.but", "About.prepare")
_DATED = ("Scheme.rules", "Parameter.values")


def item_name(step: Step, value: Any, say: Texts) -> str:
    """An item of a mapping or list: its noun and its label, or its day."""
    key = "item.Scheme.forms.page" if step.owner == "Scheme.forms" and step.depth == 2 else f"item.{step.owner}"
    noun = say(f"comparison.{key}") if say.has(f"comparison.{key}") else step.owner
    if step.owner in _DATED:
        return say("comparison.dated", noun=noun, day=format_day(date.fromisoformat(step.key), say.language))
    if step.owner in _NUMBERED:
        return f"{noun} n° {int(step.key) + 1}" if say.language == "fr" else f"{noun} {int(step.key) + 1}"
    if step.owner in _SPOKEN_BY_VALUE:
        return noun
    return say("comparison.named", noun=noun, label=_label(step, value))


def _label(step: Step, value: Any) -> str:
    for name in ("label", "title", "subject"):
        text = getattr(value, name, "")
        if isinstance(text, str) and text:
            return text.rstrip(" ?\u00a0\u202f")
    return step.key


def value_at(scheme: Scheme, steps: Sequence[Step], *, before: bool = False) -> Any:
    """The value at a path of a scheme; None where there is none."""
    found: Any = scheme
    for step in steps:
        key = (step.was or step.key) if before else step.key
        if isinstance(found, dict):
            found = {str(one): item for one, item in cast("dict[Any, Any]", found).items()}.get(key)
        elif isinstance(found, tuple | list):
            items = cast("Sequence[Any]", found)
            found = items[int(key)] if key.isdigit() and int(key) < len(items) else None
        else:
            found = getattr(found, key, None)
    return found


def node_at(compiled: CompiledScheme, keys: Sequence[str]) -> tree.Node | None:
    """The typed tree of the expression at a path; None where the path holds no expression of the rules."""
    match list(keys):
        case ["rules", day, *rest]:
            version = next((one for one in compiled.versions if one.first_day.isoformat() == day), None)
            return _in_version(version, rest) if version is not None else None
        case ["later_forms", form, "criteria", name, "when"] if form in compiled.later:
            return _in_version(compiled.later[form].versions[-1], ["criteria", name, "when"])
        case ["workflow", "stages", name, "when"]:
            passage = compiled.versions[-1].passages.get(name) if compiled.versions else None
            return passage.plan.conditions[0][1] if passage is not None else None
        case ["forms", "application", page, "fields", name, "asked_when"]:
            alone = page in compiled.scheme.application and not compiled.scheme.application[page].asked_when
            return compiled.versions[-1].program.plan.asked.get(name) if alone else None
        case _:
            return None


def _in_version(version: CompiledVersion, rest: list[str]) -> tree.Node | None:
    plan = version.program.plan
    match rest:
        case ["gates" | "criteria", name, "when"]:
            return next((node for condition, node in plan.conditions if condition.id == name), None)
        case ["define", name] | ["define", name, "value"]:
            return plan.definitions.get(name)
        case ["indicators", name, "value"]:
            return plan.indicators.get(name)
        case ["amount", place, part] if int(place) < len(plan.amount):
            step = plan.amount[int(place)]
            return step.condition if part == "condition" else step.value
        case _:
            return None
