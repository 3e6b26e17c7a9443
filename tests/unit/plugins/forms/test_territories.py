"""Départements and Régions."""

import pytest

from field_answers import refusal, taken
from guichet import NoOptions
from guichet.testing import a_context
from guichet_plugins.forms.places import DEPARTEMENTS, REGIONS
from guichet_plugins.forms.territories import Departement, Region


def test_there_are_eighteen_regions_and_a_hundred_and_one_departements():
    assert (len(REGIONS), len(DEPARTEMENTS)) == (18, 101)
    assert {region for _, region in DEPARTEMENTS.values()} == set(REGIONS)


@pytest.mark.parametrize("raw", ["dep-74", "74", "Haute-Savoie", "HAUTE-SAVOIE"])
def test_a_departement_is_found_by_id_code_or_name(raw: str):
    assert taken(Departement(), raw) == "dep-74"


@pytest.mark.parametrize(
    ("raw", "found"), [("1", "dep-01"), ("2A", "dep-2a"), ("val d'oise", None), ("Val-d’Oise", "dep-95")]
)
def test_a_departement_is_found_or_asked_again(raw: str, found: str | None):
    if found:
        assert taken(Departement(), raw) == found
    else:
        assert refusal(Departement(), raw) == "Choisissez dans la liste, par exemple Haute-Savoie."


def test_a_bare_code_names_a_region_where_a_region_is_asked():
    assert taken(Region(), "53") == "reg-53"
    assert taken(Region(), "ile-de-france") == "reg-11"


def test_the_whole_list_is_offered():
    assert len(Region().choices(NoOptions(), a_context())) == 18
    assert Departement().show("dep-2a", NoOptions(), "fr") == "Corse-du-Sud"
