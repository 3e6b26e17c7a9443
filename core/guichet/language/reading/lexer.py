"""From the text of an expression to its tokens."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guichet.language.reading.numerals import Quantity, read_number
from guichet.language.sources import Mistake, Span
from guichet.language.words import Words, keyword_of, word_for
from guichet.model.scalars import FIRST_YEAR, LAST_YEAR

TokenKind = Literal["number", "date", "text", "name", "keyword", "symbol", "end"]

LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression: a keyword holds its meaning, a symbol itself."""

    kind: TokenKind
    value: str | Quantity | date
    span: Span

    def is_keyword(self, meaning: str) -> bool:
        """Whether this is the keyword of that meaning."""
        return self.kind == "keyword" and self.value == meaning

    def is_symbol(self, *symbols: str) -> bool:
        """Whether this is one of these symbols."""
        return self.kind == "symbol" and self.value in symbols


_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_FRENCH_DATE: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})(?![0-9])")
_NAME: Final = re.compile(r"[^\W\d][\w\u0300-\u036f]*")
_HYPHENATED: Final = re.compile(r"[^\W\d]\w*(?:-\w+)+")
_SMART_QUOTE: Final = re.compile(r"[“”„«»]")
_SMART_END: Final = re.compile(r"\s*([^“”„«»’‘\"]*?)\s*[“”„«»’‘\"]")
_TEXT: Final = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_SYMBOL: Final = re.compile(r"!=|<=|>=|[=<>+\-*/(),.]")
_OPERAND_ENDS: Final = frozenset({"number", "date", "text", "name"})

# What other languages and word processors write, and what we write instead.
_ELSEWHERE: Final = {
    "==": "=", "<>": "!=", "≠": "!=", "=<": "<=", "=>": ">=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/",
    "\u2212": "-", "–": "-", "—": "-", "**": "*", ":=": "=",
    "«": '"', "»": '"', "“": '"', "”": '"', "'": '"', "’": '"', "‘": '"', "`": '"', "[": "(", "]": ")", "{": "(",
    "}": ")",
}  # fmt: skip
_WORDS_ELSEWHERE: Final = {"&&": "and", "&": "and", "||": "or", "|": "or", "!": "not"}
_FOREIGN: Final = re.compile(
    "|".join(re.escape(each) for each in sorted([*_ELSEWHERE, *_WORDS_ELSEWHERE], key=len)[::-1])
)


def tokenise(text: str, words: Words) -> list[Token]:
    """The tokens of an expression, ended by an `end` token.

    Raises:
        Mistake: something is not a word of the language.
    """
    if len(text) > LONGEST:
        raise Mistake("rule.too_long", Span(LONGEST, len(text)), length=len(text), most=LONGEST)
    tokens: list[Token] = []
    place = 0
    while True:
        if (blanks := _BLANKS.match(text, place)) is not None:
            place = blanks.end()
        if place >= len(text):
            tokens.append(Token("end", "", Span(place, place)))
            return tokens
        token = _next(text, place, words, tokens)
        tokens.append(token)
        place = token.span.end


def _next(text: str, place: int, words: Words, before: list[Token]) -> Token:
    char = text[place]
    if char.isdigit() and char.isascii():
        return _number_or_date(text, place, words)
    if (name := _NAME.match(text, place)) is not None:
        return _name(text, name, words)
    if char == '"':
        return _text(text, place)
    if foreign := _foreign(text, place, words):
        raise foreign
    symbol = _SYMBOL.match(text, place)
    if symbol is None:
        raise Mistake("rule.unknown_sign", Span(place, place + 1), sign=char)
    if symbol[0] == "-":
        _check_minus(text, place, before)
    if symbol[0] == "." and text[place + 1 : place + 2].isdigit():
        raise Mistake("rule.leading_point", Span(place, place + 2), number=text[place : place + 2])
    return Token("symbol", symbol[0], Span(place, symbol.end()))


def _number_or_date(text: str, place: int, words: Words) -> Token:
    if (iso := _DATE.match(text, place)) is not None:
        span = Span(place, iso.end())
        try:
            day = date.fromisoformat(iso[0])
        except ValueError:
            raise Mistake("rule.no_such_date", span, date=iso[0]) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Mistake("rule.far_date", span, date=iso[0], first=FIRST_YEAR, last=LAST_YEAR)
        return Token("date", day, span)
    if (french := _FRENCH_DATE.match(text, place)) is not None:
        iso_text = f"{french[3]}-{int(french[2]):02d}-{int(french[1]):02d}"
        raise Mistake("rule.french_date", Span(place, french.end()), date=french[0], iso=iso_text)
    quantity, end = read_number(text, place, words)
    return Token("number", quantity, Span(place, end))


def _name(text: str, name: re.Match[str], words: Words) -> Token:
    span = Span(name.start(), name.end())
    word = unicodedata.normalize("NFC", name[0])
    hyphenated = _HYPHENATED.match(text, name.start())
    if hyphenated is not None:
        whole = hyphenated[0]
        raise Mistake(
            "rule.hyphen",
            Span(name.start(), hyphenated.end()),
            name=whole,
            underscored=whole.replace("-", "_"),
            spaced=whole.replace("-", " - "),
        )
    meaning = keyword_of(word, words)
    if meaning is not None:
        return Token("keyword", meaning, span)
    other: Words = "en" if words == "fr" else "fr"
    foreign = keyword_of(word, other)
    if foreign is not None:
        raise Mistake("rule.other_language", span, word=word, ours=word_for(foreign, words))
    return Token("name", word, span)


def _text(text: str, place: int) -> Token:
    found = _TEXT.match(text, place)
    if found is None:
        sign = _SMART_QUOTE.search(text, place)
        raise Mistake("rule.open_text", Span(place, place + 1), sign=sign[0] if sign else "")
    value = unicodedata.normalize("NFC", re.sub(r'\\(["\\])', r"\1", found[1]))
    return Token("text", value, Span(place, found.end()))


def _foreign(text: str, place: int, words: Words) -> Mistake | None:
    found = _FOREIGN.match(text, place)
    if found is None or (found[0] == "!" and text.startswith("!=", place)):
        return None
    sign = found[0]
    if sign in "“”«»’‘":
        end = _SMART_END.match(text, found.end())
        mended = end[1] if end is not None else ""
        span = Span(place, end.end() if end is not None else found.end())
        return Mistake("rule.smart_quotes", span, sign=sign, mended=mended)
    ours = _ELSEWHERE.get(sign) or word_for(_WORDS_ELSEWHERE[sign], words)
    return Mistake("rule.other_sign", Span(place, found.end()), sign=sign, ours=ours)


def _check_minus(text: str, place: int, before: list[Token]) -> None:
    """A minus between two values has spaces on both sides, so that it is never taken for a hyphen or a sign."""
    if not before:
        return
    last = before[-1]
    closes = last.is_symbol(")") or any(last.is_keyword(meaning) for meaning in ("true", "false", "known"))
    follows_value = closes or last.kind in _OPERAND_ENDS
    spaced = last.span.end < place and (place + 1 >= len(text) or _BLANKS.match(text, place + 1) is not None)
    if follows_value and not spaced:
        raise Mistake("rule.minus_spaces", Span(place, place + 1))
