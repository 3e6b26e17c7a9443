"""Overlays: what one territory replaces in a shared scheme, limited to what the scheme opens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guichet.errors import Problem, ProblemsFound, guess, nearest
from guichet.loader.declaration import declare, find, plain
from guichet.loader.reader import DISK, Entry, Files, Mapping, Node, Scalar
from guichet.model.base import Value
from guichet.model.parameters import parse_parameter
from guichet.model.scalars import ScalarError
from guichet.model.scheme import Opening
from guichet.model.types import Format


class OverlayHead(Value):
    """The head of an overlay file."""

    format: Format
    set: Any


@dataclass(frozen=True, slots=True)
class Overlay:
    """The values one territory replaces, by path; each node keeps its place in the overlay's file."""

    scheme: str
    territory: str
    shown_as: str
    entries: dict[str, Entry]


def read_overlay(path: Path, shown_as: str, scheme: str, territory: str, files: Files = DISK) -> Overlay:
    """The overlay of one file: `set:` maps paths of the scheme to new values."""
    node = files.node(path, shown_as)
    if not isinstance(node, Mapping):
        raise ProblemsFound([Problem("mapping_expected", {}, node.position)])
    strangers = [entry for key, entry in node.entries.items() if key not in OverlayHead.model_fields]
    if "set" not in node.entries and strangers and nearest("set", [one.key.text for one in strangers]) is None:
        data = {"value": strangers[0].key.text}
        raise ProblemsFound([Problem("overlay_without_set", data, strangers[0].key.position)])
    declare(OverlayHead, node)
    changes = node.entries["set"].value
    if not isinstance(changes, Mapping):
        raise ProblemsFound([Problem("mapping_expected", {}, changes.position, ("set",))])
    return Overlay(scheme, territory, shown_as, _each(changes))


def _each(changes: Mapping) -> dict[str, Entry]:
    """The changes by path; under `texts:` and `contacts:` each text is a change of its own."""
    found: dict[str, Entry] = {}
    for path, entry in changes.entries.items():
        if path in ("texts", "contacts") and isinstance(entry.value, Mapping):
            found |= {f"{path}.{name}": inner for name, inner in entry.value.entries.items()}
        else:
            found[path] = entry
    return found


def apply_overlay(tree: Node, overlay: Overlay, openings: tuple[Opening, ...], problems: list[Problem]) -> Node:
    """The tree with the overlay's values in place; what the scheme does not open is refused by name and line."""
    opened = [opening.path for opening in openings if opening.path]
    bounds = {opening.parameter: opening for opening in openings if opening.parameter}
    for path, entry in overlay.entries.items():
        steps = path.split(".")
        if steps[0] == "parameters" and len(steps) == 2 and steps[1] in bounds:
            tree = _set_parameter(tree, bounds[steps[1]], entry, problems)
        elif any(path == item or path.startswith(f"{item}.") for item in opened):
            changed = _replace(tree, steps, entry) if steps[0] != "texts" or find(tree, steps) is not None else None
            if changed is None:
                problems.append(Problem("overlay_unknown_path", _told(tree, steps, path), entry.key.position))
            else:
                tree = changed
        else:
            choices = opened + [f"parameters.{name}" for name in bounds]
            data = guess(path, choices) | {"path": path, "scheme": overlay.scheme}
            problems.append(Problem("overlay_not_open", data, entry.key.position))
    return tree


def _told(tree: Node, steps: list[str], path: str) -> dict[str, object]:
    """What a message says of a path where the scheme has nothing: the paths beside."""
    beside = find(tree, steps[:-1])
    before = ".".join(steps[:-1])
    names = beside.entries if isinstance(beside, Mapping) else ()
    return guess(path, [f"{before}.{name}" for name in names]) | {"path": path}


def _replace(tree: Node, steps: list[str], entry: Entry) -> Node | None:
    if not isinstance(tree, Mapping):
        return None
    name = steps[0]
    present = tree.entries.get(name)
    if len(steps) == 1:
        key = entry.key if present is None else present.key
        return tree.with_entries({name: Entry(key, entry.value)})
    if present is None:
        created: Node = entry.value
        for step in reversed(steps[1:]):
            created = Mapping({step: Entry(entry.key, created)}, entry.key.position)
        return tree.with_entries({name: Entry(entry.key, created)})
    below = _replace(present.value, steps[1:], entry)
    return None if below is None else tree.with_value(name, below)


def _set_parameter(tree: Node, opening: Opening, entry: Entry, problems: list[Problem]) -> Node:
    """Every dated value of a parameter becomes the territory's, between the bounds the scheme declares."""
    name = str(opening.parameter)
    if not isinstance(entry.value, Scalar):
        problems.append(Problem("text_expected", {}, entry.value.position))
        return tree
    parameters = tree.entries.get("parameters") if isinstance(tree, Mapping) else None
    declared = parameters.value.entries.get(name) if parameters and isinstance(parameters.value, Mapping) else None
    if declared is None or not isinstance(declared.value, Mapping):
        problems.append(Problem("overlay_unknown_path", {"path": f"parameters.{name}"}, entry.key.position))
        return tree
    kind = plain(declared.value).get("type", "text")
    problem = outside_bounds(kind, entry.value, opening)
    if problem is not None:
        problems.append(problem)
        return tree
    values = declared.value.entries["values"].value
    assert isinstance(values, Mapping)  # noqa: S101  declare() has refused any other shape before overlays apply
    dated = {
        day: Entry(item.key, _replace(item.value, ["value"], Entry(entry.key, entry.value)) or item.value)
        for day, item in values.entries.items()
    }
    changed = _replace(tree, ["parameters", name, "values"], Entry(entry.key, Mapping(dated, values.position)))
    return changed or tree


def outside_bounds(kind: str, value: Scalar, opening: Opening) -> Problem | None:
    """Why a parameter cannot be given a value: not of its type, or beyond what the scheme opens; None when it can."""
    try:
        given = parse_parameter(kind, value.text)
        low = parse_parameter(kind, opening.min) if opening.min else None
        high = parse_parameter(kind, opening.max) if opening.max else None
    except ScalarError as error:
        return Problem(error.code, {"value": value.text, **error.data}, value.position)
    if (low is not None and given < low) or (high is not None and given > high):
        data = {"value": value.text, "min": opening.min or "–", "max": opening.max or "–"}
        return Problem("overlay_out_of_bounds", data, value.position)
    return None
