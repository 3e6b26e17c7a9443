"""A node tree becomes a declared value; every refusal gets the place of the node it speaks of."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from guichet.catalogue.options import SHAPES
from guichet.errors import Position, Problem, ProblemsFound, guess, nearest, once
from guichet.loader.reader import Mapping, Node, Scalar, Sequence

M = TypeVar("M", bound=BaseModel)
Path = tuple[str, ...]


def declare(model: type[M], node: Node, path: Path = ()) -> M:
    """The value a node declares; raises ProblemsFound with every mistake below it."""
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        raise ProblemsFound(problems_of(error, model, node, path)) from error


def plain(node: Node) -> Any:
    """The node tree as dictionaries, lists and text."""
    if isinstance(node, Mapping):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text


def find(node: Node, path: Iterable[str | int]) -> Node | None:
    """The node at a path, or None."""
    for step in path:
        if isinstance(node, Mapping) and str(step) in node.entries:
            node = node.entries[str(step)].value
        elif isinstance(node, Sequence) and str(step).isdigit() and int(step) < len(node.items):
            node = node.items[int(step)]
        else:
            return None
    return node


def place(node: Node, path: Iterable[str | int], *, of_key: bool = False) -> Position:
    """The position of the deepest node that the path reaches; with `of_key`, of the key that names it."""
    position = node.position
    for step in path:
        if isinstance(node, Mapping) and str(step) in node.entries:
            entry = node.entries[str(step)]
            node = entry.value
            position = node.position if isinstance(node, Scalar) and not of_key else entry.key.position
        elif isinstance(node, Sequence) and str(step).isdigit() and int(step) < len(node.items):
            node = node.items[int(step)]
            position = node.position
    return position


def problems_of(error: ValidationError, model: type[BaseModel], node: Node, path: Path = ()) -> list[Problem]:
    """The refusals of pydantic as problems with positions, in the order of the file."""
    found = [_problem(dict(detail), model, node, path) for detail in error.errors(include_url=False)]
    misspelt = {(problem.path, problem.data["nearest"]) for problem in found if problem.code == "unknown_key"}
    # "labell" instead of "label" is one mistake, not an unknown key and a missing one.
    found = [p for p in found if not (p.code == "missing_key" and (p.path, p.data["key"]) in misspelt)]
    return sorted(once(found), key=lambda problem: problem.position.line if problem.position else 0)


_NAME_OF_VERSION = len(("rules", "2020-04-01", "criteria", "solde"))
_SHORTER = {"forms": "form"}  # what a file says for a key that holds several


def _problem(detail: dict[str, Any], model: type[BaseModel], node: Node, path: Path) -> Problem:
    steps: tuple[str | int, ...] = tuple(detail["loc"])
    kind: str = detail["type"]
    shown = path + tuple(str(step) for step in steps if step != "[key]")
    if kind == "extra_forbidden":
        choices = keys_at(model, steps[:-1])
        return Problem("unknown_key", guess(str(steps[-1]), choices), place(node, steps, of_key=True), shown[:-1])
    if kind == "missing":
        return _missing(str(steps[-1]), steps[:-1], model, node, shown[:-1])
    position = place(node, steps[:-1], of_key=True) if steps and steps[-1] == "[key]" else place(node, steps)
    if kind == "guichet":
        context = detail["ctx"]
        return Problem(context["code"], {"value": detail.get("input"), **context["data"]}, position, shown)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        return Problem("unknown_value", guess(str(detail.get("input")), filter(None, choices)), position, shown)
    if kind in SHAPES:
        return Problem(SHAPES[kind], {}, position, shown)
    reason = str(detail["ctx"]["error"]) if "error" in detail.get("ctx", {}) else detail["msg"]
    return Problem("invalid_value", {"value": detail.get("input"), "reason": reason}, position, shown)


def _missing(
    key: str, owner: tuple[str | int, ...], model: type[BaseModel], node: Node, shown: tuple[str, ...]
) -> Problem:
    """A key that is not there, or that stands there misspelt (among options, where any name may stand)."""
    found = find(node, owner)
    known = keys_at(model, owner)
    strangers = [name for name in found.entries if name not in known] if isinstance(found, Mapping) else []
    misspelt = nearest(key, strangers)
    if misspelt is not None:
        data = {"value": misspelt, "nearest": key, "choices": tuple(known)}
        return Problem("unknown_key", data, place(node, (*owner, misspelt), of_key=True), shown)
    data = {"key": _SHORTER.get(key, key), **_meant_elsewhere(node, owner)}
    return Problem("missing_key", data, place(node, owner, of_key=True), shown)


def _meant_elsewhere(node: Node, owner: tuple[str | int, ...]) -> dict[str, object]:
    """For a name that lacks what a new name needs: the one of an earlier version, or of a block, that is like it."""
    group = find(node, owner[:-1])
    if not isinstance(group, Mapping) or not owner:
        return {}
    of_version = len(owner) == _NAME_OF_VERSION and owner[0] == "rules"
    here = place(node, owner, of_key=True).file
    others = [
        name
        for name, entry in group.entries.items()
        if name != owner[-1] and (of_version or entry.key.position.file != here)
    ]
    meant = nearest(str(owner[-1]), others)
    return {"nearest": meant, "declared": place(node, (*owner[:-1], meant), of_key=True)} if meant else {}


def keys_at(model: type[BaseModel], steps: Iterable[str | int]) -> list[str]:
    """The keys that a declared value accepts at a path: what an unknown key is compared with."""
    current: Any = model
    for step in steps:
        current = _below(current, str(step))
        if current is None:
            return []
    found = _model_in(current)
    if found is None:
        return []
    direct = hasattr(found, "_gather_options")  # options stand directly under what gathers them
    return [field.alias or name for name, field in found.model_fields.items() if name != "options" or not direct]


def _below(annotation: Any, step: str) -> Any:
    found = _model_in(annotation)
    if found is not None:
        for name, field in found.model_fields.items():
            if step in (name, field.alias):
                return field.annotation
        return None
    for part in _parts(annotation):
        origin, arguments = typing.get_origin(part), typing.get_args(part)
        if origin in (dict, tuple, list) and arguments:
            return arguments[1] if origin is dict else arguments[0]
    return None


def _parts(annotation: Any) -> list[Any]:
    """The members of a union, annotations removed."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (dict, tuple, list):
        return [annotation]
    members = typing.get_args(annotation)
    return [part for member in members for part in _parts(member)] if members else [annotation]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None
