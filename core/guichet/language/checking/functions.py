"""The types of function calls and quantifiers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from guichet.errors import nearest
from guichet.language import bounds as intervals
from guichet.language.checking.aggregates import check_abs, check_aggregate, check_count
from guichet.language.checking.arguments import typed_argument, wrong_count
from guichet.language.checking.codes import is_code_known
from guichet.language.checking.conditions import condition
from guichet.language.checking.context import Context
from guichet.language.checking.membership import key_problem, list_exists
from guichet.language.checking.periods import check_period
from guichet.language.checking.roundings import check_rounding
from guichet.language.declarations import Signature
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase, GatherPhrase, NamePhrase, QuantifierPhrase
from guichet.language.tree import Apply, External, Gathered, Lookup, Node, Quantified
from guichet.language.types import BOOLEAN, DATE, DAYS, INTEGER, MISTAKEN, MONTHS, Type, list_of, row_of
from guichet.language.words import FUNCTIONS, word_for

_ROUNDINGS: Final = frozenset({"round", "floor", "ceiling"})
_BETWEEN: Final[dict[str, Type]] = {"years_between": INTEGER, "months_between": MONTHS, "days_between": DAYS}
_MOST: Final[dict[str, int]] = {"years_between": 10_000, "months_between": 120_000, "days_between": 4_000_000}


def check_call(phrase: CallPhrase, context: Context) -> Node:
    """The typed tree of a function call."""
    name = phrase.function
    if phrase.unit is not None and name not in _ROUNDINGS:
        said = context.words_for("round", "floor", "ceiling")
        function = context.text(phrase.name_span)
        return context.problem("rule.unit_without_rounding", phrase.unit.span, function=function, **said)
    if name in _ROUNDINGS:
        return check_rounding(phrase, context)
    if (read := _BUILT_IN.get(name)) is not None:
        return read(phrase, context)
    for signature in context.scope.environment.functions:
        if name in {signature.name, signature.words.get(context.scope.environment.words)}:
            return _external(phrase, signature, context)
    return _unknown_function(phrase, context)


def _unknown_function(phrase: CallPhrase, context: Context) -> Node:
    environment, name = context.scope.environment, phrase.function
    words = environment.words
    offered = [each.words.get(words, each.name) for each in environment.functions]
    offered += [word_for(each, words) for each in FUNCTIONS]
    accepted = [*offered, *FUNCTIONS, *(each.name for each in environment.functions)]
    if name in context.scope.names():
        return context.problem("rule.name_as_function", phrase.name_span, name=name)
    close = nearest(name, accepted)
    data = {"name": name, "nearest": close, "functions": sorted(offered)}
    return context.problem("rule.unknown_function", phrase.name_span, **data)


def _dates(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := wrong_count(phrase, 2, context)) is not None:
        return wrong
    nodes = tuple(typed_argument(phrase, place, frozenset({"date"}), DATE, context) for place in (0, 1))
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    most = Fraction(_MOST[phrase.function])
    text = context.text(phrase.span)
    return Apply(phrase.function, nodes, type=_BETWEEN[phrase.function], text=text, bounds=(-most, most))


def _starts_with(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := wrong_count(phrase, 2, context)) is not None:
        return wrong
    texts = frozenset({"text", "choice"})
    nodes = tuple(typed_argument(phrase, place, texts, Type("text"), context) for place in (0, 1))
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    read, beginning = nodes
    if not is_code_known(read, beginning, phrase.arguments[1].span, context, begins=True):
        return context.mistaken(phrase.span)
    return Apply("starts_with", nodes, type=BOOLEAN, text=context.text(phrase.span))


def _lookup(phrase: CallPhrase, context: Context) -> Node:
    if (wrong := wrong_count(phrase, 3, context)) is not None:
        return wrong
    list_, key_phrase, column = phrase.arguments
    if not isinstance(list_, NamePhrase) or not isinstance(column, NamePhrase):
        return context.problem("rule.lookup_form", phrase.span, **context.words_for("lookup"))
    key = context.check(key_phrase)
    if not list_exists(list_.name, list_.span, context) or key.type == MISTAKEN:
        return context.mistaken(phrase.span)
    columns = context.scope.environment.lists[list_.name].columns
    type_ = columns.get(column.name)
    if type_ is None:
        data = {"column": column.name, "name": list_.name, "nearest": nearest(column.name, columns)}
        return context.problem("rule.unknown_column", column.span, **data, columns=list(columns))
    if (problem := key_problem(list_.name, key, key_phrase, context)) is not None:
        return problem
    text, bounds = context.text(phrase.span), intervals.usual(type_)
    return Lookup(list_.name, key, column.name, type=type_, text=text, over=type_.over, bounds=bounds)


def _external(phrase: CallPhrase, signature: Signature, context: Context) -> Node:
    if (wrong := wrong_count(phrase, len(signature.parameters), context)) is not None:
        return wrong
    nodes: list[Node] = []
    for argument, wanted in zip(phrase.arguments, signature.parameters, strict=True):
        node = context.check(argument, wanted)
        if node.type != MISTAKEN and not _accepts(wanted, node.type):
            data = {**naming("type", node.type), **naming("wanted", wanted)}
            node = context.problem(
                "rule.argument_type", argument.span, function=phrase.function, value=node.text, **data
            )
        nodes.append(node)
    if any(node.type == MISTAKEN for node in nodes):
        return context.mistaken(phrase.span)
    type_, text = signature.returns, context.text(phrase.span)
    bounds = intervals.usual(type_)
    return External(signature, tuple(nodes), type=type_, text=text, over=type_.over, bounds=bounds)


def _accepts(wanted: Type, given: Type) -> bool:
    if wanted.kind == "text":
        return given.kind in {"text", "choice"}
    if wanted.kind == "choice":
        return given.kind == "choice"
    return wanted == given


def check_quantifier(phrase: QuantifierPhrase, context: Context) -> Node:
    """The typed tree of `some … in … satisfies …` and `every … in … satisfies …`."""
    rows, inside = _entered(phrase, context)
    if inside is None:
        return rows
    test = condition(phrase.condition, inside)
    if test.type == MISTAKEN:
        return test
    text = context.text(phrase.span)
    return Quantified(phrase.quantifier, phrase.variable, rows, test, type=BOOLEAN, text=text)


def check_gathered(phrase: GatherPhrase, context: Context) -> Node:
    """The typed tree of `value for … in … where …`: several values; without a value, the rows that are left."""
    rows, inside = _entered(phrase, context)
    if inside is None:
        return rows
    test = condition(phrase.condition, inside) if phrase.condition is not None else None
    value = inside.check(phrase.value) if phrase.value is not None else None
    if any(part is not None and part.type == MISTAKEN for part in (test, value)):
        return context.mistaken(phrase.span)
    text = context.text(phrase.span)
    if value is None:
        return Gathered(phrase.variable, rows, test, None, type=rows.type, text=text)
    type_, over, bounds = list_of(value.type), value.over, value.bounds
    return Gathered(phrase.variable, rows, test, value, type=type_, text=text, over=over, bounds=bounds)


def _entered(phrase: QuantifierPhrase | GatherPhrase, context: Context) -> tuple[Node, Context | None]:
    """The rows that a phrase goes through and what is known inside them, None after a mistake."""
    rows = context.check(phrase.rows)
    if rows.type == MISTAKEN:
        return rows, None
    if phrase.variable in context.scope.names():
        return context.problem("rule.row_variable_taken", phrase.span, name=phrase.variable), None
    item = row_of(rows.type) if rows.type.kind == "rows" else rows.type.item
    if item is None:
        data = naming("type", rows.type)
        return context.problem("rule.not_rows", phrase.rows.span, value=rows.text, **data), None
    return rows, context.with_row(phrase.variable, item)


_BUILT_IN: Final[dict[str, Callable[[CallPhrase, Context], Node]]] = {
    "min": check_aggregate,
    "max": check_aggregate,
    "sum": check_aggregate,
    "abs": check_abs,
    "count": check_count,
    "years_between": _dates,
    "months_between": _dates,
    "days_between": _dates,
    "starts_with": _starts_with,
    "per_month": check_period,
    "per_year": check_period,
    "lookup": _lookup,
}
