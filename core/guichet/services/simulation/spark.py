"""Spark, on this machine or on a cluster: started for one simulation, refused in our words."""

from __future__ import annotations

import re
import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from guichet.errors import Problem, ProblemsFound
from guichet.services.simulation.admission import refuse_names_of_answers
from guichet.services.simulation.asked import LINE
from guichet.services.simulation.files import kind_of
from guichet.services.simulation.origins import BESIDE, Origin

__all__ = ["Spark", "spark_at_work"]

_MASTER: Final = re.compile(r"local(\[.+\])?|local-cluster\[\d+,\d+,\d+\]|yarn|k8s://.+|spark://(.+:\d+)")
_PATIENCE: Final = 5
"""Seconds to reach a master; Spark itself asks for more than a minute, line after line."""
_QUIET: Final = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


@contextmanager
def spark_at_work(master: str) -> Generator[Spark]:
    """Spark for the time of a simulation; a session that is there already is used, and left there.

    Args:
        master: The address of a cluster; empty for all the cores of this machine.
    """
    from py4j.protocol import Py4JError  # pyright: ignore[reportMissingTypeStubs]  it has none; one engine is loaded
    from pyspark.errors import PySparkException  # likewise
    from pyspark.sql import SparkSession  # likewise

    _refuse_unreachable(master)
    before: Any = SparkSession.getActiveSession()
    builder: Any = SparkSession.builder
    session: Any = None
    try:
        builder = builder.master(master or "local[*]").appName("guichet")
        session = builder.config(map=_QUIET).getOrCreate()
        yield Spark(session)
    except (PySparkException, Py4JError) as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise ProblemsFound([Problem("data.spark_failed", {"reason": reason})]) from error
    finally:
        if session is not None and before is None:
            session.stop()


class Spark:
    """How Spark reads data, numbers lines, writes answers."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def read(self, data: Path, separator: str) -> Any:
        """The lines of a file, each with its number; every value of a CSV file is a text."""
        from pyspark.sql import functions  # one engine at a time is loaded

        where = str(data.absolute())
        if kind_of(data) == "csv":
            # Quotes are doubled and may hold line breaks, as everywhere but in Spark; a line of other cells is refused.
            lines = self._session.read.csv(
                where, sep=separator, header=True, quote='"', escape='"', multiLine=True, mode="FAILFAST"
            )
        else:
            lines = self._session.read.parquet(where)
        refuse_names_of_answers(lines.columns, [LINE])
        return lines.withColumn(LINE, functions.monotonically_increasing_id() + 1)

    def write(self, answers: Any, out: Path, origin: Origin) -> None:
        """Writes answers as a folder of Parquet files, with where they come from beside them."""
        answers.write.mode("overwrite").parquet(str(out.absolute()))
        (out / BESIDE).write_text(replace(origin, numbered=False).as_json(), encoding="utf-8")

    def read_back(self, out: Path) -> Any:
        """The answers written."""
        return self._session.read.parquet(str(out.absolute()))


def _refuse_unreachable(master: str) -> None:
    """Says at once that an address is none, or that nobody answers there."""
    found = _MASTER.fullmatch(master or "local")
    if found is None:
        raise ProblemsFound([Problem("data.master_form", {"value": master})])
    reasons: list[str] = []
    for address in (found[2] or "").split(","):
        host, _, port = address.rpartition(":")
        try:
            if address:
                socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
        except (OSError, OverflowError, ValueError) as error:
            reasons.append(f"{address}: {error}")
        else:
            return  # one of several masters is enough
    raise ProblemsFound([Problem("data.master_unreachable", {"value": master, "reason": "; ".join(reasons)})])
