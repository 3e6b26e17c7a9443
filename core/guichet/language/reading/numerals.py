"""Reading numbers: groups of three, decimals, units, and every way they go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from guichet.language.sources import Mistake, Span
from guichet.language.types import Period
from guichet.language.words import UNITS, Words, keyword_of

Unit = Literal["", "€", "%", "days", "months"]

_BLANK: Final = "[ \t\u00a0\u202f]"
_WHOLE: Final = re.compile(r"[0-9]+(?:[ \u00a0\u202f][0-9]+)*")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})*|[0-9]+")
_CUT: Final = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[._,])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_POINT: Final = re.compile(r"\.([0-9]*)")
_COMMA: Final = re.compile(r",([0-9]+)")
_WORD: Final = re.compile(rf"{_BLANK}*([^\W\d]\w*[€$£]?)")
_SIGN: Final = re.compile(rf"{_BLANK}*([€%$£])")
_PER: Final = re.compile(r"/(mois|month|an|year)\b(?![(.])")
_PERIODS: Final[dict[str, Period]] = {"mois": "month", "month": "month", "an": "year", "year": "year"}
_GROUP_SEPARATORS: Final = dict.fromkeys(map(ord, " \u00a0\u202f"))
MOST_DECIMALS: Final = 6
LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: its digits, how many of them are decimals, its unit."""

    digits: int
    scale: int
    unit: Unit
    per: Period = ""


def read_number(text: str, start: int, words: Words) -> tuple[Quantity, int]:
    """The number that starts at a place, and where it ends.

    Raises:
        Mistake: the number can be read in two ways, or in none.
    """
    whole = _WHOLE.match(text, start)
    assert whole is not None  # noqa: S101  the lexer calls on a digit
    if not _GROUPED.fullmatch(whole[0]):
        span = Span(start, whole.end())
        raise Mistake("rule.digit_groups", span, number=whole[0], plain=whole[0].translate(_GROUP_SEPARATORS))
    end, decimals = whole.end(), ""
    if (point := _POINT.match(text, end)) is not None:
        decimals, end = point[1], point.end()
        if not decimals:
            raise Mistake("rule.no_decimals", Span(start, end), number=text[start:end])
    elif (comma := _COMMA.match(text, end)) is not None:
        decimals, end = comma[1], comma.end()
        if not (sign := _SIGN.match(text, end)) or sign[1] not in "€%":
            raise _bare_comma(text, start, whole.end(), end)
    _refuse_more_digits(text, start, end)
    unit, factor, end = _read_unit(text, start, end, words)
    period: Period = ""
    if unit == "€" and (per := _PER.match(text, end)) is not None:
        period, end = _PERIODS[per[1]], per.end()
    quantity = _quantity(whole[0].translate(_GROUP_SEPARATORS), decimals, unit, factor, Span(start, end))
    return replace(quantity, per=period), end


def _quantity(whole: str, decimals: str, unit: Unit, factor: int, span: Span) -> Quantity:
    if unit == "€":
        if len(decimals) > 2:
            raise Mistake("rule.cents", span, number=f"{whole}.{decimals}", decimals=len(decimals))
        decimals = decimals.ljust(2, "0")
    elif unit in {"days", "months"} and decimals:
        raise Mistake("rule.whole_duration", span)
    elif len(decimals) > MOST_DECIMALS:
        raise Mistake("rule.decimals", span, most=MOST_DECIMALS)
    digits = int(whole + decimals) * factor
    if digits > LARGEST or (unit in {"days", "months"} and digits > 1_000_000):
        raise Mistake("rule.number_too_large", span)
    return Quantity(digits, len(decimals), unit)


def _read_unit(text: str, start: int, end: int, words: Words) -> tuple[Unit, int, int]:
    if (sign := _SIGN.match(text, end)) is not None:
        if sign[1] == "€":
            return "€", 1, sign.end()
        if sign[1] == "%":
            return "%", 1, sign.end()
        raise Mistake("rule.unknown_unit", Span(start, sign.end()), unit=sign[1])
    word = _WORD.match(text, end)
    if word is None:
        return "", 1, end
    if word[1] in UNITS:
        kind, factor = UNITS[word[1]]
        return ("days" if kind == "days" else "months"), factor, word.end()
    if any(keyword_of(word[1], each) for each in (words, "fr", "en")):
        return "", 1, end
    raise Mistake("rule.unknown_unit", Span(start, word.end()), unit=word[1])


def _bare_comma(text: str, start: int, comma: int, end: int) -> Mistake:
    whole, decimals = text[start:comma], text[comma + 1 : end]
    return Mistake("rule.decimal_comma", Span(start, end), number=text[start:end], whole=whole, decimals=decimals)


def _refuse_more_digits(text: str, start: int, end: int) -> None:
    if end < len(text) and (text[end] == "_" or text[end].isdigit() or re.match(r"[.,]\d", text[end:])):
        rest = re.compile(r"[\w.,]+").match(text, end)
        stop = rest.end() if rest else end
        number = text[start:stop]
        grouped = _CUT.fullmatch(number)
        meant = {"meant": number.replace(grouped["mark"], " ")} if grouped else {}
        raise Mistake("rule.number_form", Span(start, stop), number=number, **meant)
