"""What is allowed and looks like a slip: a code out of its order, a day with two digits changed places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from guichet.errors import Problem
from guichet.loader.checked import Checked, Path
from guichet.loader.reader import Mapping, Node, Scalar
from guichet.loader.reader import Sequence as Items

_LITERALS = re.compile(r"\((\"[^\"]+\"(?:, *\"[^\"]+\"){3,})\)")
_LITERAL = re.compile(r"\"([^\"]+)\"")
_PLACE_ID = re.compile(r"\"([a-z]{2,4}-(?:\d{2,3}|2[ab]))\"")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FEWEST, _OFTEN = 4, 3
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def check_doubtful(checked: Checked) -> Iterator[Problem]:
    """A warning for each code of a list that breaks its order, and each territory of a rule that does not exist."""
    scheme = checked.scheme
    for name, declared in scheme.codes.items():
        for key, codes in (("codes", declared.codes), ("except", declared.but)):
            path = ("codes", name, key)
            for code, other in pairwise(sorted(set(codes))):
                if other.startswith(code):
                    where = (*path, str(codes.index(code)))
                    yield checked.problem("code_covers_another", where, severity="warning", value=code, other=other)
            at = out_of_order(codes)
            if at is not None:
                before = codes[at - 1] if at else ""
                where = (*path, str(at))
                yield checked.problem("code_out_of_order", where, severity="warning", value=codes[at], before=before)
    for key in ("rules", "forms"):
        entry = checked.node.entries.get(key) if isinstance(checked.node, Mapping) else None
        for path, scalar in texts(entry.value, (key,)) if entry is not None else ():
            if '"' in scalar.text:
                yield from _literals(checked, path, scalar)


def _literals(checked: Checked, path: Path, scalar: Scalar) -> Iterator[Problem]:
    for found in _PLACE_ID.finditer(scalar.text):
        place = scalar.locate(found.start(1), len(found[1]))
        problem = checked.territories.problem(found[1], place, path)
        if problem is not None:
            yield Problem(problem.code, problem.data, place, path, "warning")
    for found in _LITERALS.finditer(scalar.text):
        literals = list(_LITERAL.finditer(found[1]))
        at = out_of_order([each[1] for each in literals])
        if at is not None:
            place = scalar.locate(found.start(1) + literals[at].start(1), len(literals[at][1]))
            data = {"value": literals[at][1], "before": literals[at - 1][1] if at else ""}
            yield Problem("code_out_of_order", data, place, path, "warning")


def out_of_order(codes: Sequence[str]) -> int | None:
    """The one code of a list without which the list would go up; None when it goes up, or is in no order at all.

    >>> out_of_order(["13", "14", "51", "16"]), out_of_order(["13", "14", "15"]), out_of_order(["9", "3", "8", "1"])
    (2, None, None)
    """
    falls = [at for at in range(1, len(codes)) if codes[at] <= codes[at - 1]]
    if len(codes) < _FEWEST or len(falls) != 1:
        return None
    after = falls[0]
    if after == 1 or codes[after - 2] < codes[after]:
        return after - 1
    return after if after + 1 == len(codes) or codes[after - 1] < codes[after + 1] else None


def check_example_days(examples: Node | None, scheme: Node) -> Iterator[Problem]:
    """A warning for each day written once in the examples, when others often write it with two digits changed places.

    A day that the scheme writes too, or that the example says in words, is meant.
    """
    if examples is None:
        return
    days = [(path, scalar) for path, scalar in texts(examples) if _DAY.fullmatch(scalar.text)]
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
    month = _MONTHS[at.month - 1]
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


def texts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Each text of a tree with its path."""
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from texts(entry.value, (*path, key))
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from texts(item, (*path, str(index)))


def keys(node: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Each key of a tree with the path of what holds it."""
    if isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield path, entry.key
            yield from keys(entry.value, (*path, key))
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from keys(item, (*path, str(index)))
