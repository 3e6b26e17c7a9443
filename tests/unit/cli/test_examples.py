"""`guichet examples suggest`: one example on each side of each threshold, which `guichet test` then runs."""

from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.loader.library import Library
from guichet.services.examples import run_examples
from guichet.services.suggestions import suggest
from guichet.settings import Settings
from guichet_cli.main import run

EXAMPLE = """\
format: 1
examples:
  # Le cas courant.
  courant:
    title: Un club de trois salariés
    on: 2020-05-10
    answers: {effectif: 3, annule: true, perte: 300, titulaire: Club, iban: FR7630006000011234567890189}
    expect: {outcome: eligible, amount: 300 €}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def library(folder: Path, scheme: str = SCHEME, examples: str = EXAMPLE) -> Library:
    return a_library(folder, scheme, {"schemes/essai/examples.yaml": examples} if examples else {})


def test_both_sides_of_a_threshold_and_of_a_cap_are_proposed(folder: Path) -> None:
    found = {one.id: one for one in suggest(library(folder), "essai")}
    sides = [found[f"limite_20200501_petit_effectif_{side}"] for side in "ab"]
    assert [(dict(one.answers), one.result.outcome) for one in sides] == [
        ({"effectif": "10"}, "eligible"),
        ({"effectif": "11"}, "not_eligible"),
    ]
    caps = [one for name, one in found.items() if name.startswith("limite_20200501_amount_perte")]
    assert [(one.answers["perte"], one.result.amount) for one in caps] == [("500", 50_000), ("500.01", 50_000)]
    assert {"20", "21"} == {one.answers["effectif"] for name, one in found.items() if "20200601_petit" in name}


def test_what_is_written_is_read_and_holds_and_nothing_before_it_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library(folder)
    settings = Settings(language="fr")
    assert run(["examples", "suggest", "essai", "--write"], settings) == 0
    assert "exemples ajoutés, à confirmer" in capsys.readouterr().out
    written = (folder / "schemes/essai/examples.yaml").read_text("utf-8")
    assert written.startswith(EXAMPLE)
    assert "# À CONFIRMER" in written
    assert all(each.passed for each in run_examples(library(folder, examples=""), "essai"))
    assert run(["examples", "suggest", "essai", "--write"], settings) == 0
    assert "Aucun exemple nouveau" in capsys.readouterr().err
    assert (folder / "schemes/essai/examples.yaml").read_text("utf-8") == written


def test_ids_stay_when_a_threshold_moves(folder: Path) -> None:
    before = [one.id for one in suggest(library(folder), "essai")]
    moved = with_change("when: effectif <= 10", "when: effectif <= 12")
    assert [one.id for one in suggest(library(folder, moved), "essai")] == before


def test_without_any_example_a_case_is_made_from_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library(folder, examples="")
    assert run(["examples", "suggest", "essai"], Settings(language="en")) == 0
    text = capsys.readouterr().out
    (folder / "schemes/essai/examples.yaml").write_text(text, "utf-8")
    assert "TO CONFIRM" in text
    runs = run_examples(library(folder, examples=""), "essai")
    assert len(runs) > 4
    assert all(each.passed for each in runs)
    assert {"eligible", "not_eligible"} <= {each.result.outcome for each in runs}


def test_a_file_that_cannot_take_more_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "examples: {courant: {title: Un, on: 2020-05-10, answers: {effectif: 3}, expect: {outcome: undetermined}}}\n"
    library(folder, examples=text + "format: 1\n")
    assert run(["examples", "suggest", "essai", "--write"], Settings(language="fr")) == 2
    assert "rien n'a été ajouté" in capsys.readouterr().err
    assert (folder / "schemes/essai/examples.yaml").read_text("utf-8") == text + "format: 1\n"


OTHER_WAY = """
      petit:
        label: Au plus dix salariés
        when: effectif <= 10
        otherwise: Vous déclarez {effectif} salariés.
      ancien:
        label: Assez de recettes
        when: si ferme alors perte_mensuelle >= 40 € sinon effectif >= 1
        otherwise: Les recettes sont trop faibles.
      lignes:
        label: Une facture assez haute
        when: some f dans factures satisfies f.montant >= 7 €
        otherwise: Aucune facture.
"""


def test_a_threshold_behind_a_question_not_yet_asked_is_reached_and_one_out_of_reach_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = """
      ferme: {type: boolean, label: Fermé ?}
      perte_mensuelle: {type: money, label: Perte par mois, asked_when: ferme, min: 0}
      factures:
        type: rows
        label: Vos factures
        fields:
          montant: {type: money, label: Montant}
      titulaire:"""
    scheme = with_change("\n      titulaire:", asked)
    before, _, after = scheme.partition("\n      petit:\n        label")
    scheme = before + OTHER_WAY + after[after.index("      annulation:") :]
    examples = EXAMPLE.replace("perte: 300,", "perte: 300, ferme: false, factures: [{montant: 8}],")
    library(folder, scheme, examples)
    assert run(["examples", "suggest", "essai"], Settings(language="fr")) == 0
    said = capsys.readouterr()
    assert "perte_mensuelle: 39.99" in said.out
    assert "perte_mensuelle: 40" in said.out
    assert "Règles du 1er mai 2020 : aucun exemple trouvé au seuil « f.montant >= 7 € »" in said.err
    assert "perte_mensuelle" not in said.err
