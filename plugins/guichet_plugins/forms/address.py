"""Postal addresses in France."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from guichet import Context, FieldType, Invalid, Json, NoOptions, Raw, Type, one_text

Address: TypeAlias = Mapping[str, str]
"""street, extra, postcode, city; an empty part is left out."""

PARTS = ("street", "extra", "postcode", "city")
_LAST_LINE = re.compile(r"(\d{5})\s+(.+)", re.ASCII)
_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_LONGEST = 38  # what fits one line of an envelope (NF Z10-011)


class PostalAddress(FieldType[NoOptions]):
    """A French address: named parts, or lines whose last one is « 74000 ANNECY »."""

    key = "address"
    Options = NoOptions
    widget = "address"
    autocomplete = "street-address"

    def rule_type(self, options: NoOptions) -> Type | None:
        """Rules do not read addresses: ask the commune apart."""
        return None

    def parse(self, raw: Raw, options: NoOptions, context: Context) -> Address | None:
        """Take the posted parts, or the typed lines."""
        parts = _named(raw) if isinstance(raw, Mapping) else _from_lines(one_text(raw, multiline=True))
        parts = {name: parts[name] for name in PARTS if parts.get(name)}
        if not parts:
            return None
        problems = tuple(_problems(parts))
        if problems:
            first = problems[0]
            raise Invalid(fr=first.reason.fr, en=first.reason.en, field=first.field, parts=problems)
        return parts

    def read(self, given: Json, options: NoOptions, context: Context) -> Address | None:
        """Take a JSON object of the parts, or text as `parse`."""
        if isinstance(given, Mapping):
            return self.parse(
                {name: "" if part is None else str(part) for name, part in given.items()}, options, context
            )
        return super().read(given, options, context)

    def dump(self, value: Address | None, options: NoOptions) -> Json:
        """Keep an object of the parts."""
        return None if value is None else dict(value)

    def show(self, value: Address | None, options: NoOptions, language: str) -> str:
        """Give the address on one line."""
        return "" if value is None else ", ".join(address_lines(value))

    def json_schema(self, options: NoOptions) -> dict[str, Any]:
        """Describe the parts."""
        parts = {name: {"type": "string"} for name in PARTS}
        return {"type": "object", "properties": parts, "additionalProperties": False}


def address_lines(address: Address) -> tuple[str, ...]:
    """Give the lines of an envelope."""
    town = f"{address.get('postcode', '')} {address.get('city', '')}".strip()
    return tuple(line for line in (address.get("street"), address.get("extra"), town) if line)


def _named(raw: Mapping[str, Raw]) -> dict[str, str]:
    unknown = set(raw) - set(PARTS)
    if unknown:
        raise Invalid(fr="Remplissez les lignes de l'adresse.", en="Fill in the lines of the address.")
    return {name: one_text(part) for name, part in raw.items()}


def _from_lines(text: str) -> dict[str, str]:
    lines = [line.strip() for line in re.split(r"[\n,]", text) if line.strip()]
    if not lines:
        return {}
    last = _LAST_LINE.fullmatch(lines[-1])
    if not last or len(lines) > 3:
        raise Invalid(
            fr="Donnez l'adresse sur deux ou trois lignes, la dernière avec code postal et ville (74000 Annecy).",
            en="Write the address on two or three lines, the last with postcode and town: 74000 Annecy.",
        )
    return dict(zip(PARTS, [*lines[:-1], "", ""][:2], strict=False)) | {"postcode": last[1], "city": last[2]}


def _problems(parts: Address) -> list[Invalid]:
    found: list[Invalid] = []
    if "street" not in parts:
        found.append(Invalid(fr="Écrivez le numéro et la rue.", en="Write the number and the street.", field="street"))
    if not _POSTCODE.fullmatch(parts.get("postcode", "")):
        found.append(
            Invalid(
                fr="Écrivez le code postal à cinq chiffres.", en="Write the postcode, five digits.", field="postcode"
            )
        )
    if "city" not in parts:
        found.append(Invalid(fr="Écrivez la ville.", en="Write the town.", field="city"))
    for name, part in parts.items():
        if len(part) > _LONGEST * 2:
            found.append(Invalid(fr="Raccourcissez cette ligne.", en="Shorten this line.", field=name))
    return found
