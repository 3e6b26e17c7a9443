"""A free name one slip from a word that stands elsewhere is doubted; a name of its own is left in peace."""

from __future__ import annotations

import pytest

from guichet.loader.doubtful_names import check_names
from guichet.loader.reader import read_text

ROWS = """\
fields:
  nature: {label: Nature}
  velo: {label: Votre vélo}
  forme:
    label: Forme juridique
    choices: {sarl: SARL, sas: SAS ou SASU, autre_societe: Autre société}
  loyer_du_bail: {label: Loyer du bail}
examples:
  loyer_paye: {title: Un loyer payé}
  reste_de_minimis: {title: De minimis entamé}
  autrefois: {title: Une autre et trois fois}
"""


def doubted(old: str = "", new: str = "") -> list[tuple[object, object]]:
    """What is doubted of these rows with one name written otherwise."""
    assert old in ROWS
    tree = read_text(ROWS.replace(old, new, 1), "essai.yaml")
    return [(problem.data["value"], problem.data["nearest"]) for problem in check_names([tree], models=())]


def test_names_as_they_are_meant_are_left_in_peace() -> None:
    assert doubted() == []


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("nature:", "natture:", "nature"),
        ("nature:", "nautre:", "nature"),
        ("velo:", "veo:", "velo"),
        ("sarl:", "srl:", "sarl"),
        ("autre_societe:", "autresociete:", "autre_societe"),
        ("loyer_paye:", "lyoer_paye:", "loyer"),
        ("autre_societe:", "autre__societe:", "autre_societe"),
        ("reste_de_minimis:", "reste_dem_inimis:", "de_minimis"),
    ],
)
def test_a_slip_in_a_name_is_doubted_by_what_stands_beside_or_elsewhere(old: str, new: str, meant: str) -> None:
    assert doubted(old, new) == [(new.removesuffix(":"), meant)]


def test_a_plural_and_a_feminine_are_no_slips() -> None:
    assert doubted("loyer_paye:", "loyers_payes:") == []
    assert doubted("loyer_paye:", "loyer_payee:") == []


def test_only_the_names_of_one_tree_are_doubted_when_others_lend_their_words() -> None:
    ours, theirs = read_text("bnaque: 1\n", "demo.yaml"), read_text("banque: 1\nbanques: 1\nbnaques: 1\n", "a.yaml")
    again = read_text("banque: 2\n", "b.yaml")
    found = list(check_names([ours, theirs, again], only=ours, models=()))
    assert [(one.data["value"], one.position and one.position.file) for one in found] == [("bnaque", "demo.yaml")]
