"""Where a declaration chooses a plugin: the keys installed, and for each the options it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel

from guichet.catalogue.environment import LIST_TYPES
from guichet.editor.schemas.notes import note_of_model
from guichet.editor.schemas.scalars import IDENTIFIER, Schema
from guichet.errors import Language
from guichet.loader.blocks import Block
from guichet.locale import Text
from guichet.model.form import Field
from guichet.model.instance import InstanceFile
from guichet.model.letters import Letter
from guichet.model.payment import Payment, PluginUse, WriteBackUse
from guichet.model.prefills import Prefill
from guichet.model.scheme import ReferenceList, Scheme
from guichet.plugin import Plugins
from guichet.plugin.contracts import Options
from guichet.plugin.contracts.base import Contract
from guichet.plugin.registry import FAMILIES

__all__ = ["OPTIONS_BESIDE", "UNDER", "Choices", "with_options"]

OPTIONS_BESIDE: Mapping[type[BaseModel], tuple[str, str]] = {
    Field: ("type", "field_types"),
    ReferenceList: ("plugin", "list_sources"),
    Prefill: ("plugin", "prefill_sources"),
}
"""Models whose plugin's options stand among their own keys → the key that chooses, the family chosen from."""
UNDER: Mapping[tuple[type[BaseModel], str], str] = {
    (Payment, "writer"): "payment_writers",
    (Payment, "delivery"): "deliveries",
    (Payment, "returns"): "return_readers",
    (Scheme, "write_back"): "write_backs",
}
_NO_SERVICES = frozenset({"rule_functions", "field_types", "commands", "data"})
_USE = Text(fr="Le ou les blocs dont le contenu vient ici.", en="The block or blocks whose content comes here.")


class Shaping(Protocol):
    """What turns models into shapes and collects them."""

    choices: Choices
    language: Language
    definitions: dict[str, Schema]

    def name_of(self, model: type[BaseModel]) -> str:
        """The name of a model's definition."""
        ...

    def model(self, model: type[BaseModel]) -> Schema:
        """A reference to the shape of a model."""
        ...

    def keys(self, model: type[BaseModel], *, whole: bool) -> dict[str, Schema]:
        """The keys of a model with what each takes."""
        ...

    def mapping(self, keys: Mapping[str, Schema], required: list[str], **more: Any) -> Schema:
        """A mapping with these keys and no other."""
        ...

    def shared(self, name: str, shape: Schema) -> Schema:
        """A reference to a shape that stands in several places."""
        ...


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in an installation."""

    plugins: Plugins
    found: Mapping[str, Block] = field(default_factory=dict[str, Block])

    def family(self, name: str) -> Mapping[str, Contract[Any]]:
        """The plugins of a family by key."""
        return getattr(self.plugins, name)

    def blocks(self, language: Language) -> Schema:
        """The value of `use:`."""
        known = [{"const": name, "description": block.head.title} for name, block in sorted(self.found.items())]
        one: Schema = {"anyOf": [*known, {"type": "string"}]}
        return {"anyOf": [one, {"type": "array", "items": one}], "description": _USE.form(language, None)}

    def of_key(self, shapes: Shaping, model: type[BaseModel], name: str) -> Schema | None:
        """What a key takes that is chosen among plugins; None for any other key."""
        if (model, name) in UNDER:
            return _use(shapes, model, name, UNDER[model, name])
        if model in OPTIONS_BESIDE and OPTIONS_BESIDE[model][0] == name:
            return self.keys_of(OPTIONS_BESIDE[model][1], shapes.language)
        if model is Letter and name == "renderer":
            return self.keys_of("document_renderers", shapes.language)
        if model is ReferenceList and name == "columns":
            column = {"enum": list(LIST_TYPES)}
            return {"type": "object", "propertyNames": {"pattern": IDENTIFIER}, "additionalProperties": column}
        if model is InstanceFile and name == "services":
            return self._services(shapes)
        return None

    def keys_of(self, family: str, language: Language) -> Schema:
        """The keys of a family's plugins, each with what it is."""
        found = sorted(self.family(family).items())
        return {"anyOf": [{"const": key, "description": note_of_plugin(one, language)} for key, one in found]}

    def _services(self, shapes: Shaping) -> Schema:
        """The options of plugins that an operator may set, none of them needed here."""
        services: dict[str, Schema] = {}
        for family in FAMILIES:
            for key, one in self.family(family.name).items() if family.name not in _NO_SERVICES else ():
                if one.Options.model_fields:
                    shape = shapes.mapping(shapes.keys(one.Options, whole=False), [])
                    services.setdefault(key, {"anyOf": []})["anyOf"].append(shape)
        return {"type": "object", "properties": services, "additionalProperties": False}


def note_of_plugin(plugin: Contract[Any], language: Language) -> str:
    """What a plugin is: the docstring of its class."""
    made: Any = type(plugin)
    return note_of_model(made, language)


def with_options(
    shapes: Shaping,
    model: type[BaseModel],
    beside: tuple[str, str],
    keys: dict[str, Schema],
    required: list[str],
    more: dict[str, Any],
) -> Schema:
    """A mapping in which the options of the plugin chosen stand among the keys."""
    chooser, family = beside
    owner = f"{shapes.name_of(model)}{'' if required else '.part'}"
    keys = {name: shapes.shared(f"{owner}.{name}", shape) for name, shape in keys.items()}
    branches: list[Schema] = []
    for key, plugin in sorted(shapes.choices.family(family).items()):
        options: type[Options] = getattr(plugin, "Use", None) or plugin.Options
        own = {name: one for name, one in shapes.keys(options, whole=bool(required)).items() if name not in keys}
        needed = [name for name, field in options.model_fields.items() if field.is_required() and name in own]
        name = f"{owner}:{key}"
        shapes.definitions[name] = shapes.mapping({**keys, **own}, needed if required else [])
        condition = {"properties": {chooser: {"const": key}}, "required": [chooser]}
        branches.append({"if": condition, "then": {"$ref": f"#/$defs/{name}"}})
    shape: Schema = {"type": "object", "properties": dict(keys), "allOf": branches, **more}
    return shape | ({"required": required} if required else {})


def _use(shapes: Shaping, model: type[BaseModel], name: str, family: str) -> Schema:
    """A plugin chosen by key, its options under `options`."""
    used = WriteBackUse if family == "write_backs" else PluginUse
    definition = f"{model.__name__}.{name}"
    keys = shapes.keys(used, whole=True)
    keys["plugin"] = shapes.choices.keys_of(family, shapes.language)
    branches: list[Schema] = []
    for key, plugin in sorted(shapes.choices.family(family).items()):
        options: Schema = {"properties": {"options": shapes.model(plugin.Options)}}
        if any(field.is_required() for field in plugin.Options.model_fields.values()):
            options["required"] = ["options"]
        condition = {"properties": {"plugin": {"const": key}}, "required": ["plugin"]}
        branches.append({"if": condition, "then": options})
    needed = [key for key, field in used.model_fields.items() if field.is_required()]
    whole = shapes.mapping(keys, needed, allOf=branches)
    part = shapes.mapping({**keys, "options": {"type": "object"}}, [])
    shapes.definitions[definition] = {"if": {"required": ["use"]}, "then": part, "else": whole}
    return {"$ref": f"#/$defs/{definition}"}
