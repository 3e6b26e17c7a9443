"""Plugins that hang, eat memory or kill their process: it starts again without them, and no dossier is lost.

One process plays the story of every hook, one after the other, for each fatal kind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import hostile_child
from databases import SteppedClock
from guichet.storage.tables import event
from hostile_calls import CALLS
from hostile_plugins import plugins_with
from hostile_story import PARTS, Story, books, revive_all, the_cases, the_url
from worked import DAY, the_plugins

ENDS = {"endless loop": "hung", "2 GB": None, "killed": "died"}
"""Fatal kind → how the watchdog saw it end; with a limit of memory, 2 GB is a failure the process survives."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The books of the story when every plugin is honest."""
    return to_its_end(tmp_path_factory.mktemp("honest"), "field_types")


@pytest.mark.parametrize(
    ("fault", "families"),
    [
        ("endless loop", tuple(CALLS)),
        ("2 GB", tuple(CALLS)),
        ("killed", ("rule_functions", "deliveries", "write_backs")),  # what the system does when memory has no limit
    ],
)
def test_the_process_goes_on_without_the_plugin_and_the_story_ends_the_same(
    fault: str, families: tuple[str, ...], tmp_path: Path, told: dict[str, Any]
) -> None:
    code, said = said_by_a_child("work", str(tmp_path), fault, *families)

    assert (code, said[-1]) == (0, "code 0"), said
    assert [line for line in said if line.startswith("answered")] == []
    named = [f"hostile_{family}" for family in families]
    assert [line for line in said if line.startswith("failed")] == [f"failed {name}" for name in named]
    ended = [line for line in said if line.startswith("ended")]
    assert ended == [f"ended {ENDS[fault]} {name}" for name in named if ENDS[fault] is not None]
    for family, name in zip(families, named, strict=True):
        assert journaled(tmp_path / family) == ([name] if ENDS[fault] is not None else []), family
        if family in PARTS:
            assert to_its_end(tmp_path / family, family) == told, family


def test_without_marks_nobody_knows_which_plugin_it_was(tmp_path: Path) -> None:
    """The sabotage: the plugin is met at each start, until the watchdog gives up."""
    code, said = said_by_a_child("work", str(tmp_path), "killed", "unmarked", "list_sources")
    assert code == 1
    assert not [line for line in said if "hostile" in line]


def test_a_plugin_that_kills_the_process_at_start_is_refused_by_name() -> None:
    assert said_by_a_child("start", "killed") == (2, ["ended started hostile", "code 2"])
    code, said = said_by_a_child("start", "killed", "unmarked")  # the sabotage
    assert code == 1
    assert not [line for line in said if "hostile" in line]


def test_a_plugin_that_asks_for_two_gigabytes_at_start_is_refused_by_name() -> None:
    code, said = said_by_a_child("start", "2 GB")
    assert (code, said[-1]) == (2, "code 2")
    assert said[0].startswith('refused plugin "hostile": "register_exporters" failed at start (MemoryError')


def said_by_a_child(*arguments: str) -> tuple[int, list[str]]:
    folders = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, hostile_child.__file__, *arguments],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": folders}, timeout=400,
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


def journaled(folder: Path) -> list[str]:
    """The plugins that the journal of the instance says were set aside."""
    with the_cases(the_url(folder), folder, SteppedClock(DAY), the_plugins()) as cases:
        lines = cases.store.read(lambda tx: tx.all(select(event.c.body).where(event.c.kind == "plugin_set_aside")))
    return [json.loads(line.body)["data"]["plugin"] for line in lines]


def to_its_end(folder: Path, family: str) -> dict[str, Any]:
    """Play the story to its end with the plugin mended, and give the books."""
    clock = SteppedClock(DAY)
    with the_cases(the_url(folder), folder, clock, plugins_with(family, PARTS[family], None)) as cases:
        story = Story(folder)
        for _ in range(3):
            clock.move(hours=2)
            revive_all(cases)
            story.play(cases)
        return books(cases)
