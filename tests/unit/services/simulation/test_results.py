"""Answers of a simulation read again: every line decodes and explains as the rules say it, whatever wrote it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bulk_frames import frames, some_dossiers
from declarations import SCHEME, a_library
from guichet.catalogue import CompiledScheme
from guichet.errors import ProblemsFound
from guichet.language import Type
from guichet.language.bulk import KEY, PLACE, SILENT, EngineName
from guichet.services.simulation import Results, Simulation, Where, bulk_of, read_origin, simulate
from instances import the_library

LINES = 6
PLAIN = {"boolean", "date", "integer", "text", "choice", "list", "days", "months"}


def a_data_file(compiled: CompiledScheme, on: date, path: Path) -> None:
    """Dossiers around the constants of the rules, complete and with holes, as a file names its columns."""
    version = compiled.version_on(on)
    assert version is not None
    plan, bulk = version.program.plan, bulk_of(compiled, "", on)
    main, rows = frames(bulk, plan, some_dossiers(plan, LINES))
    written: dict[str, Any] = {}
    for name, column in bulk.columns.items():
        entry = plan.environment.inputs.get(name)
        if name.startswith(SILENT) or (entry is not None and entry.kind != "field"):
            continue
        if name in rows:
            types = dict(column.type.columns)
            held = [rows[name].filter(pl.col(KEY) == number).sort(PLACE).to_dicts() for number in range(LINES)]
            told = [[{each: _cell(row[each], types[each]) for each in types} for row in lines] for lines in held]
            written[name] = pl.Series(told, dtype=pl.List(pl.Struct(dict.fromkeys(types, pl.String))))
            continue
        values = main[name]
        plain = column.type.kind in PLAIN
        shown = name.replace("/", ".")
        written[shown] = (
            values if plain else pl.Series([_cell(value, column.type) for value in values], dtype=pl.String)
        )
    pl.DataFrame(written).write_parquet(path)


def _cell(value: Any, type_: Type) -> str | None:
    """A value as the cell of a file writes it."""
    if value is None or isinstance(value, str):
        return value
    if type_.kind in PLAIN:
        return str(value).lower()
    places = 2 if type_.kind == "money" else type_.scale
    return f"{value // 10**places}.{value % 10**places:0{places}}" if value >= 0 else f"-{_cell(-value, type_)}"


@pytest.mark.parametrize("scheme", ["fds-volet-2", "occitanie-loccal", "gaz-electricite"])
def test_every_line_is_explained_with_the_answer_it_has_in_bulk(scheme: str, tmp_path: Path) -> None:
    compiled = the_library().effective(scheme, "").compiled
    on = compiled.versions[-1].first_day
    data, out = tmp_path / "data.parquet", tmp_path / "out.parquet"
    a_data_file(compiled, on, data)
    simulation = Simulation(lambda _: compiled, [], None, on)
    summary = simulate(simulation, data, out)
    results = Results(out, simulation, read_origin(out))
    outcomes = [results.explain(str(line), data, "fr")[1].result.outcome for line in range(1, LINES + 1)]
    assert outcomes == pl.read_parquet(out).sort("line")["outcome"].to_list()
    assert results.summary() == summary


def test_lines_of_several_days_and_territories_are_read_again_with_the_rules_of_each(tmp_path: Path) -> None:
    library, data, out = a_library(tmp_path), tmp_path / "data.csv", tmp_path / "out.parquet"
    data.write_text(
        "filed_on,territory,effectif,annule,perte,nom\n"
        "2020-05-31,dep-73,15,oui,300,a\n2020-06-01,dep-73,15,oui,300,b\n,dep-73,1,oui,1,c\n2020-06-02,dep-74,,oui,1,d\n",
        "utf-8",
    )
    simulation = Simulation(
        lambda place: library.effective("essai", place).compiled,
        ["dep-73", "dep-74"],
        None,
        date(2020, 5, 10),
        fixed=False,
    )
    summary = simulate(simulation, data, out, keep=["nom"])
    results = Results(out, simulation, read_origin(out))
    found = {name: results.explain(f"nom={name}", data, "fr") for name in "abd"}
    told = {name: (decoded.line, decoded.territory, decoded.result.failed) for name, (decoded, _) in found.items()}
    assert told == {"a": (1, "dep-73", ("petit",)), "b": (2, "dep-73", ()), "d": (4, "dep-74", ())}
    assert found["d"][0].result.missing == ("effectif",)
    assert results.summary() == summary
    assert summary.unjudged["undated"].line == 3


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_line_that_the_data_no_longer_gives_is_refused(engine: EngineName, tmp_path: Path) -> None:
    compiled = a_library(tmp_path).effective("essai", "").compiled
    simulation, data, out = (
        Simulation(lambda _: compiled, [], None, date(2020, 5, 10)),
        tmp_path / "d.csv",
        tmp_path / "r",
    )
    data.write_text("effectif,annule,perte\n3,oui,100\n", "utf-8")
    simulate(simulation, data, out, where=Where(engine))
    results = Results(out, simulation, read_origin(out))
    assert results.explain("1", data, "fr")[0].result.amount == 100_00
    data.write_text("effectif,annule,perte\n3,oui,101\n", "utf-8")
    with pytest.raises(ProblemsFound) as found:
        results.explain("1", data, "fr")
    (problem,) = found.value.problems
    assert problem.code == "results.row_differs"
    assert (problem.data["what"], problem.data["found"], problem.data["expected"]) == ("amount_cents", "10100", "10000")


def test_a_mended_label_leaves_answers_readable_and_a_changed_threshold_does_not(tmp_path: Path) -> None:
    on, data, out = date(2020, 5, 10), tmp_path / "d.csv", tmp_path / "r.parquet"
    data.write_text("effectif,annule,perte\n3,oui,100\n", "utf-8")

    def declared(folder: str, scheme: str) -> Simulation:
        compiled = a_library(tmp_path / folder, scheme).effective("essai", "").compiled
        return Simulation(lambda _: compiled, [], None, on)

    simulate(declared("then", SCHEME), data, out)
    mended = declared("mended", SCHEME.replace("label: Effectif,", "label: Effectif total,"))
    assert Results(out, mended, read_origin(out)).decode("1").result.outcome == "eligible"
    changed = declared("changed", SCHEME.replace("effectif <= 10", "effectif <= 9"))
    with pytest.raises(ProblemsFound) as found:
        Results(out, changed, read_origin(out))
    assert [problem.code for problem in found.value.problems] == ["results.other_rules"]


def test_more_criteria_than_a_number_has_bits_are_decoded_by_name(tmp_path: Path) -> None:
    names = [f"c{place}" for place in range(70)]
    criteria = "".join(
        f"      {name}:\n        label: Critère {name}\n        when: effectif != {place}\n        otherwise: Non.\n"
        for place, name in enumerate(names)
    )
    open_to_all = SCHEME.replace("effectif <= 10", "effectif <= 1000").replace("effectif <= 20", "effectif <= 2000")
    declared = open_to_all.replace("    criteria:\n", "    criteria:\n" + criteria, 1)
    scheme = a_library(tmp_path, declared).effective("essai", "").compiled
    simulation = Simulation(lambda _: scheme, [], None, date(2020, 5, 10))
    data, out = tmp_path / "d.csv", tmp_path / "r.parquet"
    wanted = [0, 61, 62, 63, 64, 69]
    data.write_text("effectif,annule\n" + "".join(f"{place},non\n" for place in wanted), "utf-8")
    summary = simulate(simulation, data, out)
    results = Results(out, simulation, read_origin(out))
    found = [results.decode(str(line)).result.failed for line in range(1, len(wanted) + 1)]
    assert [failed[0] for failed in found] == [f"c{place}" for place in wanted]
    assert {name: count for name, count in results.summary().failed.items() if name.startswith("c")} == {
        f"c{place}": 1 for place in wanted
    }
    assert summary.failed == results.summary().failed
    assert [results.explain(str(line), data, "fr")[0].result.failed for line in (3, 6)] == [found[2], found[5]]
