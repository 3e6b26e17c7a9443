"""The activity nomenclature that lists of codes are checked against."""

from datetime import date

from guichet_plugins.rules.nomenclatures import communes, epci, naf_rev2
from guichet_plugins.rules.nomenclatures.lines import Lines


def test_the_nomenclature_has_its_732_subclasses_each_written_as_a_form_keeps_it():
    (version,) = naf_rev2().versions
    assert len(version.rows) == 732
    assert all(len(code) == 6 and code[2] == "." and code[:2].isdigit() and code[5].isalpha() for code in version.rows)


def test_a_code_has_its_name_from_2008_on():
    table = naf_rev2()
    assert table.value("label", "56.10C", date(2021, 1, 1)) == "Restauration de type rapide"
    assert table.value("label", "56.10C", date(2007, 12, 31)) is None
    assert table.value("label", "56.99Z", date(2021, 1, 1)) is None


def test_a_commune_has_its_name_and_its_epci_of_the_year():
    table, today = communes(), date(2026, 11, 22)
    assert table.value("label", "74281", today) == "Thonon-les-Bains"
    assert table.value("epci", "74281", today) == "200067551"
    assert table.value("epci", "69381", today) == "200046977"  # an arrondissement of Lyon is of its Métropole
    assert table.value("epci", "29155", today) is None  # Ouessant is of none
    assert table.value("label", "99999", today) is None
    assert table.value("label", "12083", today) != "Cransac"  # renamed on 1 January 2026
    assert table.value("label", "12083", date(2025, 12, 31)) == "Cransac"
    assert table.value("label", "02077", date(2022, 12, 31)) == "Berzy-le-Sec"  # merged on 1 January 2023
    assert table.value("label", "02077", date(2023, 1, 1)) is None
    assert table.value("label", "74281", date(2020, 12, 31)) is None  # no table of that year is shipped
    assert epci().value("label", "200035459", date(2021, 6, 1)) == "CA d'Agen"
    assert epci().value("label", "200035459", date(2022, 6, 1)) is None


def test_every_epci_of_a_commune_is_in_the_table_of_epci():
    found = list(zip(communes().versions, epci().versions, strict=True))
    sizes = [(places.first_day.year, len(places.rows), len(groups.rows)) for places, groups in found]
    assert sizes[0] == (2021, 35_104, 1_254)
    assert sizes[-1] == (2026, 35_014, 1_255)
    for (places, groups), (_, *counted) in zip(found, sizes, strict=True):
        assert [len(list(each.rows)) for each in (places, groups)] == counted
        assert {row["epci"] for row in places.rows.values() if "epci" in row} == set(groups.rows)
        assert {row["kind"] for row in groups.rows.values()} == {"CC", "CA", "CU", "METRO", "MET69"}


def test_a_long_table_is_read_when_a_code_is_asked_for_and_not_before(tmp_path):
    rows = Lines(tmp_path / "later.csv", ("label",))
    (tmp_path / "later.csv").write_text("01001;Un\n01002;\n", "utf-8")
    assert (len(rows), dict(rows)) == (2, {"01001": {"label": "Un"}, "01002": {}})
