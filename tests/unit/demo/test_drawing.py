"""Each distribution draws what its line of the recipe says, and the same again from the same seed."""

from __future__ import annotations

from datetime import date
from random import Random
from statistics import median
from typing import Any

import pytest

from guichet.demo.attempts import posted
from guichet.demo.drawing import Drawn, Money, Scene, drawer
from guichet.demo.invented import sirens
from guichet.demo.recipe import Draw

DAY = date(2020, 4, 20)


def a_scene(seed: int = 1, **values: Drawn) -> Scene:
    return Scene(Random(seed), DAY, sirens(Random(seed)), first_name="Éléonore", last_name="Le Goff", values=values)


def drawn(number: int = 300, scene: Scene | None = None, **declared: Any) -> list[Drawn]:
    draw, found = drawer(Draw.model_validate(declared)), scene or a_scene()
    return [draw(found) for _ in range(number)]


def test_a_fixed_value_is_always_itself() -> None:
    assert set(drawn(distribution="fixed", value="refuse")) == {"refuse"}


def test_weights_are_kept() -> None:
    found = drawn(3_000, distribution="weights", choices={"a": "90", "b": "10"})
    assert 0.87 < found.count("a") / len(found) < 0.93


def test_bounds_of_a_whole_number_are_included() -> None:
    assert set(drawn(distribution="integer", **{"from": "1", "to": "3"})) == {1, 2, 3}


def test_money_is_cents_within_its_bounds() -> None:
    found = drawn(distribution="money", **{"from": "300 €", "to": "1 500 €"})
    assert {type(one) for one in found} == {Money}
    assert all(30_000 <= one <= 150_000 for one in found if isinstance(one, Money))


def test_a_lognormal_sum_has_its_median_and_stays_within_bounds() -> None:
    found = drawn(4_000, distribution="lognormal", median="140 000 €", sigma="0.9", min="5 000 €", max="999 999.99 €")
    cents = [int(one) for one in found if isinstance(one, int)]
    assert 13_000_000 < median(cents) < 15_000_000
    assert min(cents) >= 500_000
    assert max(cents) <= 99_999_999


def test_a_share_is_of_the_sum_of_other_fields() -> None:
    scene = a_scene(dettes=Money(100_000), charges=Money(50_000))
    found = drawn(scene=scene, distribution="share_of", fields=["dettes", "charges"], **{"from": "50 %", "to": "100 %"})
    shares = [one for one in found if isinstance(one, int)]
    assert len(shares) == len(found) > 0
    assert min(shares) >= 75_000
    assert max(shares) <= 150_000


def test_days_before_are_counted_from_the_day_of_the_demonstration() -> None:
    assert set(drawn(distribution="days_before", **{"from": "8", "to": "9"})) == {date(2020, 4, 12), date(2020, 4, 11)}


def test_a_pattern_keeps_its_own_letters() -> None:
    (found,) = drawn(1, distribution="pattern", value="FDS1-9999-AA")
    assert isinstance(found, str)
    assert found[:5] == "FDS1-"
    assert found[5:9].isdigit()
    assert found[-2:].isalpha()


def test_a_person_has_one_name_throughout() -> None:
    scene = a_scene()
    assert drawn(1, scene, distribution="last_name") == ["Le Goff"]
    assert drawn(1, scene, distribution="email") == ["eleonore.le-goff@exemple.fr"]


def test_a_company_has_one_siren_throughout() -> None:
    scene = a_scene()
    (siren,), (siret,) = drawn(1, scene, distribution="siren"), drawn(1, scene, distribution="siret")
    assert str(siret).startswith(str(siren))


def test_an_address_lies_in_the_place() -> None:
    scene = a_scene()
    scene.postcodes = ("974",)
    (found,) = drawn(1, scene, distribution="address")
    assert isinstance(found, dict)
    assert found["postcode"].startswith("974")
    assert len(found["postcode"]) == 5


@pytest.mark.parametrize("kind", ["iban", "phone", "sentence", "company_name", "address"])
def test_the_same_seed_gives_the_same_value(kind: str) -> None:
    assert drawn(5, a_scene(7), distribution=kind) == drawn(5, a_scene(7), distribution=kind)


def test_several_choices_are_ticked_together() -> None:
    assert drawn(1, distribution="several", values=["tresorerie", "loyer"]) == [("tresorerie", "loyer")]


def test_rows_are_drawn_column_by_column_and_read_what_stands_above_them() -> None:
    columns = {
        "prix": {"distribution": "money", "from": "10 €", "to": "90 €"},
        "double": {"distribution": "same_as", "field": "prix"},
        "qui": {"distribution": "same_as", "field": "titulaire"},
    }
    declared = {"distribution": "rows", "from": "1", "to": "3", "columns": columns}
    found = drawn(200, a_scene(titulaire="Anne"), **declared)
    assert {len(rows) for rows in found if isinstance(rows, list)} == {1, 2, 3}
    assert all(row["prix"] == row["double"] and row["qui"] == "Anne" for rows in found for row in rows)  # type: ignore[union-attr,index]  # what is drawn here is rows
    assert Draw.model_validate(declared).reads == ("titulaire",)
    assert posted(found[0])[0]["prix"].endswith(tuple(f",{cents:02d}" for cents in range(100)))
