"""One reader for each type of cell, in exactly the writing that was declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, Protocol, get_args

from guichet import Invalid, Refused

DecimalMark = Literal[",", "."]
DateFormat = Literal["jj/mm/aaaa", "aaaa-mm-jj", "jj.mm.aaaa", "jj-mm-aaaa", "aaaammjj"]
MonthFormat = Literal["aaaa-mm", "mm/aaaa", "aaaamm"]

_DATES: Mapping[str, re.Pattern[str]] = {
    "jj/mm/aaaa": re.compile(r"(?P<d>\d{2})/(?P<m>\d{2})/(?P<y>\d{4})", re.ASCII),
    "jj.mm.aaaa": re.compile(r"(?P<d>\d{2})\.(?P<m>\d{2})\.(?P<y>\d{4})", re.ASCII),
    "jj-mm-aaaa": re.compile(r"(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})", re.ASCII),
    "aaaa-mm-jj": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
    "aaaammjj": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
}
_MONTHS: Mapping[str, re.Pattern[str]] = {
    "aaaa-mm": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})", re.ASCII),
    "mm/aaaa": re.compile(r"(?P<m>\d{2})/(?P<y>\d{4})", re.ASCII),
    "aaaamm": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})", re.ASCII),
}
_SPACES = re.compile(r"[ \u00a0\u202f]")
_WHOLE = re.compile(r"-?(?:\d{1,18}|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5})", re.ASCII)


class _Writing(Protocol):
    """What the options say of the writing of cells."""

    @property
    def decimal_mark(self) -> str: ...
    @property
    def dates(self) -> str: ...
    @property
    def months(self) -> str: ...
    @property
    def yes(self) -> str: ...
    @property
    def no(self) -> str: ...
    @property
    def formats(self) -> Mapping[str, str]: ...
    @property
    def digits(self) -> Mapping[str, int]: ...


def reader_for(column: str, kind: str, writing: _Writing) -> Callable[[str], Any]:
    """Give the reader of one column's cells; it raises Invalid for a cell written otherwise.

    Raises:
        Refused: The column's declared format is none of its type's.
    """
    match kind:
        case "money":
            return _money(_declared(column, writing.formats, writing.decimal_mark, get_args(DecimalMark)))
        case "date":
            return _date(_declared(column, writing.formats, writing.dates, tuple(_DATES)))
        case "month":
            return _month(_declared(column, writing.formats, writing.months, tuple(_MONTHS)))
        case "integer":
            return _integer
        case "boolean":
            return _boolean(writing.yes, writing.no)
        case "text":
            return _digits(writing.digits[column]) if column in writing.digits else _text
        case _:
            raise Refused(
                fr=f"La colonne {column} est de type {kind} ; types possibles : text, integer, money, date, month, "
                "boolean.",
                en=f"The column {column} is of type {kind}; possible types: text, integer, money, date, month, "
                "boolean.",
            )


def _declared(column: str, formats: Mapping[str, str], default: str, known: tuple[str, ...]) -> str:
    found = formats.get(column, default)
    if found not in known:
        raise Refused(
            fr=f"Le format « {found} » de la colonne {column} n'existe pas ; formats possibles : {' | '.join(known)}.",
            en=f'The format "{found}" of the column {column} does not exist; possible formats: {" | ".join(known)}.',
        )
    return found


def _text(text: str) -> str:
    if "\ufffd" in text:
        raise Invalid(fr="La cellule contient un caractère de contrôle.", en="The cell holds a control character.")
    return text


def _digits(count: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        digits = _SPACES.sub("", text)
        if len(digits) != count or not (digits.isascii() and digits.isdigit()):
            raise Invalid(
                fr=f"{count} chiffres attendus, lu « {text} » : un tableur a pu ôter les zéros du début.",
                en=f'{count} digits expected, read "{text}": a spreadsheet may have dropped leading zeros.',
            )
        return digits

    return read


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Invalid(fr=f"Nombre entier attendu, lu « {text} ».", en=f'Whole number expected, read "{text}".')
    return int(_SPACES.sub("", text))


def _money(mark: str) -> Callable[[str], int]:
    amount = re.compile(
        rf"(-?)(\d{{1,15}}|\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}){{1,4}})(?:{re.escape(mark)}(\d{{1,2}}))?"
        r"(?:[ \u00a0\u202f]?€)?",
        re.ASCII,
    ).fullmatch
    example = f"1500{mark}50"

    def read(text: str) -> int:
        found = amount(text)
        if found is None:
            raise Invalid(
                fr=f"Montant attendu sous la forme {example}, lu « {text} ».",
                en=f'Amount expected as {example}, read "{text}".',
            )
        sign, whole, decimals = found.groups()
        cents = int(_SPACES.sub("", whole)) * 100 + (int(decimals.ljust(2, "0")) if decimals else 0)
        return -cents if sign else cents

    return read


def _date(declared: str) -> Callable[[str], date]:
    shape = _DATES[declared].fullmatch

    def read(text: str) -> date:
        found = shape(text)
        try:
            if found is not None:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            pass  # no such day in the calendar: same answer as another writing
        raise Invalid(
            fr=f"Date attendue sous la forme {declared}, lu « {text} ».",
            en=f'Date expected as {declared}, read "{text}".',
        )

    return read


def _month(declared: str) -> Callable[[str], str]:
    shape = _MONTHS[declared].fullmatch

    def read(text: str) -> str:
        found = shape(text)
        if found is None or not 1 <= int(found["m"]) <= 12:
            raise Invalid(
                fr=f"Mois attendu sous la forme {declared}, lu « {text} ».",
                en=f'Month expected as {declared}, read "{text}".',
            )
        return f"{found['y']}-{found['m']}"

    return read


def _boolean(yes: str, no: str) -> Callable[[str], bool]:
    words = {yes.casefold(): True, no.casefold(): False}

    def read(text: str) -> bool:
        found = words.get(text.casefold())
        if found is None:
            raise Invalid(
                fr=f"« {yes} » ou « {no} » attendu, lu « {text} ».", en=f'"{yes}" or "{no}" expected, read "{text}".'
            )
        return found

    return read
