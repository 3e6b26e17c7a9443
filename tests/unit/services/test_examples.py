"""Examples: what one says wrong is told where it is written, once, whoever inherits it."""

from pathlib import Path

import pytest

from declarations import SCHEME, a_library
from guichet.errors import ProblemsFound, render_all
from guichet.services.checking import check
from guichet.services.examples import run_examples

HEAD = "format: 1\nexamples:\n"
GOOD = """\
  bon:
    title: Bon
    on: 2020-05-10
    answers: {effectif: 3, annule: true, perte: 120.50}
    expect: {outcome: eligible, amount: 120.50}
"""
FILE = "schemes/essai/examples.yaml"


def refused(folder: Path, examples: str) -> str:
    library = a_library(folder, files={FILE: HEAD + examples})
    with pytest.raises(ProblemsFound) as found:
        run_examples(library, "essai")
    return render_all(found.value.problems, "fr")


@pytest.mark.parametrize(
    ("find", "replace", "told"),
    [
        ("effectif: 3", "efectif: 3", '6:15  le cas nomme "efectif", inconnu ici'),
        ("perte: 120.50}", "perte: cent}", '6:49  "cent" est refusé pour "perte"'),
        ("on: 2020-05-10", "territory: dep-75", '5:16  le dispositif "essai" ne vise pas le territoire "dep-75"'),
        ("on: 2020-05-10", 'territory: "74"', "5:16  \"74\" ne dit pas s'il s'agit d'une Région ou d'un Département"),
        ("on: 2020-05-10", "facts: {registre: true}", "5:13  aucun critère attesté ou jugé, ni aucune liste"),
        ("on: 2020-05-10", "like: autre", '5:11  aucun exemple plus haut ne s\'appelle "autre"'),
    ],
)
def test_a_mistake_is_told_where_it_is_written_and_once(tmp_path: Path, find: str, replace: str, told: str) -> None:
    heir = "  heritier:\n    title: Heritier\n    like: bon\n    expect: {outcome: eligible}\n"
    text = refused(tmp_path, GOOD.replace(find, replace) + heir)
    assert f"{FILE}:{told}" in text
    assert text.endswith("\n1 erreur")


def test_an_amount_that_differs_is_told_in_euros(tmp_path: Path) -> None:
    examples = GOOD.replace("amount: 120.50", "amount: 121")
    found = check(a_library(tmp_path, files={FILE: HEAD + examples}), ["essai"])
    assert "l'exemple annonce amount = 121 €, les règles donnent 120.50 €" in render_all(found.problems, "fr")


def test_an_answer_the_form_would_refuse_is_warned_of(tmp_path: Path) -> None:
    examples = GOOD.replace("perte: 120.50}", "perte: 120.50, iban: FR00}")
    found = check(a_library(tmp_path, files={FILE: HEAD + examples}), ["essai"])
    text = render_all(found.problems, "fr")
    assert f'{FILE}:6:63  avertissement : le formulaire refuserait "FR00" pour "iban"' in text
    assert found.passed


@pytest.mark.parametrize(
    ("meant", "said", "outcome"),
    [
        ("[dep-73, dep-74]", "", "undetermined"),
        ("[dep-73, dep-74]", "    territory: dep-74\n", "not_eligible"),
        ("[dep-73, dep-74]", "    territory: dep-73\n", "eligible"),
        ("[dep-73]", "", "eligible"),
        ("[departements]", "", "undetermined"),
    ],
)
def test_rules_that_read_the_territory_are_undetermined_until_it_is_known(
    meant: str, said: str, outcome: str, tmp_path: Path
) -> None:
    scheme = SCHEME.replace("when: effectif <= 10", 'when: territory = "dep-73" et effectif <= 10')
    amount = "" if outcome != "eligible" else ", amount: 120.50"
    example = GOOD.replace("    on:", f"{said}    on:").replace(
        "outcome: eligible, amount: 120.50", f"outcome: {outcome}{amount}"
    )
    library = a_library(tmp_path, scheme.replace("[dep-73, dep-74]", meant), {FILE: HEAD + example})
    (run,) = run_examples(library, "essai")
    assert run.passed, run.differences
