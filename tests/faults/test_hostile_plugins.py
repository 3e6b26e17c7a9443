"""Hostile plugins, one of each kind and fault: no dossier is lost or altered, the plugin is named, then put aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock, sqlite_url
from guichet.plugin import PluginFailed, Plugins, PluginSetAside, answers_needed, manager
from guichet.plugin.contracts import PluginError
from guichet.plugin.health import FAILURES_BEFORE_SET_ASIDE, HealthBook
from guichet.plugin.registry import FAMILIES
from hostile_calls import CALLS
from hostile_plugins import AT_WORK, HOSTILE, Fault, Switch, plugins_with, prints
from hostile_story import PARTS, Story, books, filed_digests, revive_all, the_cases
from worked import DAY

ROUNDS = {**AT_WORK, "print to stdout": prints}


@dataclass(frozen=True)
class Played:
    """What a story left: its books once the plugin was mended, what each round counted, the digests of its dossiers."""

    books: dict[str, Any]
    stopped: Counter[str]
    called: dict[str, int]
    failed: dict[str, int]
    digests: list[dict[str, str]]


def played(folder: Path, plugins: Plugins, switch: Switch, rounds: Mapping[str, Fault] = ROUNDS) -> Played:
    """Play the story in every fault in turn, then to its end with the plugin mended."""
    url, clock, story = sqlite_url(folder), SteppedClock(DAY), Story(folder)
    called, failed, digests = dict[str, int](), dict[str, int](), list[dict[str, str]]()
    with the_cases(url, folder, clock, plugins) as cases:
        for name, fault in rounds.items():
            plugins.health.restore(HOSTILE)
            before = plugins.health.of(HOSTILE).failures
            switch.fault, switch.calls = fault, 0
            story.play(cases)
            called[name], failed[name] = switch.calls, plugins.health.of(HOSTILE).failures - before
            digests.append(filed_digests(cases))
            clock.move(hours=1)
            revive_all(cases)
        switch.fault = None
        plugins.health.restore(HOSTILE)
        for _ in range(4):
            story.play(cases)
            clock.move(hours=1)
            revive_all(cases)
        digests.append(filed_digests(cases))
        return Played(books(cases), story.stopped, called, failed, digests)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The books of the story when every plugin is honest."""
    folder, story, clock = tmp_path_factory.mktemp("honest"), None, SteppedClock(DAY)
    story = Story(folder)
    with the_cases(sqlite_url(folder), folder, clock, plugins_with("field_types", "money", None)) as cases:
        for _ in range(3):
            story.play(cases)
            clock.move(hours=1)
        found = books(cases)
    assert not story.stopped
    assert (found["paid"], len(found["told elsewhere"])) == (2, 2)
    assert {state for _, state, _ in found["orders"]} == {"paid"}
    return found


@pytest.mark.parametrize("family", PARTS)
def test_no_dossier_is_lost_or_altered_and_the_plugin_is_named(
    family: str, tmp_path: Path, told: dict[str, Any]
) -> None:
    switch = Switch()
    plugins = plugins_with(family, PARTS[family], switch)

    found = played(tmp_path, plugins, switch)

    assert found.books == told
    assert all(before.items() <= after.items() for before, after in pairwise(found.digests))
    assert [name for name, calls in found.called.items() if not calls] == []
    assert [name for name, count in found.failed.items() if not count] == ["print to stdout"]
    assert [one.name for one in plugins.describe() if one.health.failures] == [HOSTILE]


def test_every_hook_has_its_call_but_commands_which_run_alone() -> None:
    assert set(CALLS) == {family.name for family in FAMILIES} - {"commands"}
    assert set(PARTS) <= set(CALLS)


@pytest.mark.parametrize("fault", AT_WORK)
@pytest.mark.parametrize("family", CALLS)
def test_it_is_put_aside_after_five_failures_and_called_no_more(family: str, fault: str) -> None:
    key, method, arguments = CALLS[family]
    plugins = plugins_with(family, key, AT_WORK[fault])
    thing = getattr(plugins, family)[key]
    for _ in range(FAILURES_BEFORE_SET_ASIDE):
        with answers_needed(), pytest.raises(PluginFailed, match=f"plugin {HOSTILE} failed"):
            consumed(getattr(thing, method)(*arguments()))
    assert plugins.health.of(HOSTILE).state == "set_aside"
    with answers_needed(), pytest.raises(PluginSetAside, match=HOSTILE):
        consumed(getattr(thing, method)(*arguments()))
    assert plugins.health.of(HOSTILE).failures == FAILURES_BEFORE_SET_ASIDE


@pytest.mark.parametrize("family", CALLS)
def test_arguments_stay_as_they_were(family: str) -> None:
    key, method, make = CALLS[family]
    plugins = plugins_with(family, key, AT_WORK["mutate arguments"])
    thing = getattr(plugins, family)[key]
    arguments = make()
    with answers_needed(), pytest.raises(PluginFailed):
        consumed(getattr(thing, method)(*arguments))
    assert [shown(one) for one in arguments] == [shown(one) for one in make()]


@pytest.mark.parametrize("family", CALLS)
def test_chatter_changes_no_answer(family: str, capsys: pytest.CaptureFixture[str]) -> None:
    key, method, make = CALLS[family]
    answers: list[str] = []
    for fault in (None, prints):
        thing = getattr(plugins_with(family, key, fault), family)[key]
        with answers_needed():
            answers.append(shown(answered(getattr(thing, method), make())))
    assert answers[0] == answers[1]
    assert "CHATTER" in capsys.readouterr().out


@pytest.mark.parametrize("family", ["payment_writers", "rule_functions", "field_types", "return_readers", "data"])
def test_without_the_guard_the_same_story_goes_wrong(
    family: str, tmp_path: Path, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotage: arguments handed over as they are, exceptions of a plugin on their way through the core."""
    monkeypatch.setattr(manager, "guarded", lambda thing, kind, plugin, health: thing)
    monkeypatch.setattr(HealthBook, "call", lambda self, plugin, work, *arguments: work(*arguments))
    switch = Switch()
    plugins = plugins_with(family, PARTS[family], switch)
    found = played(tmp_path, plugins, switch, {"wrong type": AT_WORK["wrong type"]})
    assert found.books != told or set(found.stopped) - {"PluginFailed", "PluginSetAside"}
    assert plugins.health.of(HOSTILE).failures == 0


def consumed(given: Any) -> Any:
    """Go through what came lazily."""
    return list(given) if hasattr(given, "__next__") else given


def answered(method: Any, arguments: tuple[Any, ...]) -> Any:
    """What a method gives, or how it says no."""
    try:
        return consumed(method(*arguments))
    except PluginError as error:
        return error.text("fr")


def shown(value: Any) -> str:
    """What a value holds."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
