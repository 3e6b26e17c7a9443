"""Models to JSON Schema: keys, what each takes as an editor infers it, what each is.

A model has two shapes: whole, with the keys it needs, and a part of it, where a block or an earlier version of the
rules brings the rest.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guichet.editor.schemas.manners import MANNERS, NEVER_TOGETHER, as_items, only_one
from guichet.editor.schemas.notes import note_of_key, note_of_model
from guichet.editor.schemas.scalars import ANY_SCALAR, IDENTIFIER, SCALARS, Schema
from guichet.editor.schemas.uses import OPTIONS_BESIDE, Choices, with_options
from guichet.errors import Language
from guichet.model import types as declared
from guichet.model.rules import Definition, RuleVersion

__all__ = ["Shapes"]

_NO_KEYS: frozenset[str] = frozenset()


class Shapes:
    """Collects the definitions of one schema.

    Args:
        blocks: Whether `use:` may stand in any mapping; without it, every shape is whole.
    """

    def __init__(self, choices: Choices, language: Language, *, blocks: bool) -> None:
        self.choices = choices
        self.language: Language = language
        self.blocks = blocks
        self.definitions: dict[str, Schema] = {}
        self._names: dict[str, type[BaseModel]] = {}

    def model(self, model: type[BaseModel], *, whole: bool = True) -> Schema:
        """A reference to the shape of a model."""
        name = self.name_of(model) + ("" if whole else ".part")
        if name not in self.definitions:
            self.definitions[name] = {}  # taken, so that a model may hold itself
            self.definitions[name] = self._with_shorthand(model, self._shape(model, whole=whole))
        return {"$ref": f"#/$defs/{name}"}

    def name_of(self, model: type[BaseModel]) -> str:
        """The name of a model's definition: two plugins may give theirs the same one."""
        short = model.__name__
        return short if self._names.setdefault(short, model) is model else f"{model.__module__}.{short}"

    def keys(self, model: type[BaseModel], *, whole: bool, without: frozenset[str] = _NO_KEYS) -> dict[str, Schema]:
        """The keys of a model with what each takes."""
        hints = typing.get_type_hints(model, include_extras=True)
        return {
            field.alias or name: self._key(model, name, field, hints[name], whole=whole)
            for name, field in model.model_fields.items()
            if name not in without
        }

    def mapping(self, keys: Mapping[str, Schema], required: list[str], **more: Any) -> Schema:
        """A mapping with these keys and no other."""
        shape: Schema = {"type": "object", "properties": dict(keys), "additionalProperties": False, **more}
        if self.blocks:
            shape["properties"]["use"] = self.use()
        return shape | ({"required": required} if required else {})

    def use(self) -> Schema:
        """A reference to what `use:` takes."""
        if "use" not in self.definitions:
            self.definitions["use"] = self.choices.blocks(self.language)
        return {"$ref": "#/$defs/use"}

    def shared(self, name: str, shape: Schema) -> Schema:
        """A reference to a shape that stands in several places."""
        self.definitions[name] = shape
        return {"$ref": f"#/$defs/{name}"}

    def of(self, annotation: Any, *, whole: bool = True) -> Schema:
        """What a value of a type may be."""
        for known, schema in SCALARS:
            if annotation == known:
                return dict(schema)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            return self.of(arguments[0], whole=whole)
        if origin is Literal:
            return {"enum": [value for one in arguments for value in _as_inferred(one)]}
        if origin in (typing.Union, types.UnionType):
            members = [self.of(one, whole=whole) for one in arguments if one is not type(None)]
            return members[0] if len(members) == 1 else {"anyOf": members}
        if origin in (tuple, list):
            return {"type": "array", "items": self.of(arguments[0], whole=whole)}
        if origin is dict:
            return self.named(arguments[0], arguments[1], whole=whole)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.model(annotation, whole=whole)
        return {} if annotation is Any or not isinstance(annotation, type) else dict(ANY_SCALAR)

    def named(self, key: Any, value: Any, *, whole: bool = True) -> Schema:
        """A mapping of values by id or by day."""
        pattern = {declared.Day: r"^\d{4}-\d{2}-\d{2}$", declared.Identifier: IDENTIFIER}.get(key)
        names: Schema = {"pattern": pattern} if pattern else {}
        if typing.get_origin(key) is Literal:
            names = {"enum": list(typing.get_args(key))}
        if value is RuleVersion:
            return self._versions(names)
        shape = self._of_names(names, self.of(value, whole=whole))
        return self._or_with_block(shape, self._of_names(names, self.of(value, whole=False))) if whole else shape

    def _of_names(self, names: Schema, value: Schema) -> Schema:
        shape: Schema = {"type": "object", "additionalProperties": value}
        if "enum" in names:
            shape = {"type": "object", "properties": dict.fromkeys(names["enum"], value), "additionalProperties": False}
        elif names:
            shape["propertyNames"] = names
        if self.blocks:
            shape.setdefault("properties", {})
            shape["properties"] = {**shape["properties"], "use": self.use()}
        return shape

    def _versions(self, names: Schema) -> Schema:
        """Versions of the rules: the only one is whole, any other may leave to the one before what it does not name."""
        whole, part = (self._of_names(names, self.model(RuleVersion, whole=one)) for one in (True, False))
        return {"if": {"maxProperties": 1}, "then": whole, "else": part}

    def _shape(self, model: type[BaseModel], *, whole: bool) -> Schema:
        shape = self._own_shape(model, whole=whole)
        return self._or_with_block(shape, self.model(model, whole=False)) if whole else shape

    def _own_shape(self, model: type[BaseModel], *, whole: bool) -> Schema:
        required = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
        beside = OPTIONS_BESIDE.get(model)
        keys = self.keys(model, whole=whole, without=frozenset({"options"} if beside else ()))
        more: dict[str, Any] = {"description": note_of_model(model, self.language)}
        if model is RuleVersion:
            keys["remove"] = {"type": ["array", "string"], "items": {"type": "string"}, "examples": [["criteria.nom"]]}
        if beside is not None:
            return with_options(self, model, beside, keys, required if whole else [], more)
        if model in MANNERS:
            more["oneOf"] = only_one(MANNERS[model], whole=whole)
        if model in NEVER_TOGETHER:
            more["not"] = {"required": list(NEVER_TOGETHER[model])}
        return self.mapping(keys, required if whole else [], **more)

    def _or_with_block(self, whole: Schema, part: Schema) -> Schema:
        return {"if": {"required": ["use"]}, "then": part, "else": whole} if self.blocks else whole

    def _key(self, model: type[BaseModel], name: str, field: FieldInfo, hint: Any, *, whole: bool) -> Schema:
        shape = self.choices.of_key(self, model, name) or self.of(hint, whole=whole)
        if name in _fields_read_before(model):
            shape = _several_ways(shape)
        shape = dict(shape) | as_items(model, name)
        note = note_of_key(model, name, self.language)
        if note:
            shape["description"] = note
        if isinstance(field.default, bool | int | str) and field.default != "":
            shape["default"] = field.default
        return shape

    def _with_shorthand(self, model: type[BaseModel], shape: Schema) -> Schema:
        """A model that also reads a bare text in the place of its mapping."""
        before = model.__pydantic_decorators__.model_validators.items()
        bare = any(one.info.mode == "before" and name != "_gather_options" for name, one in before)
        text = self.of(declared.Expression) if model is Definition else {"type": "string"}
        return {"anyOf": [text, shape]} if bare else shape


def _as_inferred(value: object) -> list[object]:
    """A text as it is written, and what an editor makes of it when it looks like a number."""
    return [value, int(value)] if isinstance(value, str) and value.isdigit() else [value]


def _fields_read_before(model: type[BaseModel]) -> set[str]:
    found = model.__pydantic_decorators__.field_validators.values()
    return {name for one in found if one.info.mode == "before" for name in one.info.fields}


def _several_ways(shape: Schema) -> Schema:
    """One item for a list of one, names alone for a mapping: what a model reads before it checks."""
    if shape.get("type") == "array":
        return {"anyOf": [shape["items"], shape]}
    return {"anyOf": [shape, {"type": "array", "items": {"type": "string"}}]}
