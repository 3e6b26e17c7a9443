"""Hooks of the whole suite: under GUICHET_TEST_STRICT a skipped test is a failed one."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

STRICT = os.environ.get("GUICHET_TEST_STRICT", "") not in ("", "0")


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
