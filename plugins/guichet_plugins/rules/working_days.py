"""The civil year, public holidays, and deadlines in working days: Monday to Friday, holidays left out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from guichet import BOOLEAN, DATE, INTEGER, TEXT, Signature, hookimpl

_ALSACE_MOSELLE = frozenset({"dep-57", "dep-67", "dep-68"})
_ABOLITION = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}
_ABOLITION_IN = {
    **{f"dep-{code}": day for code, day in _ABOLITION.items()},
    **{f"reg-0{code[-1]}": day for code, day in _ABOLITION.items()},  # the same places as Régions: reg-01 to reg-06
}
_ABOLITION_SINCE = 1984  # the decree that set the days is of November 1983
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_LOCAL = _ALSACE_MOSELLE | _ABOLITION_IN.keys()
_LAST_YEAR = 9_998  # the year after must still be a year
_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2026).isoformat(), easter(2000).isoformat()
    ('2026-04-05', '2000-04-23')
    """
    century, within = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leaps - moon + 15) % 30
    quarters, left = divmod(within, 4)
    weekday = (32 + 2 * rest + 2 * quarters - epact - left) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int, territory: str = "") -> frozenset[date]:
    """Give the public holidays of a year in a territory: Code du travail, art. L3133-1.

    In Alsace-Moselle also those of art. L3134-13; Good Friday is one there in communes with a Protestant church: it is
    counted in the three Départements. Overseas the day of the abolition of slavery (art. L3422-2; décret n° 83-1003).
    """
    sunday = easter(year)
    moving = [sunday + timedelta(days=days) for days in (1, 39, 50)]
    local = [sunday - timedelta(days=2), date(year, 12, 26)] if territory in _ALSACE_MOSELLE else []
    if territory in _ABOLITION_IN and year >= _ABOLITION_SINCE:
        local.append(date(year, *_ABOLITION_IN[territory]))
    return frozenset([*(date(year, month, day) for month, day in _FIXED), *moving, *local])


def is_holiday(day: date, territory: str) -> bool:
    """Tell whether a day is a public holiday in a Département.

    >>> is_holiday(date(2026, 4, 3), "dep-67"), is_holiday(date(2026, 4, 3), "dep-75")
    (True, False)
    >>> is_holiday(date(2026, 5, 22), "dep-972"), is_holiday(date(2026, 5, 22), "dep-971")
    (True, False)
    """
    return day in holidays(day.year, territory if territory in _LOCAL else "")


def is_working(day: date, territory: str) -> bool:
    """Tell whether a day is worked: from Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and not is_holiday(day, territory)


def working_day(day: date, territory: str) -> date | None:
    """Give the day itself when it is worked, else the next one that is; None beyond the calendar.

    >>> working_day(date(2026, 5, 1), "dep-75").isoformat()
    '2026-05-04'
    """
    if day.year > _LAST_YEAR:
        return None
    while not is_working(day, territory):
        day += _DAY
    return day


def working_days(start: date, end: date, territory: str) -> int | None:
    """Give how many days are worked after the first day, up to the last one included; negative when they go backwards.

    >>> working_days(date(2026, 4, 30), date(2026, 5, 11), "dep-75")
    5
    """
    if end < start:
        back = working_days(end, start, territory)
        return None if back is None else -back
    local = territory if territory in _LOCAL else ""
    weeks, rest = divmod((end - start).days, 7)
    worked = weeks * 5 + sum((start + _DAY * (step + 1)).weekday() < 5 for step in range(rest))
    years = range(start.year, end.year + 1)
    away = (day for year in years for day in holidays(year, local) if start < day <= end)
    return worked - sum(day.weekday() < 5 for day in away)


def year_of(day: date) -> int:
    """Give the civil year of a day, so that a sum is kept to what the same year saw.

    >>> year_of(date(2026, 12, 31)), year_of(date(2027, 1, 1))
    (2026, 2027)
    """
    return day.year


@hookimpl
def register_rule_functions() -> list[Signature]:
    """Give the functions of this module."""
    return [
        Signature(
            "year_of",
            {"fr": "année_de", "en": "year_of"},
            (DATE,),
            INTEGER,
            year_of,
            label={"fr": "l'année de {0}", "en": "the year of {0}"},
        ),
        Signature(
            "is_holiday",
            {"fr": "est_férié", "en": "is_holiday"},
            (DATE, TEXT),
            BOOLEAN,
            is_holiday,
            label={"fr": "le caractère férié du jour {0}", "en": "whether {0} is a public holiday"},
        ),
        Signature(
            "working_day",
            {"fr": "jour_ouvré", "en": "working_day"},
            (DATE, TEXT),
            DATE,
            working_day,
            label={"fr": "le premier jour ouvré à partir de {0}", "en": "the first working day from {0}"},
        ),
        Signature(
            "working_days_between",
            {"fr": "jours_ouvrés_entre", "en": "working_days_between"},
            (DATE, DATE, TEXT),
            INTEGER,
            working_days,
            label={"fr": "le nombre de jours ouvrés entre {0} et {1}", "en": "the working days between {0} and {1}"},
        ),
    ]
