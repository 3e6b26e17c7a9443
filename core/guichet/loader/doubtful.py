"""What is allowed and looks like a slip: a code out of its order, a territory of a rule that does not exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guichet.errors import Problem
from guichet.loader.checked import Checked, Path
from guichet.loader.reader import Mapping, Node, Scalar
from guichet.loader.reader import Sequence as Items
from guichet.model.territories import Territories

_LITERALS = re.compile(r"\((\"[^\"]+\"(?:, *\"[^\"]+\"){3,})\)")
_LITERAL = re.compile(r"\"([^\"]+)\"")
_PLACE_ID = re.compile(r"\"([a-z]{2,4}-(?:\d{2,3}|2[ab]))\"")
_FEWEST = 4


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
            at, odd = out_of_order(codes), odd_place(_ids(codes, declared.nomenclature), checked.territories)
            if odd is not None:
                data = _misplaced(codes[odd[0]], odd[1], checked.territories)
                yield checked.problem("place_of_other_region", (*path, str(odd[0])), severity="warning", **data)
            elif at is not None:
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
        odd = odd_place([each[1] for each in literals], checked.territories)
        if odd is not None:
            which, missing = odd
            place = scalar.locate(found.start(1) + literals[which].start(1), len(literals[which][1]))
            data = _misplaced(literals[which][1], missing, checked.territories)
            yield Problem("place_of_other_region", data, place, path, "warning")
        elif at is not None:
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


def _ids(codes: Sequence[str], nomenclature: str | None) -> list[str]:
    """The ids of territories that some codes are, those of Départements being bare in their own table."""
    return [f"dep-{code.lower()}" for code in codes] if nomenclature == "departements" else list(codes)


def _misplaced(value: str, missing: str, territories: Territories) -> dict[str, object]:
    region = territories[missing].region or ""
    return {"value": value, "missing": territories[missing].name, "region": territories[region].name}


def odd_place(ids: Sequence[str], territories: Territories) -> tuple[int, str] | None:
    """The one Département of a list that stands where the one that a whole Région lacks would; None when there is none.

    A list of all the Départements of a Région but one, and of one of another Région, is a slip; any other is meant.
    """
    regions = [territories[one].region if one in territories else None for one in ids]
    (region, times), *_ = Counter(regions).most_common(1) or [(None, 0)]
    if region is None or times != len(ids) - 1:
        return None
    lacking = sorted(set(territories[region].departements) - set(ids))
    if len(lacking) != 1:
        return None
    return next(at for at, each in enumerate(regions) if each != region), lacking[0]


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
