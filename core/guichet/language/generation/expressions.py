"""From a typed expression to a Python expression, for values that may be unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Final

from guichet.language import tree
from guichet.language.generation import numbers
from guichet.language.generation.code import Code, Namespace, Variables, guards_of
from guichet.language.tree import Node

_CALENDAR: Final = frozenset({"years_between", "months_between", "days_between"})
_PYTHON: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Expressions:
    """Writes the expressions of one generated function."""

    def __init__(self, namespace: Namespace, variables: Variables) -> None:
        self.namespace = namespace
        self.variables = variables
        self._temporaries = count()
        self._rows: dict[str, str] = {}

    def temporary(self) -> str:
        """A fresh name for a value on its way."""
        return f"t{next(self._temporaries)}"

    def named(self, whole: str, guards: tuple[str, ...] = ()) -> Code:
        """An expression that may be None, as a piece whose last guard names its value."""
        name = self.temporary()
        return Code(name, (*guards, f"({name} := {whole}) is None"), "" if guards else whole)

    def write(self, node: Node) -> Code:  # noqa: C901, PLR0912  one line a kind of node
        """The Python expression of a node."""
        match node:
            case tree.Constant():
                return Code(self._constant(node))
            case tree.Read():
                return self._read(node)
            case tree.Element():
                return self._element(node)
            case tree.Cell():
                return self.named(f"{self._rows[node.variable]}.get({self.namespace.constant(node.column)})")
            case tree.Column():
                return self._column(node)
            case tree.Not():
                return self._joined("(not {})", node.operand)
            case tree.Logic():
                return self._logic(node)
            case tree.Compare():
                return self._compare(node)
            case tree.Among():
                options = self.namespace.constant(tuple(option.value for option in node.options))
                return self._joined(f"({{}} in {options})", node.operand)
            case tree.Contains():
                return self._joined("({} in {})", node.operand, node.held)
            case tree.Listed():
                return self._listed(node)
            case tree.Lookup():
                return self._lookup(node)
            case tree.Choose():
                return self._choose(node)
            case tree.Known():
                return self._known(node)
            case tree.Shift():
                return self._shift(node)
            case tree.External():
                return self._external(node)
            case tree.Quantified():
                return self._quantified(node)
            case tree.Gathered():
                return self._gathered(node)
            case tree.Apply(function=name) if name in _CALENDAR:
                return self._joined(f"{name}({{}}, {{}})", *node.arguments)
            case tree.Apply(function="starts_with"):
                return self._joined("{}.startswith({})", *node.arguments)
            case _:
                return numbers.write(node, self)

    def _joined(self, form: str, *nodes: Node) -> Code:
        """Expressions put where a form has its `{}`; unknown as soon as one of them is."""
        pieces = [self.write(node) for node in nodes]
        return Code(form.format(*(piece.text for piece in pieces)), guards_of(pieces))

    def _constant(self, node: tree.Constant) -> str:
        match node.value:
            case bool():
                return "True" if node.value else "False"
            case int():
                return str(node.value) if node.value >= 0 else f"({node.value})"
            case str() | date():
                return self.namespace.constant(node.value)

    def _read(self, node: tree.Read) -> Code:
        held = self.variables.definitions if node.origin == "definition" else self.variables.inputs
        variable = held[node.name]
        return Code(variable, self.variables.guard(variable))

    def _element(self, node: tree.Element) -> Code:
        row = self._rows[node.variable]
        return Code(row, (f"{row} is None",))

    def _column(self, node: tree.Column) -> Code:
        rows, name = self.write(node.rows), self.temporary()
        cells = f"[row.get({self.namespace.constant(node.column)}) for row in {rows.text}]"
        return Code(name, (*rows.guards, f"None in ({name} := {cells})"))

    def _logic(self, node: tree.Logic) -> Code:
        """Kleene's logic: what decides is tried first, and only what may be unknown costs a test."""
        pieces = [self.write(operand) for operand in node.operands]
        sure = [piece.text for piece in pieces if not piece.guards]
        unsure = [piece.or_none for piece in pieces if piece.guards]
        joined = f" {node.operator} "
        if not unsure:
            return Code(f"({joined.join(sure)})")
        rest = unsure[0] if len(unsure) == 1 else self._unsure(node.operator, unsure)
        return self.named(f"({joined.join([*sure, rest])})" if sure else rest)

    def _unsure(self, operator: str, wholes: list[str]) -> str:
        names = [self.temporary() for _ in wholes]
        named = [f"({name} := {whole})" for name, whole in zip(names, wholes, strict=True)]
        unknown = " or ".join(f"{name} is None" for name in names)
        if operator == "or":
            decided = " else ".join(f"True if {each}" for each in named)
            return f"({decided} else None if {unknown} else False)"
        decided = " else ".join(f"False if {each} is False" for each in named)
        return f"({decided} else None if {unknown} else True)"

    def _compare(self, node: tree.Compare) -> Code:
        left, right = self.write(node.left), self.write(node.right)
        over = numbers.shared(node.left.over, node.right.over)
        one, other = numbers.at(node.left, left.text, over), numbers.at(node.right, right.text, over)
        return Code(f"({one} {_PYTHON[node.operator]} {other})", guards_of((left, right)))

    def _listed(self, node: tree.Listed) -> Code:
        found = self.variables.lists[node.list]
        return Code(f"({found} is not False)", self.variables.guard(found))

    def _lookup(self, node: tree.Lookup) -> Code:
        found = self.variables.lists[node.list]
        return self.named(f"cell({found}, {self.namespace.constant(node.column)})", self.variables.guard(found))

    def _known(self, node: tree.Known) -> Code:
        operand = self.write(node.operand)
        if operand.whole:
            return Code(f"({operand.whole} is not None)")
        return Code(f"(not ({' or '.join(operand.guards)}))" if operand.guards else "True")

    def _external(self, node: tree.External) -> Code:
        arguments = [self.write(argument) for argument in node.arguments]
        call = self.namespace.constant(node.signature.call)
        return self.named(f"{call}({', '.join(argument.text for argument in arguments)})", guards_of(arguments))

    def _choose(self, node: tree.Choose) -> Code:
        test, then, otherwise = (self.write(each) for each in (node.condition, node.then, node.otherwise))
        one = numbers.operand(node.then, then.text, node)
        other = numbers.operand(node.otherwise, otherwise.text, node)
        if not then.guards and not otherwise.guards:
            return Code(f"({one} if {test.text} else {other})", test.guards)
        one, other = Code(one, then.guards).or_none, Code(other, otherwise.guards).or_none
        return self.named(f"({one} if {test.text} else {other})", test.guards)

    def _shift(self, node: tree.Shift) -> Code:
        day, duration = self.write(node.operand), self.write(node.duration)
        sign = "-" if node.backwards else ""
        return Code(f"add_{node.duration.type.kind}({day.text}, {sign}{duration.text})", guards_of((day, duration)))

    def _quantified(self, node: tree.Quantified) -> Code:
        rows, variable, (test,) = self._inside(node.rows, node.variable, (node.condition,))
        states = f"[{test.or_none} for {variable} in {rows.text}]"
        if not test.guards:
            return Code(f"{'any' if node.quantifier == 'some' else 'all'}({states})", rows.guards)
        return self.named(f"{node.quantifier}({states})", rows.guards)

    def _gathered(self, node: tree.Gathered) -> Code:
        """The values of the rows that are left; unknown as soon as one of them, or whether it is left, is."""
        parts = (node.condition, node.value)
        rows, variable, found = self._inside(node.rows, node.variable, [part for part in parts if part is not None])
        test = found[0] if node.condition is not None else None
        value = found[-1] if node.value is not None else Code(variable)
        if test is None:
            listed = f"[{value.or_none} for {variable} in {rows.text}]"
        elif not test.guards:
            listed = f"[{value.or_none} for {variable} in {rows.text} if {test.text}]"
        else:
            left = self.temporary()
            kept = f"({value.or_none} if {left} else None)"
            listed = f"[{kept} for {variable} in {rows.text} if ({left} := {test.or_none}) is not False]"
        if not value.guards and (test is None or not test.guards):
            return Code(listed, rows.guards)
        name = self.temporary()
        return Code(name, (*rows.guards, f"None in ({name} := {listed})"))

    def _inside(self, rows: Node, variable: str, nodes: Sequence[Node]) -> tuple[Code, str, list[Code]]:
        """The rows, the Python variable of one of them, and expressions about it."""
        held = self.write(rows)
        outer, name = self._rows, f"r{len(self._rows)}"
        self._rows = {**outer, variable: name}
        written = [self.write(node) for node in nodes]
        self._rows = outer
        return held, name, written
