"""Lenient parsers of what people type in forms: they accept habits, and ask when a text has two readings."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NoReturn

from guichet.model.scalars import LARGEST, Cents, ScalarError, Scaled, day_in_words

__all__ = ["clean_line", "read_day", "read_decimal", "read_money", "read_whole"]

_SPACES = " \u00a0\u202f\u2009"
_MINUS = "-\u2212\u2013"
_GROUPS = rf"\d{{1,3}}(?:(?P<mark>[{_SPACES}.,'’])\d{{3}})(?:(?P=mark)\d{{3}})*"
_NUMBER = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)[{_SPACES}]?(?P<whole>{_GROUPS}|\d+)(?:(?P<point>[.,])(?P<decimals>\d*))?", re.ASCII
)
_EURO = re.compile(rf"[{_SPACES}]*(?:€|eur|euros?)$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\s*[/.-]\s*|\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+)(\d{2,4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[/.-]\s*|\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+)(\d{1,2})", re.ASCII)


def clean_line(text: str) -> str:
    """One line of text, trimmed, in composed Unicode form; raises ScalarError on a control character.

    >>> clean_line("  Cafe\u0301 ")
    'Café'
    """
    cleaned = unicodedata.normalize("NFC", text).strip()
    _refuse_controls(cleaned, allowed="")
    return cleaned


def read_money(text: str) -> Cents:
    """The cents of an amount as people type it.

    >>> read_money("1 234,50 €"), read_money("1234.5"), read_money("−12")
    (123450, 123450, -1200)
    """
    bare = _EURO.sub("", clean_line(text))
    number = _read_number(bare, "input.money")
    if number.scale > 2:
        _refuse("input.cents", text)
    return Cents(number.to(2))


def read_whole(text: str) -> int:
    """A whole number as people type it."""
    number = _read_number(clean_line(text), "input.whole")
    if number.scale and number.units % 10**number.scale:
        _refuse("input.whole", text)
    return number.units // 10**number.scale


def read_decimal(text: str) -> Scaled:
    """A decimal number as people type it, with a comma or a point."""
    return _read_number(clean_line(text), "input.decimal")


def read_day(text: str) -> date:
    """A day as people type it: day first as in France, or year first.

    >>> read_day("20/04/2020") == read_day("2020-04-20") == read_day("20 avril 2020")
    True
    """
    bare = clean_line(text).casefold()
    if found := _YEAR_FIRST.fullmatch(bare):
        return _day(found[1], found[2], found[3], text)
    if found := _DAY_FIRST.fullmatch(bare):
        if len(found[3]) != 4:
            _refuse("input.short_year", text)
        return _day(found[3], found[2], found[1], text)
    if said := day_in_words(bare):
        return _day(*said, text)
    raise ScalarError("input.day", {"text": text})


def _day(year: str, month: str, day: str, text: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        _refuse("input.no_such_day", text)


def _read_number(bare: str, code: str) -> Scaled:
    """The number, or a question when `1.234` may be a thousand or a decimal."""
    if bare.isascii() and bare.isdigit():  # as machines and most people write it
        return _scaled(bare, bare, "", minus=False)
    found = _NUMBER.fullmatch(bare)
    if found is None or (found["mark"] == found["point"] and found["point"]):
        _refuse(code, bare)
    sign, whole, decimals = found["sign"], found["whole"], found["decimals"] or ""
    if found["mark"] in {".", ","} and whole.count(found["mark"]) == 1 and found["point"] is None:
        if not whole.startswith("0"):
            _ask(bare, sign, whole, found["mark"])
        whole, decimals = whole.split(found["mark"])
    return _scaled(bare, re.sub(r"\D", "", whole), decimals, minus=bool(sign) and sign in _MINUS)


def _scaled(bare: str, digits: str, decimals: str, *, minus: bool) -> Scaled:
    if len(digits) + len(decimals) > 18:
        _refuse("input.too_large", bare)
    units = int(digits + decimals)
    if units > LARGEST // 100:
        _refuse("input.too_large", bare)
    return Scaled(-units if minus else units, len(decimals))


def _ask(bare: str, sign: str, whole: str, mark: str) -> NoReturn:
    minus = "-" if sign and sign in _MINUS else ""
    before, after = whole.split(mark)
    as_thousands = f"{minus}{before} {after}"
    as_decimal = f"{minus}{before},{after}"
    _refuse("input.ambiguous_number", bare, thousands=as_thousands, decimal=as_decimal)


def _refuse_controls(text: str, allowed: str) -> None:
    if text.isprintable():  # none of them is
        return
    for char in text:
        if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} and char not in allowed:
            _refuse("input.control_character", text, character=f"U+{ord(char):04X}")


def _refuse(code: str, text: str, **data: object) -> NoReturn:
    raise ScalarError(code, {"text": text, **data})
