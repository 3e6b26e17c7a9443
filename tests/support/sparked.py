"""A Spark session on one core of this machine, tuned for many small plans rather than for much data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import SparkSession

__all__ = ["a_spark_session"]

_TUNING: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}


@contextmanager
def a_spark_session() -> Iterator[SparkSession]:
    """Give a session, stopped at the end."""
    session = SparkSession.builder.master("local[1]").config(map=_TUNING).getOrCreate()
    try:
        yield session
    finally:
        session.stop()
