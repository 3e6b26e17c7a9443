"""Thousands of random sets of rules: columns on each engine, and the traced evaluation, answer as the generated Python.

In pieces, each with a seed of its own, so that one may be run again:
`pytest tests/bench/test_back_ends_bench.py -k duckdb-7`. Spark answers for each shipped scheme too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from pyspark.sql import SparkSession

from agreeing import agree_on_random_rules
from bulk_frames import on_engine, some_dossiers
from guichet.language.bulk import EngineName
from guichet.loader.library import load_library
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins
from sparked import a_spark_session

PIECES = [("polars", piece, 100) for piece in range(20)]
PIECES += [("duckdb", piece, 100) for piece in range(20)]
PIECES += [("spark", piece, 15) for piece in range(12)]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with a_spark_session() as session:
        yield session


@pytest.mark.parametrize(("engine", "piece", "examples"), PIECES, ids=[f"{each[0]}-{each[1]}" for each in PIECES])
def test_every_engine_answers_as_the_generated_python(
    engine: EngineName, piece: int, examples: int, request: pytest.FixtureRequest
) -> None:
    lend: Callable[[Any], Any] | None = duckdb.from_arrow if engine == "duckdb" else None
    if engine == "spark":
        lend = request.getfixturevalue("spark").createDataFrame
    judged = agree_on_random_rules(engine, examples, lend=lend, seed=f"{engine} {piece}", traced=engine == "polars")
    print(f"{engine} {piece}: {dict(judged)}")
    assert judged["sets of rules"] >= examples


@pytest.mark.parametrize("name", sorted(each.name for each in shipped_folder("schemes").glob("[!_]*")))
def test_spark_answers_as_the_generated_python_for_a_shipped_scheme(name: str, spark: SparkSession) -> None:
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins())
    program = library.effective(name, "").compiled.versions[-1].program
    over = some_dossiers(program.plan, 100)
    assert on_engine("spark", program.plan, over, spark.createDataFrame) == [program.evaluate(each) for each in over]
