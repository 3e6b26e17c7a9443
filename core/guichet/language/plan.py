"""A checked set of rules: typed trees and what each of them reads. Every back end starts here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guichet.language import tree
from guichet.language.declarations import Condition, Environment
from guichet.language.tree import Node
from guichet.language.types import Type


@dataclass(frozen=True, slots=True)
class Uses:
    """What an expression reads in the end, through definitions and `asked_when`."""

    inputs: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    definitions: frozenset[str] = frozenset()

    def __or__(self, other: Uses) -> Uses:
        return Uses(
            self.inputs | other.inputs,
            self.lists | other.lists,
            self.functions | other.functions,
            self.definitions | other.definitions,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One branch of the amount; `condition` is None for the last one, `value` for an unverified one."""

    condition: Node | None
    value: Node | None
    unverified: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules ready to be generated or traced; definitions stand after those they read."""

    version: str
    environment: Environment
    asked: Mapping[str, Node]
    definitions: Mapping[str, Node]
    conditions: tuple[tuple[Condition, Node | None], ...]
    amount: tuple[Step, ...]
    indicators: Mapping[str, Node]
    keys: Mapping[str, Node]
    _uses: dict[int, Uses] = field(default_factory=dict[int, Uses], compare=False, repr=False)

    def uses(self, *nodes: Node | None) -> Uses:
        """What expressions read in the end."""
        found: Uses | None = None
        for node in nodes:
            if node is not None:
                known = self._uses.get(id(node))
                known = known if known is not None else self._uses.setdefault(id(node), self._read(node))
                found = known if found is None else found | known
        return found or Uses()

    def _read(self, node: Node) -> Uses:
        inputs: set[str] = set()
        lists: set[str] = set()
        functions: set[str] = set()
        definitions: set[str] = set()
        waiting = [node]
        while waiting:
            for part in waiting.pop().walk():
                match part:
                    case tree.Read(name=name, origin="definition") if name not in definitions:
                        definitions.add(name)
                        waiting.append(self.definitions[name])
                    case tree.Read(name=name) if part.origin != "definition" and name not in inputs:
                        inputs.add(name)
                        if name in self.asked:
                            waiting.append(self.asked[name])
                    case tree.Listed(list=name) | tree.Lookup(list=name):
                        lists.add(name)
                    case tree.External():
                        functions.add(part.signature.name)
                    case _:
                        pass
        return Uses(frozenset(inputs), frozenset(lists), frozenset(functions), frozenset(definitions))

    def amount_nodes(self) -> list[Node]:
        """Every expression of the amount."""
        return [node for step in self.amount for node in (step.condition, step.value) if node is not None]

    def condition_nodes(self) -> list[Node]:
        """Every computed condition."""
        return [node for _, node in self.conditions if node is not None]

    def condition_nodes_or_none(self) -> list[Node | None]:
        """The tree of each condition in file order; None for one that a person answers."""
        return [node for _, node in self.conditions]

    def ordered_inputs(self, names: Iterable[str]) -> list[str]:
        """Names in the order of the form."""
        wanted = set(names)
        return [name for name in self.environment.inputs if name in wanted]

    def asking_order(self, names: Iterable[str]) -> list[str]:
        """Names, each after those that decide whether it is asked."""
        found: dict[str, None] = {}

        def visit(name: str) -> None:
            if name in found:
                return
            if name in self.asked:
                for other in self.ordered_inputs(self.uses(self.asked[name]).inputs):
                    visit(other)
            found[name] = None

        for name in self.ordered_inputs(names):
            visit(name)
        return list(found)

    def lists_in_order(self) -> list[str]:
        """The lists that rules consult, each after those with which its key is worked out."""
        found: dict[str, None] = {}

        def visit(name: str, above: frozenset[str]) -> None:
            if name in found or name in above:
                return
            for other in sorted(self.uses(self.keys[name]).lists):
                visit(other, above | {name})
            found[name] = None

        for name in self.environment.lists:
            if name in self.keys:
                visit(name, frozenset())
        return list(found)

    def type_of(self, name: str) -> Type:
        """The type of an input or a definition."""
        found = self.environment.inputs.get(name)
        return found.type if found is not None else self.definitions[name].type
