"""What a scheme asserts although its sources do not settle it: each value marked `unverified`, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guichet.loader.declaration import place
from guichet.loader.reader import Node
from guichet.model.scheme import Scheme

__all__ = ["Unverified", "unverified_of"]


@dataclass(frozen=True, slots=True)
class Unverified:
    """One value to be confirmed."""

    file: str
    line: int
    path: str
    why: str


def unverified_of(scheme: Scheme, node: Node) -> tuple[Unverified, ...]:
    """Every value marked `unverified`: of parameters, of lists of codes, of branches of the amount."""
    found: list[Unverified] = []
    for path, why in _marked(scheme):
        where = place(node, (*path, "unverified"))
        if where is not None:
            found.append(Unverified(where.file, where.line, ".".join(path), " ".join(why.split())))
    for path, why in scheme.unverified.items():
        where = place(node, path.split("."), of_key=True)
        found.append(Unverified(where.file, where.line, path, " ".join(why.split())))
    once = {(one.file, one.line, one.why): one for one in reversed(found)}  # what a version inherits is said once
    return tuple(sorted(once.values(), key=lambda one: (one.file, one.line)))


def _marked(scheme: Scheme) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, parameter in scheme.parameters.items():
        for day, dated in parameter.values.items():
            if dated.unverified:
                yield ("parameters", name, "values", day.isoformat()), dated.unverified
    for name, codes in scheme.codes.items():
        if codes.unverified:
            yield ("codes", name), codes.unverified
    for first, version in scheme.rules.items():
        for name, scale in version.scales.items():
            if scale.unverified:
                yield ("rules", first.isoformat(), "scales", name), scale.unverified
        if version.repayment is not None and version.repayment.unverified:
            yield ("rules", first.isoformat(), "repayment"), version.repayment.unverified
        for index, branch in enumerate(version.amount):
            if branch.unverified:
                yield ("rules", first.isoformat(), "amount", str(index)), branch.unverified
