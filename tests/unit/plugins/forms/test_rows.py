"""Repeated rows."""

from typing import Any

import pytest
from pydantic import ValidationError

from field_answers import a_column, refused, taken
from guichet.language import Condition, Environment, Input, Rules, Source, compile_rules
from guichet.language.types import MONEY, TEXT, rows
from guichet.plugin.contracts import Invalid
from guichet.testing import a_context, assert_field_type
from guichet_plugins.forms.attachment import Attachment
from guichet_plugins.forms.days import Date
from guichet_plugins.forms.money import Money
from guichet_plugins.forms.numbers import Decimal
from guichet_plugins.forms.rows import Rows
from guichet_plugins.forms.text import ShortText


def columns() -> dict[str, Any]:
    return {
        "nature": a_column("nature", ShortText()),
        "montant": a_column("montant", Money(), min="0"),
        "echeance": a_column("echeance", Date(), required=False),
    }


def test_rows_keep_the_contract():
    row = {"nature": "Loyer", "montant": "1 000", "echeance": "30/04/2020"}
    assert_field_type(
        Rows(),
        options={"fields": {name: column for name, column in columns().items() if name != "echeance"}},
        good=[([{"nature": "Loyer", "montant": "1 000"}], ({"nature": "Loyer", "montant": 100000},))],
        bad=[[{"nature": "Loyer", "montant": "x"}], [row], "Loyer"],
    )


def test_a_blank_row_is_not_counted():
    posted = [{"nature": "", "montant": ""}, {"nature": "Loyer", "montant": "5"}]
    assert taken(Rows(), posted, fields=columns()) == ({"nature": "Loyer", "montant": 500, "echeance": None},)


def test_every_wrong_cell_of_every_row_is_said_at_once():
    posted = [{"nature": "Loyer", "montant": "-1"}, {"nature": "", "montant": "5"}]
    error = refused(Rows(), posted, fields=columns())
    assert [(part.field, part.reason.fr) for part in error.parts] == [
        ("0.montant", "Ligne 1, Montant : Donnez un nombre au moins égal à 0\u00a0€."),
        ("1.nature", "Ligne 2 : complétez « Nature »."),
    ]


def test_the_number_of_rows_is_bounded():
    posted = [{"nature": "Loyer", "montant": "1"}] * 3
    assert refused(Rows(), posted, fields=columns(), max_rows="2").reason.fr == "Gardez 2 lignes au plus : il y en a 3."
    assert "au moins" in refused(Rows(), posted, fields=columns(), min_rows="4").reason.fr


def test_a_forged_column_is_refused():
    assert refused(Rows(), [{"nature": "Loyer", "montant": "1", "admin": "1"}], fields=columns())


def test_rules_see_the_columns_they_can_read():
    options = Rows.Options.model_validate(
        {
            "fields": {
                "nature": a_column("nature", ShortText()),
                "piece": a_column("piece", Attachment()),
                "montant": a_column("montant", Money()),
            }
        }
    )
    assert Rows().rule_type(options) == rows({"nature": TEXT, "montant": MONEY})


@pytest.mark.parametrize(("most", "said"), [("24", ["rule.never_true"]), ("23.9", [])])
def test_rules_know_between_which_decimals_a_column_stays(most: str, said: list[str]):
    hours = {"heures": a_column("heures", Decimal(), decimals="1", min="0", max="24")}
    seen = Rows().rule_type(Rows.Options.model_validate({"fields": hours}))
    assert seen is not None
    environment = Environment("fr", {"lignes": Input(seen, "field")})
    condition = Condition("longue", "criterion", Source(f"max(lignes.heures) > {most}"))
    program = compile_rules(Rules("2020-04-17", {}, (condition,)), environment, advised=True)
    assert [each.code for each in program.warnings] == said


def test_an_exchange_writes_objects_and_storage_gives_them_back():
    options = Rows.Options.model_validate({"fields": columns()})
    value = Rows().read([{"nature": "Loyer", "montant": 1000, "echeance": "2020-04-30"}], options, a_context())
    assert Rows().load(Rows().dump(value, options), options) == value
    assert Rows().show(value, options, "fr") == "Loyer – 1\u202f000\u00a0€ – 30 avril 2020"


def test_rows_without_columns_are_no_declaration():
    with pytest.raises(ValidationError):
        Rows.Options.model_validate({"fields": {}})


def test_a_written_row_with_an_unknown_column_is_told_the_columns_there_are():
    options = Rows.Options.model_validate({"fields": columns()})
    with pytest.raises(Invalid) as refusal:
        Rows().read([{"nature": "Loyer", "montnat": "5", "montant": "5"}], options, a_context())
    assert [(part.field, part.reason.fr) for part in refusal.value.parts] == [
        ("0.montnat", "Ligne 1 : « montnat » n'est pas une colonne ; les colonnes sont nature, montant, echeance.")
    ]


def test_a_written_row_awaits_no_file_and_a_posted_one_does():
    fields = {"nature": a_column("nature", ShortText()), "piece": a_column("piece", Attachment())}
    options = Rows.Options.model_validate({"fields": fields})
    assert Rows().read([{"nature": "Devis"}], options, a_context()) == ({"nature": "Devis", "piece": None},)
    assert refused(Rows(), [{"nature": "Devis"}], fields=fields).reason.fr == "Ligne 1 : complétez « Piece »."
