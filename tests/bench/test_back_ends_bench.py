"""Thousands of random sets of rules: columns on each engine, and the traced evaluation, answer as the generated Python.

In pieces, each with a seed of its own, so that one may be run again:
`pytest tests/bench/test_back_ends_bench.py -k duckdb-7`. Spark answers for each shipped scheme too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from bulk_frames import answers, on_engine, some_dossiers
from guichet.language import Program, Rules
from guichet.language.bulk import BulkProgram, EngineName
from guichet.language.compiler import plan_rules
from guichet.language.sources import Report
from guichet.loader.library import load_library
from guichet.settings import shipped_folder
from rule_strategies import some_rules, some_values
from rules_at_hand import an_environment
from shipped_plugins import shipped_plugins
from sparked import a_spark_session

ENVIRONMENT = an_environment()
PIECES = [("polars", piece, 100) for piece in range(20)]
PIECES += [("duckdb", piece, 100) for piece in range(20)]
PIECES += [("spark", piece, 10) for piece in range(4)]
AROUND = 30
"""Dossiers around the constants of the rules, besides the random ones."""


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with a_spark_session() as session:
        yield session


@pytest.mark.parametrize(("engine", "piece", "examples"), PIECES, ids=[f"{each[0]}-{each[1]}" for each in PIECES])
def test_every_engine_answers_as_the_generated_python(
    engine: EngineName, piece: int, examples: int, request: pytest.FixtureRequest
) -> None:
    lend: Callable[[Any], Any] = duckdb.from_arrow
    if engine == "spark":
        lend = request.getfixturevalue("spark").createDataFrame
    judged: list[int] = []

    @seed(f"{engine} {piece}")
    @settings(max_examples=examples, database=None, suppress_health_check=list(HealthCheck))
    @given(some_rules(), st.lists(some_values(), min_size=1, max_size=5))
    def agree(rules: Rules, dossiers: list[dict[str, object]]) -> None:
        report = Report()
        plan = plan_rules(rules, ENVIRONMENT, report)
        if report.errors:
            return
        program = Program(plan)
        over = [*dossiers, *some_dossiers(plan, AROUND)]
        expected = [program.evaluate(each) for each in over]
        if engine == "polars":
            assert [program.explain(each).result for each in over] == expected
            assert answers(BulkProgram(plan), plan, over) == expected
        else:
            assert on_engine(engine, plan, over, lend) == expected
        judged.append(len(over))

    agree()
    print(f"{engine} {piece}: {len(judged)} sets of rules, {sum(judged)} dossiers")
    assert judged


@pytest.mark.parametrize("name", sorted(each.name for each in shipped_folder("schemes").glob("[!_]*")))
def test_spark_answers_as_the_generated_python_for_a_shipped_scheme(name: str, spark: SparkSession) -> None:
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins())
    program = library.effective(name, "").compiled.versions[-1].program
    over = some_dossiers(program.plan, 100)
    assert on_engine("spark", program.plan, over, spark.createDataFrame) == [program.evaluate(each) for each in over]
