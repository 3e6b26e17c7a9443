"""The tokens of one expression, taken one by one."""

from __future__ import annotations

from typing import Final

from guichet.language.reading.lexer import Token, tokenise
from guichet.language.sources import Mistake, Span
from guichet.language.words import Words, example, word_for

_SHOWN_BY: Final = {
    "rule.between_and": "between",
    "rule.is_known": "known",
    "rule.if_then": "if",
    "rule.if_else": "if",
    "rule.gather_in": "gather",
    "rule.quantifier_in": "rows",
    "rule.quantifier_satisfies": "rows",
}


class Tokens:
    """The tokens of one expression, one of them at hand."""

    __slots__ = ("_at", "_tokens", "now", "text", "words")

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words: Words = words
        self._tokens = tokenise(text, words)
        self._at = 0
        self.now: Token = self._tokens[0]
        """The token at hand; the last one has the kind `end` and is never taken."""

    def ended(self) -> bool:
        """Whether nothing is left to take."""
        return self.now.kind == "end"

    def take(self) -> Token:
        """The token at hand, after going to the next."""
        token = self.now
        self._at += 1
        self.now = self._tokens[self._at]
        return token

    def took(self, meaning: str) -> Token | None:
        """The keyword of that meaning, taken; None, and nothing is taken, when another token is at hand."""
        return self.take() if self.now.is_keyword(meaning) else None

    def expect(self, meaning: str, code: str, opened: Span) -> Token:
        """The keyword of that meaning, taken.

        Raises:
            Mistake: another token is at hand; the example shows the construction that began at `opened`.
        """
        if not self.now.is_keyword(meaning):
            shown = example(_SHOWN_BY[code], self.words)
            raise Mistake(code, self.place(opened), word=word_for(meaning, self.words), example=shown)
        return self.take()

    def place(self, opened: Span) -> Span:
        """Where to show that something lacks: the token at hand, or what was opened when the text ends here."""
        return opened if self.ended() else self.now.span

    def before(self, back: int = 1) -> Token:
        """The token so many before the one at hand, the first one at the most."""
        return self._tokens[max(self._at - back, 0)]

    def shown(self) -> str:
        """The token at hand as its author wrote it."""
        return self.text[self.now.span.start : self.now.span.end]
