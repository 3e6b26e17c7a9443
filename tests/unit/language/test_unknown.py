"""Unknown values: Kleene's logic, and never a default."""

from __future__ import annotations

import pytest

from guichet.language import UNAVAILABLE
from rules_at_hand import value

UNKNOWN = {"ferme_public": None}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("ferme_public", None),
        ("non ferme_public", None),
        ("ferme_public ou exercice_clos", True),
        ("ferme_public et non exercice_clos", False),
        ("ferme_public et exercice_clos", None),
        ("ferme_public ou non exercice_clos", None),
        ("ferme_public = ferme_public", None),
        ("si ferme_public alors 1 sinon 1", None),
        ("si exercice_clos alors 1 sinon 2", 1),
        ("si exercice_clos alors 1 sinon (si ferme_public alors 2 sinon 3)", 1),
        ("ferme_public est connu", False),
        ("exercice_clos est connu", True),
        ("(ferme_public ou exercice_clos) est connu", True),
    ],
)
def test_logic_with_an_unknown_value_is_kleene_s(text: str, result: object) -> None:
    assert value(text, **UNKNOWN) == result


def test_an_unavailable_value_is_unknown_too() -> None:
    assert value("effectif + 1", effectif=UNAVAILABLE) is None
    assert value("effectif est connu", effectif=UNAVAILABLE) is False


@pytest.mark.parametrize("text", ["min(effectif, 3)", "sum(effectif, 3)", "abs(effectif)", "effectif * 0", "-effectif"])
def test_arithmetic_with_an_unknown_value_is_unknown_even_times_zero(text: str) -> None:
    assert value(text, effectif=None) is None


def test_some_over_no_row_is_false_and_every_is_true() -> None:
    assert value("quelque d dans dettes satisfait d.echue", dettes=()) is False
    assert value("chaque d dans dettes satisfait d.echue", dettes=()) is True


def test_quantifiers_decide_as_soon_as_one_row_does() -> None:
    open_, due, late = ({"echue": None}, {"echue": False}, {"echue": True})
    assert value("quelque d dans dettes satisfait d.echue", dettes=(open_, late)) is True
    assert value("quelque d dans dettes satisfait d.echue", dettes=(open_, due)) is None
    assert value("chaque d dans dettes satisfait d.echue", dettes=(open_, due)) is False
    assert value("chaque d dans dettes satisfait d.echue", dettes=(open_, late)) is None


def test_the_sum_of_no_row_is_zero_but_the_least_of_none_is_unknown() -> None:
    assert value("sum(dettes.montant)", dettes=()) == 0
    assert value("min(dettes.montant)", dettes=()) is None


def test_a_sum_with_an_unanswered_cell_is_unknown() -> None:
    assert value("sum(dettes.montant)", dettes=({"montant": 1}, {"montant": None})) is None


def test_not_being_in_a_list_is_known_and_what_it_would_hold_is_not() -> None:
    assert value("siren(siret) dans liste volet1", at_volet1=False) is False
    assert value("lookup(volet1, siren(siret), amount)", at_volet1=False) is None


def test_a_function_that_cannot_tell_gives_an_unknown_value() -> None:
    assert value('siren(siret) = "123456789"', siret="?") is None


def test_several_values_of_a_field_are_looked_into() -> None:
    assert value("loyer dans besoins") is True
    assert value("salaires dans besoins") is False
    assert value("salaires dans besoins", besoins=None) is None
    assert value("quelque b dans besoins satisfait b = stock") is True
    assert value("pret dans (refuse, sans_reponse)") is True
