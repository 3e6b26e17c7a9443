"""Parts of company numbers."""

from guichet_plugins.rules.enterprise import nic_of, register_rule_functions, siren_of


def test_a_siret_is_a_siren_then_a_nic():
    assert (siren_of("55204944776279"), nic_of("55204944776279")) == ("552049447", "76279")


def test_the_departement_of_a_commune_is_a_territory_id_and_nothing_for_another_text():
    departement_of = next(function for function in register_rule_functions() if function.name == "departement_of")
    assert [departement_of.call(code) for code in ("74010", "2A004", "97411", "x")] == [
        "dep-74",
        "dep-2a",
        "dep-974",
        None,
    ]
    assert departement_of.words["fr"] == "departement_de"
