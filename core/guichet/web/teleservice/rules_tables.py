"""The amount, its parts, the cases and brackets of the rules as tables: case, value, article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guichet.catalogue import CompiledVersion
from guichet.engine.wording import Names, Wording, as_line, as_sentence
from guichet.language import tree
from guichet.locale import Language, Texts
from guichet.model.rules import Branch

__all__ = ["amount_tables", "definition_lines", "definition_tables"]


def amount_tables(version: CompiledVersion, names: Names, language: Language) -> list[dict[str, Any]]:
    """Gives the table of the amount, or one for each of several amounts."""
    rules, plan, say = version.rules, version.program.plan, Texts(language)
    if rules.amounts:
        return [
            _table(part.label, _cases(plan.definitions[name], names, part.legal or rules.legal), say)
            for name, part in rules.amounts.items()
        ]
    if not rules.amount:
        return []
    words = Wording(names)
    rows = [
        [
            _case(step.condition, branch, words, say),
            _amount(step.value, branch, words, say),
            branch.legal or rules.legal,
        ]
        for branch, step in zip(rules.amount, plan.amount, strict=True)
    ]
    return [_table(say("rules.rules_amount"), rows, say)]


def definition_tables(version: CompiledVersion, names: Names, language: Language) -> list[dict[str, Any]]:
    """Gives a table for each named value that goes by cases or brackets."""
    rules, say = version.rules, Texts(language)
    return [
        _table(as_sentence(names.label(name)), _cases(node, names, _article(version, name)), say, value="value")
        for name, node in version.program.plan.definitions.items()
        if name in rules.names and name not in rules.amounts and isinstance(node, tree.Choose)
    ]


def definition_lines(version: CompiledVersion, names: Names, language: Language) -> list[dict[str, str]]:
    """Gives the other named values, each with its computation in words."""
    rules, words = version.rules, Wording(names)
    return [
        {"label": as_sentence(names.label(name)), "value": as_line(as_sentence(words.sentence(node)), language)}
        for name, node in version.program.plan.definitions.items()
        if name in rules.names and name not in rules.amounts and not isinstance(node, tree.Choose)
    ]


def _article(version: CompiledVersion, name: str) -> str:
    scale = version.rules.scales.get(name)
    return scale.legal if scale is not None else ""


def _cases(node: tree.Node, names: Names, article: str) -> list[list[str]]:
    """The rows of a choice among values: each case with what it gives, then all the others."""
    words, say = Wording(names), names.say
    rows = [
        [say("rules.bracket_if", condition=words.sentence(condition)), as_sentence(words.sentence(value)), article]
        for condition, value in _chain(node)
    ]
    last = node
    while isinstance(last, tree.Choose):
        last = last.otherwise
    key = "rules.bracket_else" if rows else "rules.bracket_always"
    return [*rows, [say(key), as_sentence(words.sentence(last)), article]]


def _chain(node: tree.Node) -> Iterator[tuple[tree.Node, tree.Node]]:
    while isinstance(node, tree.Choose):
        yield node.condition, node.then
        node = node.otherwise


def _case(condition: tree.Node | None, branch: Branch, words: Wording, say: Texts) -> str:
    if condition is not None:
        return say("rules.bracket_if", condition=words.sentence(condition))
    return say("rules.bracket_always" if branch.always else "rules.bracket_else")


def _amount(value: tree.Node | None, branch: Branch, words: Wording, say: Texts) -> str:
    if value is None:
        return say("rules.bracket_unverified", what=branch.unverified)
    return as_sentence(words.sentence(value))


def _table(label: str, rows: list[list[str]], say: Texts, *, value: str = "amount") -> dict[str, Any]:
    """A table for `components/table.html`; the column of articles goes where no row has one."""
    shown = any(row[-1] for row in rows)
    columns = ("case", value, "article") if shown else ("case", value)
    return {
        "label": label,
        "columns": [{"label": say(f"rules.column_{name}")} for name in columns],
        "rows": [{"cells": [as_line(cell, say.language) for cell in row[: len(columns)]]} for row in rows],
    }
