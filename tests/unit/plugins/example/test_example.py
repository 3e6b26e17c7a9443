"""The example plugin."""

from click.testing import CliRunner

from field_answers import refusal
from guichet.testing import assert_field_type
from guichet_plugins.example import Rna, rna_command


def test_the_number_of_an_association_keeps_the_contract():
    assert_field_type(Rna(), good=[("w751 234 567", "W751234567")], bad=["751234567", "W75123456"])


def test_another_shape_is_refused_with_an_example():
    assert refusal(Rna(), "751234567") == "Écrivez le numéro RNA : W suivi de neuf chiffres, par exemple W751234567."


def test_the_command_prints_the_number_or_what_is_wrong_with_it():
    assert CliRunner().invoke(rna_command, ["w751234567"]).output == "W751234567\n"
    refused = CliRunner().invoke(rna_command, ["x"])
    assert (refused.exit_code, "W suivi de neuf chiffres" in refused.output) == (1, True)
