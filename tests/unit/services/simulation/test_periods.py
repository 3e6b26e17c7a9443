"""Each line of a simulation on its own day: the same answer as the single back end that day, whatever the version."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from declarations import a_library, with_change
from guichet import Context
from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import evaluate
from guichet.language.bulk import EngineName
from guichet.loader.library import load_library
from guichet.services.exchange import read_case
from guichet.services.simulation import Simulation, Summary, Where, bulk_of, simulate
from guichet.services.simulation.periods import Period, periods_of
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

PARAMETER = """\
      2020-05-01: {value: 500 €, legal: Délibération}
"""
ANSWERS = {
    "siret": "73282932000074",
    "exercice_clos": "true",
    "actif_disponible": "500",
    "dettes_30j": "7000.50",
    "charges_fixes": "1250",
    "pret": "sans_reponse",
    "secteur": "autre",
    "@volet1": "true",
    "@pret_raisonnable": "true",
    "@risque_cessation": "true",
    "@lien_pret_risque": "true",
    "@sincerite": "true",
}
TYPED: dict[str, bool] = {"true": True, "false": False}
DAYS = ("2020-04-10", "2020-04-16", "2020-04-17", "2020-05-13", "2020-05-14", "2020-06-21", "2020-06-22", "2020-07-18")


@pytest.fixture(scope="module")
def volet_2() -> CompiledScheme:
    scheme = "fds-volet-2"
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins(), only=[scheme])
    return library.effective(scheme, "").compiled


def population(days: tuple[str, ...] = DAYS) -> list[dict[str, str]]:
    """Dossiers filed around every change of the rules, on either side of each threshold."""
    return [
        ANSWERS
        | {"effectif": effectif, "ferme_public": closed, "chiffre_affaires": turnover}
        | {"date_demande_pret": asked, "filed_on": day}
        for day in days
        for effectif, closed in (("0", "true"), ("0", "false"), ("3", "false"))
        for turnover in ("7000", "350000", "900000", "")
        for asked in ("2020-02-28", "2020-04-06", "2020-05-04", "2020-06-12")
    ]


def written(lines: list[dict[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def simulated(compiled: CompiledScheme, data: Path, engine: EngineName = "polars") -> tuple[Summary, pl.DataFrame]:
    out = data.with_suffix(".answers.parquet")
    summary = simulate(
        Simulation(lambda _: compiled, [], None, date(2020, 5, 1), fixed=False), data, out, where=Where(engine)
    )
    return summary, pl.read_parquet(out).sort("line")


@pytest.mark.parametrize(("engine", "days"), [("polars", DAYS), ("duckdb", DAYS[1:3])])
def test_each_line_has_the_answer_of_the_single_back_end_on_its_day(
    volet_2: CompiledScheme, tmp_path: Path, engine: EngineName, days: tuple[str, ...]
) -> None:
    lines = population(days)
    summary, answers = simulated(volet_2, written(lines, tmp_path / "cas.csv"), engine)
    assert answers.height == summary.whole.count == len(lines)
    masks = {version.first_day: bulk_of(volet_2, "", version.first_day, dated=True) for version in volet_2.versions}
    for line, found in zip(lines, answers.iter_rows(named=True), strict=True):
        day = date.fromisoformat(line["filed_on"])
        given = {name: TYPED.get(value, value) for name, value in line.items() if value and name != "filed_on"}
        case = read_case(volet_2, given, day, Context(today=day, language="fr", territory="", mode="sandbox"))
        expected = evaluate(volet_2, case.answers, case.facts, day)
        told = masks[found["rules_from"]].decode(found)
        assert found["rules_from"] == expected.version.first_day, line
        assert (told.outcome, told.amount) == (expected.result.outcome, expected.result.amount), line
        assert set(told.failed) == set(expected.result.failed), line
        assert set(told.missing) == set(expected.result.missing), line
    assert len(summary.versions) == len({found["rules_from"] for found in answers.iter_rows(named=True)}) > 1
    assert {2000_00, 3500_00, 5000_00, None} == set(answers["amount_cents"].to_list())


def test_a_single_day_for_all_would_answer_otherwise(volet_2: CompiledScheme, tmp_path: Path) -> None:
    """The twin of the equality: without the day of each line, the answers differ."""
    data = written(population(), tmp_path / "cas.csv")
    _, dated = simulated(volet_2, data)
    alike = Simulation(lambda _: volet_2, [], None, date(2020, 5, 1))
    simulate(alike, data, tmp_path / "un.parquet", ignored=["filed_on"])
    same = pl.read_parquet(tmp_path / "un.parquet").sort("line")
    assert dated["amount_cents"].to_list() != same["amount_cents"].to_list()


def test_a_column_of_dates_reads_as_written_dates_do(volet_2: CompiledScheme, tmp_path: Path) -> None:
    lines = population()[::7]
    data = written(lines, tmp_path / "cas.csv")
    _, expected = simulated(volet_2, data)
    days = pl.col("filed_on").str.to_date()
    pl.read_csv(data, infer_schema=False).with_columns(days).write_parquet(tmp_path / "cas.parquet")
    engines: tuple[EngineName, ...] = ("polars", "duckdb")
    for engine in engines:
        _, found = simulated(volet_2, tmp_path / "cas.parquet", engine)
        assert found["amount_cents"].to_list() == expected["amount_cents"].to_list()
        assert found["rules_from"].to_list() == expected["rules_from"].to_list()


def test_a_parameter_has_the_value_of_the_day_of_each_line(tmp_path: Path) -> None:
    changed = PARAMETER + "      2020-05-20: {value: 300 €, legal: Délibération}\n"
    compiled = a_library(tmp_path, with_change(PARAMETER, changed)).effective("essai", "").compiled
    assert periods_of(compiled) == [
        Period(date(2020, 5, 1), date(2020, 5, 20)),
        Period(date(2020, 5, 20), date(2020, 6, 1)),
        Period(date(2020, 6, 1), None),
    ]
    lines = [
        {"effectif": effectif, "annule": "oui", "perte": "900", "filed_on": f"2020-{day}"}
        for effectif in ("3", "15")
        for day in ("05-01", "05-19", "05-20", "05-31", "06-01")
    ]
    summary, answers = simulated(compiled, written(lines, tmp_path / "cas.csv"))
    assert answers["amount_cents"].to_list() == [500_00, 500_00, 300_00, 300_00, 300_00, *[None] * 4, 300_00]
    assert {day: group.count for day, group in summary.versions.items()} == {date(2020, 5, 1): 8, date(2020, 6, 1): 2}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_lines_without_rules_are_counted_with_the_first_of_them(tmp_path: Path, engine: EngineName) -> None:
    compiled = a_library(tmp_path).effective("essai", "").compiled
    days = ("2020-05-10", "", "10/05/2020", "2020-04-30", "2020-02-30", "2020-05-11")
    lines = [{"effectif": "3", "annule": "non", "filed_on": day} for day in days]
    summary, answers = simulated(compiled, written(lines, tmp_path / "cas.csv"), engine)
    assert answers["line"].to_list() == [1, 6]
    assert {reason: (left.count, left.line) for reason, left in summary.unjudged.items()} == {
        "undated": (1, 2),
        "unreadable": (2, 3),
        "before_rules": (1, 4),
    }
