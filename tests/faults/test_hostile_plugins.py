"""Hostile plugins, one of each kind and fault: no dossier is lost or altered, the plugin is named, then put aside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock, sqlite_url
from guichet.plugin import PluginFailed, Plugins, PluginSetAside, answers_needed, manager
from guichet.plugin.health import FAILURES_BEFORE_SET_ASIDE, HealthBook
from guichet.plugin.registry import FAMILIES
from hostile_calls import CALLS
from hostile_plugins import AT_WORK, HOSTILE, plugins_with, prints
from hostile_story import PARTS, Story, books, revive_all, the_cases
from worked import DAY, an_instance


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The books of the story when every plugin is honest."""
    honest = plugins_with("field_types", "money", None)
    found, story, _ = played(tmp_path_factory.mktemp("honest"), honest, honest)
    assert not story.stopped
    assert found["paid"] == 2
    return found


def played(folder: Path, bad: Plugins, good: Plugins) -> tuple[dict[str, Any], Story, dict[str, Any]]:
    """Play the story with a plugin that is bad, then mended; gives the books at the end and before the mending."""
    url, clock, story = sqlite_url(folder), SteppedClock(DAY), Story(folder)
    with an_instance(folder, url):
        pass
    with the_cases(url, folder, clock, bad) as cases:
        for _ in range(3):
            story.play(cases)
            clock.move(seconds=90)
        before = books(cases)
    with the_cases(url, folder, clock, good) as cases:
        for _ in range(4):
            clock.move(hours=2)
            revive_all(cases)
            story.play(cases)
        return books(cases), story, before


@pytest.mark.parametrize("fault", AT_WORK)
@pytest.mark.parametrize("family", PARTS)
def test_no_dossier_is_lost_or_altered_and_the_plugin_is_named(
    family: str, fault: str, tmp_path: Path, told: dict[str, Any]
) -> None:
    bad = plugins_with(family, PARTS[family], AT_WORK[fault])
    good = plugins_with(family, PARTS[family], None)

    found, _, _ = played(tmp_path, bad, good)

    assert found == told
    assert bad.health.of(HOSTILE).failures > 0
    assert [one.name for one in bad.describe() if one.health.failures] == [HOSTILE]


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


@pytest.mark.parametrize("family", PARTS)
def test_chatter_does_not_stop_the_work(family: str, tmp_path: Path, told: dict[str, Any]) -> None:
    plugins = plugins_with(family, PARTS[family], prints)
    found, story, before = played(tmp_path, plugins, plugins)
    assert (found, story.stopped, before["paid"]) == (told, {}, 2)


@pytest.mark.parametrize("family", ["data", "prefill_sources", "screens"])
def test_chatter_changes_no_answer(family: str, capsys: pytest.CaptureFixture[str]) -> None:
    key, method, make = CALLS[family]
    answers: list[str] = []
    for fault in (None, prints):
        thing = getattr(plugins_with(family, key, fault), family)[key]
        with answers_needed():
            answers.append(shown(consumed(getattr(thing, method)(*make()))))
    assert answers[0] == answers[1]
    assert "CHATTER" in capsys.readouterr().out


@pytest.mark.parametrize("family", ["payment_writers", "rule_functions", "field_types"])
def test_without_the_guard_the_same_story_goes_wrong(
    family: str, tmp_path: Path, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotage: arguments handed over as they are, exceptions of a plugin on their way through the core."""
    monkeypatch.setattr(manager, "guarded", lambda thing, kind, plugin, health: thing)
    monkeypatch.setattr(HealthBook, "call", lambda self, plugin, work: work())
    bad = plugins_with(family, PARTS[family], AT_WORK["wrong type"])
    good = plugins_with(family, PARTS[family], None)
    found, story, _ = played(tmp_path, bad, good)
    assert found != told or set(story.stopped) - {"PluginFailed", "PluginSetAside"}
    assert bad.health.of(HOSTILE).failures == 0


def consumed(given: Any) -> Any:
    """Go through what came lazily."""
    return list(given) if hasattr(given, "__next__") else given


def shown(value: Any) -> str:
    """What a value holds."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
