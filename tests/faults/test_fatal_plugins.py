"""Plugins that hang, eat memory or kill their process: it starts again without them, and no dossier is lost."""

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
from databases import SteppedClock, sqlite_url
from guichet.storage.tables import event
from hostile_calls import CALLS
from hostile_plugins import FATAL, HOSTILE, plugins_with
from hostile_story import PARTS, Story, books, revive_all, the_cases
from worked import DAY, an_instance, the_plugins


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The books of the story when every plugin is honest."""
    folder = tmp_path_factory.mktemp("honest")
    url = sqlite_url(folder)
    with an_instance(folder, url):
        pass
    return to_its_end(url, folder, "field_types")


@pytest.mark.parametrize("fault", FATAL)
@pytest.mark.parametrize("family", PARTS)
def test_the_process_goes_on_without_the_plugin_and_the_story_ends_the_same(
    family: str, fault: str, tmp_path: Path, told: dict[str, Any]
) -> None:
    url = sqlite_url(tmp_path)
    with an_instance(tmp_path, url):
        pass

    code, said = played_by_a_child(url, tmp_path, family, fault)

    assert (code, said[-1]) == (0, "code 0"), said
    ends = [line for line in said if line.startswith("ended")]
    if fault == "2 GB":  # more than the process may take: the call fails, the process lives
        assert ends == []
    else:
        assert ends == [f"ended {'hung' if fault == 'endless loop' else 'died'} {HOSTILE}"]
    assert f"failed {HOSTILE}" in said
    assert journaled(url, tmp_path) == ([] if fault == "2 GB" else [HOSTILE])
    assert to_its_end(url, tmp_path, family) == told


@pytest.mark.parametrize(
    ("family", "fault"),
    [*((family, "killed") for family in sorted(set(CALLS) - set(PARTS))), ("prefill_sources", "endless loop")],
)
def test_a_hook_that_the_story_does_without_costs_its_plugin_alone(family: str, fault: str, tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with an_instance(tmp_path, url):
        pass
    code, said = played_by_a_child(url, tmp_path, family, fault)
    assert (code, said[-1]) == (0, "code 0"), said
    assert f"ended {'hung' if fault == 'endless loop' else 'died'} {HOSTILE}" in said
    assert not [line for line in said if line.startswith("answered")]
    assert journaled(url, tmp_path) == [HOSTILE]


def test_without_marks_nobody_knows_which_plugin_it_was(tmp_path: Path) -> None:
    """The sabotage: the plugin is met at each start, until the watchdog gives up."""
    url = sqlite_url(tmp_path)
    with an_instance(tmp_path, url):
        pass
    code, said = played_by_a_child(url, tmp_path, "list_sources", "killed", "unmarked")
    assert code == 1
    assert not [line for line in said if HOSTILE in line]


def played_by_a_child(url: str, folder: Path, family: str, fault: str, *more: str) -> tuple[int, list[str]]:
    folders = os.pathsep.join(path for path in sys.path if path)
    key = PARTS.get(family) or CALLS[family][0]
    done = subprocess.run(
        [sys.executable, hostile_child.__file__, url, str(folder), family, key, fault, *more],
        stdout=subprocess.PIPE, text=True, cwd=folder, env=os.environ | {"PYTHONPATH": folders}, timeout=150,
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


def journaled(url: str, folder: Path) -> list[str]:
    """The plugins that the journal of the instance says were set aside."""
    with the_cases(url, folder, SteppedClock(DAY), the_plugins()) as cases:
        lines = cases.store.read(lambda tx: tx.all(select(event.c.body).where(event.c.kind == "plugin_set_aside")))
    return [json.loads(line.body)["data"]["plugin"] for line in lines]


def to_its_end(url: str, folder: Path, family: str) -> dict[str, Any]:
    """Play the story to its end with the plugin mended, and give the books."""
    clock = SteppedClock(DAY)
    with the_cases(url, folder, clock, plugins_with(family, PARTS[family], None)) as cases:
        story = Story(folder)
        for _ in range(4):
            clock.move(hours=2)
            revive_all(cases)
            story.play(cases)
        return books(cases)
