"""The expressions of a scheme as the rule language takes them: each with its path and its place."""

from __future__ import annotations

from guichet.catalogue.compiled import CompiledField
from guichet.catalogue.composed import Piece, definition_sources, joined, total_of
from guichet.catalogue.positions import Locate, Path
from guichet.language import Branch, Condition, Rules, Source
from guichet.language.words import word_for
from guichet.model import rules as declared
from guichet.model.rules import RuleVersion
from guichet.model.scheme import Scheme


def rules_of(scheme: Scheme, version: str, rules: RuleVersion, locate: Locate) -> Rules:
    """One version of the rules of a scheme, named by its first day, ready to be compiled."""
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
        definitions=definition_sources(rules, scheme.language, scheme.parameters, root, locate),
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
    own = (*page, "fields", field.id, "asked_when")
    if not (of_page and of_field):
        return _source(of_field or of_page, own if of_field else (*page, "asked_when"), locate)
    both = (Piece("("), Piece(of_page, (*page, "asked_when")), Piece(f") {word_for('and', scheme.language)} ("))
    return joined((*both, Piece(of_field, own), Piece(")")), own, locate)


def _source(text: str, path: Path, locate: Locate) -> Source | None:
    return Source(text, path, locate(path)) if text else None
