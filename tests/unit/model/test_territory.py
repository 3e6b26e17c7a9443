"""A territory by itself: its id, its clocks, its communes, who acts and who signs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from guichet.errors import ProblemsFound, render
from guichet.model.authorities import Acting, Authority, Body, Signatory, Tribunal
from guichet.model.brand import Brand
from guichet.model.logo import logo_svg
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.territory import Contacts, Forms, Territory
from guichet.model.territory_ids import parse_territory_id

NAMES = {
    "reg-53": "Bretagne",
    "dep-53": "Mayenne",
    "dep-74": "Haute-Savoie",
    "reg-01": "Guadeloupe",
    "dep-971": "Guadeloupe",
}
DAY = date(2020, 4, 20)
COURT = Tribunal(name="Tribunal administratif de Grenoble", city="Grenoble")


def an_authority(name: str = "dep-74", council: str = "Conseil départemental de la Haute-Savoie") -> Authority:
    return Authority(id=name, name=name, council=council, city="Annecy", tribunal=COURT)


def a_territory(**changes: object) -> Territory:
    values: dict[str, object] = {
        "id": "dep-74",
        "name": "Haute-Savoie",
        "forms": Forms.model_validate({"the": "la Haute-Savoie", "of": "de la Haute-Savoie", "in": "en Haute-Savoie"}),
        "zone": "metropolitan",
        "time_zone": "Europe/Paris",
        "region": "reg-84",
        "brand": Brand(initials="HS", colours=("#1f4e79", "#5b7083")),
        "authorities": (Acting(authority=an_authority()),),
        "prefecture": Body(name="Préfecture de la Haute-Savoie", city="Annecy"),
        "tribunal": COURT,
    }
    return Territory.model_validate(values | changes)


def the_advice_on(text: str) -> str:
    """What is said, without the last line, which names the code and its page."""
    with pytest.raises(ProblemsFound) as found:
        parse_territory_id(text, NAMES)
    return render(found.value.problems[0], "fr").rpartition("\n  code ")[0]


def test_an_id_is_its_own_answer():
    assert parse_territory_id("dep-74", NAMES) == "dep-74"


def test_a_bare_code_is_refused_with_both_candidates_named():
    assert the_advice_on("53") == (
        "\"53\" ne dit pas s'il s'agit d'une Région ou d'un Département\n"
        "  aide  écrivez l'identifiant entier : reg-53 (Bretagne), dep-53 (Mayenne)."
    )


def test_a_code_without_its_zero_is_understood_as_a_code():
    assert "reg-01 (Guadeloupe)" in the_advice_on("1")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("haute-savoi", "dep-74 (Haute-Savoie)"),
        ("Haute Savoie", "dep-74 (Haute-Savoie)"),
        ("DEP-74", "dep-74 (Haute-Savoie)"),
        ("reg-74", "dep-74 (Haute-Savoie)"),
        ("reg-53-bretagne", "reg-53 (Bretagne)"),
        ("guadeloupe", "reg-01 (Guadeloupe), dep-971 (Guadeloupe)"),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest(text: str, meant: str):
    assert f"vouliez-vous dire {meant} ?" in the_advice_on(text)


def test_what_resembles_nothing_gets_the_form_of_an_id():
    assert the_advice_on("zzz") == 'territoire inconnu "zzz"\n  aide  Un identifiant s\'écrit reg-53 ou dep-74.'


def test_kind_and_code_come_from_the_id():
    corse_du_sud = a_territory(id="dep-2a")

    assert (corse_du_sud.kind, corse_du_sud.code) == ("departement", "2A")


def test_days_are_counted_on_the_clocks_of_the_territory():
    late_evening_utc = datetime(2020, 4, 20, 21, 0, tzinfo=UTC)

    assert a_territory(time_zone="Indian/Reunion").day_of(late_evening_utc) == date(2020, 4, 21)
    assert a_territory(time_zone="America/Martinique").day_of(late_evening_utc) == date(2020, 4, 20)


def test_a_local_opening_hour_becomes_an_instant():
    opens = datetime(2020, 4, 15, 8, 0)

    assert a_territory().instant_of(opens) == datetime(2020, 4, 15, 6, 0, tzinfo=UTC)
    assert a_territory(time_zone="America/Cayenne").instant_of(opens) == datetime(2020, 4, 15, 11, 0, tzinfo=UTC)


def test_a_body_is_the_council_that_acts_on_the_day():
    new = Acting.model_validate({"from": date(2021, 1, 1), "authority": an_authority("col-x", "Assemblée")})
    territory = a_territory(authorities=(new, Acting(authority=an_authority())))

    assert territory.organisation("departement", DAY) == Body(
        name="Conseil départemental de la Haute-Savoie", city="Annecy"
    )
    assert territory.organisation("departement", date(2021, 1, 1)) == Body(name="Assemblée", city="Annecy")
    assert territory.organisation("prefecture", DAY) == territory.prefecture
    assert territory.organisation("region", DAY) is None


def test_an_authority_of_some_communes_acts_there_only():
    city = Acting(authority=an_authority("col-x", "Métropole"), communes=("74010",))
    territory = a_territory(authorities=(city, Acting(authority=an_authority())))

    assert territory.authority_on(DAY, "74010").id == "col-x"
    assert territory.authority_on(DAY, "74011").id == "dep-74"
    assert territory.authority_on(DAY).id == "dep-74"


def test_a_named_service_stands_for_a_body():
    service = Body(name="Direction de l'économie")

    assert a_territory(bodies={"departement": service}).organisation("departement", DAY) == service


def test_signatories_are_those_of_the_issuer_on_the_day():
    prefet = Signatory(name="A", quality="Préfet")
    deputy = Signatory.model_validate(
        {"name": "B", "quality": "Secrétaire général", "issuer": "prefet", "from": date(2020, 4, 20)}
    )
    territory = a_territory(signatories={"prefet": prefet, "secretaire_general": deputy})

    assert list(territory.signatories_for("prefet", date(2020, 4, 19))) == ["prefet"]
    assert list(territory.signatories_for("prefet", DAY)) == ["prefet", "secretaire_general"]
    assert territory.signatories_for("president", DAY) == {}


def test_placeholders_are_listed_by_path():
    territory = a_territory(
        contacts=Contacts(email=PLACEHOLDER, phone="04 00 00 00 00"),
        signatories={"prefet": Signatory(name=PLACEHOLDER, quality="Préfet")},
    )

    assert territory.placeholders() == ("contacts.email", "signatories.prefet.name")


def test_what_the_files_do_not_vouch_for_is_listed_by_path():
    doubtful = a_territory(tribunal=COURT.model_copy(update={"verified": False}))

    assert a_territory().unverified() == ()
    assert doubtful.unverified() == ("tribunal",)


def test_a_territory_survives_the_json_of_a_snapshot():
    territory = a_territory(
        signatories={"prefet": Signatory.model_validate({"name": "A", "quality": "B", "from": DAY})}
    )

    assert Territory.model_validate_json(territory.model_dump_json()) == territory


def test_the_logo_is_an_image_that_says_whose_it_is():
    svg = ET.fromstring(logo_svg(Brand(initials="HS", colours=("#1f4e79", "#5b7083")), 'Haute-Savoie & "Cie"'))

    assert svg.attrib["aria-label"] == 'Haute-Savoie & "Cie"'
    assert [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")] == ["HS"]


def test_the_initials_stay_readable_on_any_colour():
    assert 'fill="#ffffff"' in logo_svg(Brand(initials="A", colours=("#1f4e79", "#5b7083")), "a")
    assert 'fill="#14181f"' in logo_svg(Brand(initials="A", colours=("#ffe082", "#5b7083")), "a")
