"""Hooks × hostilities: how each of the two together is played, or why it cannot be.

`PLAYED` names the tests; a cell that is not of the plain kind of its hostility stands in `OTHERWISE`.
"""

from __future__ import annotations

from guichet.plugin.registry import FAMILIES
from hostile_story import PARTS

__all__ = ["HOSTILITIES", "PLAYED", "cell"]

HOSTILITIES = {
    "raise": "at work",
    "SystemExit": "at work",
    "endless loop": "fatal",
    "2 GB": "fatal",
    "mutate arguments": "at work",
    "wrong type": "at work",
    "slow import": "import",
    "fork": "at work",
    "print to stdout": "at work",
    "coroutine": "at work",
    "misspelt hook": "start",
    "duplicate key": "start",
}
"""What a plugin does wrong → when that is: in a call, where the process may die, or before anything is served."""

PLAYED = {
    "story": "faults/test_hostile_plugins.py::test_no_dossier_is_lost_or_altered_and_the_plugin_is_named",
    "prefill": "faults/test_hostile_prefill.py::test_filing_goes_on_by_hand_and_nothing_is_altered",
    "prefill chatter": "faults/test_hostile_prefill.py::test_chatter_stops_nothing",
    "sign-in": "faults/test_hostile_identity.py::test_nobody_enters_by_it_and_the_other_door_stays_open",
    "command": "faults/test_hostile_commands.py::test_the_plugin_is_named_and_no_dossier_changes",
    "process": "faults/test_fatal_plugins.py::test_the_process_goes_on_without_the_plugin_and_the_story_ends_the_same",
    "start": "faults/test_plugins_at_start.py::test_a_plugin_that_is_wrong_at_start_is_refused_by_name",
    "import": "faults/test_plugins_at_start.py::test_a_module_that_misbehaves_when_it_is_loaded_is_refused_by_name",
}
"""How a cell is played → the test that plays it."""

_AT_WORK = {**dict.fromkeys(PARTS, "story"), "prefill_sources": "prefill", "identity_providers": "sign-in",
            "commands": "command"}  # fmt: skip
_TYPED = "never: a command is a process of its own, which holds nothing, and is stopped by who typed it"
OTHERWISE = {
    ("prefill_sources", "print to stdout"): "prefill chatter",
    ("commands", "endless loop"): _TYPED,
    ("commands", "2 GB"): _TYPED,
    ("commands", "fork"): "never: a copy of a process that holds nothing harms nobody, a command may make one",
}


def cell(family: str, hostility: str) -> str:
    """Give how a hook under a hostility is played, a key of `PLAYED`; or `never: ` and the reason."""
    kind = HOSTILITIES[hostility]
    plain = {"at work": _AT_WORK[family], "fatal": "process", "start": "start", "import": "import"}[kind]
    return OTHERWISE.get((family, hostility), plain)


if __name__ == "__main__":
    print("| hook |", *(f"{name} |" for name in HOSTILITIES))
    print("| --- |", *("--- |" for _ in HOSTILITIES))
    for one in FAMILIES:
        print(f"| {one.name} |", *(f"{cell(one.name, name).partition(':')[0]} |" for name in HOSTILITIES))
