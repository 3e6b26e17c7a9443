"""Fields as questions of a page: view models for `components/question.html`, rows and addresses included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guichet.catalogue import CompiledField
from guichet.locale import Language, Texts, typeset_page
from guichet.plugin.contracts import Column, Context, FieldType, Options, StoredFile
from guichet.web.markdown import markdown
from guichet.web.teleservice.posted import ADDRESS_PARTS
from guichet.web.teleservice.typed_again import as_typed, unit_of

__all__ = ["Asking", "Question", "ask"]

Question = dict[str, Any]

_ADDRESS_TOKENS = {
    "street": "address-line1",
    "extra": "address-line2",
    "postcode": "postal-code",
    "city": "address-level2",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """How the questions of one page stand.

    Args:
        values: The answers kept; a tuple for a question that takes several files.
        raw: What was posted, for questions to show as they were typed.
        errors: Field, or `field.part`, → the sentence beside it.
        new: The questions that the last answers brought.
        files: Reference of a file of the dossier → the address where its owner opens it.
        extra_rows: Field → how many blank rows to add.
    """

    context: Context
    values: Mapping[str, Any]
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any])
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    new: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    extra_rows: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.context.language

    def question(self, asked: CompiledField) -> Question:
        """Gives the view of one field."""
        declared = asked.declaration
        made = _question(
            self, asked.type, asked.options, asked.id, declared.label, declared.help, required=declared.required
        )
        made["new"] = asked.id in self.new
        return made


def why_unanswered(field: CompiledField, say: Texts) -> str:
    """Gives what stands beside a question that was left empty: answer it, or attach its file."""
    return say("teleservice.file_needed" if field.type.widget == "file" else "teleservice.answer_needed")


def ask(asking: Asking, fields: Sequence[CompiledField]) -> list[Question]:
    """Gives the questions of a page in order."""
    return [asking.question(asked) for asked in fields]


def _question(
    asking: Asking,
    field_type: FieldType[Any],
    options: Options,
    name: str,
    label: str,
    help_: str,
    *,
    required: bool,
) -> Question:
    french, error = asking.language == "fr", asking.errors.get(name, "")
    shown: Question = {
        "widget": field_type.widget,
        "name": name,
        "label": typeset_page(label) if french else label,
        "hint": markdown(help_, asking.language) if help_ else "",
        "error": typeset_page(error) if french else error,
        "required": required,
    }
    make = _MAKERS.get(field_type.widget, _text)
    shown.update(make(asking, field_type, options, name))
    return shown


def _text(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:
    if _is_raw(asking, name):
        made: Question = {"value": _typed(asking, name)}
    else:
        made = {"value": as_typed(_value(asking, name), field_type, options, asking.context)}
    made["inputmode"] = field_type.input_mode
    made["autocomplete"] = field_type.autocomplete
    made["unit"] = unit_of(options)
    made["decimal"] = field_type.input_mode == "decimal"
    made["spellcheck"] = field_type.widget == "textarea"
    made["size"] = 24 if field_type.widget == "text" and field_type.input_mode == "numeric" else 0
    if field_type.widget == "date" and not made["autocomplete"]:
        made["autocomplete"] = "off"
    return made


def _choice(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:
    choices = [{"value": one.value, "label": one.label} for one in field_type.choices(options, asking.context)]
    if _is_raw(asking, name):
        raw = asking.raw[name]
        chosen = [raw] if isinstance(raw, str) else [str(one) for one in raw or ()]
    else:
        value = _value(asking, name)
        found: Sequence[Any] = value if isinstance(value, tuple) else () if value is None else (value,)
        chosen = [str(one).lower() if isinstance(one, bool) else str(one) for one in found]
    short = len(choices) <= 3 and all(len(one["label"]) <= 12 for one in choices)
    return {"choices": choices, "value": chosen[0] if chosen else "", "values": chosen, "inline": short}


def _file(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:
    say = Texts(asking.language)
    kept = _value(asking, name)
    several = isinstance(kept, tuple)
    each = {f"{name}.{number}": one for number, one in enumerate(kept)} if several else {name: kept}
    sent = [
        _sent(asking, field_type, options, one, place) for place, one in each.items() if isinstance(one, StoredFile)
    ]
    kinds: Sequence[str] = getattr(options, "types", ())
    most = getattr(options, "max_megabytes", 0)
    known = ("pdf", "jpeg", "png", "heic")
    words = ", ".join(say(f"teleservice.kind_{kind}") if kind in known else kind.upper() for kind in kinds)
    limits = say("form.file_hint", kinds=words, size=say("teleservice.megabytes", count=most)) if kinds and most else ""
    endings = {"jpeg": ".jpg,.jpeg", "heic": ".heic,.heif"}
    accept = ",".join(endings.get(kind, f".{kind}") for kind in kinds)
    return {"sent": sent, "limits": limits, "accept": accept, "remove_name": "remove", "multiple": several}


def _sent(asking: Asking, field_type: FieldType[Any], options: Options, kept: StoredFile, name: str) -> Question:
    shown = field_type.show(kept, options, asking.language)
    size = shown.removeprefix(kept.name).strip()
    href = asking.files.get(kept.reference, "")
    return {"id": name, "name": kept.name, "size": size, "href": href, "reference": kept.reference}


def _note(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:  # noqa: ARG001  every maker takes the same
    return {}


def _address(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:  # noqa: ARG001  every maker takes the same
    say = Texts(asking.language)
    parts: list[Question] = []
    for part in ADDRESS_PARTS:
        whole = f"{name}.{part}"
        if _is_raw(asking, name):
            posted = asking.raw[name]
            value = _first(posted.get(part)) if isinstance(posted, Mapping) else ""
        else:
            known = _value(asking, name)
            value = known.get(part, "") if isinstance(known, Mapping) else ""
        parts.append(
            {
                "widget": "text",
                "name": whole,
                "label": say(f"teleservice.address_{part}"),
                "value": value,
                "error": asking.errors.get(whole, ""),
                "required": part != "extra",
                "autocomplete": _ADDRESS_TOKENS[part],
                "inputmode": "numeric" if part == "postcode" else "",
                "size": 10 if part == "postcode" else 0,
            }
        )
    return {"parts": parts}


def _rows(asking: Asking, field_type: FieldType[Any], options: Options, name: str) -> Question:  # noqa: ARG001  every maker takes the same
    say = Texts(asking.language)
    columns: Mapping[str, Column] = getattr(options, "fields", {})
    known = asking.raw.get(name) if _is_raw(asking, name) else _value(asking, name)
    rows = [*(known or ()), *({} for _ in range(asking.extra_rows.get(name, 0)))]
    inner = _of_rows(asking, name, rows, posted=_is_raw(asking, name))
    shown = [
        {
            "index": number,
            "title": say("teleservice.row_title", number=number + 1),
            "questions": [
                _question(
                    inner,
                    column.field_type,
                    column.options,
                    f"{name}.{number}.{key}",
                    column.label,
                    column.help,
                    required=column.required,
                )
                for key, column in columns.items()
            ],
        }
        for number in range(len(rows))
    ]
    return {"rows": shown, "max_reached": len(rows) >= getattr(options, "max_rows", 50)}


def _of_rows(asking: Asking, name: str, rows: Sequence[Mapping[str, Any]], *, posted: bool) -> Asking:
    """The same page seen from inside repeated rows: each cell has a name of its own."""
    cells = {f"{name}.{number}.{key}": cell for number, row in enumerate(rows) for key, cell in row.items()}
    files = {cell: found for cell, found in cells.items() if isinstance(found, StoredFile)}
    return Asking(
        context=asking.context,
        values={**({} if posted else cells), **files},
        raw={cell: value for cell, value in cells.items() if cell not in files} if posted else {},
        errors=asking.errors,
        files=asking.files,
    )


_MAKERS = {
    "radios": _choice,
    "yes_no": _choice,
    "select": _choice,
    "checkboxes": _choice,
    "file": _file,
    "note": _note,
    "heading": _note,
    "address": _address,
    "rows": _rows,
}


def _value(asking: Asking, name: str) -> Any:
    return asking.values.get(name)


def _is_raw(asking: Asking, name: str) -> bool:
    return name in asking.raw


def _typed(asking: Asking, name: str) -> str:
    return _first(asking.raw[name])


def _first(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    return str(raw[0]) if isinstance(raw, Sequence) and raw and isinstance(raw[0], str) else ""
