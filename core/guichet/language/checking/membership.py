"""The types of `in`: among values, in a reference list, in a list of codes."""

from __future__ import annotations

from guichet.errors import nearest
from guichet.language.checking.codes import is_code_known
from guichet.language.checking.comparisons import compared
from guichet.language.checking.context import Context
from guichet.language.checking.names import choice_hint
from guichet.language.declarations import CodeSet
from guichet.language.sources import Span, naming
from guichet.language.syntax import AmongPhrase, ColumnPhrase, ListedPhrase, NamePhrase, Phrase
from guichet.language.tree import Among, Apply, Constant, Contains, Listed, Logic, Node, Not
from guichet.language.types import BOOLEAN, MISTAKEN, TEXT, common_type


def check_among(phrase: AmongPhrase, context: Context) -> Node:
    """The typed tree of `… in (…)`, or of a value among those a field holds."""
    inside = context.outside_rounding()
    held = inside.check(phrase.options[0]) if _names_a_list(phrase, context) else None
    if held is not None:
        return _contained(phrase, held, inside)
    operand = inside.check(phrase.operand)
    expected = operand.type if operand.type.kind == "choice" else choice_hint(phrase.operand, context)
    options = [inside.check(option, expected) for option in phrase.options]
    comparisons = [
        compared("=", operand, option, each.span, context) for option, each in zip(options, phrase.options, strict=True)
    ]
    told = zip(options, phrase.options, strict=True)
    known = all(is_code_known(operand, option, each.span, context) for option, each in told)
    if not known or any(each.type == MISTAKEN for each in comparisons):
        return context.mistaken(phrase.span)
    text = context.text(phrase.span)
    constants = tuple(option for option in options if isinstance(option, Constant) and option.over == operand.over)
    if len(constants) == len(options):
        return Among(operand, constants, type=BOOLEAN, text=text)
    return comparisons[0] if len(comparisons) == 1 else Logic("or", tuple(comparisons), type=BOOLEAN, text=text)


def _names_a_list(phrase: AmongPhrase, context: Context) -> bool:
    (first, *others) = phrase.options
    if others or not isinstance(first, NamePhrase | ColumnPhrase) or first.name in context.rows:
        return False
    if isinstance(first, ColumnPhrase):
        return True
    found = context.scope.meaning(first.name, context, first.span)
    return found is not None and found.type.kind == "list"


def _contained(phrase: AmongPhrase, held: Node, context: Context) -> Node:
    item = held.type.item
    operand = context.check(phrase.operand, item)
    if MISTAKEN in {operand.type, held.type} or item is None:
        return context.mistaken(phrase.span)
    if common_type(operand.type, item) is None or operand.type.over != item.over:
        data = {**naming("left_type", operand.type), **naming("right_type", item)}
        return context.problem("rule.contains_types", phrase.span, left=operand.text, right=held.text, **data)
    return Contains(operand, held, type=BOOLEAN, text=context.text(phrase.span))


def check_listed(phrase: ListedPhrase, context: Context) -> Node:
    """The typed tree of `… in list …`, of a reference list or of a list of codes."""
    key = context.outside_rounding().check(phrase.key)
    codes = context.scope.environment.codes.get(phrase.list)
    if codes is not None:
        return _coded(phrase, codes, key, context)
    if not list_exists(phrase.list, phrase.list_span, context) or key.type == MISTAKEN:
        return context.mistaken(phrase.span)
    if (problem := key_problem(phrase.list, key, phrase.key, context)) is not None:
        return problem
    return Listed(phrase.list, key, type=BOOLEAN, text=context.text(phrase.span))


def _coded(phrase: ListedPhrase, codes: CodeSet, key: Node, context: Context) -> Node:
    """A code of a list, said as the beginnings it may have and those it may not: no node of its own."""
    if key.type == MISTAKEN:
        return key
    if key.type.kind not in {"text", "choice"}:
        data = {**naming("type", key.type), **naming("wanted", TEXT)}
        return context.problem("rule.key_type", phrase.key.span, list=phrase.list, key=key.text, **data)
    text = context.text(phrase.span)

    def constants(beginnings: tuple[str, ...]) -> list[Node]:
        return [Constant(each, type=TEXT, text=f'"{each}"') for each in beginnings]

    told = constants(codes.beginnings)
    if not all(is_code_known(key, each, phrase.list_span, context, begins=True) for each in told):
        return context.mistaken(phrase.span)

    def begins(beginnings: tuple[str, ...], named: str = "") -> Node:
        starts = tuple(Apply("starts_with", (key, each), type=BOOLEAN, text=text) for each in constants(beginnings))
        return starts[0] if len(starts) == 1 else Logic("or", starts, named, type=BOOLEAN, text=text)

    if not codes.exceptions:
        return begins(codes.beginnings, phrase.list)
    inside = begins(codes.beginnings)
    outside = Not(begins(codes.exceptions), type=BOOLEAN, text=text)
    return Logic("and", (inside, outside), phrase.list, type=BOOLEAN, text=text)


def list_exists(name: str, span: Span, context: Context) -> bool:
    """Whether a reference list bears that name; reports it when none does."""
    lists = context.scope.environment.lists
    if name in lists:
        return True
    lists = {**lists, **context.scope.environment.codes}
    context.problem("rule.unknown_list", span, name=name, nearest=nearest(name, lists), lists=sorted(lists))
    return False


def key_problem(list_: str, key: Node, phrase: Phrase, context: Context) -> Node | None:
    """Notes the key of a list, after checking its type."""
    wanted = context.scope.environment.lists[list_].key
    if common_type(key.type, wanted) is None and {key.type.kind, wanted.kind} != {"text", "choice"}:
        data = {**naming("type", key.type), **naming("wanted", wanted)}
        return context.problem("rule.key_type", phrase.span, list=list_, key=key.text, **data)
    context.scope.list_key(list_, key, phrase, context)
    return None
