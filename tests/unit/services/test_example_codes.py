"""A code of an example exists in the table of its field type, under the name written beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guichet.catalogue import CompiledField
from guichet.services.example_codes import code_fault
from instances import the_library

PLACES = "commune"


def field(name: str = PLACES) -> CompiledField:
    """A question of the shipped scheme that asks a commune."""
    return the_library().effective("idf-aide-loyer").compiled.fields[name]


def fault(value: str, name: str = PLACES) -> tuple[str, object] | None:
    found = code_fault(field(name), value, the_library().plugins.tables)
    return (found.code, found.data.get("meant")) if found is not None else None


@pytest.mark.parametrize(
    "value",
    ["33063", "33063 Bordeaux", "33063 BORDEAUX", "33063 – Bordeaux", "78646 Versailles", "75111 Paris", "91228 Evry"],
)
def test_a_code_that_exists_passes_alone_or_under_its_own_name(value: str) -> None:
    assert fault(value) is None


def test_a_code_of_no_table_is_told() -> None:
    assert fault("33999") == ("code_not_held", None)


def test_a_code_that_is_another_s_is_told_with_the_code_of_the_name() -> None:
    assert fault("33036 Bordeaux") == ("code_of_another", ("33063",))


@pytest.mark.parametrize("value", ["29", "Finistère", "dep-29", "2A"])
def test_a_code_passes_as_people_type_it(value: str) -> None:
    departement = the_library().plugins.field_types["departement"]
    asked = replace(field(), type=departement, options=departement.Options())
    tables = the_library().plugins.tables

    assert code_fault(asked, value, tables) is None
    assert code_fault(asked, "dep-99", tables) is not None


def test_a_name_that_nothing_bears_is_told_without_a_guess() -> None:
    assert fault("33063 Bordeaud") == ("code_of_another", ())


def test_what_has_no_table_is_left_in_peace() -> None:
    assert fault("12345", "raison_sociale") is None


def test_without_the_tables_nothing_is_told() -> None:
    """Sabotage: it is the tables that catch a code of another, not the writing."""
    assert code_fault(replace(field()), "33036 Bordeaux", {}) is None
