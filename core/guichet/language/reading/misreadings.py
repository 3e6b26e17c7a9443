"""What to say of a token that stands where none of its kind can."""

from __future__ import annotations

from typing import Final

from guichet.errors import nearest
from guichet.language.reading.tokens import Tokens
from guichet.language.sources import Mistake
from guichet.language.words import KEYWORDS, Words, word_for

# Words of comparison, as people say them.
_SIGN_WORDS: Final = {
    **dict.fromkeys(("inférieur", "inférieure", "inferieur", "below", "less", "under"), "<"),
    **dict.fromkeys(("supérieur", "supérieure", "superieur", "above", "greater", "over"), ">"),
    **dict.fromkeys(("égal", "égale", "egal", "equals", "equal"), "="),
}
# How people begin to say that an amount has a ceiling.
_CAP_WORDS: Final = ("plafonn", "limit", "maximum", "capped")
_JOINING: Final = ("and", "or", "in", "between", "is", "then", "else", "satisfies")


def value_expected(tokens: Tokens) -> Mistake:
    """Something stands where a value should."""
    if tokens.ended():
        return Mistake("rule.unfinished", tokens.before().span)
    return Mistake("rule.value_expected", tokens.now.span, found=tokens.shown(), **_yes_or_no(tokens))


def _yes_or_no(tokens: Tokens) -> dict[str, str]:
    """What to write for « name = no »: a question by yes or no is itself a condition."""
    asked, sign = tokens.before(2), tokens.before()
    if not (tokens.now.is_keyword("not") and asked.kind == "name" and sign.is_symbol("=", "!=")):
        return {}
    return {"alone": str(asked.value), "denied": f"{word_for('not', tokens.words)} {asked.value}"}


def operator_expected(tokens: Tokens) -> Mistake:
    """A value is complete and something stands where an operator should."""
    now, before, found = tokens.now, tokens.before(), tokens.shown()
    if now.is_symbol(")"):
        return Mistake("rule.stray_bracket", now.span)
    guess = nearest(found, _joining_words(tokens.words)) if now.kind == "name" else None
    if guess is None and now.kind == "name" and found.lower().startswith(_CAP_WORDS):
        capped = f"min({tokens.text[: before.span.end].strip()}, …)"
        return Mistake("rule.operator_expected", now.span, found=found, capped=capped)
    if guess is None and now.kind == before.kind == "name":
        span, names = before.span.until(now.span), (str(before.value), found)
        if names[0].lower() == "pas":
            denied = f"{word_for('not', tokens.words)} {found}"
            return Mistake("rule.not_said", before.span, word=names[0], denied=denied)
        if (sign := _SIGN_WORDS.get(found.lower())) is not None:
            return Mistake("rule.two_names", span, name=" ".join(names), signed=f"{before.value} {sign} …")
        return Mistake("rule.two_names", span, name=" ".join(names), underscored="_".join(names))
    multiplied = ""
    if guess is None and before.kind == "number" and now.kind == "name":
        multiplied = f"{tokens.text[before.span.start : before.span.end]} * {found}"
    return Mistake("rule.operator_expected", now.span, found=found, nearest=guess, multiplied=multiplied)


def _joining_words(words: Words) -> list[str]:
    return [word for meaning in _JOINING for word in KEYWORDS[meaning][words]]
