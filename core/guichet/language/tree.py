"""The typed tree: every back end reads it, none reads the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guichet.language.bounds import Bounds
from guichet.language.declarations import InputKind, Signature
from guichet.language.syntax import Comparator
from guichet.language.types import Type

Origin = InputKind | Literal["definition"]
Rounding = Literal["round", "floor", "ceiling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A typed part of an expression.

    A number is an integer divided by `over`; `dynamic` ones are fractions known at run time only, inside a rounding.
    """

    type: Type
    text: str
    over: int = 1
    bounds: Bounds | None = None
    dynamic: bool = False

    def children(self) -> tuple[Node, ...]:
        """The parts this one is made of, in reading order."""
        return ()

    def walk(self) -> Iterator[Node]:
        """This part and all the parts below it."""
        waiting: list[Node] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children()))


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A literal, as its run-time value."""

    value: int | str | bool | date


@dataclass(frozen=True, slots=True)
class Read(Node):
    """An input or a definition by its name."""

    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Element(Node):
    """The value a quantifier looks at, one after the other."""

    variable: str


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """A column of the row a quantifier looks at."""

    variable: str
    column: str


@dataclass(frozen=True, slots=True)
class Column(Node):
    """The values of one column of repeated rows."""

    rows: Node
    column: str

    def children(self) -> tuple[Node, ...]:
        return (self.rows,)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """A denied condition."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Conditions joined by `and` or by `or`; `codes` names the list of codes that they ask about together."""

    operator: Literal["and", "or"]
    operands: tuple[Node, ...]
    codes: str = ""

    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """Two values of one kind compared."""

    operator: Comparator
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Among(Node):
    """A value in a bracket of constants."""

    operand: Node
    options: tuple[Constant, ...]

    def children(self) -> tuple[Node, ...]:
        return (self.operand, *self.options)


@dataclass(frozen=True, slots=True)
class Contains(Node):
    """A value among those a field holds."""

    operand: Node
    held: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand, self.held)


@dataclass(frozen=True, slots=True)
class Listed(Node):
    """Whether a key is in a reference list."""

    list: str
    key: Node

    def children(self) -> tuple[Node, ...]:
        return (self.key,)


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """A column of the line of a reference list."""

    list: str
    key: Node
    column: str

    def children(self) -> tuple[Node, ...]:
        return (self.key,)


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """A number with its sign changed."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Two numbers added, subtracted or multiplied."""

    operator: Literal["+", "-", "*"]
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Shift(Node):
    """A date moved by a duration, forwards or backwards."""

    operand: Node
    duration: Node
    backwards: bool

    def children(self) -> tuple[Node, ...]:
        return (self.operand, self.duration)


@dataclass(frozen=True, slots=True)
class Quotient(Node):
    """A number divided by another that is never zero."""

    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Rounded(Node):
    """A number brought to a multiple of a step, in units of the result."""

    mode: Rounding
    operand: Node
    step: int

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """One of two values, by a condition."""

    condition: Node
    then: Node
    otherwise: Node

    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Known(Node):
    """Whether a value is known."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A built-in function."""

    function: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class External(Node):
    """A function of a plugin."""

    signature: Signature
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """Whether some or every row, or held value, satisfies a condition."""

    quantifier: Literal["some", "every"]
    variable: str
    rows: Node
    condition: Node

    def children(self) -> tuple[Node, ...]:
        return (self.rows, self.condition)


@dataclass(frozen=True, slots=True)
class Gathered(Node):
    """A value of each row, or held value, that satisfies a condition; the rows themselves without a value."""

    variable: str
    rows: Node
    condition: Node | None
    value: Node | None

    def children(self) -> tuple[Node, ...]:
        return (self.rows, *(part for part in (self.condition, self.value) if part is not None))


def is_closed(node: Node) -> bool:
    """Whether a part depends on nothing but what is written in it."""
    outside = (Read, Listed, Lookup, External)
    return not any(isinstance(each, outside) for each in node.walk())


def is_fixed(node: Node) -> bool:
    """Whether a node is a literal or a parameter: what an author means as a cap or a floor."""
    return isinstance(node, Constant) or (isinstance(node, Read) and node.origin == "parameter")
