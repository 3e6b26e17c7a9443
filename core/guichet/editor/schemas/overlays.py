"""The schema of an overlay: each path of a scheme that a territory may replace, with what it takes."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from guichet.editor.schemas.notes import note_of_key
from guichet.editor.schemas.scalars import ANY_SCALAR, Schema
from guichet.editor.schemas.uses import OPTIONS_BESIDE
from guichet.model import types as declared
from guichet.model.form import Page
from guichet.model.scheme import Scheme

if typing.TYPE_CHECKING:  # the schemas of files ask this module, which asks only for a type
    from guichet.editor.schemas.shapes import Shapes

__all__ = ["overlay_shape"]

_NEVER = frozenset({"format", "kind", "id", "language", "overlay_may_set"})
_STEP = r"[^.]+"
_DEEPEST = 8


def overlay_shape(shapes: Shapes) -> Schema:
    """The head of an overlay, and under `set:` the paths of a scheme."""
    named: dict[str, Schema] = {"extra_attachments": shapes.model(Page)}
    patterns: dict[str, Schema] = {rf"^parameters\.{_STEP}$": ANY_SCALAR}
    for path, shape in _paths(shapes, Scheme, (), ()):
        if _STEP in path:
            patterns.setdefault("^" + r"\.".join(path) + "$", shape)
        else:
            named.setdefault(".".join(path), shape)
    changes: Schema = {"type": "object", "properties": named, "patternProperties": patterns}
    changes["additionalProperties"] = False
    return {
        "type": "object",
        "properties": {"format": shapes.of(declared.Format), "set": changes},
        "required": ["format", "set"],
        "additionalProperties": False,
    }


def _paths(
    shapes: Shapes, model: type[BaseModel], path: tuple[str, ...], above: tuple[type, ...]
) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Each path below a model, as steps and patterns of steps, with what stands there."""
    if model in above or len(path) > _DEEPEST:
        return
    hints = typing.get_type_hints(model, include_extras=True)
    keys = shapes.keys(model, whole=True, without=frozenset({"options"} if model in OPTIONS_BESIDE else ()))
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in keys or (not path and key in _NEVER):
            continue
        here = (*path, re.escape(key) if any(step == _STEP for step in path) else key)
        yield here, keys[key] | {"description": note_of_key(model, name, shapes.language)}
        yield from _below(shapes, hints[name], here, (*above, model))


def _below(
    shapes: Shapes, annotation: Any, path: tuple[str, ...], above: tuple[type, ...]
) -> Iterator[tuple[tuple[str, ...], Schema]]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _paths(shapes, annotation, path, above)
    elif origin is dict:
        step = (*path, _STEP)
        yield step, shapes.of(arguments[1])
        yield from _below(shapes, arguments[1], step, above)
    elif origin is not None and origin not in (tuple, list):
        for one in arguments:
            yield from _below(shapes, one, path, above)
