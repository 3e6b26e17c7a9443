"""What a function is given: how many values, of which kinds."""

from __future__ import annotations

from guichet.language.checking.context import Context
from guichet.language.sources import naming
from guichet.language.syntax import CallPhrase
from guichet.language.tree import Node
from guichet.language.types import MISTAKEN, Type


def wrong_count(phrase: CallPhrase, wanted: int, context: Context) -> Node | None:
    """The problem when a function is not given as many values as it takes, None when it is."""
    given = len(phrase.arguments)
    if given == wanted:
        return None
    return context.problem(
        "rule.arity", phrase.span, function=context.text(phrase.name_span), wanted=wanted, given=given
    )


def typed_argument(phrase: CallPhrase, place: int, kinds: frozenset[str], wanted: Type, context: Context) -> Node:
    """One value given to a function, checked against the kinds it takes."""
    node = context.check(phrase.arguments[place])
    if node.type == MISTAKEN or node.type.kind in kinds:
        return node
    data = {**naming("type", node.type), **naming("wanted", wanted)}
    return context.problem(
        "rule.argument_type",
        phrase.arguments[place].span,
        function=context.text(phrase.name_span),
        value=node.text,
        **data,
    )
