"""The contract of write-backs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from guichet.plugin.contracts import Context, DecisionTold, Refused, WriteBack
from guichet.testing.context import accepted, assert_registers, assert_speaks
from guichet.testing.declared import assert_options
from guichet.testing.strictness import strict

__all__ = ["a_decision", "assert_write_back"]


def a_decision(**changes: Any) -> DecisionTold:
    """Give the grant of 2 000 € to dossier 1, with the changes."""
    plain = {
        "id": "D-1",
        "dossier": "1",
        "reference": "7K3M9QXW2F",
        "outcome": "granted",
        "reason": "",
        "decided_on": date(2020, 4, 24),
        "cents": 200_000,
        "act": "2020-53-001",
    }
    return DecisionTold(**{**plain, **changes})


def assert_write_back(
    writer: WriteBack[Any],
    *,
    context: Context,
    read: Callable[[], Any],
    options: Mapping[str, Any] | None = None,
    decision: DecisionTold | None = None,
    unknown: str = "999999999",
) -> None:
    """Check a write-back: told once however often, another decision and an unknown dossier refused.

    Args:
        read: Gives what the other software holds of the dossier.
        decision: One that can be told; a grant of dossier 1 otherwise.
        unknown: The number of a dossier that is not there.
    """
    assert_registers("register_write_backs", writer)
    assert_options(writer.Options, options)
    writer = strict(writer, WriteBack)
    chosen = accepted(writer.Options, dict(options or {}))
    given = decision or a_decision()
    before = read()
    first = writer.write_back(given, chosen, context)
    held = read()
    assert held != before, "nothing was told"
    assert not first.already, "told for the first time, it says that it was"
    try:
        again = writer.write_back(given, chosen, context)
    except Refused as error:
        raise AssertionError(f"told again, it is refused: {error.text('en')}") from error
    assert again.already, "told again, it says that it was"
    assert read() == held, "told again, nothing changes"
    other = "refused" if given.outcome != "refused" else "granted"
    for wrong in (
        a_decision(id="D-2", dossier=given.dossier, outcome=other, reason="Autre décision."),
        a_decision(id="D-3", dossier=unknown),
    ):
        try:
            writer.write_back(wrong, chosen, context)
        except Refused as error:
            assert_speaks(error)
        else:
            raise AssertionError(f"{wrong.id} is told")
        assert read() == held, "what is refused changes nothing"
