"""`guichet explain --results`: answers written in bulk said in words; a file, a line or an option that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from declarations import SCHEME, a_library
from guichet.locale import Language
from guichet.settings import Settings
from guichet_cli.main import run

DATA = "effectif,annule,perte,nom\n12,oui,300,Martin\n3,oui,,Diallo\n3,oui,900,Petit\n3,oui,1,Petit\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("cas.csv").write_text(DATA, "utf-8")
    said = ["simulate", "essai", "--data", "cas.csv", "--on", "2020-05-10", "--keep", "nom", "--out", "r.parquet"]
    assert run(said, Settings(language="fr")) == 0
    return tmp_path


def said_of(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0, language: Language = "fr") -> str:
    capsys.readouterr()
    assert run(["explain", "essai", "--results", "r.parquet", *words], Settings(language=language)) == code
    found = capsys.readouterr()
    return (found.err if code else found.out).replace("\u202f", " ").replace("\xa0", " ")


def test_a_line_is_decoded_in_words_by_its_number_or_by_a_column_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert said_of(capsys, "--row", "nom=Martin") == (
        "Aide d'essai, règles du 10 mai 2020\nLigne 1, de r.parquet\n\nNon éligible\nCritères non remplis :\n"
        "  Au plus dix salariés\n"
    )
    assert "Unanswered questions:\n  Perte\n" in said_of(capsys, "--row", "2", language="en")
    found = json.loads(said_of(capsys, "--row", "3", "--json"))
    assert (found["outcome"], found["amount_cents"], found["branch"], found["failed"]) == ("eligible", 500_00, 1, [])


def test_with_its_data_a_line_has_the_whole_explanation_and_is_said_to_be_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = said_of(capsys, "--row", "3", "--data", "cas.csv")
    Path("cas.json").write_text('{"effectif": 3, "annule": true, "perte": 900}', "utf-8")
    assert run(["explain", "essai", "--case", "cas.json", "--on", "2020-05-10"], Settings(language="fr")) == 0
    alone = capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
    assert told == alone + "\nMême réponse que dans r.parquet, ligne 3.\n"
    found = json.loads(said_of(capsys, "--row", "3", "--data", "cas.csv", "--json"))
    assert (found["line"], found["same"], found["criteria"][0]["id"]) == (3, True, "petit")


def test_the_summary_is_the_one_that_simulate_gave(capsys: pytest.CaptureFixture[str]) -> None:
    run(
        ["simulate", "essai", "--data", "cas.csv", "--on", "2020-05-10", "--ignore", "nom", "--out", "r.parquet"],
        Settings(language="fr"),
    )
    simulated = capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
    assert said_of(capsys, "--summary") == simulated
    assert json.loads(said_of(capsys, "--summary", "--json"))["failed"] == {"petit": 1}


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        ((), "--results va avec --row ou avec --summary", "--results goes with --row or with --summary"),
        (("--row", "1", "--summary"), "--results va avec --row", "--results goes with --row"),
        (("--row", "1", "--on", "2020-05-10"), "ni --on ni --territory", "neither --on nor --territory"),
        (("--row", "9"), 'aucune réponse pour "9" dans "r.parquet"', 'no answer for "9" in "r.parquet"'),
        (("--row", "un"), '--row "un" ne désigne pas une ligne', '--row "un" names no line'),
        (("--row", "nim=Petit"), 'vouliez-vous dire "nom" ?', 'did you mean "nom"?'),
        (("--row", "nom=Petit"), 'plusieurs réponses pour "nom=Petit"', "lines 3, 4"),
    ],
)
def test_a_line_that_cannot_be_found_is_refused_in_both_languages(
    words: tuple[str, ...], french: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert french in said_of(capsys, *words, code=2)
    assert english in said_of(capsys, *words, code=2, language="en")


def test_a_file_that_is_not_of_these_rules_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    answers = pl.read_parquet("r.parquet")
    a_library(Path.cwd(), SCHEME.replace("effectif <= 10", "effectif <= 9"))
    assert 'les règles de "essai" ne sont plus celles qui ont écrit' in said_of(capsys, "--summary", code=2)
    answers.write_parquet("r.parquet")
    assert "does not say which simulation it comes from" in said_of(capsys, "--summary", code=2, language="en")
    Path("r.parquet").write_text(DATA, "utf-8")
    assert "n'est pas un fichier Parquet qui se lise" in said_of(capsys, "--summary", code=2)


def test_another_scheme_missing_columns_and_shorter_data_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyarrow.parquet as pq  # the metadata of the file is rewritten as it was

    Path("cas.csv").write_text(DATA.split("3,oui,,Diallo")[0], "utf-8")
    told = said_of(capsys, "--row", "3", "--data", "cas.csv", code=2)
    assert 'les données "cas.csv" n\'ont pas de ligne "3"' in told
    table = pq.read_table("r.parquet")
    metadata = pq.read_metadata("r.parquet").metadata
    bare = table.drop_columns(["failed", "branch"])
    pq.write_table(bare.replace_schema_metadata({b"guichet": metadata[b"guichet"]}), "r.parquet")
    assert 'il manque à "r.parquet" des colonnes de réponses : branch, failed' in said_of(capsys, "--summary", code=2)
    other = metadata[b"guichet"].replace(b'"essai"', b'"autre"')
    pq.write_table(table.replace_schema_metadata({b"guichet": other}), "r.parquet")
    assert 'les réponses d\'un autre dispositif, "autre"' in said_of(capsys, "--summary", code=2)
