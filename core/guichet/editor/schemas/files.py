"""The kinds of file that declarations are made of, and the schema of each."""

from __future__ import annotations

import json
import os
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from guichet.demo.recipe import Recipe
from guichet.editor.schemas.overlays import overlay_shape
from guichet.editor.schemas.scalars import Schema
from guichet.editor.schemas.shapes import Shapes
from guichet.editor.schemas.uses import Choices
from guichet.errors import Language
from guichet.loader.blocks import BlockHead
from guichet.loader.schemes import PARTS
from guichet.loader.territory_files import AuthorityFile, TerritoryFile, TribunalFile
from guichet.locale import Text
from guichet.model.examples import Examples
from guichet.model.form import Page
from guichet.model.instance import InstanceFile
from guichet.model.scheme import Scheme
from guichet.model.types import Format

__all__ = ["DIALECT", "KINDS", "FileKind", "kind_of", "schema_file", "schema_line", "schema_of"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BESIDE = frozenset({"rules", "workflow", "legal", "forms"})
"""What a scheme needs, and may have in files of their own."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name, where such files lie, what they are, their shape."""

    name: str
    pattern: str
    title: Text
    shape: Callable[[Shapes], Schema]
    blocks: bool = False

    def covers(self, path: PurePath) -> bool:
        """Whether a file of this path is of this kind."""
        return path.match(self.pattern)


def schema_of(kind: FileKind, choices: Choices, language: Language = "fr") -> Schema:
    """The JSON Schema of a kind of file, with what the installed plugins take."""
    shapes = Shapes(choices, language, blocks=kind.blocks)
    shape = kind.shape(shapes)
    head = {"$schema": DIALECT, "title": kind.pattern, "description": kind.title.form(language, None)}
    return {**head, **{key: value for key, value in shape.items() if key not in head}, "$defs": shapes.definitions}


def kind_of(path: PurePath) -> FileKind | None:
    """The kind of a file, by where it lies; None for what is no declaration."""
    return next((kind for kind in KINDS.values() if kind.covers(path)), None)


def schema_file(kind: FileKind) -> str:
    """The name of the file that holds the schema of a kind."""
    return f"{kind.name}.schema.json"


def schema_line(file: PurePath, schemas: PurePath, kind: FileKind) -> str:
    """The comment by which an editor finds the schema of a file, written at its head."""
    beside = os.path.relpath(schemas / schema_file(kind), file.parent)
    return f"# yaml-language-server: $schema={PurePath(beside).as_posix()}"


def schema_text(schema: Schema) -> str:
    """A schema as it is written: the same text for the same installation."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _scheme(shapes: Shapes) -> Schema:
    keys = shapes.keys(Scheme, whole=True)
    page = shapes.model(Page)
    more: dict[str, Schema] = {"form": dict(keys["forms"]["else"]["additionalProperties"]), "extra_attachments": page}
    more["form"]["description"] = _FORM.form(shapes.language, None)
    required = [name for name, field in Scheme.model_fields.items() if field.is_required() and name not in _BESIDE]
    return shapes.mapping({**keys, **more}, required)


def _part(name: str) -> Callable[[Shapes], Schema]:
    """A file that holds one key of the scheme."""

    def shape(shapes: Shapes) -> Schema:
        return shapes.of(typing.get_type_hints(Scheme, include_extras=True)[name])

    return shape


def _form(shapes: Shapes) -> Schema:
    return shapes.of(typing.get_args(typing.get_type_hints(Scheme, include_extras=True)["forms"])[1])


def _root(model: type[Any], *, whole: bool = True) -> Callable[[Shapes], Schema]:
    def shape(shapes: Shapes) -> Schema:
        return shapes.model(model, whole=whole)

    return shape


def _block(shapes: Shapes) -> Schema:
    keys = shapes.keys(BlockHead, whole=True) | {"content": {"type": "object"}}
    required = [name for name, field in BlockHead.model_fields.items() if field.is_required()]
    return {"type": "object", "properties": keys, "required": [*required, "content"], "additionalProperties": False}


def _territory(shapes: Shapes) -> Schema:
    return shapes.mapping(shapes.keys(TerritoryFile, whole=True), [])


def _defaults(shapes: Shapes) -> Schema:
    layer = shapes.mapping(shapes.keys(TerritoryFile, whole=True), [])
    keys = {"format": shapes.of(Format), **dict.fromkeys(("all", "region", "departement"), layer)}
    return shapes.mapping(keys, [])


def _tribunals(shapes: Shapes) -> Schema:
    courts: Schema = {"type": "object", "additionalProperties": shapes.model(TribunalFile)}
    return shapes.mapping({"format": shapes.of(Format), "tribunals": courts}, [])


_FORM = Text(fr="Le formulaire de demande : les pages par identifiant.", en="The application: its pages by id.")
_TITLES: Mapping[str, Text] = {
    "rules": Text(fr="Les règles d'un dispositif, par version.", en="The rules of a scheme, by version."),
    "workflow": Text(fr="Qui instruit un dispositif, et dans quel ordre.", en="Who treats a scheme, in what order."),
    "payment": Text(fr="Comment un dispositif est payé.", en="How a scheme is paid."),
    "legal": Text(fr="Le cadre légal d'un dispositif.", en="The legal frame of a scheme."),
    "letters": Text(fr="Les courriers d'un dispositif.", en="The letters of a scheme."),
    "prefill": Text(fr="Ce qu'un dispositif demande à d'autres services.", en="What a scheme asks of other services."),
}
_KINDS = (
    FileKind("block", "_blocks/*.yaml", Text(fr="Un bloc partagé.", en="A shared block."), _block, blocks=True),
    FileKind("form", "forms/*.yaml", Text(fr="Un formulaire.", en="A form."), _form, blocks=True),
    FileKind("overlay", "overlays/*.yaml", Text(fr="Une adaptation territoriale.", en="An overlay."), overlay_shape),
    FileKind("scheme", "scheme.yaml", Text(fr="Un dispositif.", en="A scheme."), _scheme, blocks=True),
    *(
        FileKind(part, f"{part}.yaml", _TITLES.get(part, Text(fr=part, en=part)), _part(part), blocks=True)
        for part in PARTS
    ),
    FileKind(
        "examples",
        "examples.yaml",
        Text(fr="Les exemples d'un dispositif.", en="The examples of a scheme."),
        _root(Examples),
    ),
    FileKind("demo", "demo.yaml", Text(fr="La démonstration d'un dispositif.", en="The demonstration."), _root(Recipe)),
    FileKind("territory", "territory.yaml", Text(fr="Un territoire.", en="A territory."), _territory),
    FileKind("authority", "authority.yaml", Text(fr="Une collectivité.", en="An authority."), _root(AuthorityFile)),
    FileKind(
        "defaults",
        "regions/_defaults.yaml",
        Text(fr="Ce qu'un territoire ne dit pas.", en="What a territory does not say."),
        _defaults,
    ),
    FileKind("tribunals", "_tribunals.yaml", Text(fr="Les tribunaux administratifs.", en="The courts."), _tribunals),
    FileKind("instance", "instance.yaml", Text(fr="Une installation.", en="An instance."), _root(InstanceFile)),
)
KINDS: Mapping[str, FileKind] = {kind.name: kind for kind in _KINDS}
"""Kinds of file by name."""
