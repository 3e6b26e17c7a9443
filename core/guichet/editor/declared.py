"""What a file declares at a path: the type that the models give to the value that stands there."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from guichet.demo.recipe import Recipe
from guichet.loader.blocks import BlockHead
from guichet.loader.schemes import PARTS
from guichet.loader.territory_files import AuthorityFile, TerritoryFile
from guichet.model.examples import Examples
from guichet.model.form import Form, Page
from guichet.model.instance import InstanceFile
from guichet.model.rules import Definition
from guichet.model.scheme import Scheme
from guichet.model.types import Expression

__all__ = ["UNKNOWN", "at", "below", "is_expression", "model_in", "root_of"]

UNKNOWN = object()
"""What a block brings, whose place only its users know."""
_ROOTS: Mapping[str, Any] = {
    "scheme": Scheme,
    "form": Form,
    "examples": Examples,
    "demo": Recipe,
    "territory": TerritoryFile,
    "authority": AuthorityFile,
    "instance": InstanceFile,
    "block": BlockHead,
}
_EXPRESSION_KEYS = frozenset({"when", "asked_when", "if", "then", "else", "always", "of", "up_to", "below"})


def root_of(kind: str) -> Any:
    """The type of the whole of a kind of file; UNKNOWN where no one model says it."""
    if kind in PARTS:
        return _hints(Scheme)[kind]
    return _ROOTS.get(kind, UNKNOWN)


def at(kind: str, path: Iterable[str]) -> Any:
    """The type of the value at a path of a file; None where nothing may stand."""
    found = root_of(kind)
    for step in path:
        found = below(found, step)
    return found


def below(annotation: Any, step: str) -> Any:
    """The type of what stands under a key, or in a list; None where nothing may stand."""
    if annotation is UNKNOWN:
        return UNKNOWN
    if annotation is Scheme and step in ("form", "extra_attachments"):
        return Form if step == "form" else Page
    if annotation is BlockHead and step == "content":
        return UNKNOWN
    for part in _parts(annotation):
        origin, arguments = typing.get_origin(part), typing.get_args(part)
        if isinstance(part, type) and issubclass(part, BaseModel):
            return _key(part, step)
        if origin in (dict, tuple, list):
            return arguments[1] if origin is dict else arguments[0]
    return None


def is_expression(annotation: Any, step: str, parent: str) -> bool:
    """Whether a text is an expression: as its type says, or in a block as its key does."""
    if annotation is UNKNOWN:
        return step in _EXPRESSION_KEYS or parent == "define"
    return annotation is Definition or any(part == Expression for part in _unions(annotation))


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a value of this type declares, if any."""
    return next((one for one in _parts(annotation) if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _key(model: type[BaseModel], step: str) -> Any:
    for name, field in model.model_fields.items():
        if step == (field.alias or name):
            return _hints(model)[name]
    return None


@cache  # models never change while a process lives
def _hints(model: type[BaseModel]) -> Mapping[str, Any]:
    return typing.get_type_hints(model, include_extras=True)


def _unions(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(one for member in typing.get_args(annotation) for one in _unions(member))
    return (annotation,)


def _parts(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, annotations removed."""
    single = _unions(annotation)
    return tuple(typing.get_args(one)[0] if typing.get_origin(one) is typing.Annotated else one for one in single)
