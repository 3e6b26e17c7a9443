"""Values of a data file read strictly into what rules compute with: whole numbers, dates, true or false, texts."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import narwhals as nw

from guichet.language import Type

__all__ = ["Parsed", "parsed", "true_or_false"]

_DIGITS: Final = 15
_SPACES: Final = "[ \u00a0\u202f]"
_TRUE: Final = ("true", "oui", "vrai")
_FALSE: Final = ("false", "non", "faux")
_SCALED: Final = frozenset({"integer", "decimal", "money", "rate", "days", "months"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: its value, null where nothing was given, and where what was given cannot be read, if it may be."""

    value: nw.Expr
    wrong: nw.Expr | None = None


def parsed(column: nw.Expr, dtype: nw.dtypes.DType, type_: Type, *, cents: bool = False) -> Parsed | None:
    """How a column of a file gives values of a type; None when the column's own type cannot."""
    if dtype == nw.String():
        column = nw.when(column != "").then(column)
    if type_.kind in _SCALED:
        return _number(column, dtype, 0 if cents else _scale(type_))
    match type_.kind:
        case "boolean":
            return true_or_false(column, dtype)
        case "date":
            return _day(column, dtype)
        case "text" | "choice":
            return _text(column, dtype, type_)
        case "list" if type_.item is not None and type_.item.kind in {"text", "choice"}:
            return _several(column, dtype)
        case _:
            return None


def true_or_false(column: nw.Expr, dtype: nw.dtypes.DType) -> Parsed | None:
    """How a column says true, false or nothing."""
    if dtype == nw.Boolean():
        return Parsed(column)
    if dtype != nw.String():
        return None
    lowered = column.str.to_lowercase()
    yes, no = lowered.is_in(_TRUE), lowered.is_in(_FALSE)
    value = nw.when(yes).then(nw.lit(value=True)).otherwise(nw.when(no).then(nw.lit(value=False)))
    return Parsed(value, _given(column) & ~(yes | no).fill_null(value=False))


def _scale(type_: Type) -> int:
    return 2 if type_.kind == "money" else type_.scale


def _number(column: nw.Expr, dtype: nw.dtypes.DType, scale: int) -> Parsed | None:
    if dtype.is_integer():
        small = (column >= -(10**_DIGITS)) & (column <= 10**_DIGITS)
        value = nw.when(small).then(column).cast(nw.Int64()) * 10**scale
        return Parsed(value, _given(column) & ~small.fill_null(value=False))
    if isinstance(dtype, nw.Decimal):
        column = column.cast(nw.String())
    elif dtype != nw.String():
        return None
    decimals = f"([.,][0-9]{{1,{scale}}}0*)?" if scale else "([.,]0*)?"
    bare = column.str.replace_all(_SPACES, "")
    grouped = f"^-?([0-9]{{1,{_DIGITS}}}|[0-9]{{1,3}}({_SPACES}[0-9]{{3}}){{1,4}}){decimals}$"
    good = column.str.contains(grouped).fill_null(value=False)
    value = nw.when(good).then(_scaled(bare, scale))
    return Parsed(value, _given(column) & ~good)


def _scaled(text: nw.Expr, scale: int) -> nw.Expr:
    """The digits of a number written with a point or a comma, as a whole number of so many decimals."""
    whole = text.str.replace_all("[.,].*$|-", "").cast(nw.Int64()) * 10**scale
    if scale:
        rest = text.str.replace_all("^[^.,]*[.,]?", "")
        padded = nw.concat_str([rest, nw.lit("0" * scale)]).str.slice(0, scale)
        whole = whole + padded.cast(nw.Int64())
    return nw.when(text.str.starts_with("-")).then(-whole).otherwise(whole)


def _day(column: nw.Expr, dtype: nw.dtypes.DType) -> Parsed | None:
    if dtype == nw.Date():
        return Parsed(column)
    if dtype != nw.String():
        return None
    good = column.str.contains("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$").fill_null(value=False)
    year, month, day = (
        nw.when(good).then(column.str.slice(start, length)).cast(nw.Int64())
        for start, length in ((0, 4), (5, 2), (8, 2))
    )
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    short = month.is_in([4, 6, 9, 11])
    most = nw.when(month == 2).then(leap.cast(nw.Int64()) + 28).otherwise(31 - short.cast(nw.Int64()))
    real = (good & (day <= most) & (year >= 1)).fill_null(value=False)
    return Parsed(nw.when(real).then(_civil(year, month, day)), _given(column) & ~real)


def _civil(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """The number of days since 1 January 1970, in a calendar whose years begin on 1 March."""
    early = (month < 3).cast(nw.Int64())
    since, place = year - early, month + early * 12 - 3
    leaps = since // 4 - since // 100 + since // 400
    return (since * 365 + leaps + (place * 153 + 2) // 5 + day - 719_469).cast(nw.Int64())


def _text(column: nw.Expr, dtype: nw.dtypes.DType, type_: Type) -> Parsed | None:
    if dtype in {nw.Enum, nw.Categorical}:
        column = column.cast(nw.String())
    elif dtype != nw.String():
        return None
    if type_.kind == "text":
        return Parsed(column)
    good = column.is_in(type_.values).fill_null(value=False)
    return Parsed(nw.when(good).then(column), _given(column) & ~good)


def _several(column: nw.Expr, dtype: nw.dtypes.DType) -> Parsed | None:
    if dtype == nw.List(nw.String()):
        return Parsed(column)
    return None


def _given(column: nw.Expr) -> nw.Expr:
    return ~column.is_null()
