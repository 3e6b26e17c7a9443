"""The meaning of bare names, constants, columns, and of a choice where one is expected."""

from __future__ import annotations

from datetime import date

from guichet.errors import nearest
from guichet.language import bounds as intervals
from guichet.language.checking.context import Context
from guichet.language.reading.numerals import Quantity
from guichet.language.sources import naming
from guichet.language.syntax import ColumnPhrase, ConstantPhrase, NamePhrase, NumberPhrase
from guichet.language.tree import Cell, Column, Constant, Element, Node
from guichet.language.types import BOOLEAN, DATE, DAYS, INTEGER, MONTHS, TEXT, Type, decimal, list_of, rate


def check_number(phrase: NumberPhrase, context: Context) -> Node:
    """A literal number in run-time units."""
    quantity = phrase.quantity
    type_ = _quantity_type(quantity)
    bounds = intervals.usual(type_, quantity.digits, quantity.digits)
    return Constant(quantity.digits, type=type_, text=context.text(phrase.span), over=type_.over, bounds=bounds)


def _quantity_type(quantity: Quantity) -> Type:
    match quantity.unit:
        case "€":
            return Type("money", per=quantity.per)
        case "%":
            return rate(quantity.scale)
        case "days":
            return DAYS
        case "months":
            return MONTHS
        case _:
            return decimal(quantity.scale) if quantity.scale else INTEGER


def check_constant(phrase: ConstantPhrase, context: Context, expected: Type | None) -> Node:
    """A literal text, date or condition; a quoted code where a choice is expected is that choice."""
    text = context.text(phrase.span)
    match phrase.value:
        case bool():
            return Constant(phrase.value, type=BOOLEAN, text=text)
        case date():
            return Constant(phrase.value, type=DATE, text=text)
        case str() if expected is not None and expected.kind == "choice":
            if phrase.value in expected.values:
                return Constant(phrase.value, type=expected, text=text)
            return _unknown_choice(phrase.value, phrase, context, expected)
        case _:
            return Constant(phrase.value, type=TEXT, text=text)


def check_name(phrase: NamePhrase, context: Context, expected: Type | None) -> Node:
    """What a bare name reads."""
    name, text = phrase.name, context.text(phrase.span)
    if (row := context.rows.get(name)) is not None:
        return Element(name, type=row, text=text, over=row.over, bounds=intervals.usual(row))
    is_choice = expected is not None and expected.kind == "choice" and name in expected.values
    if is_choice and expected is not None:
        if context.scope.bears(name):
            return context.problem("rule.choice_or_name", phrase.span, name=name)
        return Constant(name, type=expected, text=text)
    found = context.scope.meaning(name, context, phrase.span)
    if found is not None:
        return found
    if expected is not None and expected.kind == "choice":
        return _unknown_choice(name, phrase, context, expected)
    return _unknown_name(name, phrase, context)


def check_column(phrase: ColumnPhrase, context: Context) -> Node:
    """A column of the row at hand, or the column of all the rows of a field."""
    text = context.text(phrase.span)
    row = context.rows.get(phrase.name)
    owner: Node | None = None
    if row is None:
        name = NamePhrase(phrase.name, span=phrase.span)
        owner = check_name(name, context, None)
        row = owner.type
    if row.kind == "mistaken":
        return context.mistaken(phrase.span)
    if row.kind not in {"row", "rows"}:
        return context.problem("rule.no_columns", phrase.span, name=phrase.name, **naming("type", row))
    column = row.column(phrase.column)
    if column is None:
        columns = [name for name, _ in row.columns]
        close = nearest(phrase.column, columns)
        data = {"column": phrase.column, "name": phrase.name, "nearest": close, "columns": columns}
        return context.problem("rule.unknown_column", phrase.column_span, **data)
    bounds = intervals.usual(column, *column.declared)
    if owner is None:
        return Cell(phrase.name, phrase.column, type=column, text=text, over=column.over, bounds=bounds)
    return Column(owner, phrase.column, type=list_of(column), text=text, over=column.over, bounds=bounds)


def choice_hint(phrase: object, context: Context) -> Type | None:
    """The type of a phrase when it is the bare name of a choice: what its neighbour may then be."""
    match phrase:
        case NamePhrase() if phrase.name in context.rows:
            type_ = context.rows[phrase.name]
        case NamePhrase() if context.scope.is_open(phrase.name):
            return (
                None  # a definition that bears the name of a choice: it is told as such, not as one that reads itself
            )
        case NamePhrase():
            found = context.scope.meaning(phrase.name, context, phrase.span)
            type_ = found.type if found is not None else None
        case ColumnPhrase() if phrase.name in context.rows:
            type_ = context.rows[phrase.name].column(phrase.column)
        case _:
            return None
    if type_ is not None and type_.kind == "list":
        type_ = type_.item
    return type_ if type_ is not None and type_.kind in {"choice", "mistaken"} else None


def _unknown_choice(value: str, phrase: NamePhrase | ConstantPhrase, context: Context, expected: Type) -> Node:
    close = nearest(value, expected.values)
    return context.problem("rule.unknown_choice", phrase.span, value=value, nearest=close, choices=expected.values)


def _unknown_name(name: str, phrase: NamePhrase, context: Context) -> Node:
    environment, span = context.scope.environment, phrase.span
    if name in environment.lists or name in environment.codes:
        rows = name if name in environment.lists else None
        return context.problem("rule.list_as_name", span, name=name, rows=rows, **context.words_for("lookup"))
    if name in context.scope.elsewhere:
        return context.problem("rule.defined_by_rules", span, name=name)
    owners = [each for each, entry in environment.inputs.items() if name in entry.type.values]
    if owners:
        return context.problem("rule.choice_alone", span, value=name, field=owners[0])
    names = context.scope.names()
    close = nearest(name, names)
    fields = sorted(each for each, entry in environment.inputs.items() if entry.kind == "field")
    others = sorted(set(names) - set(fields))
    return context.problem("rule.unknown_name", span, name=name, nearest=close, fields=fields, others=others)
