"""`guichet simulate`: a file of dossiers in, answers and a summary out; what the file says wrongly is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from declarations import a_library
from guichet.settings import Settings
from guichet_cli.main import run

HEADER = "effectif,annule,perte\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def simulated(lines: str, *more: str) -> int:
    Path("cas.csv").write_text(lines, encoding="utf-8")
    words = ["simulate", "essai", "--data", "cas.csv", "--on", "2020-05-10", "--out", "reponses.parquet", *more]
    return run(words, Settings(language="fr"))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_each_line_has_the_answer_that_eval_gives(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["3,true,120.50", "11,true,80", "3,,80", ",,", '2,oui,"1 500,50"', "5,false,300.1"]
    assert simulated(HEADER + "\n".join(lines) + "\n", "--engine", engine) == 0
    capsys.readouterr()
    answers = pl.read_parquet("reponses.parquet").sort("line")
    cases = [
        dict(zip(("effectif", "annule", "perte"), line.replace('"', "").split(",", 2), strict=True)) for line in lines
    ]
    for case in cases:
        case["annule"] = {"oui": "true"}.get(case["annule"], case["annule"])
    given = [{name: value for name, value in case.items() if value} for case in cases]
    Path("cas.jsonl").write_text("\n".join(json.dumps(each) for each in given), encoding="utf-8")
    assert run(["eval", "essai", "--cases", "cas.jsonl", "--on", "2020-05-10"], Settings(language="fr")) == 0
    expected = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for name in ("outcome", "amount_cents", "provisional_amount_cents"):
        assert answers[name].to_list() == [each[name] for each in expected]
    assert [bool(bits) for bits in answers["failed"]] == [bool(each["failed"]) for each in expected]
    assert [bool(bits) for bits in answers["missing"]] == [bool(each["missing"]) for each in expected]


@pytest.mark.parametrize("option", ["--out", "--histogram"])
def test_the_file_of_the_dossiers_is_never_written_over(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = Path("donnees.csv")
    data.write_text(f"{HEADER}3,true,120.50\n", "utf-8")
    given = {"--out": "reponses.parquet"} | {option: "./donnees.csv"}
    options = [word for pair in given.items() for word in pair]
    code = run(["simulate", "essai", "--data", str(data), "--on", "2020-05-10", *options], Settings(language="fr"))
    assert (code, data.read_text("utf-8")) == (2, f"{HEADER}3,true,120.50\n")
    assert "est lu par la simulation" in capsys.readouterr().err


def test_an_envelope_declared_too_small_is_said_and_one_that_suffices_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declaration = tmp_path / "schemes/essai/scheme.yaml"
    plain = declaration.read_text("utf-8")
    said = dict[str, str]()
    for ceiling in ("100 €", "120,50 €"):
        declaration.write_text(f"{plain}envelope: {{ceiling: '{ceiling}', when_spent: wait}}\n", "utf-8")
        assert simulated(f"{HEADER}3,true,120.50\n", "--territory", "dep-73") == 0
        said[ceiling] = capsys.readouterr().out.replace("\xa0", " ")
    assert "soit 20,50 € de plus que l'enveloppe déclarée (100 €)" in said["100 €"]
    assert "enveloppe déclarée" not in said["120,50 €"]


def test_the_summary_says_outcomes_and_the_envelope(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulated(HEADER + "3,true,120.50\n11,true,80\n3,,80\n", "--histogram", "montants.svg") == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "Dossiers : 3. Aidés : 1 ; refusés : 1 ; indéterminés : 1.\nEnveloppe nécessaire : 120,50\xa0€.\n"
    )
    assert "\n  cas 1" in said
    assert '<title id="title">Montants accordés par la simulation</title>' in Path("montants.svg").read_text("utf-8")


def test_the_summary_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulated(HEADER + "3,true,120.50\n3,true,10\n", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["eligible"], found["granted_cents"], found["count"]) == (2, 130_50, 2)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("efectif,annule\n3,true\n", 'vouliez-vous dire "effectif" ?'),
        ("perte,perte_cents\n3,300\n", 'les colonnes "perte_cents" et "perte" disent la même chose'),
        ("effectif\n3\ntrois\n", 'cas.csv:3:1  colonne "effectif" : "trois" est refusé, il faut un nombre entier'),
        ("perte\n1.234\n", 'colonne "perte" : "1.234" est refusé, il faut un montant en euros'),
        ("annule\npeut-être\n", "il faut true ou false, oui ou non"),
        ("effectif,territory\n3,53\n", 'territoire inconnu "53"'),
        ("effectif;annule\n3;true\n", "--separator"),
        ("effectif\n-3\n", "hors de ses bornes"),
    ],
)
def test_what_a_file_says_wrongly_is_refused(lines: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulated(lines) == 2
    assert said in capsys.readouterr().err
    assert not list(Path().glob("reponses*"))


def test_floating_point_amounts_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame({"perte": [1.5]}).write_parquet("cas.parquet")
    words = ["simulate", "essai", "--data", "cas.parquet", "--on", "2020-05-10", "--out", "reponses.parquet"]
    assert run(words, Settings(language="fr")) == 2
    assert "nombres à virgule flottante" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_answers_are_parquet_whatever_their_name(engine: str) -> None:
    Path("cas.csv").write_text("effectif\n3\n", encoding="utf-8")
    words = ["simulate", "essai", "--data", "cas.csv", "--on", "2020-05-10", "--out", "reponses", "--engine", engine]
    assert run(words, Settings(language="fr")) == 0
    assert pl.read_parquet("reponses").height == 1


@pytest.mark.parametrize(
    ("master", "said"),
    [
        ("cluster", "n'est pas l'adresse d'un cluster Spark"),
        ("spark://127.0.0.1:1", "ne répond pas : 127.0.0.1:1"),
        ("spark://sans-port,127.0.0.1:1", "ne répond pas : sans-port"),
        ("spark://127.0.0.1:1,127.0.0.1:99999", "ne répond pas : 127.0.0.1:1"),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_said_at_once(
    master: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulated("effectif\n3\n", "--engine", "spark", "--master", master) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["polars", "spark"])
def test_a_folder_of_other_things_is_never_replaced_by_answers(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("reponses.parquet").mkdir()
    Path("reponses.parquet/notes.txt").write_text("à garder", "utf-8")
    assert simulated("effectif\n3\n", "--engine", engine) == 2
    assert "est un dossier" in capsys.readouterr().err
    assert Path("reponses.parquet/notes.txt").exists()


def test_the_command_line_and_the_site_never_load_the_libraries_of_the_extras() -> None:
    """What a simulation needs is loaded by a simulation only: neither `check` nor `serve` pays for it."""
    modules = ["guichet_cli.main", *(f"guichet_cli.{name}" for name in ("check", "serve", "simulate", "worker"))]
    asked = [*modules, "guichet.runtime", "guichet.web.app", "guichet.worker"]
    heavy = ["polars", "narwhals", "duckdb", "pyspark", "pyarrow", "pygls"]
    code = f"import importlib, sys\nfor each in {asked}: importlib.import_module(each)\n"
    code += f"found = sorted(set({heavy}) & set(sys.modules)); sys.exit(str(found) if found else 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_each_line_with_its_day_is_judged_by_the_rules_of_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    dated = "effectif,annule,perte,filed_on\n"
    Path("cas.csv").write_text(f"{dated}15,oui,90,2020-05-31\n15,oui,90,2020-06-01\n15,oui,90,\n", "utf-8")
    words = ["simulate", "essai", "--data", "cas.csv", "--out", "reponses.parquet", "--keep", "filed_on"]
    assert run(words, Settings(language="fr")) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "Lignes sans jour de dépôt, non jugées : 1 (la première : ligne 3)." in said
    assert (
        "Aidés, par version des règles :\n  depuis le 1er mai 2020 : 0 sur 1, 0 €\n  depuis le 1er juin 2020 : 1"
        in said
    )
    assert pl.read_parquet("reponses.parquet")["filed_on"].to_list() == ["2020-05-31", "2020-06-01"]
    assert run([*words, "--json"], Settings(language="fr")) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["unjudged"] == {"undated": {"count": 1, "line": 3}}
    assert {day: one["eligible"] for day, one in found["versions"].items()} == {"2020-05-01": 0, "2020-06-01": 1}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_file_where_no_line_has_a_day_is_refused(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cas.csv").write_text("effectif,filed_on\n3,2019-01-01\n3,\n", "utf-8")
    words = ["simulate", "essai", "--data", "cas.csv", "--out", "reponses.parquet", "--engine", engine]
    assert run(words, Settings(language="fr")) == 2
    assert 'aucune ligne n\'a, dans la colonne "filed_on", un jour où' in capsys.readouterr().err
    assert not list(Path().glob("reponses*"))


def test_one_day_for_all_and_the_day_of_each_line_are_never_both_followed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = "effectif,annule,perte,filed_on\n15,oui,90,2020-06-01\n"
    assert simulated(lines) == 2
    assert "retirez --on, ou --ignore filed_on" in capsys.readouterr().err
    assert simulated(lines, "--ignore", "filed_on") == 0
    assert pl.read_parquet("reponses.parquet")["outcome"].to_list() == ["not_eligible"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("lines", "more", "said"),
    [
        ("line,effectif\n9,3\n", [], 'la colonne "line" porte le nom d\'une colonne des réponses'),
        ("effectif,outcome\n3,x\n", ["--keep", "outcome"], 'la colonne "outcome" porte le nom'),
        ("effectif,failed\n3,x\n", ["--keep", "failed"], 'la colonne "failed" porte le nom'),
        ("effectif\n", [], '"cas.csv" ne contient aucune ligne'),
        ("effectif,territory\n", [], '"cas.csv" ne contient aucune ligne'),
        ("effectif\n3\n", ["--separator", ""], '"" ne sépare pas des colonnes'),
        ("effectif\n3\n", ["--separator", ";;"], '";;" ne sépare pas des colonnes'),
        ("effectif\n3\n", ["--histogram", "./reponses.parquet"], "est donné à --out et à --histogram"),
    ],
)
def test_what_would_lose_answers_or_mix_them_is_refused_and_writes_nothing(
    engine: str, lines: str, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulated(lines, "--engine", engine, *more) == 2
    assert said in capsys.readouterr().err
    assert not list(Path().glob("reponses*"))


def test_a_list_that_is_read_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("liste.csv").write_text("siren\n", "utf-8")
    assert simulated(f"{HEADER}3,oui,80\n", "--list", "liste=liste.csv", "--histogram", "liste.csv") == 2
    assert '"liste.csv" est lu par la simulation' in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_columns_apart_by_tabulations_are_read_as_the_hint_says_to_write_it(engine: str) -> None:
    lines = f"{HEADER}3,oui,80\n".replace(",", "\t")
    assert simulated(lines, "--engine", engine, "--separator", r"\t") == 0
