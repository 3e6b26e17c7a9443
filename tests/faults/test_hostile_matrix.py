"""Every hook under every hostility is played, or says why it cannot be: the matrix names the tests that play them."""

from __future__ import annotations

import ast
from pathlib import Path

from guichet.plugin.registry import FAMILIES
from hostile_calls import CALLS
from hostile_matrix import HOSTILITIES, PLAYED, cell
from hostile_plugins import AT_WORK, COMMAND_LET, COMMAND_NAMED, FATAL
from hostile_starts import FAULTS
from hostile_story import PARTS

HOOKS = [family.name for family in FAMILIES]
CELLS = {(hook, name): cell(hook, name) for hook in HOOKS for name in HOSTILITIES}


def test_every_cell_is_played_or_says_why_it_is_not() -> None:
    assert len(CELLS) == 15 * 12
    assert [at for at, how in CELLS.items() if how not in PLAYED and not how.startswith("never: ")] == []
    assert [hook for (hook, _), how in CELLS.items() if how.startswith("never: ")] == ["commands"] * 3


def test_the_tests_that_the_matrix_names_are_there() -> None:
    for named in PLAYED.values():
        file, _, name = named.partition("::")
        tree = ast.parse((Path(__file__).parents[1] / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, named


def test_the_tests_try_what_the_matrix_says() -> None:
    def those(how: str) -> set[tuple[str, str]]:
        return {at for at, played in CELLS.items() if played == how}

    at_work = {*AT_WORK, "print to stdout"}
    assert those("story") == {(hook, name) for hook in PARTS for name in at_work}
    assert those("prefill") == {("prefill_sources", name) for name in AT_WORK}
    assert those("sign-in") == {("identity_providers", name) for name in at_work}
    tried = {*COMMAND_NAMED, *COMMAND_LET}
    assert those("command") == {("commands", name) for name in tried}
    assert those("process") == {(hook, name) for hook in CALLS for name in FATAL if name != "killed"}
    assert {name for _, name in those("start")} <= set(FAULTS)
    assert {hook for hook, _ in those("start")} == set(HOOKS)
