"""What names are worth: their type, and their value in each example, from the last time the scheme compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guichet.catalogue.compiled import CompiledScheme
from guichet.engine.eligibility import NoRulesYet, explain
from guichet.engine.explanations import shown_values
from guichet.errors import GuichetError, Language
from guichet.language.types import render_type
from guichet.loader.library import Library
from guichet.services.examples import case_of

__all__ = ["Worth", "worth_of"]

_MOST = 40  # examples evaluated: a hover shows a few of them


@dataclass(frozen=True, slots=True)
class Worth:
    """Types by name, and values by name: the example and what the name is worth in it."""

    types: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict[str, tuple[tuple[str, str], ...]])


def worth_of(library: Library, scheme: str, language: Language) -> Worth:
    """The types and values of a scheme that compiles."""
    compiled = library.effective(scheme).compiled
    return Worth(_types(compiled, language), _values(library, scheme, compiled, language))


def _types(compiled: CompiledScheme, language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for version in compiled.versions:
        plan = version.program.plan
        found |= {name: render_type(one.type, language) for name, one in plan.environment.inputs.items()}
        found |= {name: render_type(one, language) for name, one in version.program.definition_types.items()}
        found |= {name: render_type(one, language) for name, one in version.program.indicator_types.items()}
    return found


def _values(
    library: Library, scheme: str, compiled: CompiledScheme, language: Language
) -> dict[str, tuple[tuple[str, str], ...]]:
    declared = library.examples(scheme)
    found: dict[str, list[tuple[str, str]]] = {}
    for name in list(declared.examples)[:_MOST] if declared is not None else ():
        assert declared is not None  # noqa: S101  there was something to go through
        if declared.examples[name].territory:
            continue
        try:
            case, on = case_of(compiled, declared, name)
            version = compiled.version_on(on)
            if version is None:
                continue
            trace = explain(compiled, case.answers, case.facts, on)
            shown = shown_values(compiled, version, case.answers, case.facts, on, trace.definitions, {}, language)
        except (GuichetError, NoRulesYet):
            continue  # the examples' own check says what is wrong in one
        for one, text in shown.items():
            if text:
                found.setdefault(one, []).append((name, text))
    return {name: tuple(values) for name, values in found.items()}
