"""A criterion, or an amount, that only an unasked field leaves open is refused; nothing sound is."""

from __future__ import annotations

import pytest

from guichet.language import BOOLEAN, MONEY, Input, Source, compile_rules
from rules_at_hand import an_environment, branch, complaint, complaint_about, rules, volet2


@pytest.mark.parametrize(
    "text",
    [
        "(non exercice_clos) ou chiffre_affaires < 200 000 €",
        "(non exercice_clos) ou chiffre_affaires < 200 000 € ou dettes_30j < 2 000 €",
        "si exercice_clos alors chiffre_affaires >= 8 000 € sinon ca_mensuel_moyen >= 667 €",
        "chiffre_affaires est connu et chiffre_affaires > 10 €",
        "(exercice_clos et chiffre_affaires > 10 €) ou (non exercice_clos et ca_mensuel_moyen > 1 €)",
    ],
)
def test_a_condition_that_provides_for_the_unasked_field_is_accepted(text: str) -> None:
    assert complaint(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "chiffre_affaires < 200 000 €",
        "chiffre_affaires < 200 000 € ou dettes_30j < 2 000 €",
        "ferme_public et (chiffre_affaires >= 8 000 € ou ca_mensuel_moyen >= 667 €)",
        "exercice_clos ou chiffre_affaires > 10 €",
    ],
)
def test_a_condition_left_open_by_an_unasked_field_is_refused(text: str) -> None:
    assert "peut rester sans réponse" in complaint(text)


def test_the_amount_of_volet_2_is_accepted_since_an_earlier_branch_excludes_the_case() -> None:
    assert complaint_about(volet2()) == ""


def test_a_case_that_another_criterion_excludes_is_accepted() -> None:
    assert complaint_about(rules("exercice_clos", "chiffre_affaires < 200 000 €")) == ""
    guarded = (branch("chiffre_affaires < 200 000 €", "2 000 €"), branch(None, "3 000 €"))
    assert complaint_about(rules("exercice_clos", amount=guarded)) == ""


def test_a_field_asked_after_another_that_is_itself_not_asked_is_seen() -> None:
    chained = an_environment(
        second=Input(BOOLEAN, "field", Source("chiffre_affaires > 10 €")), tiers=Input(MONEY, "field", Source("second"))
    )
    said = complaint_about(rules("tiers > 0 €"), environment=chained)
    assert "tiers n'est pas demandé" in said


def test_a_plugin_function_is_not_what_leaves_a_condition_open() -> None:
    assert complaint('siren(siret) = "123456789"') == ""


def test_an_unverified_branch_is_not_what_leaves_an_amount_open() -> None:
    steps = (
        branch("non exercice_clos", None, "à vérifier"),
        branch("chiffre_affaires > 1 €", "1 €"),
        branch(None, "2 €"),
    )
    assert complaint_about(rules("effectif > 1", amount=steps)) == ""


def test_a_list_that_does_not_hold_the_key_is_not_what_a_question_would_settle() -> None:
    found = "lookup(volet1, siren(siret), amount)"
    value = f"si exercice_clos alors min({found}, chiffre_affaires) sinon {found}"
    assert complaint_about(rules("effectif > 1", amount=(branch(None, value),))) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("apport < 1 000 €", True),
        ("(si apport est connu alors apport sinon 0 €) < 1 000 €", False),
        ("apport est connu et apport < 1 000 €", False),
        ("effectif < 10", False),
    ],
)
def test_an_optional_field_that_leaves_a_condition_open_when_blank_is_told(text: str, *, told: bool) -> None:
    known = an_environment(apport=Input(MONEY, "field", optional=True))
    warned = [each.code for each in compile_rules(rules(text), known, advised=True).warnings]
    assert warned == (["rule.blank_condition"] if told else [])
