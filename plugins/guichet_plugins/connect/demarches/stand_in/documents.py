"""Reads a GraphQL document: operations, selections, arguments, variables, fragments, `@include` and `@skip`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r"[\s,]+|#[^\n]*|(?P<spread>\.\.\.)|(?P<sign>[{}()\[\]:!=@$])|(?P<name>[A-Za-z_]\w*)"
    r'|(?P<number>-?\d+(?:\.\d+)?)|(?P<text>"(?:[^"\\]|\\.)*")'
)


class DocumentError(ValueError):
    """The document is not GraphQL, or asks for what the schema has not."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable quoted as an argument."""

    name: str


@dataclass(frozen=True, slots=True)
class Selected:
    """A field asked for, under a name of its own perhaps."""

    alias: str
    name: str
    arguments: dict[str, Any]
    selection: Selection | None
    conditions: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """A fragment: named, or written in place for a type."""

    fragment: str | None
    on: str | None
    selection: Selection | None
    conditions: tuple[tuple[str, Any], ...] = ()


Selection = tuple[Selected | Spread, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or a mutation."""

    kind: str
    name: str
    selection: Selection
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    """Variable → its default."""


@dataclass(frozen=True, slots=True)
class Document:
    """The operations of a request and its named fragments."""

    operations: tuple[Operation, ...]
    fragments: dict[str, tuple[str, Selection]]


def read_document(text: str) -> Document:
    """Give what a document holds; raises DocumentError."""
    reader = _Reader(list(_tokens(text)))
    operations: list[Operation] = []
    fragments: dict[str, tuple[str, Selection]] = {}
    while not reader.ended:
        if reader.takes("fragment"):
            name = reader.name()
            reader.expect("on")
            fragments[name] = (reader.name(), reader.selection())
        else:
            operations.append(reader.operation())
    return Document(tuple(operations), fragments)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise DocumentError(f"Parse error at {text[at : at + 20]!r}")
        if found.lastgroup is not None:
            yield found.lastgroup, found[0]
        at = found.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def takes(self, text: str) -> bool:
        if not self.ended and self._tokens[self._at][1] == text:
            self._at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.takes(text):
            raise DocumentError(f"Parse error: expected {text!r}")

    def name(self) -> str:
        return self._take("name")

    def operation(self) -> Operation:
        if not self.ended and self._tokens[self._at][1] == "{":
            return Operation("query", "", self.selection())
        kind = self.name()
        if kind not in {"query", "mutation"}:
            raise DocumentError(f"Parse error: {kind!r} is no operation")
        name = self.name() if self._next_is("name") else ""
        variables: dict[str, Any] = {}
        if self.takes("("):
            while not self.takes(")"):
                self.expect("$")
                variable = self.name()
                self.expect(":")
                self._type()
                variables[variable] = self._value() if self.takes("=") else None
        return Operation(kind, name, self.selection(), variables)

    def selection(self) -> Selection:
        self.expect("{")
        found: list[Selected | Spread] = []
        while not self.takes("}"):
            found.append(self._spread() if self.takes("...") else self._field())
        return tuple(found)

    def _field(self) -> Selected:
        alias = name = self.name()
        if self.takes(":"):
            name = self.name()
        arguments: dict[str, Any] = {}
        if self.takes("("):
            while not self.takes(")"):
                argument = self.name()
                self.expect(":")
                arguments[argument] = self._value()
        conditions = self._conditions()
        return Selected(alias, name, arguments, self.selection() if self._next_is("sign", "{") else None, conditions)

    def _spread(self) -> Spread:
        if self.takes("on"):
            on = self.name()
            return Spread(None, on, conditions=self._conditions(), selection=self.selection())
        if self._next_is("name"):
            return Spread(self.name(), None, None, self._conditions())
        return Spread(None, None, conditions=self._conditions(), selection=self.selection())

    def _conditions(self) -> tuple[tuple[str, Any], ...]:
        found: list[tuple[str, Any]] = []
        while self.takes("@"):
            directive = self.name()
            self.expect("(")
            self.expect("if")
            self.expect(":")
            found.append((directive, self._value()))
            self.expect(")")
        return tuple(found)

    def _type(self) -> None:
        if self.takes("["):
            self._type()
            self.expect("]")
        else:
            self.name()
        self.takes("!")

    def _value(self) -> Any:
        if self.takes("$"):
            return Variable(self.name())
        if self.takes("{"):
            made: dict[str, Any] = {}
            while not self.takes("}"):
                key = self.name()
                self.expect(":")
                made[key] = self._value()
            return made
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "text":
            return text[1:-1].replace('\\"', '"')
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "name":
            return {"true": True, "false": False, "null": None}.get(text, text)
        raise DocumentError(f"Parse error: {text!r} is no value")

    def _next_is(self, kind: str, text: str | None = None) -> bool:
        if self.ended:
            return False
        found = self._tokens[self._at]
        return found[0] == kind and (text is None or found[1] == text)

    def _take(self, kind: str) -> str:
        if not self._next_is(kind):
            raise DocumentError(f"Parse error: expected a {kind}")
        self._at += 1
        return self._tokens[self._at - 1][1]
