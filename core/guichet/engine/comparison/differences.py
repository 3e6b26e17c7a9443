"""Two compiled schemes, or two versions of rules, compared: each difference once, with its place and its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from guichet.catalogue import PARAMETER_TYPES, CompiledScheme, CompiledVersion
from guichet.engine.comparison.expressions import same_tree
from guichet.engine.comparison.places import node_at
from guichet.engine.comparison.speech import Difference, Speech
from guichet.engine.comparison.walk import Raw, Step, walk
from guichet.language import tree
from guichet.locale import Language
from guichet.model.parameters import parse_parameter

__all__ = ["Difference", "compare_schemes", "compare_versions"]

_EXPRESSIONS = ("of", "up_to", "below", "then", "otherwise", "always", "condition", "round")
"""Attributes written as expressions, of what becomes a named value."""


def compare_schemes(before: CompiledScheme, after: CompiledScheme, language: Language = "fr") -> tuple[Difference, ...]:
    """Every difference between two schemes, in the order of the model; what versions inherit is said once."""
    speech = Speech(before, after, language)
    raws = [raw for raw in walk(before.scheme, after.scheme) if _matters(raw, before, after)]
    raws = [each for raw in raws for each in (raw, *_of_new_version(raw, after))]
    return tuple(_grouped([speech.difference(raw) for raw in raws], speech))


def compare_versions(
    before: CompiledScheme, old: CompiledVersion, after: CompiledScheme, new: CompiledVersion, language: Language = "fr"
) -> tuple[Difference, ...]:
    """Every difference between two versions of rules, and between the parameters in force on their first days."""
    speech = Speech(before, after, language)
    found = [speech.difference(raw) for raw in _between(before, old, after, new)]
    return (*found, *_parameters(before, old.first_day, after, new.first_day, speech))


def _between(
    before: CompiledScheme, old: CompiledVersion, after: CompiledScheme, new: CompiledVersion
) -> Iterator[Raw]:
    root = (Step("rules", "Scheme.rules"), _day_step(old, new))
    for raw in walk(old.rules, new.rules, root):
        if _matters(raw, before, after):
            yield raw


def _day_step(old: CompiledVersion, new: CompiledVersion) -> Step:
    return Step(new.first_day.isoformat(), "Scheme.rules", 1, old.first_day.isoformat())


def _of_new_version(raw: Raw, after: CompiledScheme) -> Iterator[Raw]:
    """What a version that was added changes of the one before it."""
    if raw.kind != "added" or [step.key for step in raw.path[:-1]] != ["rules"]:
        return
    days = [version.first_day.isoformat() for version in after.versions]
    place = days.index(raw.path[-1].key)
    if place:
        yield from _between(after, after.versions[place - 1], after, after.versions[place])


def _matters(raw: Raw, before: CompiledScheme, after: CompiledScheme) -> bool:
    """Whether a difference is more than spelling: expressions by their trees, values by what they are worth."""
    keys, was = [step.key for step in raw.path], [step.was or step.key for step in raw.path]
    one, other = node_at(before, was), node_at(after, keys)
    if one is not None and other is not None:
        return not same_tree(one, other)
    match keys:
        case ["rules", _, "scales" | "amounts", name, *rest] if rest and rest[-1] in _EXPRESSIONS:
            one, other = (_definition(*side, name) for side in ((before, was[1]), (after, keys[1])))
            return one is None or other is None or not same_tree(one, other)
        case ["parameters", name, "values", _, "value"] if raw.kind == "changed":
            kind, other_kind = before.scheme.parameters[name].type, after.scheme.parameters[name].type
            return kind != other_kind or parse_parameter(kind, raw.before) != parse_parameter(kind, raw.after)
        case ["forms", "application", _, "fields", name, "options", *_]:
            own, others = before.fields.get(name), after.fields.get(name)
            return own is None or others is None or own.options != others.options
        case _:
            return True


def _definition(compiled: CompiledScheme, day: str, name: str) -> tree.Node | None:
    """The tree that a bracket table, or one of several amounts, was made into."""
    version = next((one for one in compiled.versions if one.first_day.isoformat() == day), None)
    return version.program.plan.definitions.get(name) if version is not None else None


def _grouped(found: Iterable[Difference], speech: Speech) -> list[Difference]:
    """The same difference in several versions told once, with the days of all."""
    kept: dict[object, Difference] = {}
    for one in found:
        if not one.days:
            kept[object()] = one
            continue
        key = (one.path[2:], one.kind, one.what, one.before, one.after)
        known = kept.get(key)
        kept[key] = one if known is None else replace(known, days=(*known.days, *one.days))
    return [speech.spread(one) if one.days else one for one in kept.values()]


def _parameters(
    before: CompiledScheme, old: date, after: CompiledScheme, new: date, speech: Speech
) -> Iterator[Difference]:
    was, now = before.parameters_on(old), after.parameters_on(new)
    for name, value in now.items():
        if name in was and was[name] != value:
            declared = after.scheme.parameters[name]
            kind = PARAMETER_TYPES[declared.type]
            shown = "" if was[name] is None else speech.before.value(was[name], kind)
            yield speech.parameter(name, shown, speech.after.value(value, kind))
