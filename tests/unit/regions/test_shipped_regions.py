"""The shipped data: complete, coherent, and honest about what nobody has checked."""

from __future__ import annotations

import re
import time
from datetime import date
from functools import cache

import pytest

from guichet.loader.territories import load_territories
from guichet.model.territories import Territories
from guichet.model.territory import Territory
from guichet.settings import shipped_folder

REGIONS = shipped_folder("regions")
OVERSEAS = {"reg-01", "reg-02", "reg-03", "reg-04", "reg-06", "dep-971", "dep-972", "dep-973", "dep-974", "dep-976"}


@cache
def shipped() -> Territories:
    return load_territories([REGIONS])


def every_territory():
    return pytest.mark.parametrize("territory", list(shipped()), ids=lambda territory: territory.id)


def test_there_are_18_regions_and_101_departements():
    assert (len(shipped().regions()), len(shipped().departements())) == (18, 101)


def test_every_region_code_is_a_departement_code_too():
    assert {region.code for region in shipped().regions()} <= {dep.code for dep in shipped().departements()}


def test_every_departement_lies_in_one_region_that_lists_it():
    listed = [departement for region in shipped().regions() for departement in region.departements]

    assert sorted(listed) == sorted(departement.id for departement in shipped().departements())


def test_the_overseas_territories_keep_their_own_clocks():
    assert {territory.id for territory in shipped() if territory.zone == "overseas"} == OVERSEAS
    assert {territory.id for territory in shipped() if territory.time_zone != "Europe/Paris"} == OVERSEAS


@every_territory()
def test_the_forms_of_a_name_hold_the_name_and_agree(territory: Territory):
    forms, name = territory.forms, territory.name
    of_forms = {"le ": "du ", "les ": "des ", "la ": "de la ", "l'": "de l'"}
    article = forms.the.removesuffix(name)

    assert forms.the.endswith(name)
    assert forms.of in {f"{of_forms.get(article, 'de ')}{name}", f"de {name}", f"d'{name}"}
    assert forms.within in {f"en {name}", f"à {name}", f"dans {forms.the}"}


@every_territory()
def test_what_only_the_collectivite_knows_is_a_placeholder(territory: Territory):
    found = territory.placeholders()

    assert {"contacts.service", "contacts.email", "contacts.phone", "contacts.address"} <= set(found)
    assert all(f"signatories.{key}.name" in found for key in territory.signatories)


def test_the_two_issuers_of_volet_2_and_of_a_departement_have_their_signatories():
    assert list(shipped()["reg-53"].signatories) == ["prefet_region", "president"]
    assert list(shipped()["dep-74"].signatories) == ["prefet", "president"]


def test_no_two_territories_share_their_colours():
    colours = [territory.brand.colours for territory in shipped()]

    assert len(set(colours)) == len(colours)


@pytest.mark.parametrize(
    ("territory", "day", "commune", "authority"),
    [
        ("dep-67", "2020-12-31", None, "dep-67"),
        ("dep-67", "2021-01-01", None, "col-alsace"),
        ("dep-68", "2021-01-01", None, "col-alsace"),
        ("reg-94", "2017-12-31", None, "reg-94"),
        ("dep-2b", "2018-01-01", None, "col-corse"),
        ("reg-02", "2020-04-20", None, "col-martinique"),
        ("dep-973", "2020-04-20", None, "col-guyane"),
        ("reg-06", "2025-12-31", None, "reg-06"),
        ("dep-976", "2026-01-01", None, "col-mayotte"),
        ("dep-75", "2020-04-20", None, "col-paris"),
        ("dep-69", "2020-04-20", "69123", "col-metropole-de-lyon"),
        ("dep-69", "2020-04-20", "69387", "col-metropole-de-lyon"),
        ("dep-69", "2020-04-20", "69264", "dep-69"),
        ("dep-69", "2020-04-20", None, "dep-69"),
        ("reg-53", "2020-04-20", None, "reg-53"),
    ],
)
def test_who_acts_depends_on_the_day_and_the_commune(territory: str, day: str, commune: str | None, authority: str):
    assert shipped()[territory].authority_on(date.fromisoformat(day), commune).id == authority


@pytest.mark.parametrize(
    ("territory", "body", "city"),
    [
        ("reg-53", "region", "Rennes"),
        ("dep-74", "departement", "Grenoble"),
        ("reg-28", "prefecture", "Rouen"),
        ("reg-28", "region", "Caen"),
        ("reg-27", "prefecture", "Dijon"),
        ("reg-27", "region", "Besançon"),
        ("dep-93", "departement", "Montreuil"),
        ("dep-972", "departement", "Schœlcher"),
        ("reg-94", "region", "Bastia"),
    ],
)
def test_the_court_is_that_of_the_seat_of_the_deciding_authority(territory: str, body: str, city: str):
    assert shipped()[territory].tribunal_for(body, date(2020, 4, 20)).city == city


def test_what_nobody_checked_is_marked():
    doubtful = {territory.id for territory in shipped() if territory.unverified()}

    assert doubtful == {"reg-11", "reg-02", "dep-972", "reg-03", "dep-973", "reg-06", "dep-976"}


def test_every_territory_file_stays_short():
    long = {path.parent.name for path in REGIONS.glob("*/*.yaml") if len(path.read_text("utf-8").splitlines()) > 35}

    assert long == set()


def test_folders_bear_the_id_then_the_name():
    names = {folder.name for folder in REGIONS.iterdir() if re.match("reg|dep", folder.name)}

    assert {"reg-53-bretagne", "dep-74-haute-savoie", "dep-2a-corse-du-sud"} <= names


def test_all_territories_are_read_within_half_a_second():
    def seconds() -> float:
        start = time.process_time()
        load_territories([REGIONS])
        return time.process_time() - start

    # Of the processor's time, the best of some runs: what else the machine does is not ours to measure.
    assert min(seconds() for _ in range(5)) < 0.5
