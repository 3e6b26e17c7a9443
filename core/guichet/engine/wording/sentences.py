"""Expressions as sentences, made from the typed tree: nothing of the author's spelling is read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from guichet.engine.wording.names import COUNTS, WORDS_ONLY, Names
from guichet.language import Type, tree
from guichet.language.operations import FLIPPED, OPPOSITE, cell
from guichet.language.tree import Node, is_fixed
from guichet.locale import Language

__all__ = ["Wording"]

_SIGNS: Final = {"=": "equal", "!=": "different", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
_OPERATIONS: Final = {"+": "add", "-": "subtract", "*": "multiply"}
_CLOSED: Final = (tree.Constant, tree.Read, tree.Cell, tree.Element, tree.Lookup, tree.Column)


class Wording:
    """Says the expressions of one scheme in words.

    Args:
        values: Name → run-time value: what each name is worth stands in its place; none says the names.
    """

    def __init__(self, names: Names, values: Mapping[str, Any] | None = None) -> None:
        self.names = names
        self._say = names.say
        self._values = values
        self._rows: dict[str, str] = {}

    def sentence(self, node: Node) -> str:
        """The expression as a sentence, its first letter as it comes; one without words stays as it is written."""
        return self._condition(node) if node.type.kind == "boolean" else self._value(node)

    def _condition(self, node: Node, *, denied: bool = False) -> str:  # noqa: C901, PLR0912  one line a kind of node
        suffix = "_not" if denied else ""
        match node:
            case tree.Not():
                return self._condition(node.operand, denied=not denied)
            case tree.Logic(codes=codes) if codes:
                what, where = self._value(key_of(node)), self.names.codes(codes)
                return self._say(f"wording.coded{suffix}", key=what, list=where)
            case tree.Logic():
                return self._logic(node, denied=denied)
            case tree.Compare():
                return self._compare(node, denied=denied)
            case tree.Constant():
                return self._say("wording.always_true" if bool(node.value) is not denied else "wording.always_false")
            case tree.Read(origin="definition"):
                what = self.names.quoted(node.name)
                return self._say("wording.holds_not" if denied else "wording.holds", what=what)
            case tree.Read(name=name):  # by its label, whatever it is worth: « la réponse à oui est oui » says nothing
                return self._say("wording.no" if denied else "wording.yes", what=self.names.quoted(name))
            case tree.Cell() | tree.Lookup():
                return self._say("wording.no" if denied else "wording.yes", what=self._value(node))
            case tree.Among():
                options = self.series([self._constant(each, node.operand) for each in node.options])
                return self._say(f"wording.among{suffix}", left=self._value(node.operand), right=options)
            case tree.Contains():
                what = self._constant(node.operand, node.held)
                return self._say(f"wording.contains{suffix}", held=self._value(node.held), what=what)
            case tree.Listed():
                key, name = self._value(node.key), self.names.listed(node.list)
                return self._say(f"wording.listed{suffix}", key=key, list=name)
            case tree.Known():
                return self._say(f"wording.known{suffix}", what=self._value(node.operand))
            case tree.Apply(function="starts_with"):
                left, right = (self._value(each) for each in node.arguments)
                return self._say(f"wording.starts_with{suffix}", left=left, right=right)
            case tree.Quantified():
                rows = self._entered(node)
                test = self._condition(node.condition)
                key = f"wording.{node.quantifier}{_kind_of_rows(node.rows)}"
                return self._denied(self._say(key, rows=rows, test=test), denied)
            case tree.Choose():
                return self._denied(self._choose(node), denied)
            case _:
                return self._denied(self._say("wording.holds", what=self._value(node)), denied)

    def _denied(self, sentence: str, denied: bool) -> str:
        return self._say("wording.untrue", what=sentence) if denied else sentence

    def _logic(self, node: tree.Logic, *, denied: bool) -> str:
        operator = node.operator
        if denied:  # « non (a et b) » is read « non a ou non b »
            operator = "or" if operator == "and" else "and"
        parts: list[str] = []
        for operand in node.operands:
            part = self._condition(operand, denied=denied)
            inner = operand.operand if isinstance(operand, tree.Not) else operand
            spread = isinstance(inner, tree.Choose) or (isinstance(inner, tree.Logic) and not inner.codes)
            parts.append(self._bracketed(part) if spread else part)
        return self._say(f"wording.{operator}").join(parts)

    def _compare(self, node: tree.Compare, *, denied: bool) -> str:
        left, right, sign = node.left, node.right, node.operator
        if isinstance(left, tree.Constant) and not isinstance(right, tree.Constant):
            left, right, sign = right, left, FLIPPED[sign]
        if denied:
            sign = OPPOSITE[sign]
        word = sign_word(sign, left.type, None if self._is_day(right) else right)
        return self._say(f"wording.{word}", left=self._side(left), right=self._side(right, left))

    def _side(self, node: Node, other: Node | None = None) -> str:
        """One side of a comparison, between brackets where it is said in more than one go."""
        text = self._constant(node, other or node)
        spread = isinstance(node, tree.Choose | tree.Rounded) or (
            isinstance(node, tree.Apply) and node.function in ("min", "max", "abs")
        )
        return self._bracketed(text) if spread else text

    def _constant(self, node: Node, other: Node) -> str:
        """A value beside another: a choice as the question read there shows it."""
        if isinstance(node, tree.Constant):
            if found := self.names.answer(other, node.value):
                return found
            if isinstance(other, tree.Cell) and node.type.kind == "choice":
                label = self.names.chosen(self._rows.get(other.variable, ""), other.column, node.value)
                return self._say("wording.quoted", what=label)
            name = other.name if isinstance(other, tree.Read) else ""
            shown = self.names.threshold(node.value, node.type, name)
            words_only = node.type.kind in ("choice", "text") and isinstance(node.value, str)
            return self._say("wording.quoted", what=shown) if words_only else shown
        return self._value(node)

    def _value(self, node: Node) -> str:  # noqa: C901, PLR0912  one line a kind of node
        names, say = self.names, self._say
        match node:
            case tree.Constant():
                return self._constant(node, node)
            case tree.Read(name=name):
                return (
                    names.quoted(name) if self._values is None else names.value(self._values.get(name), node.type, name)
                )
            case tree.Element():
                return say("wording.the_value")
            case tree.Cell():
                return say("wording.cell", column=names.column(self._rows.get(node.variable, ""), node.column))
            case tree.Column():
                rows = node.rows.name if isinstance(node.rows, tree.Read) else ""
                return say("wording.column_of", column=names.column(rows, node.column), rows=self._rows_of(node.rows))
            case tree.Gathered():
                return self._gathered(node)
            case tree.Lookup():
                found = cell((self._values or {}).get(f"@{node.list}"), node.column)
                if found is not None:
                    return names.value(found, node.type)
                return say(
                    "wording.looked_up", column=names.list_column(node.list, node.column), list=names.listed(node.list)
                )
            case tree.Negate():
                return say("wording.negate", what=self._part(node.operand))
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Quotient():
                return say("wording.divide", left=self._part(node.left), right=self._part(node.right))
            case tree.Rounded():
                step = names.value(node.step, node.type)
                return say(f"wording.{node.mode}", what=self._value(node.operand), step=step)
            case tree.Shift():
                way = "earlier" if node.backwards else "later"
                return say(f"wording.{way}", day=self._value(node.operand), length=self._value(node.duration))
            case tree.Choose():
                return self._choose(node)
            case tree.Apply():
                return self._applied(node)
            case tree.External():
                return self._called(node)
            case _ if node.type.kind == "boolean":
                return self._condition(node)
            case _:
                return node.text

    def _part(self, node: Node) -> str:
        """A value inside another, between brackets where that reads two ways; a number that is computed with, bare."""
        if self._values is not None and isinstance(node, tree.Read) and node.type.kind in COUNTS:
            return self.names.value(self._values.get(node.name), node.type)
        if isinstance(node, tree.Choose) and (taken := self._taken(node)) is not None:
            return self._part(taken)
        text = self._value(node)
        return text if isinstance(node, _CLOSED) else self._bracketed(text)

    def _arithmetic(self, node: tree.Arithmetic) -> str:
        left, right = node.left, node.right
        loose = node.operator != "*" and isinstance(left, tree.Arithmetic)
        shown = self._value(left) if loose or _is_product(left) else self._part(left)
        other = self._value(right) if node.operator != "*" and _is_product(right) else self._part(right)
        return self._say(f"wording.{_OPERATIONS[node.operator]}", left=shown, right=other)

    def _choose(self, node: tree.Choose) -> str:
        """A choice between two; with what each name is worth, the side that a question answered by yes or no takes."""
        read = self._condition if node.type.kind == "boolean" else self._value
        if (taken := self._taken(node)) is not None:
            return read(taken)
        again = "_again" if isinstance(node.otherwise, tree.Choose) else ""
        return self._say(
            f"wording.choose{again}",
            test=self._condition(node.condition),
            then=read(node.then),
            otherwise=read(node.otherwise),
        )

    def _taken(self, node: tree.Choose) -> Node | None:
        asked = node.condition.operand if isinstance(node.condition, tree.Not) else node.condition
        answer = (self._values or {}).get(asked.name) if isinstance(asked, tree.Read) else None
        if not isinstance(answer, bool):
            return None
        return node.then if answer is not isinstance(node.condition, tree.Not) else node.otherwise

    def _applied(self, node: tree.Apply) -> str:
        say, arguments = self._say, [self._value(each) for each in node.arguments]
        match node.function:
            case "min" | "max" if len(arguments) == 2:
                bound, what = sorted(zip(node.arguments, arguments, strict=True), key=lambda one: not is_fixed(one[0]))
                if not is_fixed(bound[0]):
                    what, bound = (node.arguments[0], arguments[0]), (node.arguments[1], arguments[1])
                return say(
                    "wording.capped" if node.function == "min" else "wording.floored", what=what[1], bound=bound[1]
                )
            case "min" | "max":
                key = "least" if node.function == "min" else "greatest"
                return say(f"wording.{key}", what=self._listing(arguments))
            case "abs":
                return say("wording.absolute", what=self._part(node.arguments[0]))
            case "sum":
                return say("wording.total", what=self._listing(arguments))
            case "count":
                counted = node.arguments[0]
                return say(f"wording.counted{_kind_of_rows(counted)}", what=self._rows_of(counted))
            case "years_between" | "months_between" | "days_between":
                first, last = (
                    say(f"wording.{end}_{'day' if self._is_day(each) else 'date'}", day=text)
                    for end, each, text in zip(("from", "to"), node.arguments, arguments, strict=True)
                )
                return say(f"wording.{node.function}", first=first, last=last)
            case _:
                return node.text

    def _called(self, node: tree.External) -> str:
        """A call of a plugin's function, as its label says it, or by the function's name."""
        given = [self._value(each) for each in node.arguments]
        label = node.signature.label.get(self.names.language, "")
        if label:
            return label.format(*given)
        what = self._listing(given)
        return self._say("wording.applied", function=_function(node, self.names.language), what=what)

    def _gathered(self, node: tree.Gathered) -> str:
        """A value of each row that satisfies a condition, or those rows."""
        rows = self._entered(node)
        test = self._condition(node.condition) if node.condition is not None else ""
        if node.value is None:
            return self._say("wording.rows_where", rows=rows, test=test)
        key = "wording.each_row_where" if test else "wording.each_row"
        return self._say(key, what=self._value(node.value), rows=rows, test=test)

    def _entered(self, node: tree.Quantified | tree.Gathered) -> str:
        """The rows that a condition or a value is said of, whose columns are then known by their labels."""
        if isinstance(node.rows, tree.Read):
            self._rows[node.variable] = node.rows.name
        return self._rows_of(node.rows)

    def _rows_of(self, node: Node) -> str:
        """Rows, or held values, by the name of their question whatever they hold: a list of them all says nothing."""
        return self.names.quoted(node.name) if isinstance(node, tree.Read) else self._value(node)

    def _is_day(self, node: Node) -> bool:
        """Whether a date is said as a day of the calendar, not by its name."""
        if isinstance(node, tree.Read):
            return isinstance((self._values or {}).get(node.name), date)
        if isinstance(node, tree.Shift):
            return self._is_day(node.operand)
        return isinstance(node, tree.Constant) and isinstance(node.value, date)

    def _bracketed(self, text: str) -> str:
        return self._say("wording.bracketed", what=text)

    def _listing(self, parts: list[str]) -> str:
        return self._say("wording.comma").join(parts)

    def series(self, parts: list[str]) -> str:
        """« a, b ou c »."""
        *first, last = parts
        return self._say("wording.last_or").join([self._listing(first), last] if first else [last])


def sign_word(sign: str, kind: Type, right: Node | None = None) -> str:
    """The key of a comparison's words, for values of a kind, against a value written there or against another."""
    word = _SIGNS[sign]
    if kind.kind == "date":
        return f"{word}_day" if right is None or isinstance(right, tree.Constant) else f"{word}_date"
    return f"{word}_word" if kind.kind in WORDS_ONLY and word in ("equal", "different") else word


def key_of(node: Node) -> Node:
    """The value that a condition on a list of codes looks for there."""
    return node.arguments[0] if isinstance(node, tree.Apply) else key_of(node.children()[0])


def _kind_of_rows(node: Node) -> str:
    """The end of the key for what is counted or gone through: answers of a question that takes several, else rows."""
    inner = node.rows if isinstance(node, tree.Gathered) else node
    return "_answers" if inner.type.kind == "list" else ""


def _function(node: tree.External, language: Language) -> str:
    """The name of a plugin's function in a language, its words apart; « de » comes with what it is applied to."""
    name = node.signature.words.get(language, node.signature.name).replace("_", " ")
    return name.removesuffix(" de").removesuffix(" of")


def _is_product(node: Node) -> bool:
    return isinstance(node, tree.Arithmetic) and node.operator == "*"
