"""The two functions of a set of rules: one for complete dossiers, one where anything may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guichet.language import tree
from guichet.language.generation.code import Code, Lines, Namespace, Variables
from guichet.language.generation.expressions import Expressions
from guichet.language.plan import Plan, Uses
from guichet.language.result import Result
from guichet.language.tree import Node
from guichet.language.values import UNAVAILABLE
from guichet.language.words import Words

UNVERIFIED: dict[Words, str] = {"fr": "non vérifié : ", "en": "not verified: "}


@dataclass(frozen=True, slots=True)
class Names:
    """The Python variables of everything the rules read."""

    inputs: dict[str, str]
    lists: dict[str, str]
    definitions: dict[str, str]
    conditions: tuple[str, ...]


def names_of(plan: Plan, uses: Uses) -> Names:
    """Made-up names for what the rules read, in the order of the form."""
    inputs = {name: f"v{place}" for place, name in enumerate(plan.ordered_inputs(uses.inputs))}
    lists = {
        name: f"l{place}" for place, name in enumerate(each for each in plan.environment.lists if each in uses.lists)
    }
    definitions = {name: f"d{place}" for place, name in enumerate(plan.definitions) if name in uses.definitions}
    return Names(inputs, lists, definitions, tuple(f"c{place}" for place in range(len(plan.conditions))))


_make: Callable[[type[Result], tuple[object, ...]], Result] = getattr(tuple, "__new__")  # noqa: B009  untyped on purpose


class FunctionWriter:
    """What both functions share: definitions on demand, states of conditions, the cascade of the amount."""

    def __init__(self, plan: Plan, namespace: Namespace, name: str) -> None:
        self.plan = plan
        self.namespace = namespace
        self.uses = plan.uses(*plan.condition_nodes(), *plan.amount_nodes())
        self.names = names_of(plan, self.uses)
        self.nullable: set[str] = set()
        self.lines = Lines()
        variables = Variables(self.names.inputs, self.names.lists, self.names.definitions, self.nullable)
        self.expressions = Expressions(namespace, variables)
        self._defined: list[set[str]] = [set()]
        self._asked: dict[str, str] = {}
        self.lines.add(f"def {name}(values):")
        self.lines.depth = 1
        namespace.values.update(UNAVAILABLE=UNAVAILABLE, Result=Result, make=_make)

    def constant(self, value: object) -> str:
        """A made-up name for a value of the author's."""
        return self.namespace.constant(value)

    def enter(self) -> None:
        """Starts an indented block, whose definitions are not seen after it."""
        self.lines.depth += 1
        self._defined.append(set(self._defined[-1]))

    def leave(self) -> None:
        """Ends an indented block."""
        self.lines.depth -= 1
        self._defined.pop()

    def code(self, node: Node) -> Code:
        """The Python expression of a node, after the definitions it reads."""
        wanted = self.plan.uses(node).definitions
        for name, definition in self.plan.definitions.items():
            if name in wanted and name not in self._defined[-1]:
                written = self.expressions.write(definition)
                variable = self.names.definitions[name]
                if written.guards:
                    self.nullable.add(variable)
                self.lines.add(f"{variable} = {written.or_none}")
                self._defined[-1].add(name)
        return self.expressions.write(node)

    def asked(self, name: str) -> str:
        """The Python expression of whether a field is asked: true, false or None."""
        return self.code(self.plan.asked[name]).or_none

    def asked_once(self, name: str) -> str:
        """The variable that says whether a field is asked, one for all the fields asked under the same condition."""
        whole = self.asked(name)
        if whole not in self._asked:
            self._asked[whole] = f"a{len(self._asked)}"
            self.lines.add(f"{self._asked[whole]} = {whole}")
        return self._asked[whole]

    def conditions(self) -> None:
        """Writes the state of each condition into its variable."""
        for (condition, node), variable in zip(self.plan.conditions, self.names.conditions, strict=True):
            if node is None:
                self.lines.add(f"{variable} = get({self.constant('@' + condition.id)})")
                self.lines.add(f"if {variable} is not True and {variable} is not False: {variable} = None")
                self.nullable.add(variable)
                continue
            written = self.code(node)
            if written.guards:
                self.nullable.add(variable)
            self.lines.add(f"{variable} = {written.or_none}")

    def amount(self) -> bool:
        """Writes the cascade into `amount` and `unverified`; says whether the amount may be unknown."""
        unsure = any(step.unverified is not None for step in self.plan.amount)
        self.lines.add("amount = unverified = None" if unsure else "amount = None")
        self.lines.add("while True:")
        self.enter()
        for step in self.plan.amount:
            unsure |= self._step(step.condition, step.value, step.unverified)
        if not self.plan.amount or self.plan.amount[-1].condition is not None:
            self.lines.add("break")
        self.leave()
        return unsure

    def _step(self, condition: Node | None, value: Node | None, unverified: str | None) -> bool:
        unsure = False
        if condition is not None:
            test = self.code(condition)
            text = test.text
            if test.guards:
                unsure = True
                name = self.expressions.temporary()
                self.lines.add(f"{name} = {test.or_none}", f"if {name} is None: break")
                text = name
            self.lines.add(f"if {text}:")
            self.enter()
        if value is None:
            self.lines.add(
                f"unverified = {self.constant(UNVERIFIED[self.plan.environment.words] + (unverified or ''))}"
            )
        else:
            written = self.code(value)
            unsure |= bool(written.guards)
            self.lines.add(f"amount = {written.or_none}")
        self.lines.add("break")
        if condition is not None:
            self.leave()
        return unsure


def columns_read(nodes: list[Node], name: str) -> set[str]:
    """The columns of a field of rows that expressions read."""
    found: set[str] = set()
    for node in nodes:
        for part in node.walk():
            if isinstance(part, tree.Column) and isinstance(part.rows, tree.Read) and part.rows.name == name:
                found.add(part.column)
            if isinstance(part, tree.Quantified) and isinstance(part.rows, tree.Read) and part.rows.name == name:
                found.update(_cells(part.variable, part.condition))
            if isinstance(part, tree.Gathered) and isinstance(part.rows, tree.Read) and part.rows.name == name:
                found.update(_cells(part.variable, *part.children()[1:]))
    return found


def _cells(variable: str, *nodes: Node) -> set[str]:
    """The columns of a row that expressions about it read."""
    cells = (each for node in nodes for each in node.walk() if isinstance(each, tree.Cell))
    return {each.column for each in cells if each.variable == variable}


def columns_looked_up(nodes: list[Node], name: str) -> set[str]:
    """The columns of a reference list that expressions read."""
    parts = (part for node in nodes for part in node.walk())
    return {part.column for part in parts if isinstance(part, tree.Lookup) and part.list == name}
