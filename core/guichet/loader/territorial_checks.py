"""What a scheme asks of the territories it is meant for: that they exist, sign, and may set what it opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guichet.errors import Problem, nearest
from guichet.loader.checked import Checked
from guichet.loader.declaration import find, keys_at, place
from guichet.loader.overlays import outside_bounds
from guichet.loader.reader import Scalar
from guichet.model.scheme import Opening, Scheme
from guichet.model.territory import Territory

_KINDS = ("regions", "departements")
_PAGE = "extra_attachments"


def check_territorial(checked: Checked) -> Iterator[Problem]:
    """Every mistake about territories, signatories, and openings to overlays."""
    yield from _territories(checked)
    yield from _issuers(checked)
    yield from _openings(checked)


def _territories(checked: Checked) -> Iterator[Problem]:
    for index, name in enumerate(checked.scheme.territories):
        path = ("territories", str(index))
        problem = checked.territories.problem(name, place(checked.node, path), path)
        if name in _KINDS or problem is None:
            continue
        kind = nearest(name, _KINDS)
        yield replace(problem, data={**problem.data, "nearest": kind}) if kind else problem


def _issuers(checked: Checked) -> Iterator[Problem]:
    """Some territory the scheme is meant for has a signatory for each issuer."""
    meant = [territory for territory in checked.territories if checked.scheme.is_meant_for(territory.id)]
    known = sorted({issuer for territory in meant for issuer in _issuers_of(territory)})
    for name, stage in checked.scheme.workflow.stages.items():
        if stage.issued_by is None or not meant:
            continue
        path = ("workflow", "stages", name, "issued_by")
        without = [territory.id for territory in meant if stage.issued_by not in _issuers_of(territory)]
        if len(without) == len(meant):
            yield checked.unknown("unknown_issuer", path, stage.issued_by, known)
        elif without:
            data = {"value": stage.issued_by, "territories": without}
            yield checked.problem("issuer_missing_somewhere", path, severity="warning", **data)


def _issuers_of(territory: Territory) -> set[str]:
    return {signatory.issuer or key for key, signatory in territory.signatories.items()}


def _openings(checked: Checked) -> Iterator[Problem]:
    """What territories may set exists in the scheme."""
    scheme = checked.scheme
    for index, opening in enumerate(scheme.overlay_may_set):
        path = ("overlay_may_set", str(index))
        if bool(opening.path) == bool(opening.parameter):
            yield checked.problem("opening_one_way", path)
        elif opening.parameter is not None and opening.parameter not in scheme.parameters:
            yield checked.unknown("unknown_parameter", path, opening.parameter, list(scheme.parameters))
        elif opening.parameter is not None:
            yield from _bounds(checked, opening, path)
        else:
            yield from _opened_path(checked, opening.path, path)


def _bounds(checked: Checked, opening: Opening, path: tuple[str, ...]) -> Iterator[Problem]:
    """The bounds are of the parameter's type, and hold what the scheme itself gives it."""
    declared = checked.scheme.parameters[str(opening.parameter)]
    for key in ("min", "max"):
        bound = find(checked.node, (*path, key))
        if isinstance(bound, Scalar):
            problem = outside_bounds(declared.type, bound, Opening())
            if problem is not None:
                yield replace(problem, path=(*path, key))
                return
    for day in declared.values:
        value = find(checked.node, ("parameters", str(opening.parameter), "values", day.isoformat(), "value"))
        problem = outside_bounds(declared.type, value, opening) if isinstance(value, Scalar) else None
        if problem is not None and problem.code == "overlay_out_of_bounds":
            yield replace(problem, path=path)


def _opened_path(checked: Checked, opened: str, path: tuple[str, ...]) -> Iterator[Problem]:
    steps = opened.split(".")
    for depth, step in enumerate(steps):
        known = [*keys_at(Scheme, steps[:depth]), *([_PAGE] if depth == 0 else [])]
        beside = [name for name in known if name not in ("id", "format", "kind")]
        if known and step not in beside:
            before = "".join(f"{name}." for name in steps[:depth])
            yield checked.unknown("unknown_path", path, opened, [f"{before}{name}" for name in beside])
            return
        if not known and find(checked.node, steps[: depth + 1]) is None:
            yield checked.unknown("unknown_path", path, opened, [])
            return
