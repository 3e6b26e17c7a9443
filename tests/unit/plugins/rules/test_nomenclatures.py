"""The activity nomenclature that lists of codes are checked against."""

from datetime import date

from guichet_plugins.rules.nomenclatures import naf_rev2


def test_the_nomenclature_has_its_732_subclasses_each_written_as_a_form_keeps_it():
    (version,) = naf_rev2().versions
    assert len(version.rows) == 732
    assert all(len(code) == 6 and code[2] == "." and code[:2].isdigit() and code[5].isalpha() for code in version.rows)


def test_a_code_has_its_name_from_2008_on():
    table = naf_rev2()
    assert table.value("label", "56.10C", date(2021, 1, 1)) == "Restauration de type rapide"
    assert table.value("label", "56.10C", date(2007, 12, 31)) is None
    assert table.value("label", "56.99Z", date(2021, 1, 1)) is None
