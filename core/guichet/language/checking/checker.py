"""From the tree as written to the typed tree, every problem reported."""

from __future__ import annotations

from guichet.language import syntax
from guichet.language.checking import comparisons, conditions, functions, membership, names
from guichet.language.checking.arithmetic import check_arithmetic, check_minus
from guichet.language.checking.context import Context
from guichet.language.syntax import Phrase
from guichet.language.tree import Node
from guichet.language.types import Type


def check(phrase: Phrase, context: Context, expected: Type | None = None) -> Node:  # noqa: C901, PLR0912  one line a kind
    """The typed tree of a phrase; `expected` tells which choices a bare name may be."""
    match phrase:
        case syntax.NumberPhrase():
            return names.check_number(phrase, context)
        case syntax.ConstantPhrase():
            return names.check_constant(phrase, context, expected)
        case syntax.NamePhrase():
            return names.check_name(phrase, context, expected)
        case syntax.ColumnPhrase():
            return names.check_column(phrase, context)
        case syntax.MinusPhrase():
            return check_minus(phrase, context)
        case syntax.ArithmeticPhrase():
            return check_arithmetic(phrase, context)
        case syntax.NotPhrase():
            return conditions.check_not(phrase, context)
        case syntax.LogicPhrase():
            return conditions.check_logic(phrase, context)
        case syntax.ComparisonPhrase():
            return comparisons.check_comparison(phrase, context)
        case syntax.BetweenPhrase():
            return comparisons.check_between(phrase, context)
        case syntax.AmongPhrase():
            return membership.check_among(phrase, context)
        case syntax.ListedPhrase():
            return membership.check_listed(phrase, context)
        case syntax.KnownPhrase():
            return conditions.check_known(phrase, context)
        case syntax.IfPhrase():
            return conditions.check_if(phrase, context, expected)
        case syntax.CallPhrase():
            return functions.check_call(phrase, context)
        case syntax.QuantifierPhrase():
            return functions.check_quantifier(phrase, context)
        case syntax.GatherPhrase():
            return functions.check_gathered(phrase, context)
        case _:
            raise TypeError(f"no type for {type(phrase).__name__}")
