"""Reads a broken rule of `tests/data/invalid/rules/` and gives what the compiler says about it.

A file holds the lines of the rule, then `--- fr` and `--- en` with the full text expected in each language. A line is
`when: …`, `define NAME: …`, `amount CONDITION: …` (or `amount else: …`), `indicator NAME: …`, `asked NAME: …` (an
amount field asked under that condition), `field NAME: boolean`, `field NAME: optional` (an amount that may be left
blank), or `words: en`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from guichet.errors import Position, Problem, ProblemsFound, render
from guichet.language import BOOLEAN, MONEY, Branch, Condition, Environment, Input, Rules, Source, compile_rules
from rules_at_hand import an_environment

FOLDER = Path(__file__).parents[1] / "data" / "invalid" / "rules"
_LINE = re.compile(r"(?P<kind>when|define|amount|indicator|asked|field|words) ?(?P<name>[^:]*): ?(?P<text>.*)")


@dataclass
class BrokenRule:
    """One broken rule, and the texts expected about it."""

    path: Path
    expected: dict[str, str]
    words: str = "fr"
    inputs: dict[str, Input] = field(default_factory=dict)
    definitions: dict[str, Source] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    amount: list[Branch] = field(default_factory=list)
    indicators: dict[str, Source] = field(default_factory=dict)

    def problems(self) -> tuple[Problem, ...]:
        """What the compiler finds."""
        rules = Rules("2020-04-17", self.definitions, tuple(self.conditions), tuple(self.amount), self.indicators)
        known = an_environment("en" if self.words == "en" else "fr")
        environment = Environment(
            known.words, {**known.inputs, **self.inputs}, known.lists, known.functions, known.codes, known.nomenclatures
        )
        try:
            return compile_rules(rules, environment, advised=True).warnings
        except ProblemsFound as found:
            return found.problems

    def said(self, language: str) -> str:
        """What the compiler says, problems apart by an empty line."""
        return "\n\n".join(render(each, "fr" if language == "fr" else "en") for each in self.problems())


def broken_rules() -> list[Path]:
    """Every broken rule, by the code it shows."""
    return sorted(FOLDER.glob("*.txt"))


def read_broken_rule(path: Path) -> BrokenRule:
    """One broken rule."""
    rule_text, *texts = re.split(r"^--- (?:fr|en)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    expected = dict(zip(("fr", "en"), (text.strip("\n") for text in texts), strict=False))
    rule = BrokenRule(path, expected)
    for number, line in enumerate(rule_text.rstrip("\n").split("\n"), 1):
        _add(rule, number, line)
    return rule


def _add(rule: BrokenRule, number: int, line: str) -> None:
    found = _LINE.fullmatch(line)
    assert found is not None, f"{rule.path.name}:{number}"
    kind, name, text = found["kind"], found["name"], found["text"]
    source = _located(rule, number, line, found.start("text"), kind, name)
    match kind:
        case "words":
            rule.words = text
        case "field":
            optional = text == "optional"
            rule.inputs[name] = Input(MONEY if optional else BOOLEAN, "field", optional=optional)
        case "asked":
            rule.inputs[name] = Input(MONEY, "field", source)
        case "when":
            rule.conditions.append(Condition(f"c{len(rule.conditions) + 1}", "criterion", source))
        case "define":
            rule.definitions[name] = source
        case "indicator":
            rule.indicators[name] = source
        case _:
            test = None if name == "else" else _located(rule, number, line, found.start("name"), kind, "if", name)
            rule.amount.append(Branch(test, source))


def _located(rule: BrokenRule, number: int, line: str, column: int, *path: str) -> Source:
    text = path[-1] if len(path) == 3 else line[column:]

    def locate(start: int, length: int) -> Position:
        return Position(rule.path.name, number, column + start + 1, length, line)

    return Source(text, tuple(each for each in path[:2] if each), locate)
