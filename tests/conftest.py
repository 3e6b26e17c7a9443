"""Hooks of the whole suite: a skip fails a strict run (GUICHET_TEST_STRICT), and what was collected is not swept."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import WorkStealingScheduling

STRICT = os.environ.get("GUICHET_TEST_STRICT", "") not in ("", "0")
_SWEEP = (20_000, 10, 10)
"""How many new objects Python's collector waits for: one application of a test is a hundred thousand."""

_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A plan of Spark is met once: Java's second compiler and its threads of collection cost more than they give back."""

os.environ.setdefault("SPARK_SUBMIT_OPTS", _JAVA)
settings.register_profile("suite", deadline=None)  # a slow machine is no wrong answer: times are for the benches
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Leaves what stays until the end (tests, modules) out of the collector's rounds: each took half a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SWEEP)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorkStealingScheduling | None:
    """Gives each worker one stretch of the suite, so that what a module shares is made once; who ends first helps."""
    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Gives the report of one step of a test; a skip becomes a failure where everything must be there."""
    report = yield
    refuse_skip(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Gives the report of one collection; a module skipped as a whole becomes a failure likewise."""
    report = yield
    refuse_skip(report, collector.nodeid)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport, nodeid: str) -> None:
    """Turns a skip into a failure when the run is strict; expected failures stay what they are."""
    if STRICT and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{nodeid}: nothing may be skipped here (GUICHET_TEST_STRICT is set)\n{reason}"
