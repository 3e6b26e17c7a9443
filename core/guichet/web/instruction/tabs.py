"""The tabs of the work table: a stage each, then what waits for somebody else, what is decided, everything."""

from __future__ import annotations

from typing import Any

from guichet.locale import Texts
from guichet.services.work_tables import Table, TableQuery
from guichet.web.instruction.addresses import address_of

__all__ = ["tabs_of"]


def tabs_of(table: Table, query: TableQuery, say: Texts) -> list[dict[str, Any]]:
    """The tabs with their counts; the one of the address is current. Filters follow from tab to tab, pages do not."""
    found: list[dict[str, Any]] = []

    def tab(label: str, number: int, **point: Any) -> None:
        whole = {"phases": (), "stages": (), "to_complete": None, "waiting_for_funds": None, "ends": (), **point}
        current = all(getattr(query, name) == value for name, value in whole.items())
        href = address_of(query, **whole, page=1)
        found.append({"label": label, "href": href, "current": current, "count": str(number)})

    for name, stage in table.compiled.scheme.workflow.stages.items():
        number = table.number(phase="instruction", stage=name, to_complete=False)
        tab(stage.label or name, number, phases=("instruction",), stages=(name,), to_complete=False)
    tab(
        say("instruction.to_complete"),
        table.number(phase="instruction", to_complete=True),
        phases=("instruction",),
        to_complete=True,
    )
    waiting = table.number(phase="instruction", waiting_for_funds=True)
    if waiting:
        tab(say("instruction.waiting_for_funds"), waiting, phases=("instruction",), waiting_for_funds=True)
    fresh = table.number(phase="filed")
    if fresh:
        tab(say("instruction.pre_instruction"), fresh, phases=("filed",))
    tab(say("instruction.tab_decided"), table.number(phase="decided"), phases=("decided",))
    tab(say("instruction.tab_all"), table.number())
    return found
