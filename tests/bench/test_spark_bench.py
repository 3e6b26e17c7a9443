"""`guichet simulate --engine spark` on a real cluster: a master and two workers on loopback, against Polars."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter, sleep

import polars as pl
import pyspark
import pytest

from bulk_stock import DAY, dossiers
from guichet.settings import Settings
from guichet_cli.main import run

MILLION = 1_000_000
HOME = Path(pyspark.__file__).parent
HERE = "127.0.0.1"


def a_free_port() -> int:
    with socket.socket() as one:
        one.bind((HERE, 0))
        return one.getsockname()[1]


def answers_at(port: int) -> bool:
    try:
        socket.create_connection((HERE, port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A standalone cluster of two workers with a core each, in processes of their own."""
    folder, port = tmp_path_factory.mktemp("cluster"), a_free_port()
    address = f"spark://{HERE}:{port}"
    around = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HERE, "PYSPARK_PYTHON": sys.executable}
    places = ["--host", HERE, "--webui-port", str(0)]
    roles = [["master.Master", *places, "--port", str(port)]]
    roles += [
        ["worker.Worker", *places, "--cores", "1", "--memory", "1g", address, "-d", f"{folder}/{n}"] for n in "12"
    ]
    with ExitStack() as stack:
        for name, *words in roles:
            command = [str(HOME / "bin/spark-class"), f"org.apache.spark.deploy.{name}", *words]
            log = stack.enter_context(folder.joinpath(f"{name}-{len(words)}.log").open("a", encoding="utf-8"))
            process = subprocess.Popen(command, env=around, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            while name.startswith("master") and not answers_at(port) and process.poll() is None:
                sleep(0.2)
        yield address


@pytest.mark.timeout(900)  # two Java processes and their driver on two cores that others use
def test_a_cluster_gives_the_answers_of_polars(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", HERE)
    names = ("actif_disponible", "dettes_30j", "charges_fixes", "chiffre_affaires")
    stock = tmp_path / "stock.parquet"
    dossiers(MILLION, holes=0.02).rename({name: f"{name}_cents" for name in names}).write_parquet(stock)
    lasted: list[float] = []
    for engine, *more in (["polars"], ["spark", "--master", cluster]):
        words = ["simulate", "fds-volet-2", "--data", str(stock), "--on", str(DAY)]
        start = perf_counter()
        out = str(tmp_path / engine)
        assert run([*words, "--out", out, "--engine", engine, *more], Settings(language="en")) == 0
        lasted.append(perf_counter() - start)
    print(f"\n{MILLION:,} lines: Polars {lasted[0]:.0f} s, a cluster of two {lasted[1]:.0f} s")
    one = pl.read_parquet(tmp_path / "polars").drop("line")
    other = pl.read_parquet(f"{tmp_path}/spark/*.parquet").select(
        pl.col(name).cast(one[name].dtype) for name in one.columns
    )
    assert one.group_by(one.columns).len().sort(one.columns).equals(other.group_by(one.columns).len().sort(one.columns))
