"""The reference of what the shipped plugins give: field types, and each other family with its options."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from guichet.language.types import render_type
from guichet.plugin.contracts import Contract, FieldType, NoOptions, PrefillSource
from guichet.plugin.registry import FAMILIES, Family
from reference_models import in_table, keys_table, paragraph
from shipped_plugins import shipped_plugins

# Options without which some types cannot be described.
SAMPLES: dict[str, dict[str, Any]] = {
    "choice": {"choices": {"a": "A", "b": "B"}},
    "multiple_choice": {"choices": {"a": "A", "b": "B"}},
    "api_entreprise": {"object": "aide_essai"},
}
_TITLES = {
    "list_sources": "List sources",
    "payment_writers": "Payment writers",
    "return_readers": "Return readers",
    "deliveries": "Deliveries",
    "write_backs": "Write-backs",
    "document_renderers": "Document renderers",
    "exporters": "Exporters",
    "screens": "Screens",
    "notification_channels": "Notification channels",
    "identity_providers": "Identity providers",
}
_WHERE = {
    "list_sources": "`lists.‹id›.plugin`; options stand directly under the list",
    "payment_writers": "`payment.writer.plugin`; options under `payment.writer.options`",
    "return_readers": "`payment.returns.plugin`; options under `payment.returns.options`",
    "deliveries": "`payment.delivery.plugin`; options under `payment.delivery.options`",
    "write_backs": "`write_back.plugin`; options under `write_back.options`",
    "document_renderers": "`letters.‹event›.renderer`",
    "exporters": "an address of the work table, `…/export.‹key›`",
    "screens": "the agents' pages; options under `services.‹key›` of `instance.yaml`",
    "identity_providers": "`services.‹key›` of `instance.yaml`",
    "notification_channels": "the installation; options come from its settings",
}


def field_types() -> Iterator[str]:
    """Yields a section for each field type that a form may use."""
    plugins = shipped_plugins()
    for key, field_type in sorted(plugins.field_types.items()):
        yield from [f"## `{key}`", "", paragraph(type(field_type)), ""]
        yield f"- **plugin** `{plugins.owners['field_types', key]}`, **widget** `{field_type.widget}`"
        yield from _for_rules(key, field_type)
        yield from _options(field_type)


def families() -> Iterator[str]:
    """Yields a section for each family but those that have pages of their own."""
    plugins = shipped_plugins()
    for family in FAMILIES:
        if family.name not in _TITLES:
            continue
        yield from [f"## {_TITLES[family.name]}", "", _named_at(family), ""]
        for key, thing in sorted(getattr(plugins, family.name).items()):
            yield from [f"### `{key}`", "", paragraph(type(thing)), ""]
            yield f"- **plugin** `{plugins.owners[family.name, key]}`"
            for name, words in (("media_type", "media type"), ("extension", "extension")):
                if hasattr(thing, name):
                    yield f"- **{words}** `{getattr(thing, name)}`"
            yield from _options(thing)


def prefill_sources() -> Iterator[str]:
    """Yields a section for each prefill source, with its items."""
    plugins = shipped_plugins()
    for key, source in sorted(plugins.prefill_sources.items()):
        yield from [f"## `{key}`", "", paragraph(type(source)), ""]
        yield f"- **plugin** `{plugins.owners['prefill_sources', key]}`"
        yield from _prefill(source)
        yield from _options(source)


def _named_at(family: Family) -> str:
    return f"Named at: {_WHERE[family.name]}. Written with [`{family.hook}`](hooks/{family.hook}.md)."


def _prefill(source: PrefillSource[Any]) -> Iterator[str]:
    """What a prefill source needs and gives, and what a scheme may say of it."""
    use = source.Use.model_validate(SAMPLES.get(source.key, {}))
    needs = ", ".join(f"`{name}` (a field of type `{kind}`)" for name, kind in source.needs(use).items())
    yield f"- **needs** {'words to look for' if source.searched else needs}"
    if source.Use is not NoOptions:
        yield from [f"- **a scheme says** {in_table(paragraph(source.Use))}", ""]
        yield from keys_table(source.Use, linked=False)
    yield from ["", "| item | kind | is | protected |", "| --- | --- | --- | --- |"]
    for name, item in source.items(use).items():
        yield f"| `{name}` | {item.kind} | {item.label.en} | {'yes' if item.protected else ''} |"
    yield ""


def _for_rules(key: str, field_type: FieldType[Any]) -> Iterator[str]:
    if key == "rows":
        yield "- **rules see** repeated rows, with the columns they can read"
        return
    options = field_type.Options.model_validate(SAMPLES.get(key, {}))
    kind = field_type.rule_type(options)
    sample = f" (with `{json.dumps(SAMPLES[key])}`)" if key in SAMPLES else ""
    if kind is None:
        yield "- **rules see** nothing"
    else:
        yield f"- **rules see** {render_type(kind, 'en')}{sample}"
    schema = json.dumps(field_type.json_schema(options), ensure_ascii=False)
    if len(schema) > 400:
        schema = json.dumps(_shortened(field_type.json_schema(options)), ensure_ascii=False)
    yield f"- **JSON Schema** `{schema}`"


def _shortened(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema whose long lists of values show the first three."""
    values = schema.get("enum", [])
    return schema | {"enum": [*values[:3], f"… {len(values)} in all"]} if len(values) > 10 else schema


def _options(thing: Contract[Any]) -> Iterator[str]:
    if thing.Options is NoOptions:
        yield from ["- **options** none", ""]
        return
    yield from [f"- **options** {in_table(paragraph(thing.Options))}", ""]
    yield from keys_table(thing.Options, linked=False)
    yield ""
