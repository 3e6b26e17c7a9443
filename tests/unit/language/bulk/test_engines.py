"""DuckDB and Spark answer as the generated Python; what they cannot do they refuse by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from pyspark.sql import SparkSession

from agreeing import agree_on_random_rules
from bulk_frames import answers, on_engine, some_dossiers
from declarations import a_library
from guichet.catalogue import CompiledScheme
from guichet.errors import ProblemsFound
from guichet.language import BOOLEAN, DATE, INTEGER, Environment, Input, Signature, compile_rules, decimal
from guichet.language import rows as rows_of
from guichet.language.bulk import BulkProgram, EngineName
from guichet.loader.library import load_library
from guichet.settings import shipped_folder
from hard_cases import EARLY, HARD, LATE, hard_scheme, tries_of
from rules_at_hand import SIREN, an_environment, branch, complete_values, rules, volet2
from shipped_plugins import shipped_plugins
from sparked import a_spark_session

EVERYTHING = rules(
    "ferme_public ou non exercice_clos",
    "pret dans (refuse, accepte)",
    "loyer dans besoins",
    "siren(siret) dans liste volet1",
    "chiffre_affaires est connu ou (ca_mensuel_moyen est connu et effectif entre 1 et 10)",
    "starts_with(siret, territory) ou quotite > 37.5 %",
    "quelque d dans dettes satisfait d.montant > 10 € ou d.echue",
    "chaque d dans dettes satisfait d.montant >= 0 € et (d.nature = territory ou non d.echue)",
    "quelque b dans besoins satisfait b = stock",
    "months_between(date_demande_pret, filed_on) >= 1 mois ou years_between(filed_on, date_demande_pret) > 1",
    'lookup(volet1, siren(siret), reference) = "A1" ou date_demande_pret + 1 mois > filed_on - 10 jours',
    "sum(dettes.montant) > 5 € ou max(dettes.montant) < min(dettes.montant) + 5 €",
    "somme(d.montant pour d dans dettes où d.echue) <= plafond",
    "nombre(d dans dettes où d.depuis < filed_on - 1 mois ou d.montant > plafond) < 2",
    "max(si d.echue alors d.montant sinon plafond pour d dans dettes où d.nature = territory) > 5 €",
    "arrondi(somme(d.montant * quotite pour d dans dettes où non d.echue) à 1 €) >= 0 €",
    "max(années_entre(d.depuis, filed_on) pour d dans dettes) >= 1 ou min(d.depuis pour d dans dettes) < filed_on",
    "par_mois(par_an(arrondi(charges_fixes / 7 mois à 0.01 €)) - 50.05 €/an) * 2 mois < plafond",
    "nombre(b dans besoins où b = loyer) = 1",
    define={"solde": "actif_disponible - (dettes_30j + charges_fixes)"},
    amount=(
        branch("solde < 0 €", "round(abs(solde) * 12.5 % / max(effectif, 1) to 0.05 €)"),
        branch("count(dettes) > 1", None, "paliers"),
        branch(None, "min(plafond, floor(charges_fixes * coefficient * quotite to 1 €))"),
    ),
)


def bulk_siren(siret: nw.Expr) -> nw.Expr:
    bare = siret.str.replace_all(" ", "")
    return nw.when(bare.str.contains("^[0-9]{14}$")).then(bare.str.slice(0, 9))


def with_columns() -> Environment:
    return replace(an_environment(), functions=(replace(SIREN, bulk=bulk_siren),))


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with a_spark_session() as session:
        yield session


def in_duckdb(table: Any) -> Any:
    return duckdb.from_arrow(table)


@pytest.mark.parametrize("written", [EVERYTHING, volet2()], ids=["everything", "volet 2"])
def test_duckdb_agrees(written: Any) -> None:
    program = compile_rules(written, with_columns())
    over = some_dossiers(program.plan, 300)
    assert on_engine("duckdb", program.plan, over, in_duckdb) == [program.evaluate(each) for each in over]


def test_duckdb_agrees_on_every_shipped_scheme() -> None:
    """Functions of shipped plugins and dated tables included."""
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins())
    for name in sorted(library.sources):
        program = library.effective(name, "").compiled.versions[-1].program
        over = some_dossiers(program.plan, 100)
        found = on_engine("duckdb", program.plan, over, in_duckdb)
        assert found == [program.evaluate(each) for each in over], name


def test_spark_agrees_on_random_rules_and_partial_dossiers(spark: SparkSession) -> None:
    """Other sets of rules each time; many more in `tests/bench/test_back_ends_bench.py`."""
    judged = agree_on_random_rules("spark", 6, lend=spark.createDataFrame, around=90)
    assert judged["sets of rules"] == 6
    assert judged["undetermined"] > 0


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    return a_library(tmp_path_factory.mktemp("hard"), hard_scheme()).effective("essai").compiled


@pytest.mark.parametrize("engine", ["python", "traced", "polars", "duckdb", "spark"])
def test_every_back_end_gives_what_was_worked_out_by_hand(
    engine: str, hard: CompiledScheme, request: pytest.FixtureRequest
) -> None:
    for on in (EARLY, LATE) if engine in ("python", "traced", "polars") else (EARLY,):
        version, (dossiers, expected) = hard.version_on(on), tries_of(on)
        assert version is not None
        program, day = version.program, hard.parameters_on(on)
        over = [{**each, **day} for each in dossiers]
        match engine:
            case "python":
                found = [program.evaluate(each) for each in over]
            case "traced":
                found = [program.explain(each).result for each in over]
            case "polars":
                found = answers(BulkProgram(program.plan, constants=day), program.plan, dossiers)
            case "duckdb":
                found = on_engine("duckdb", program.plan, over, in_duckdb)
            case _:
                found = on_engine("spark", program.plan, over, request.getfixturevalue("spark").createDataFrame)
        said = [(each.outcome, each.failed, each.missing) for each in found]
        each = zip(over, said, expected, strict=True)
        assert [(HARD[case["cas"]].text, case, told, wanted) for case, told, wanted in each if told != wanted] == []


@pytest.mark.parametrize("engine", ["polars", "duckdb", "spark"])
def test_engines_keep_the_null_rules_that_expressions_rely_on(engine: str, request: pytest.FixtureRequest) -> None:
    """Arithmetic, comparisons and `not` give null on null; `and` and `or` follow Kleene."""
    values = [(one, other) for one in (True, False, None) for other in (True, False, None)]
    table = pl.DataFrame(values, schema={"a": pl.Boolean, "b": pl.Boolean}, orient="row").with_row_index("n")
    table = table.with_columns(x=pl.lit(None, pl.Int64)).cast({"n": pl.Int64}).to_arrow()
    if engine == "spark":
        native = request.getfixturevalue("spark").createDataFrame(table)
    else:
        native = duckdb.from_arrow(table) if engine == "duckdb" else pl.from_arrow(table)
    a, b, x = nw.col("a"), nw.col("b"), nw.col("x")
    made = {"both": a & b, "one": a | b, "no": ~a, "sum": x + 1, "less": x < 1, "same": x == x, "times": x * 0}
    frame = nw.from_native(native).lazy().select(nw.col("n"), **made).collect("pyarrow").to_native()
    lines = sorted(frame.to_pylist(), key=lambda line: line["n"])
    kleene_and = [True, False, None, False, False, False, None, False, None]
    kleene_or = [True, True, True, True, False, None, True, None, None]
    assert [line["both"] for line in lines] == kleene_and
    assert [line["one"] for line in lines] == kleene_or
    assert [line["no"] for line in lines] == [False] * 3 + [True] * 3 + [None] * 3
    assert {line[name] for line in lines for name in ("sum", "less", "same", "times")} == {None}


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_function_without_columns_is_called_once_for_each_distinct_value(
    engine: EngineName, request: pytest.FixtureRequest
) -> None:
    asked: list[str] = []

    def noted(siret: str) -> str | None:
        asked.append(siret)
        return None if siret == "B" else f"{siret} {len(siret)}"

    environment = replace(an_environment(), functions=(replace(SIREN, call=noted),))
    written = rules(
        'siren(siret) = "A 1"',
        "quelque d dans dettes satisfait siren(d.nature) = siren(siret)",
        amount=(branch(None, "round(charges_fixes * 0.333333 * quotite / max(coefficient, 0.01) to 0.01 €)"),),
    )
    program = compile_rules(written, environment)
    over = [
        complete_values(siret=siret, charges_fixes=10**15 - place, dettes=({"montant": 1, "nature": owed},))
        for place, (siret, owed) in enumerate(product(["A", "B", "", None], ["A", "B", None]))
    ]
    expected = [program.evaluate(each) for each in over]
    asked.clear()
    lend = request.getfixturevalue("spark").createDataFrame if engine == "spark" else in_duckdb
    assert on_engine(engine, program.plan, over, lend) == expected
    assert set(asked) == {"", "A", "B"}
    assert len(asked) < 9  # once in each place, not once a line


def call_of(function: Signature) -> tuple[str, dict[str, Input]]:
    """A condition that holds a function to what a field expects of it, and the fields it reads."""
    expected = f"{function.name}_expected"
    fields = {f"{function.name}_{place}": Input(type_, "field") for place, type_ in enumerate(function.parameters)}
    call = f"{function.name}({', '.join(fields)})"
    if function.returns == BOOLEAN:
        return f"if {call} then {expected} else not {expected}", fields | {expected: Input(BOOLEAN, "field")}
    return f"{call} = {expected}", fields | {expected: Input(function.returns, "field")}


CODES = ("01001", "2A004", "97105", "75056", "99999", "", "dep-67", "dep-971", "dep-75", "01.11Z", "general")
TEXTS: tuple[str | None, ...] = (*CODES, "73282932000074", "200069193", "69123", "74", "reg-53", None)
DAYS = [
    date(2007, 12, 31),
    date(2020, 5, 22),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2026, 4, 3),
    date(2026, 5, 27),
]


@pytest.mark.parametrize("engine", ["polars", "duckdb", "spark"])
def test_every_shipped_function_answers_on_every_engine(engine: EngineName, request: pytest.FixtureRequest) -> None:
    functions = [*shipped_plugins().rule_functions.values()]
    assert {"communes_epci", "working_day", "departement_of", "de_minimis_ceiling"} <= {each.name for each in functions}
    chance, inputs, conditions = Random(20261122), dict[str, Input](), list[str]()
    over: list[dict[str, object]] = [{} for _ in range(400)]
    for function in functions:
        condition, fields = call_of(function)
        conditions.append(condition)
        inputs |= fields
        for dossier in over:
            values = [chance.choice(DAYS if type_ == DATE else TEXTS) for type_ in function.parameters]
            answer = None if None in values else function.call(*values)
            dossier |= dict(zip(fields, [*values, answer], strict=True))
    for dossier in over[::3]:  # expected wrongly
        other = chance.choice(over)
        dossier |= {name: other[name] for name in dossier if name.endswith("_expected")}
    program = compile_rules(rules(*conditions), Environment("en", inputs, functions=tuple(functions)))
    expected = [program.evaluate(each) for each in over]
    assert len({name for each in expected for name in each.failed}) > len(conditions) // 2
    if engine == "polars":
        assert answers(BulkProgram(program.plan), program.plan, over) == expected
    else:
        lend = request.getfixturevalue("spark").createDataFrame if engine == "spark" else in_duckdb
        assert on_engine(engine, program.plan, over, lend) == expected


@pytest.mark.parametrize("lend", [pl.from_arrow, in_duckdb], ids=["polars", "duckdb"])
def test_a_value_out_of_its_bounds_is_refused(lend: Any) -> None:
    program = compile_rules(rules("effectif >= 1"), an_environment())
    bulk = BulkProgram(program.plan, engine="duckdb" if lend is in_duckdb else "polars")
    with pytest.raises(ProblemsFound) as refused:
        bulk.evaluate(lend(pl.DataFrame({"effectif": [1, -1]}).to_arrow()))
    assert refused.value.problems[0].code == "bulk.out_of_bounds"


def test_a_cell_out_of_the_bounds_of_its_form_is_refused() -> None:
    """The rules divide by it because its form takes no zero: a file that holds one is no division by zero."""
    environment = an_environment(parts=Input(rows_of({"heures": replace(decimal(1), declared=(1, 240))}), "field"))
    program = compile_rules(
        rules(amount=(branch(None, "arrondi(somme(arrondi(10 € / p.heures à 0.01 €) pour p dans parts) à 1 €)"),)),
        environment,
    )
    over = [{"parts": tuple({"heures": each} for each in hours)} for hours in ((1, 240), (35,), ())]
    bulk = BulkProgram(program.plan)
    assert answers(bulk, program.plan, over) == [program.evaluate(each) for each in over]
    for hours in (0, 241):
        with pytest.raises(ProblemsFound) as refused:
            answers(bulk, program.plan, [{"parts": ({"heures": hours},)}])
        said = refused.value.problems[0]
        assert (said.code, said.data["name"], said.data["value"]) == ("bulk.out_of_bounds", "parts.heures", hours)


def test_a_form_over_columns_that_lies_is_refused_each_time_it_is_asked() -> None:
    """The refusal of a first file does not let the next one through."""
    lying = replace(SIREN, bulk=lambda siret: siret.str.slice(0, 8))
    environment = replace(an_environment(), functions=(lying,))
    bulk = BulkProgram(compile_rules(rules('siren(siret) = "a"'), environment).plan, verified=True)
    for _ in range(2):
        with pytest.raises(ProblemsFound) as refused:
            bulk.evaluate(pl.DataFrame({"siret": ["12345678900011"]}))
        assert refused.value.problems[0].code == "bulk.function_disagrees"


@pytest.mark.parametrize("answer", [3, None])
def test_a_function_of_nothing_is_the_same_for_every_dossier(answer: int | None) -> None:
    least = Signature("least", {}, (), INTEGER, lambda: answer)
    environment = replace(an_environment(), functions=(least,))
    program = compile_rules(rules("effectif > least()"), environment)
    found = BulkProgram(program.plan).evaluate(pl.DataFrame({"effectif": [4, 1]}))
    assert found["outcome"].to_list() == [program.evaluate({"effectif": each}).outcome for each in (4, 1)]
