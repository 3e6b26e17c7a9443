"""Days that follow one another the wrong way, or run over one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guichet.errors import Problem
from guichet.loader.checked import Checked, Path


def check_dates(checked: Checked) -> Iterator[Problem]:
    """Each period of the legal part that ends before it begins, each suspension that begins within another."""
    legal = checked.scheme.legal
    suspended = [(("legal", "silence", "suspended", str(at)), one) for at, one in enumerate(legal.silence.suspended)]
    for path, one in suspended:
        yield from _reversed(checked, (*path, "until"), one.first, one.until)
    for index, (path, one) in enumerate(suspended):
        for _, other in suspended[:index]:
            if one.first <= other.until and other.first <= one.until:
                yield checked.problem(
                    "days_overlap", (*path, "from"), first=one.first, other=other.first, until=other.until
                )
    if legal.homologation is not None:
        path = ("legal", "homologation", "until")
        yield from _reversed(checked, path, legal.homologation.decided, legal.homologation.until)


def _reversed(checked: Checked, path: Path, first: date, last: date) -> Iterator[Problem]:
    if last < first:
        yield checked.problem("days_reversed", path, first=first, last=last)
