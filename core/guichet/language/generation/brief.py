"""The short function: the outcome and the amount alone, given as soon as they are certain.

A value that is only ever compared by order or computed with needs no test of its own: unknown, it stops Python, and the
dossier goes to the function that expects it. Whatever is never reached may be unknown: it would settle nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from guichet.language import tree
from guichet.language.generation.code import Namespace
from guichet.language.generation.functions import FunctionWriter
from guichet.language.plan import Plan
from guichet.language.tree import Node

_CAREFUL = "return complete(values)[:2]"
_BY_ORDER = frozenset({"<", "<=", ">", ">="})
_COMPUTED = frozenset({"abs", "min", "max", "days_between"})


def brief_function(plan: Plan, namespace: Namespace) -> str:
    """The text of `brief(values)`, which calls `complete(values)` as soon as something it needs is unknown."""
    return _Brief(FunctionWriter(plan, namespace, "brief")).text()


class _Brief:
    def __init__(self, writer: FunctionWriter) -> None:
        self.writer = writer
        self.plan = writer.plan
        self.lines = writer.lines
        self.held: set[str] = set()
        self.silent = set(self._silent())

    def text(self) -> str:
        lines = self.lines
        lines.add("get = values.get", "try:")
        lines.depth += 1
        self._conditions()
        self._amount()
        lines.depth -= 1
        lines.add("except (KeyError, TypeError):", f"    {_CAREFUL}")
        return lines.text()

    def _conditions(self) -> None:
        """Each condition in turn: the first one that is false settles the outcome, whatever the others are."""
        lines, writer = self.lines, self.writer
        answered = any(node is None for _, node in self.plan.conditions)
        if answered:
            lines.add("awaited = False")
        refused = 'return ("not_eligible", None)'
        for (condition, node), variable in zip(self.plan.conditions, writer.names.conditions, strict=True):
            if node is None:
                lines.add(f"{variable} = get({writer.constant('@' + condition.id)})")
                lines.add(f"if {variable} is not True:", f"    if {variable} is False: {refused}", "    awaited = True")
                continue
            self._read(node)
            written = writer.code(node)
            if written.guards:
                lines.add(f"{variable} = {written.or_none}", f"if {variable} is None: {_CAREFUL}")
            lines.add(f"if not {variable if written.guards else written.text}: {refused}")
        if answered:
            lines.add('if awaited: return ("undetermined", None)')

    def _amount(self) -> None:
        if not self.plan.amount:
            self.lines.add('return ("eligible", None)')
            return
        self._read(*self.plan.amount_nodes())
        if self.writer.amount():
            self.lines.add(f"if amount is None: {_CAREFUL}")
        self.lines.add('return ("eligible", amount)')

    def _read(self, *nodes: Node) -> None:
        """Reads what expressions need and nothing has read yet."""
        names, plan = self.writer.names, self.plan
        inputs, lists = self._needed(nodes)
        for name in lists:
            if f"@{name}" not in self.held:
                self._known(names.lists[name], f"@{name}")
        for name in plan.asking_order(inputs):
            if name not in self.held:
                asked = f" if {self.writer.asked_once(name)} else None" if name in plan.asked else ""
                self._known(names.inputs[name], name, asked)

    def _known(self, variable: str, key: str, asked: str = "") -> None:
        self.lines.add(f"{variable} = values[{self.writer.constant(key)}]{asked}")
        if key in self.silent:
            self.lines.add(f"if {variable} is None or {variable} is UNAVAILABLE: {_CAREFUL}")
        self.held.add(key)

    def _silent(self) -> Iterator[str]:
        """The inputs whose absence Python would not notice everywhere they are read, and the lists."""
        plan = self.plan
        yield from (f"@{name}" for name in self.writer.names.lists)
        roots = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values(), *plan.asked.values()]
        yield from (root.name for root in roots if isinstance(root, tree.Read))
        for part in (part for root in roots for part in root.walk()):
            if isinstance(part, tree.Known):  # it asks what is known, and computes nothing
                yield from (below.name for below in part.walk() if isinstance(below, tree.Read))
            elif not _stops_at_unknown(part):
                yield from (child.name for child in part.children() if isinstance(child, tree.Read))

    def _needed(self, nodes: tuple[Node, ...]) -> tuple[set[str], list[str]]:
        """The inputs and lists that expressions read while they run; the key of a list is looked up beforehand."""
        inputs: set[str] = set()
        lists: dict[str, None] = {}
        waiting = list(nodes)
        while waiting:
            match waiting.pop():
                case tree.Listed(list=name) | tree.Lookup(list=name):
                    lists[name] = None
                case tree.Read(name=name, origin="definition"):
                    waiting.append(self.plan.definitions[name])
                case tree.Read(name=name) if name not in inputs:
                    inputs.add(name)
                    if name in self.plan.asked:
                        waiting.append(self.plan.asked[name])
                case part:
                    waiting.extend(part.children())
        return inputs, list(lists)


def _stops_at_unknown(node: Node) -> bool:
    """Whether Python refuses to evaluate a part when one of those it is made of is no value."""
    match node:
        case tree.Compare():
            return node.operator in _BY_ORDER
        case tree.Apply():
            return node.function in _COMPUTED and (len(node.arguments) > 1 or node.function == "abs")
        case _:
            return isinstance(node, tree.Arithmetic | tree.Negate)
