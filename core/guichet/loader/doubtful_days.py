"""Days written once, two digits away from a day that is meant: in examples, and where parameters begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from guichet.errors import Problem
from guichet.loader.checked import Checked, Path
from guichet.loader.declaration import place
from guichet.loader.doubtful import keys, texts
from guichet.loader.reader import Node, Scalar
from guichet.locale import MONTH_NAMES

__all__ = ["check_example_days", "check_first_days", "in_words", "swapped"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFTEN = 3


def check_example_days(examples: Node | None, scheme: Node) -> Iterator[Problem]:
    """A warning for each day written once in the examples, when others often write it with two digits changed places.

    A day that the scheme writes too, or that the example says in words, is meant.
    """
    if examples is None:
        return
    days = [(path, scalar) for path, scalar in texts(examples) if _DAY.fullmatch(scalar.text)]
    yield from _against_titles(examples, days)
    count = Counter(scalar.text for _, scalar in days)
    alone = [(path, scalar) for path, scalar in days if count[scalar.text] == 1]
    often = [day for day, times in count.items() if times >= _OFTEN]
    if not alone or not often:
        return
    written = {day for _, scalar in texts(scheme) for day in _DAY.findall(scalar.text)}
    written |= {day for _, key in keys(scheme) for day in _DAY.findall(key.text)}
    for path, scalar in alone:
        meant = next((day for day in often if swapped(scalar.text, day)), None)
        if meant is not None and scalar.text not in written and not _in_words(examples, path, scalar.text):
            data = {"value": scalar.text, "nearest": meant, "times": count[meant]}
            yield Problem("day_like_another", data, scalar.position, path, "warning")


def _against_titles(examples: Node, days: list[tuple[Path, Scalar]]) -> Iterator[Problem]:
    """A warning for each day of an example whose title says in words another one, two digits away."""
    titles = {path[1]: scalar.text for path, scalar in texts(examples) if path[2:] == ("title",)}
    for path, scalar in days:
        title = titles.get(path[1], "") if len(path) > 1 else ""
        day = scalar.text
        if not title or _is_said(day, title):
            continue
        meant = next((other for other in _neighbours(day) if _is_said(other, title)), None)
        if meant is not None:
            data = {"value": day, "nearest": meant}
            yield Problem("day_not_of_title", data, scalar.position, path, "warning")


def _is_said(day: str, title: str) -> bool:
    """Whether a title says a day with its month in words; no day of the calendar is said nowhere."""
    try:
        return any(re.search(rf"(?<!\d){words}\b", title) for words in in_words(day) if " " in words)
    except ValueError:
        return False


def _neighbours(day: str) -> Iterator[str]:
    """The days that one writes for another by changing two neighbouring digits.

    >>> sorted(_neighbours("2020-01-20"))[:3]
    ['0220-01-20', '2002-01-20', '2020-01-02']
    """
    digits = day.replace("-", "")
    for at in range(len(digits) - 1):
        other = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if other != digits:
            yield f"{other[:4]}-{other[4:6]}-{other[6:]}"


def check_first_days(checked: Checked) -> Iterator[Problem]:
    """A warning for each parameter that begins alone, two digits away from the day on which rules or others begin.

    A day that the parameter says in words, in its label, its help or its text of law, is meant.
    """
    parameters = checked.scheme.parameters
    begins = Counter(day.isoformat() for declared in parameters.values() for day in declared.values)
    begins.update(day.isoformat() for day in checked.scheme.rules)
    for name, declared in parameters.items():
        for day in (each.isoformat() for each in declared.values):
            meant = next((other for other in begins if swapped(day, other)), None)
            if meant is None or begins[day] > 1:
                continue
            path = ("parameters", name, "values", day)
            said = f"{declared.label} {declared.values[date.fromisoformat(day)]}"
            if not any(words in said for words in in_words(day)[:-1]):
                data = {"value": day, "nearest": meant}
                yield Problem(
                    "first_day_like_another", data, place(checked.node, path, of_key=True), path[:-1], "warning"
                )


def swapped(one: str, other: str) -> bool:
    """Whether two texts of digits differ by two neighbours that changed places, hyphens left out.

    >>> swapped("2020-07-10", "2020-07-01"), swapped("2020-07-02", "2020-07-01")
    (True, False)
    """
    first, second = one.replace("-", ""), other.replace("-", "")
    at = [index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    if len(first) != len(second) or len(at) != 2 or at[1] != at[0] + 1:
        return False
    return first[at[0]] == second[at[1]] and first[at[1]] == second[at[0]]


def in_words(day: str) -> tuple[str, ...]:
    """The ways people write a day in French and in an id.

    >>> in_words("2020-07-01")
    ('1er juillet', '1 juillet', '1er_juillet', '1_juillet', '01/07', '2020-07-01')
    """
    at = date.fromisoformat(day)
    month = MONTH_NAMES["fr"][at.month - 1]
    ordinal = ("1er", "1") if at.day == 1 else (str(at.day),)
    return (
        *(f"{number} {month}" for number in ordinal),
        *(f"{number}_{month}" for number in ordinal),
        f"{at.day:02}/{at.month:02}",
        day,
    )


def _in_words(examples: Node, path: Path, day: str) -> bool:
    """Whether the title or the id of the example that holds a day says it."""
    said = path[1] if len(path) > 1 else ""
    for other, scalar in texts(examples):
        if other[:2] == path[:2] and other[2:] == ("title",):
            said += f" {scalar.text}"
    try:
        return any(words in said for words in in_words(day))
    except ValueError:
        return False
