"""Declared models as reference tables: each key, what it takes, its default, and the docstring under it."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guichet.editor.schemas.notes import docstrings, on_one_line
from guichet.model import types
from guichet.plugin.contracts import Column
from guichet.plugin.contracts.base import ByOperator, Secret

# In this order: an expression and an id are both texts, told apart by the way they are read.
_SCALARS: tuple[tuple[Any, str], ...] = (
    (types.Cents, "amount"),
    (types.Whole, "whole number"),
    (types.Format, "format, now `1`"),
    (types.Flag, "`true` or `false`"),
    (types.Day, "day"),
    (types.LocalInstant, "local instant"),
    (types.Duration, "duration"),
    (types.Identifier, "id"),
    (types.Slug, "id with hyphens"),
    (types.Expression, "expression"),
    (Secret, "`secret:name`"),
    (str, "text"),
    (Any, "anything"),
)


def keys_table(model: type[BaseModel], *, linked: bool = True, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yields the table of a model's keys."""
    hints = typing.get_type_hints(model, include_extras=True)
    notes = docstrings(model)
    yield "| key | takes | default | what it is |"
    yield "| --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        if name not in without:
            key, taken = field.alias or name, said(hints[name], linked=linked)
            yield f"| `{key}` | {taken}{_bounds(field)} | {default_of(field)} | {in_table(_note(name, field, notes))} |"


def _note(name: str, field: FieldInfo, notes: Mapping[str, str]) -> str:
    theirs = any(isinstance(one, ByOperator) for one in field.metadata)
    return f"{notes.get(name, '')} Only in `instance.yaml`.".lstrip() if theirs else notes.get(name, "")


def said(annotation: Any, *, linked: bool = True) -> str:
    """What an annotation takes, in words; models are links to their section."""
    for known, words in _SCALARS:
        if annotation == known:
            return words
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return said(arguments[0], linked=linked)
    if origin is Literal:
        return ", ".join(f"`{_visible(value)}`" for value in arguments if value != "")
    if origin in (typing.Union, UnionType):
        return " or ".join(said(one, linked=linked) for one in arguments if one is not type(None))
    if origin is dict:
        return f"{said(arguments[0], linked=linked)} → {said(arguments[1], linked=linked)}"
    if origin is tuple:
        return f"list: {said(arguments[0], linked=linked)}"
    if isinstance(annotation, type) and issubclass(annotation, Column):
        return "field"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        title = words_of(annotation.__name__)
        return f"[{title}](#{title.replace(' ', '-')})" if linked else title
    return f"`{getattr(annotation, '__name__', annotation)}`"


def default_of(field: FieldInfo) -> str:
    """The default of a key as YAML writes it; a dash for nothing."""
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    if value is None or value == "" or value == () or value == {} or isinstance(value, BaseModel):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, Mapping):
        held = typing.cast("Mapping[str, object]", value)
        return ", ".join(f"`{name}: {_visible(one)}`" for name, one in held.items())
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in typing.cast("tuple[object, ...]", value))
    return f"`{_visible(value)}`"


def models_by_path(root: type[BaseModel]) -> dict[type[BaseModel], list[str]]:
    """Every model below a root with the paths where it stands, in the order of the declaration."""
    found: dict[type[BaseModel], list[str]] = {}
    for model, path in _below(root, "", ()):
        found.setdefault(model, []).append(path)
    return found


def paragraph(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return on_one_line((inspect.getdoc(thing) or "").split("\n\n")[0])


def in_table(text: str) -> str:
    """A text that may stand in a cell."""
    return on_one_line(text).replace("|", "\\|")


def words_of(name: str) -> str:
    """A class name as words: `RuleVersion` is `rule version`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _below(model: type[BaseModel], path: str, above: tuple[type, ...]) -> Iterator[tuple[type[BaseModel], str]]:
    yield model, path
    if model in above:
        return
    for name, field in model.model_fields.items():
        hint = typing.get_type_hints(model)[name]
        step = f"{path}.{field.alias or name}" if path else field.alias or name
        for inner, suffix in _models_in(hint):
            yield from _below(inner, step + suffix, (*above, model))


def _models_in(annotation: Any, suffix: str = "") -> Iterator[tuple[type[BaseModel], str]]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, suffix
    elif origin is dict:
        step = "day" if arguments[0] == typing.get_args(types.Day)[0] else "id"
        yield from _models_in(arguments[1], f"{suffix}.‹{step}›")
    else:
        for inner in arguments:
            yield from _models_in(inner, suffix)


def _bounds(field: FieldInfo) -> str:
    least = next((one.ge for one in field.metadata if hasattr(one, "ge")), None)
    greatest = next((one.le for one in field.metadata if hasattr(one, "le")), None)
    return f", {least} to {greatest}" if least is not None and greatest is not None else ""


def _visible(value: object) -> str:
    return {"\t": "tab", "|": "\\|"}.get(str(value), str(value))
