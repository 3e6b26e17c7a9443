"""From tokens to the tree of an expression as written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, cast

from guichet.errors import nearest
from guichet.language import syntax
from guichet.language.lexer import Token, tokenise
from guichet.language.numerals import Quantity
from guichet.language.sources import Mistake, Span
from guichet.language.words import KEYWORDS, Words, example, function_of, word_for

DEEPEST: Final = 40
MOST_LINKS: Final = 60
_SHOWN_BY: Final = {
    "rule.between_and": "between",
    "rule.is_known": "known",
    "rule.if_then": "if",
    "rule.if_else": "if",
    "rule.gather_in": "gather",
    "rule.quantifier_in": "rows",
    "rule.quantifier_satisfies": "rows",
}
# Words of comparison, as people say them.
_SIGN_WORDS: Final = {
    **dict.fromkeys(("inférieur", "inférieure", "inferieur", "below", "less", "under"), "<"),
    **dict.fromkeys(("supérieur", "supérieure", "superieur", "above", "greater", "over"), ">"),
    **dict.fromkeys(("égal", "égale", "egal", "equals", "equal"), "="),
}
_COMPARATORS: Final = ("=", "!=", "<", "<=", ">", ">=")


def parse(text: str, words: Words) -> syntax.Phrase:
    """The tree of one expression.

    Raises:
        Mistake: the first thing that cannot be read.
    """
    return _Parser(text, words).whole()


class _Parser:
    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._tokens = tokenise(text, words)
        self._words: Words = words
        self._links = 0
        self._at = 0
        self._depth = 0

    def whole(self) -> syntax.Phrase:
        if len(self._tokens) == 1:
            raise Mistake("rule.empty", self._now.span)
        phrase = self._condition()
        if self._now.kind == "end":
            return phrase
        raise self._unexpected_after()

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _took(self, meaning: str) -> Token | None:
        return self._take() if self._now.is_keyword(meaning) else None

    def _expect(self, meaning: str, code: str, opened: Span) -> Token:
        if not self._now.is_keyword(meaning):
            shown = example(_SHOWN_BY[code], self._words)
            raise Mistake(code, self._here(opened), word=word_for(meaning, self._words), example=shown)
        return self._take()

    def _here(self, opened: Span) -> Span:
        return self._now.span if self._now.kind != "end" else opened

    def _nested(self, read: Callable[[], syntax.Phrase]) -> syntax.Phrase:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Mistake("rule.too_deep", self._now.span, most=DEEPEST)
        phrase = read()
        self._depth -= 1
        return phrase

    def _condition(self) -> syntax.Phrase:
        return self._nested(self._joined)

    def _joined(self) -> syntax.Phrase:
        operands = [self._denied()]
        joined: Literal["and", "or"] | None = None
        while self._now.is_keyword("and") or self._now.is_keyword("or"):
            token = self._take()
            meaning: Literal["and", "or"] = "and" if token.value == "and" else "or"
            if joined is not None and meaning != joined:
                raise Mistake("rule.mixed_and_or", token.span, **self._and_or())
            joined = meaning
            operands.append(self._denied())
        if joined is None:
            return operands[0]
        return syntax.LogicPhrase(joined, tuple(operands), span=operands[0].span.until(operands[-1].span))

    def _and_or(self) -> dict[str, object]:
        return {"conjunction": word_for("and", self._words), "disjunction": word_for("or", self._words)}

    def _denied(self) -> syntax.Phrase:
        if (denial := self._took("not")) is None:
            return self._comparison()
        operand = self._nested(self._denied)
        return syntax.NotPhrase(operand, span=denial.span.until(operand.span))

    def _comparison(self) -> syntax.Phrase:
        left = self._sum()
        if self._now.is_symbol(*_COMPARATORS):
            operator = cast("syntax.Comparator", self._take().value)
            right = self._sum()
            if self._now.is_symbol(*_COMPARATORS):
                raise Mistake(
                    "rule.chained_comparison",
                    self._now.span,
                    example=example("chain", self._words),
                    between=example("between", self._words),
                )
            return syntax.ComparisonPhrase(operator, left, right, span=left.span.until(right.span))
        if (token := self._took("between")) is not None:
            low = self._sum()
            self._expect("and", "rule.between_and", token.span)
            high = self._sum()
            return syntax.BetweenPhrase(left, low, high, span=left.span.until(high.span))
        if self._took("in") is not None:
            return self._among(left)
        if (token := self._took("is")) is not None:
            known = self._expect("known", "rule.is_known", token.span)
            return syntax.KnownPhrase(left, span=left.span.until(known.span))
        return left

    def _among(self, left: syntax.Phrase) -> syntax.Phrase:
        if (token := self._took("list")) is not None:
            if self._now.kind != "name":
                raise Mistake(
                    "rule.list_name",
                    self._here(token.span),
                    example=example("list", self._words),
                    among=example("among", self._words),
                )
            name = self._take()
            span = left.span.until(name.span)
            return syntax.ListedPhrase(left, cast("str", name.value), span=span, list_span=name.span)
        if not self._now.is_symbol("("):
            held = self._sum()
            return syntax.AmongPhrase(left, (held,), span=left.span.until(held.span))
        opened = self._take()
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
        while self._now.is_symbol(*operators):
            token, right = self._take(), read()
            operator = cast("syntax.Operator", token.value)
            span = left.span.until(right.span)
            left = syntax.ArithmeticPhrase(operator, left, right, span=span, operator_span=token.span)
            self._links += 1
            if self._links > MOST_LINKS:
                raise Mistake("rule.too_many_signs", token.span, most=MOST_LINKS)
        return left

    def _signed(self) -> syntax.Phrase:
        if not self._now.is_symbol("-"):
            return self._value()
        sign = self._take()
        operand = self._nested(self._signed)
        return syntax.MinusPhrase(operand, span=sign.span.until(operand.span))

    def _value(self) -> syntax.Phrase:
        token = self._now
        match token.kind:
            case "number":
                return syntax.NumberPhrase(cast("Quantity", self._take().value), span=token.span)
            case "date" | "text":
                value = self._take().value
                assert not isinstance(value, Quantity)  # noqa: S101  the kind says so
                return syntax.ConstantPhrase(value, span=token.span)
            case "name":
                return self._named()
            case "keyword":
                return self._worded()
            case _ if token.is_symbol("("):
                return self._bracket()
            case _:
                raise self._unexpected()

    def _worded(self) -> syntax.Phrase:
        token = self._now
        match token.value:
            case "true" | "false":
                self._take()
                return syntax.ConstantPhrase(token.value == "true", span=token.span)
            case "if":
                return self._nested(self._if)
            case "some" | "every":
                return self._nested(self._quantifier)
            case _:
                raise self._unexpected()

    def _named(self) -> syntax.Phrase:
        token = self._take()
        name = cast("str", token.value)
        if self._now.is_symbol("("):
            return self._nested(lambda: self._call(token))
        if not self._now.is_symbol("."):
            return syntax.NamePhrase(name, span=token.span)
        self._take()
        if self._now.kind != "name":
            raise Mistake("rule.column_name", self._here(token.span), name=name)
        column = self._take()
        span = token.span.until(column.span)
        return syntax.ColumnPhrase(name, cast("str", column.value), span=span, column_span=column.span)

    def _call(self, name: Token) -> syntax.Phrase:
        opened = self._take()
        written = cast("str", name.value)
        function = function_of(written, self._words) or written
        arguments: list[syntax.Phrase] = []
        unit: syntax.Phrase | None = None
        while not self._now.is_symbol(")"):
            arguments.append(self._gathered(self._condition(), function))
            if self._took("to") is not None:
                unit = self._signed()
                break
            if not self._now.is_symbol(","):
                break
            self._take()
        closed = self._close(opened)
        span = name.span.until(closed.span)
        return syntax.CallPhrase(function, tuple(arguments), unit, span=span, name_span=name.span)

    def _gathered(self, argument: syntax.Phrase, function: str) -> syntax.Phrase:
        """An argument with the rows it is said of: `value for row in rows where …`, `row in rows where …`."""
        if (token := self._took("for")) is not None:
            variable, rows = self._row_and_rows(token)
            return self._filtered(variable, rows, argument, argument.span)
        match argument:
            case syntax.AmongPhrase(syntax.NamePhrase(name), (syntax.NamePhrase() as rows,)):
                return self._filtered(name, rows, None, argument.span) if self._now.is_keyword("where") else argument
            case syntax.LogicPhrase("or", (syntax.AmongPhrase(syntax.NamePhrase()), *_)) if function == "count":
                raise Mistake("rule.or_for_where", argument.span, example=example("gather", self._words))
            case _:
                return argument

    def _row_and_rows(self, opened: Token) -> tuple[str, syntax.Phrase]:
        if self._now.kind != "name":
            raise Mistake("rule.row_variable", self._here(opened.span), example=example("gather", self._words))
        variable = cast("str", self._take().value)
        self._expect("in", "rule.gather_in", opened.span)
        return variable, self._value()

    def _filtered(
        self, variable: str, rows: syntax.Phrase, value: syntax.Phrase | None, start: Span
    ) -> syntax.GatherPhrase:
        if self._now.is_keyword("or"):
            raise Mistake("rule.or_for_where", self._now.span, example=example("gather", self._words))
        condition = self._condition() if self._took("where") is not None else None
        end = rows if condition is None else condition
        return syntax.GatherPhrase(variable, rows, condition, value, span=start.until(end.span))

    def _arguments(self, opened: Token) -> tuple[tuple[syntax.Phrase, ...], Token]:
        found: list[syntax.Phrase] = []
        while not self._now.is_symbol(")"):
            found.append(self._condition())
            if not self._now.is_symbol(","):
                break
            self._take()
        return tuple(found), self._close(opened)

    def _bracket(self) -> syntax.Phrase:
        opened = self._take()
        inside = self._condition()
        closed = self._close(opened)
        return replace(inside, span=opened.span.until(closed.span))

    def _close(self, opened: Token) -> Token:
        if self._now.is_symbol(")"):
            return self._take()
        if self._now.kind == "end":
            raise Mistake("rule.open_bracket", opened.span)
        raise self._unexpected_after()

    def _if(self) -> syntax.Phrase:
        opened = self._take()
        condition = self._condition()
        self._expect("then", "rule.if_then", opened.span)
        then = self._condition()
        self._expect("else", "rule.if_else", opened.span)
        otherwise = self._condition()
        return syntax.IfPhrase(condition, then, otherwise, span=opened.span.until(otherwise.span))

    def _quantifier(self) -> syntax.Phrase:
        opened = self._take()
        if self._now.kind != "name":
            raise Mistake("rule.row_variable", self._here(opened.span), example=example("rows", self._words))
        variable = cast("str", self._take().value)
        self._expect("in", "rule.quantifier_in", opened.span)
        rows = self._value()
        self._expect("satisfies", "rule.quantifier_satisfies", opened.span)
        condition = self._condition()
        quantifier: Literal["some", "every"] = "some" if opened.value == "some" else "every"
        return syntax.QuantifierPhrase(quantifier, variable, rows, condition, span=opened.span.until(condition.span))

    def _unexpected(self) -> Mistake:
        """Something stands where a value should."""
        if self._now.kind == "end":
            last = self._tokens[max(self._at - 1, 0)]
            return Mistake("rule.unfinished", last.span)
        return Mistake("rule.value_expected", self._now.span, found=self._text_of_now(), **self._yes_or_no())

    def _yes_or_no(self) -> dict[str, str]:
        """What to write for « name = no »: a question by yes or no is itself a condition."""
        asked, sign = (self._tokens[max(self._at - back, 0)] for back in (2, 1))
        if not (self._now.is_keyword("not") and asked.kind == "name" and sign.is_symbol("=", "!=")):
            return {}
        return {"alone": str(asked.value), "denied": f"{word_for('not', self._words)} {asked.value}"}

    def _unexpected_after(self) -> Mistake:
        """A value is complete and something stands where an operator should."""
        found = self._text_of_now()
        if self._now.is_symbol(")"):
            return Mistake("rule.stray_bracket", self._now.span)
        guess = nearest(found, self._joining_words()) if self._now.kind == "name" else None
        before = self._tokens[self._at - 1]
        if guess is None and self._now.kind == before.kind == "name":
            span, words = before.span.until(self._now.span), (str(before.value), found)
            if (sign := _SIGN_WORDS.get(found.lower())) is not None:
                return Mistake("rule.two_names", span, name=" ".join(words), signed=f"{before.value} {sign} …")
            return Mistake("rule.two_names", span, name=" ".join(words), underscored="_".join(words))
        return Mistake("rule.operator_expected", self._now.span, found=found, nearest=guess)

    def _joining_words(self) -> list[str]:
        return [word for meaning in ("and", "or", "in", "between", "is", "then", "else", "satisfies")
                for word in KEYWORDS[meaning][self._words]]  # fmt: skip

    def _text_of_now(self) -> str:
        return self._text[self._now.span.start : self._now.span.end]
