"""The expressions of a scheme as the rule language takes them: each with its path and its place."""

from __future__ import annotations

from guichet.catalogue.compiled import CompiledField
from guichet.catalogue.composed import definition_sources, total_of
from guichet.catalogue.positions import Locate, Path
from guichet.errors import Position
from guichet.language import Branch, Condition, Rules, Source
from guichet.language.words import Words, word_for
from guichet.model import rules as declared
from guichet.model.rules import RuleVersion
from guichet.model.scheme import Scheme


def rules_of(version: str, rules: RuleVersion, words: Words, locate: Locate) -> Rules:
    """One version of the rules, named by its first day, ready to be compiled."""
    root = ("rules", version)
    gates = [
        Condition(name, "gate", _source(gate.when, (*root, "gates", name, "when"), locate), "computed")
        for name, gate in rules.gates.items()
    ]
    criteria = [
        Condition(name, "criterion", _source(one.when, (*root, "criteria", name, "when"), locate), one.answer)
        for name, one in rules.criteria.items()
    ]
    amount = tuple(_branch(branch, (*root, "amount", str(index)), locate) for index, branch in enumerate(rules.amount))
    indicators = {name: (one.value, (*root, "indicators", name, "value")) for name, one in rules.indicators.items()}
    return Rules(
        version=version,
        definitions=definition_sources(rules, words, root, locate),
        conditions=(*gates, *criteria),
        amount=(Branch(None, total_of(rules, root, locate)),) if rules.amounts else amount,
        indicators={name: Source(text, path, locate(path)) for name, (text, path) in indicators.items()},
    )


def _branch(branch: declared.Branch, path: Path, locate: Locate) -> Branch:
    values = (("always", branch.always), ("then", branch.then), ("else", branch.otherwise))
    given = next((_source(text, (*path, key), locate) for key, text in values if text), None)
    return Branch(_source(branch.condition, (*path, "if"), locate), given, branch.unverified or None)


def asked_when(scheme: Scheme, field: CompiledField, locate: Locate) -> Source | None:
    """The condition of a field and of its page, both of which must hold."""
    page = ("forms", "application", field.page)
    of_page = scheme.application[field.page].asked_when
    of_field = field.declaration.asked_when
    if not (of_page and of_field):
        path = (*page, "fields", field.id, "asked_when") if of_field else (*page, "asked_when")
        return _source(of_field or of_page, path, locate)
    before = f"({of_page}) {word_for('and', scheme.language)} ("
    path = (*page, "fields", field.id, "asked_when")
    own = locate(path)

    def position(offset: int, length: int) -> Position:
        assert own is not None  # noqa: S101  only called when the field's own text has a place
        return own(max(0, offset - len(before)), length)

    return Source(f"{before}{of_field})", path, position if own is not None else None)


def _source(text: str, path: Path, locate: Locate) -> Source | None:
    return Source(text, path, locate(path)) if text else None
