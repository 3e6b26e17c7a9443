"""The contracts of rule functions and of commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from click import Command
from click.testing import CliRunner

from guichet.language.declarations import Signature
from guichet.plugin.contracts.rule_values import fits_rules
from guichet.testing.columns import assert_same_over_columns
from guichet.testing.context import assert_registers
from guichet.testing.strictness import strict


def assert_rule_function(function: Signature, *, cases: Iterable[tuple[tuple[Any, ...], Any]]) -> None:
    """Check a rule function: typed, named in both languages, the same answer twice, and over columns if it has that.

    Args:
        cases: Pairs of arguments and answer, at run-time values (money in cents).
    """
    assert_registers("register_rule_functions", function)
    function = strict(function, Signature, pure=True)
    assert set(function.words) == {"fr", "en"}, "a function has a name in both languages"
    unsayable = [word for word in function.words.values() if not word.isidentifier()]
    assert not unsayable, f"rules cannot name {', '.join(unsayable)}"
    assert set(function.label) in (set(), {"fr", "en"}), "what a call gives is said in both languages, or in none"
    cases = list(cases)
    assert cases, "cases=[((arguments…), answer)]: nothing shows what the function gives"
    for arguments, answer in cases:
        assert len(arguments) == len(function.parameters), f"{arguments} does not fit the parameters"
        first, second = function.call(*arguments), function.call(*arguments)
        assert first == answer, f"{function.name}{arguments} gives {first!r}, not {answer!r}"
        assert first == second, f"{function.name}{arguments} gives another answer the second time"
        fits = first is None or fits_rules(first, function.returns)
        assert fits, f"{function.name}{arguments} gives {first!r}, which is no {function.returns.kind}"
    if function.bulk is not None:
        assert_same_over_columns(function, cases)


def assert_command(command: Command) -> None:
    """Check a command: registered under its name, and its help can be read."""
    assert_registers("register_commands", command)
    result = CliRunner().invoke(command, ["--help"])
    assert result.exit_code == 0, result.output
    assert command.help, "a command says what it does"
