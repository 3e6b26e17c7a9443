"""Communes."""

import pytest

from field_answers import refusal, taken
from guichet import Invalid
from guichet.testing import a_context
from guichet_plugins.forms.commune import Commune

HERE = Commune.Options.model_validate({"only_here": "true"})


@pytest.mark.parametrize(
    ("raw", "code"), [("74010", "74010"), ("74010 – Annecy", "74010"), ("2a004", "2A004"), ("97411", "97411")]
)
def test_a_code_is_taken_with_or_without_the_name(raw: str, code: str):
    assert taken(Commune(), raw) == code


@pytest.mark.parametrize("raw", ["Annecy", "7401", "740101", "99123", "20004", "00000"])
def test_a_code_of_no_departement_is_refused(raw: str):
    assert "code Insee de la commune" in refusal(Commune(), raw)


@pytest.mark.parametrize("territory", ["dep-74", "reg-84"])
def test_a_commune_of_the_territory_is_taken(territory: str):
    assert Commune().parse("74010", HERE, a_context(territory=territory)) == "74010"


@pytest.mark.parametrize(("territory", "name"), [("dep-73", "Savoie"), ("reg-53", "Bretagne")])
def test_a_commune_elsewhere_is_refused_by_the_name_of_the_territory(territory: str, name: str):
    with pytest.raises(Invalid) as refused:
        Commune().parse("74010", HERE, a_context(territory=territory))
    assert f"({name})" in refused.value.reason.fr
