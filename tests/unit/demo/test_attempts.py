"""Attempts follow the proportions of the recipe and come out the same each time."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice

from stdnum.fr import siren as siren_checks

from guichet.demo.attempts import Attempt, attempts
from guichet.demo.lists import list_rows
from guichet.demo.recipe import Recipe
from guichet.demo.recipes import read_recipe
from instances import the_library

SCHEME, ROWS = "fds-volet-2", 3_000


@cache
def recipe() -> Recipe:
    return read_recipe(the_library(), SCHEME)


def drawn(number: int) -> list[Attempt]:
    places = tuple(recipe().territories)
    return list(islice(attempts(recipe(), the_library().territories, rows={"volet1": ROWS}, places=places), number))


def test_the_same_seed_gives_the_same_attempts() -> None:
    assert drawn(50) == drawn(50)


def test_proportions_are_those_of_the_recipe() -> None:
    found = drawn(2_500)
    stopped = Counter(one.stopped for one in found)
    loans = sum(one.posted["pret"] == "accepte" for one in found) / len(found)
    assert 0.12 < 1 - stopped[None] / len(found) < 0.18
    assert stopped["not_in_list"] > stopped["wrong_proof"] > stopped["wrong_check_digit"]
    assert 0.02 < loans < 0.06


def test_who_files_is_in_the_list_with_the_right_proof_and_files_once() -> None:
    rows = {str(row["siren"]): row for row in islice(list_rows(recipe(), "volet1"), ROWS)}
    filing = [one for one in drawn(600) if one.stopped is None]
    sirens = [one.posted["siret"][:9] for one in filing]
    assert len(set(sirens)) == len(sirens)
    for one in filing:
        assert one.proofs["volet1"]["reference"] == rows[one.posted["siret"][:9]]["reference"]


def test_who_is_stopped_is_stopped_for_the_reason_drawn() -> None:
    rows = {str(row["siren"]): row for row in islice(list_rows(recipe(), "volet1"), ROWS)}
    stopped = [one for one in drawn(600) if one.stopped is not None]
    assert {one.stopped for one in stopped} == {"not_in_list", "wrong_proof", "wrong_check_digit"}
    for one in stopped:
        siren = one.posted["siret"][:9]
        if one.stopped == "not_in_list":
            assert siren not in rows
        elif one.stopped == "wrong_proof":
            assert rows[siren]["reference"] != one.proofs["volet1"]["reference"]
        else:
            assert not siren_checks.is_valid(siren)


def test_everyone_answers_from_one_case_of_each_profile() -> None:
    profiles = {
        (one.posted["exercice_clos"] == "true", one.posted["date_creation"] < "2019-01-01") for one in drawn(200)
    }
    assert profiles == {(True, True), (False, False)}
