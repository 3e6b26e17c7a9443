"""Answers a GraphQL operation from plain values, and refuses what the schema has not, in the service's manner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from guichet_plugins.connect.demarches.stand_in.documents import (
    Document,
    DocumentError,
    Operation,
    Selected,
    Selection,
    Spread,
    Variable,
)
from guichet_plugins.connect.demarches.stand_in.schema import OPEN_TYPES, TYPES

MOST_DEPTH = 15

Resolver = Callable[[Mapping[str, Any]], Any]


def execute(document: Document, name: str | None, variables: Mapping[str, Any], root: Mapping[str, Resolver]) -> Any:
    """Give the `data` of an operation; raises DocumentError before anything is done.

    Args:
        root: Field of the query or of the mutation → what gives its value from its arguments.
    """
    operation = _chosen(document, name)
    given = {key: variables.get(key, default) for key, default in operation.variables.items()}
    run = _Run(document, given)
    kind = "Query" if operation.kind == "query" else "Mutation"
    run.check(kind, operation.selection, 1)
    return run.answer(kind, root, operation.selection)


def _chosen(document: Document, name: str | None) -> Operation:
    for operation in document.operations:
        if name in {None, "", operation.name}:
            return operation
    raise DocumentError(f"No operation named {name!r}")


class _Run:
    def __init__(self, document: Document, variables: Mapping[str, Any]) -> None:
        self._document = document
        self._variables = variables

    def check(self, kind: str, selection: Selection, depth: int) -> dict[str, str]:
        """Refuse unknown fields and types, two meanings of one name, and too much depth."""
        if depth > MOST_DEPTH:
            raise DocumentError(f"Query has depth of {depth}, which exceeds max depth of {MOST_DEPTH}")
        names: dict[str, str] = {}
        for one in selection:
            if isinstance(one, Spread):
                on, inner = self._fragment(one)
                found = self.check(on or kind, inner, depth)
            else:
                found = {one.alias: self._checked_field(kind, one, depth)}
            for alias, type_ in found.items():
                if names.setdefault(alias, type_) != type_:
                    raise DocumentError(f"Field '{alias}' has a type conflict: {names[alias]} or {type_}?")
        return names

    def _checked_field(self, kind: str, one: Selected, depth: int) -> str:
        if one.name == "__typename":
            return "String"
        type_ = TYPES[kind].get(one.name)
        if type_ is None:
            raise DocumentError(f"Field '{one.name}' doesn't exist on type '{kind}'")
        if (one.selection is None) == (type_ in TYPES):
            raise DocumentError(f"Field '{one.name}' of type '{type_}' and its selection do not fit")
        if one.selection is not None:
            self.check(type_, one.selection, depth + 1)
        return type_

    def _fragment(self, spread: Spread) -> tuple[str | None, Selection]:
        if spread.fragment is None:
            on, selection = spread.on, spread.selection or ()
        elif spread.fragment in self._document.fragments:
            on, selection = self._document.fragments[spread.fragment]
        else:
            raise DocumentError(f"Fragment {spread.fragment} was used, but not defined")
        if on is not None and on not in TYPES:
            raise DocumentError(f"No such type {on}, so it can't be a fragment condition")
        return on, selection

    def answer(self, kind: str, value: Mapping[str, Any], selection: Selection) -> dict[str, Any]:
        """Give what is selected of an object."""
        given: dict[str, Any] = {}
        for one in selection:
            if not self._wanted(one.conditions):
                continue
            if isinstance(one, Spread):
                on, inner = self._fragment(one)
                if on is None or on == kind or on in OPEN_TYPES:
                    given.update(self.answer(kind, value, inner))
            elif one.name == "__typename":
                given[one.alias] = kind
            else:
                given[one.alias] = self._value(kind, value.get(one.name), one)
        return given

    def _value(self, kind: str, found: Any, one: Selected) -> Any:
        if callable(found):
            found = found({name: self._given(value) for name, value in one.arguments.items()})
        if one.selection is None or found is None:
            return found
        type_ = TYPES[kind][one.name]
        if isinstance(found, list | tuple):
            return [self.answer(item.get("__typename", type_), item, one.selection) for item in found]
        return self.answer(found.get("__typename", type_), found, one.selection)

    def _wanted(self, conditions: tuple[tuple[str, Any], ...]) -> bool:
        return all(bool(self._given(value)) == (directive == "include") for directive, value in conditions)

    def _given(self, value: Any) -> Any:
        if isinstance(value, Variable):
            return self._variables.get(value.name)
        if isinstance(value, dict):
            return {key: self._given(inner) for key, inner in value.items()}
        return value
