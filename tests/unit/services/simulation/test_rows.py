"""Repeated rows of a Parquet file are read as those of a form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from declarations import a_library, with_change
from guichet.errors import ProblemsFound
from guichet.language import Program, compile_rules
from guichet.language.bulk import KEY, BulkProgram, EngineName
from guichet.services.simulation import Simulation, Where, simulate
from guichet.services.simulation.rows import rows_of
from rules_at_hand import an_environment, branch, complete_values, rules

WRITTEN = rules("quelque d dans dettes satisfait d.echue", amount=(branch(None, "sum(dettes.montant)"),))
PROGRAM: Program = compile_rules(WRITTEN, an_environment())
DEBTS = [
    [{"montant": "10,50", "nature": "loyer", "echue": True}, {"montant": "1", "nature": "eau", "echue": False}],
    [],
    None,
    [{"montant": None, "nature": "eau", "echue": True}],
]


def lines(debts: list[Any]) -> pl.DataFrame:
    return pl.DataFrame({"line": range(1, len(debts) + 1), "dettes": debts})


def test_rows_of_structures_answer_as_the_generated_python() -> None:
    bulk, data = BulkProgram(PROGRAM.plan), lines(DEBTS)
    main = data.select(pl.col("line").alias(KEY), pl.col("dettes").list.len().cast(pl.Int64))
    found = bulk.evaluate(main, {"dettes": rows_of(data, "dettes", bulk, Path("x.parquet"))}, keep=[KEY]).sort(KEY)
    cents = {"10,50": 1050, "1": 100, None: None}
    held = [
        None if each is None else tuple({**row, "montant": cents[row["montant"]]} for row in each) for each in DEBTS
    ]
    expected = [PROGRAM.evaluate(complete_values(dettes=each, filed_on=date(2020, 4, 20))) for each in held]
    assert [bulk.decode(line) for line in found.iter_rows(named=True)] == expected


@pytest.mark.parametrize("condition", ["d.montant > 10 €", "d.depuis < filed_on", "d.echue"])
def test_a_column_that_no_row_has_was_never_answered(condition: str) -> None:
    program = compile_rules(rules(f"quelque d dans dettes satisfait {condition}"), an_environment())
    bulk, data = BulkProgram(program.plan, constants={"filed_on": date(2020, 4, 20)}), lines([[{"nature": "eau"}], []])
    main = data.select(pl.col("line").alias(KEY), pl.col("dettes").list.len().cast(pl.Int64))
    found = bulk.evaluate(main, {"dettes": rows_of(data, "dettes", bulk, Path("x.parquet"))}, keep=[KEY]).sort(KEY)
    assert found["outcome"].to_list() == ["undetermined", "not_eligible"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_whose_sum_no_engine_could_hold_are_refused(engine: EngineName) -> None:
    huge = {
        "echue": True,
        "montant": "900000000000000",
        "nature": "eau",
    }  # engines wrap 200 of them silently
    data, bulk = lines([[huge] * 200]), BulkProgram(PROGRAM.plan, engine=engine)
    main = data.select(pl.col("line").alias(KEY), pl.col("dettes").list.len().cast(pl.Int64))
    rows = rows_of(data, "dettes", bulk, Path("x.parquet"))
    lend = duckdb.from_arrow if engine == "duckdb" else pl.from_arrow
    with pytest.raises(ProblemsFound) as refused:
        bulk.evaluate(lend(main.to_arrow()), {"dettes": lend(rows.to_arrow())})
    assert [(one.code, one.data["name"]) for one in refused.value.problems] == [
        ("bulk.out_of_bounds", "dettes.montant")
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"montan": "1"}, "data.unknown_column"),
        ({"montant": "1.234"}, "data.row_refused"),
        ({"montant": "1", "montant_cents": "100"}, "data.column_twice"),
    ],
)
def test_rows_that_cannot_be_read_are_refused(row: dict[str, str], code: str) -> None:
    with pytest.raises(ProblemsFound) as refused:
        rows_of(lines([[row]]), "dettes", BulkProgram(PROGRAM.plan), Path("x.parquet"))
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("engine", ["polars", "duckdb", "spark"])
def test_a_file_of_rows_is_simulated_on_every_engine(engine: EngineName, tmp_path: Path) -> None:
    iban = "      iban: {type: iban, label: IBAN}\n"
    column = "du: {type: money, label: Dû}"
    rows = f"{iban}      dettes:\n        type: rows\n        label: Dettes\n        fields:\n          {column}\n"
    asked = with_change(iban, rows).replace("    when: annule", "    when: somme(dettes.du) > 10 €")
    compiled = a_library(tmp_path, asked).effective("essai", "")
    held = [[{"du": "10"}, {"du": "0,01"}], [], [{"du": "10"}], [{"du": None}], None]
    pl.DataFrame({"effectif": [1] * 5, "annule": [False] * 5, "dettes": held}).write_parquet(tmp_path / "cas.parquet")
    simulation, out = Simulation(lambda _: compiled.compiled, [], None, date(2020, 5, 10)), tmp_path / "r"
    simulate(simulation, tmp_path / "cas.parquet", out, where=Where(engine))
    found = pl.read_parquet(out / "*.parquet" if out.is_dir() else out)
    outcomes = ["eligible", "not_eligible", "not_eligible", "undetermined", "undetermined"]
    assert sorted(found["outcome"]) == sorted(outcomes)
    assert engine == "spark" or found.sort("line")["outcome"].to_list() == outcomes
