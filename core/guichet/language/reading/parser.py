"""From tokens to the tree of an expression as written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, cast

from guichet.language import syntax
from guichet.language.reading.lexer import Token
from guichet.language.reading.misreadings import operator_expected, value_expected
from guichet.language.reading.numerals import Quantity
from guichet.language.reading.tokens import Tokens
from guichet.language.sources import Mistake, Span
from guichet.language.words import Words, example, function_of, word_for

DEEPEST: Final = 40
MOST_LINKS: Final = 60
_COMPARATORS: Final = ("=", "!=", "<", "<=", ">", ">=")


def parse(text: str, words: Words) -> syntax.Phrase:
    """The tree of one expression.

    Raises:
        Mistake: the first thing that cannot be read.
    """
    return _Parser(text, words).whole()


class _Parser:
    def __init__(self, text: str, words: Words) -> None:
        self._tokens = Tokens(text, words)
        self._links = 0
        self._depth = 0

    def whole(self) -> syntax.Phrase:
        if self._tokens.ended():
            raise Mistake("rule.empty", self._tokens.now.span)
        phrase = self._condition()
        if self._tokens.ended():
            return phrase
        raise operator_expected(self._tokens)

    def _nested(self, read: Callable[[], syntax.Phrase]) -> syntax.Phrase:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Mistake("rule.too_deep", self._tokens.now.span, most=DEEPEST)
        phrase = read()
        self._depth -= 1
        return phrase

    def _condition(self) -> syntax.Phrase:
        return self._nested(self._joined)

    def _joined(self) -> syntax.Phrase:
        operands = [self._denied()]
        joined: Literal["and", "or"] | None = None
        while self._tokens.now.is_keyword("and") or self._tokens.now.is_keyword("or"):
            token = self._tokens.take()
            meaning: Literal["and", "or"] = "and" if token.value == "and" else "or"
            if joined is not None and meaning != joined:
                raise Mistake("rule.mixed_and_or", token.span, **self._and_or())
            joined = meaning
            operands.append(self._denied())
        if joined is None:
            return operands[0]
        return syntax.LogicPhrase(joined, tuple(operands), span=operands[0].span.until(operands[-1].span))

    def _and_or(self) -> dict[str, object]:
        return {"conjunction": word_for("and", self._tokens.words), "disjunction": word_for("or", self._tokens.words)}

    def _denied(self) -> syntax.Phrase:
        if (denial := self._tokens.took("not")) is None:
            return self._comparison()
        operand = self._nested(self._denied)
        return syntax.NotPhrase(operand, span=denial.span.until(operand.span))

    def _comparison(self) -> syntax.Phrase:
        left = self._sum()
        if self._tokens.now.is_symbol(*_COMPARATORS):
            operator = cast("syntax.Comparator", self._tokens.take().value)
            right = self._sum()
            if self._tokens.now.is_symbol(*_COMPARATORS):
                raise Mistake(
                    "rule.chained_comparison",
                    self._tokens.now.span,
                    example=example("chain", self._tokens.words),
                    between=example("between", self._tokens.words),
                )
            return syntax.ComparisonPhrase(operator, left, right, span=left.span.until(right.span))
        if (token := self._tokens.took("between")) is not None:
            low = self._sum()
            self._tokens.expect("and", "rule.between_and", token.span)
            high = self._sum()
            return syntax.BetweenPhrase(left, low, high, span=left.span.until(high.span))
        if self._tokens.took("in") is not None:
            return self._among(left)
        if (token := self._tokens.took("is")) is not None:
            known = self._tokens.expect("known", "rule.is_known", token.span)
            return syntax.KnownPhrase(left, span=left.span.until(known.span))
        return left

    def _among(self, left: syntax.Phrase) -> syntax.Phrase:
        if (token := self._tokens.took("list")) is not None:
            if self._tokens.now.kind != "name":
                raise Mistake(
                    "rule.list_name",
                    self._tokens.place(token.span),
                    example=example("list", self._tokens.words),
                    among=example("among", self._tokens.words),
                )
            name = self._tokens.take()
            span = left.span.until(name.span)
            return syntax.ListedPhrase(left, cast("str", name.value), span=span, list_span=name.span)
        if not self._tokens.now.is_symbol("("):
            held = self._sum()
            return syntax.AmongPhrase(left, (held,), span=left.span.until(held.span))
        opened = self._tokens.take()
        options, closed = self._arguments(opened)
        if not options:
            raise Mistake("rule.nothing_inside", opened.span.until(closed.span))
        return syntax.AmongPhrase(left, options, span=left.span.until(closed.span))

    def _sum(self) -> syntax.Phrase:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> syntax.Phrase:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, operators: tuple[str, ...], read: Callable[[], syntax.Phrase]) -> syntax.Phrase:
        left = read()
        while self._tokens.now.is_symbol(*operators):
            token, right = self._tokens.take(), read()
            operator = cast("syntax.Operator", token.value)
            span = left.span.until(right.span)
            left = syntax.ArithmeticPhrase(operator, left, right, span=span)
            self._links += 1
            if self._links > MOST_LINKS:
                raise Mistake("rule.too_many_signs", token.span, most=MOST_LINKS)
        return left

    def _signed(self) -> syntax.Phrase:
        if not self._tokens.now.is_symbol("-"):
            return self._value()
        sign = self._tokens.take()
        operand = self._nested(self._signed)
        return syntax.MinusPhrase(operand, span=sign.span.until(operand.span))

    def _value(self) -> syntax.Phrase:
        token = self._tokens.now
        match token.kind:
            case "number":
                return syntax.NumberPhrase(cast("Quantity", self._tokens.take().value), span=token.span)
            case "date" | "text":
                value = self._tokens.take().value
                assert not isinstance(value, Quantity)  # noqa: S101  the kind says so
                return syntax.ConstantPhrase(value, span=token.span)
            case "name":
                return self._named()
            case "keyword":
                return self._worded()
            case _ if token.is_symbol("("):
                return self._bracket()
            case _:
                raise value_expected(self._tokens)

    def _worded(self) -> syntax.Phrase:
        token = self._tokens.now
        match token.value:
            case "true" | "false":
                self._tokens.take()
                return syntax.ConstantPhrase(token.value == "true", span=token.span)
            case "if":
                return self._nested(self._if)
            case "some" | "every":
                return self._nested(self._quantifier)
            case _:
                raise value_expected(self._tokens)

    def _named(self) -> syntax.Phrase:
        token = self._tokens.take()
        name = cast("str", token.value)
        if self._tokens.now.is_symbol("("):
            return self._nested(lambda: self._call(token))
        if not self._tokens.now.is_symbol("."):
            return syntax.NamePhrase(name, span=token.span)
        self._tokens.take()
        if self._tokens.now.kind != "name":
            raise Mistake("rule.column_name", self._tokens.place(token.span), name=name)
        column = self._tokens.take()
        span = token.span.until(column.span)
        return syntax.ColumnPhrase(name, cast("str", column.value), span=span, column_span=column.span)

    def _call(self, name: Token) -> syntax.Phrase:
        opened = self._tokens.take()
        written = cast("str", name.value)
        function = function_of(written, self._tokens.words) or written
        arguments: list[syntax.Phrase] = []
        unit: syntax.Phrase | None = None
        while not self._tokens.now.is_symbol(")"):
            arguments.append(self._gathered(self._condition(), function))
            if self._tokens.took("to") is not None:
                unit = self._signed()
                break
            if not self._tokens.now.is_symbol(","):
                break
            self._tokens.take()
        closed = self._close(opened)
        span = name.span.until(closed.span)
        return syntax.CallPhrase(function, tuple(arguments), unit, span=span, name_span=name.span)

    def _gathered(self, argument: syntax.Phrase, function: str) -> syntax.Phrase:
        """An argument with the rows it is said of: `value for row in rows where …`, `row in rows where …`."""
        if (token := self._tokens.took("for")) is not None:
            variable, rows = self._row_and_rows(token)
            return self._filtered(variable, rows, argument, argument.span)
        match argument:
            case syntax.AmongPhrase(syntax.NamePhrase(name), (syntax.NamePhrase() as rows,)):
                return (
                    self._filtered(name, rows, None, argument.span)
                    if self._tokens.now.is_keyword("where")
                    else argument
                )
            case syntax.LogicPhrase("or", (syntax.AmongPhrase(syntax.NamePhrase()), *_)) if function == "count":
                raise Mistake("rule.or_for_where", argument.span, example=example("gather", self._tokens.words))
            case _:
                return argument

    def _row_and_rows(self, opened: Token) -> tuple[str, syntax.Phrase]:
        if self._tokens.now.kind != "name":
            raise Mistake(
                "rule.row_variable", self._tokens.place(opened.span), example=example("gather", self._tokens.words)
            )
        variable = cast("str", self._tokens.take().value)
        self._tokens.expect("in", "rule.gather_in", opened.span)
        return variable, self._value()

    def _filtered(
        self, variable: str, rows: syntax.Phrase, value: syntax.Phrase | None, start: Span
    ) -> syntax.GatherPhrase:
        if self._tokens.now.is_keyword("or"):
            raise Mistake("rule.or_for_where", self._tokens.now.span, example=example("gather", self._tokens.words))
        condition = self._condition() if self._tokens.took("where") is not None else None
        end = rows if condition is None else condition
        return syntax.GatherPhrase(variable, rows, condition, value, span=start.until(end.span))

    def _arguments(self, opened: Token) -> tuple[tuple[syntax.Phrase, ...], Token]:
        found: list[syntax.Phrase] = []
        while not self._tokens.now.is_symbol(")"):
            found.append(self._condition())
            if not self._tokens.now.is_symbol(","):
                break
            self._tokens.take()
        return tuple(found), self._close(opened)

    def _bracket(self) -> syntax.Phrase:
        opened = self._tokens.take()
        inside = self._condition()
        closed = self._close(opened)
        return replace(inside, span=opened.span.until(closed.span))

    def _close(self, opened: Token) -> Token:
        if self._tokens.now.is_symbol(")"):
            return self._tokens.take()
        if self._tokens.ended():
            raise Mistake("rule.open_bracket", opened.span)
        raise operator_expected(self._tokens)

    def _if(self) -> syntax.Phrase:
        opened = self._tokens.take()
        condition = self._condition()
        self._tokens.expect("then", "rule.if_then", opened.span)
        then = self._condition()
        self._tokens.expect("else", "rule.if_else", opened.span)
        otherwise = self._condition()
        return syntax.IfPhrase(condition, then, otherwise, span=opened.span.until(otherwise.span))

    def _quantifier(self) -> syntax.Phrase:
        opened = self._tokens.take()
        if self._tokens.now.kind != "name":
            raise Mistake(
                "rule.row_variable", self._tokens.place(opened.span), example=example("rows", self._tokens.words)
            )
        variable = cast("str", self._tokens.take().value)
        self._tokens.expect("in", "rule.quantifier_in", opened.span)
        rows = self._value()
        self._tokens.expect("satisfies", "rule.quantifier_satisfies", opened.span)
        condition = self._condition()
        quantifier: Literal["some", "every"] = "some" if opened.value == "some" else "every"
        return syntax.QuantifierPhrase(quantifier, variable, rows, condition, span=opened.span.until(condition.span))
