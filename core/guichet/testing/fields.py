"""The contract of field types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from jsonschema import Draft202012Validator

from guichet.language.types import Type
from guichet.plugin.contracts import Context, FieldType, Invalid, StoredFile, UploadedFile
from guichet.plugin.contracts.rule_values import fits_rules
from guichet.testing.context import a_context, accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

# What a hostile or broken page may post to any field.
_HOSTILE: tuple[Any, ...] = (
    "\x00",
    "a\u202eb",
    "\ud800",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "9" * 400,
    "x" * 100_000,
    ["a", "b"],
    [["a"]],
    {"a": "b"},
    [{"zz": "1"}],
    UploadedFile(name="", size=0, head=b"", digest="", reference=""),
    UploadedFile(name="../../x", size=10, head=b"MZ\x90\x00", digest="", reference="r"),
)
_BLANK: tuple[Any, ...] = (None, "", "   ", [], [""])


def assert_field_type(
    field_type: FieldType[Any],
    *,
    good: Iterable[tuple[Any, Any]],
    bad: Iterable[Any] = (),
    options: Mapping[str, Any] | None = None,
    context: Context | None = None,
) -> None:
    """Check a field type against its contract.

    Args:
        good: Pairs of what is posted and the value it gives.
        bad: What must be refused with a sentence.
        options: As declared, every scalar as text.
    """
    context = context or a_context()
    assert_registers("register_field_types", field_type)
    assert_options(field_type.Options, options)
    field_type = strict(field_type, FieldType, pure=True)
    chosen = accepted(field_type.Options, dict(options or {}))
    Draft202012Validator.check_schema(field_type.json_schema(chosen))
    rule_type = field_type.rule_type(chosen)
    for raw in _BLANK:
        assert field_type.parse(raw, chosen, context) is None, f"{raw!r} is no answer"
    assert field_type.read(None, chosen, context) is None, "no answer is read as an answer"
    assert field_type.dump(None, chosen) is None, "no answer is stored as an answer"
    assert field_type.load(None, chosen) is None, "nothing stored becomes an answer"
    assert field_type.show(None, chosen, "fr") == "", "no answer shows something"
    good = list(good)
    assert good, "good=[(raw, value)]: nothing shows what the field type takes"
    for raw, value in good:
        _assert_good(field_type, raw, value, chosen, context, rule_type)
        _assert_within(field_type, value, chosen)
    for raw in bad:
        _assert_refused(field_type, raw, chosen, context)
    for raw in _HOSTILE:
        try:
            value = field_type.parse(raw, chosen, context)
        except Invalid as error:
            assert_speaks(error)
        else:
            json.dumps(field_type.dump(value, chosen))
    for choice in field_type.choices(chosen, context):
        assert choice.label, f"the choice {choice.value} has no label"
        assert field_type.parse(choice.value, chosen, context) is not None, f"{choice.value} is offered, then refused"


def _assert_good(
    field_type: FieldType[Any], raw: Any, value: Any, options: Any, context: Context, rule_type: Type | None
) -> None:
    parsed = field_type.parse(raw, options, context)
    assert parsed == value, f"{raw!r} gives {parsed!r}, not {value!r}"
    if value is None:
        return
    stored = json.loads(json.dumps(field_type.dump(parsed, options)), parse_float=_no_float)
    assert field_type.load(stored, options) == value, f"{stored!r} does not give {value!r} back"
    for language in ("fr", "en"):
        assert field_type.show(value, options, language), f"{value!r} shows nothing in {language}"
    if rule_type is not None:
        assert _is_of(value, rule_type), f"{value!r} is no {rule_type.kind} of the rules"


def _assert_within(field_type: FieldType[Any], value: Any, options: Any) -> None:
    low, high = field_type.bounds(options)
    if value is not None and (low, high) != (None, None):
        within = (low is None or low <= value) and (high is None or value <= high)
        assert within, f"bounds gives {(low, high)}, and {value!r} is taken: rules rely on the bounds"


def _assert_refused(field_type: FieldType[Any], raw: Any, options: Any, context: Context) -> None:
    try:
        value = field_type.parse(raw, options, context)
    except Invalid as error:
        assert_speaks(error)
        for part in error.parts:
            assert_speaks(part)
            assert part.field, "a part that is wrong has a name"
        return
    raise AssertionError(f"{raw!r} is taken as {value!r}")


def _no_float(text: str) -> float:
    raise AssertionError(f"storage would hold a float: {text}")


def _is_of(value: Any, rule_type: Type) -> bool:
    match rule_type.kind:
        case "choice":
            return value in rule_type.values  # an answer just read, where rules take a stored one that left the list
        case "list":
            item = cast("Type", rule_type.item)
            return isinstance(value, tuple) and all(_is_of(each, item) for each in cast("tuple[Any, ...]", value))
        case "rows":
            return isinstance(value, Sequence) and all(
                row.get(name) is None or _is_of(row[name], column)
                for row in value
                for name, column in rule_type.columns
            )
        case _:
            return fits_rules(value, rule_type) and not isinstance(value, StoredFile)
