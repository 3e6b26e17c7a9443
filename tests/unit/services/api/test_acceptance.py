"""What is accepted at once is what `jsonschema` finds no fault in: never more, and never less."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from guichet.services.api.acceptance import acceptance

NUMBER = {"type": ["number", "string"], "title": "Amount", "x-page": "one"}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:a",
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 5, "format": "email"},
        "code": {"type": "string", "pattern": "^[0-9]{2}$"},
        "amount": NUMBER,
        "count": {"type": "integer", "minimum": 0, "maximum": 3},
        "least": {"type": ["integer", "string"], "minimum": 2},
        "numbers": {"type": "array", "uniqueItems": True, "items": {"type": "integer"}},
        "often": {"type": "array", "uniqueItems": False, "items": {"enum": ["a", "b"]}},
        "yes": {"type": "boolean"},
        "choice": {"enum": ["a", "b"]},
        "odd": {"enum": ["a", 1, None]},
        "attested": {"type": "array", "uniqueItems": True, "items": {"oneOf": [{"const": "a"}, {"const": "b"}]}},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"amount": NUMBER, "kind": {"oneOf": [{"const": "x", "title": "X"}, {"const": "y"}]}},
            },
        },
        "file": {"type": "string", "anyOf": [{"format": "uuid"}, {"pattern": "^part:"}]},
        "open": {"type": "object"},
        "twice": {"oneOf": [{"const": "a"}, {"const": "a"}]},
    },
}
VALIDATOR: Any = Draft202012Validator(SCHEMA)
TEXTS = st.sampled_from(["a", "b", "x", "12", "12\n", "123456", "", "part:1", "é"])
SIMPLE = TEXTS | st.integers(-1, 4) | st.booleans() | st.none() | st.just(Decimal("1.5")) | st.just(Decimal(2))
ROWS = st.dictionaries(st.sampled_from(["amount", "kind", "other"]), SIMPLE)
VALUES = SIMPLE | st.lists(SIMPLE, max_size=3) | st.lists(ROWS, max_size=2) | ROWS
BODIES = st.dictionaries(st.sampled_from([*SCHEMA["properties"], "unknown"]), VALUES, max_size=4)


@given(BODIES | VALUES, st.booleans())
def test_what_is_accepted_is_what_has_no_fault(body: Any, named: bool) -> None:
    if named and isinstance(body, dict):
        body = {"name": "abc", **body}

    assert acceptance(VALIDATOR)(body) == VALIDATOR.is_valid(body)


@pytest.mark.parametrize(("name", "part"), SCHEMA["properties"].items(), ids=list(SCHEMA["properties"]))
@given(value=VALUES)
def test_each_kind_of_part_is_accepted_as_it_is_by_itself(name: str, part: Any, value: Any) -> None:
    alone: Any = Draft202012Validator(part)

    assert acceptance(alone)(value) == alone.is_valid(value), name
