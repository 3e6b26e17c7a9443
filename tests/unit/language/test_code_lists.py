"""Lists of codes: beginnings and exceptions, asked as one asks a reference list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guichet.errors import ProblemsFound
from guichet.language import CodeSet, Source, compile_value
from rules_at_hand import an_environment

ENVIRONMENT = replace(
    an_environment(),
    codes={
        "restaurants": CodeSet(("56.1", "56.30Z"), ("56.10C",)),
        "savoies": CodeSet(("73", "74")),
        "annecy": CodeSet(("74010",)),
    },
)


@pytest.mark.parametrize(
    ("code", "inside"),
    [("56.10A", True), ("56.30Z", True), ("56.10C", False), ("56.21Z", False), ("5", False), ("", False)],
)
def test_a_code_is_in_the_list_by_its_beginning_but_not_by_an_exception(code: str, inside: bool) -> None:
    assert in_list("restaurants", code) is inside


def test_a_list_without_exception_takes_all_that_begins_so() -> None:
    assert in_list("savoies", "73065") is True
    assert in_list("annecy", "74010") is True
    assert in_list("annecy", "74011") is False


def test_an_unknown_code_is_in_no_list_and_outside_of_none() -> None:
    assert in_list("restaurants", None) is None


def test_only_a_text_can_be_a_code() -> None:
    with pytest.raises(ProblemsFound, match="restaurants"):
        compile_value(Source("effectif dans liste restaurants"), ENVIRONMENT)


def test_a_misspelt_list_is_guessed_among_the_lists_of_codes_too() -> None:
    with pytest.raises(ProblemsFound) as found:
        compile_value(Source("siret dans liste restaurant"), ENVIRONMENT)
    assert found.value.problems[0].data["nearest"] == "restaurants"


def in_list(name: str, code: str | None) -> object:
    condition = compile_value(Source(f"siret dans liste {name}"), ENVIRONMENT)
    return condition.evaluate({"siret": code})
