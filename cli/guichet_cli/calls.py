"""`guichet calls`: the log of calls to outside services."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.text import Text as Styled

from guichet.locale import Text
from guichet.plugin.contracts import LoggedCall
from guichet.storage import outside_calls
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Montre les derniers appels faits aux services extérieurs : quand, à qui, pourquoi, pour qui, et ce qu'il en"
    " fut. Rien de ce qui a été dit n'est gardé.",
    en="Show the latest calls made to outside services: when, to whom, why, for whom, and how it went. Nothing of what"
    " was said is kept.",
)
_SERVICE = Text(fr="Les appels de ce service seulement.", en="The calls of this service only.")
_DOSSIER = Text(fr="Les appels faits pour ce dossier seulement.", en="The calls made for this dossier only.")
_LIMIT = Text(fr="Combien d'appels au plus (50).", en="How many calls at most (50).")
_NONE = Text(fr="Aucun appel.", en="No call.")
_COLUMNS = {
    "at": Text(fr="quand (UTC)", en="when (UTC)"),
    "service": Text(fr="service", en="service"),
    "outcome": Text(fr="issue", en="outcome"),
    "milliseconds": Text(fr="ms", en="ms"),
    "territory": Text(fr="territoire", en="territory"),
    "dossier": Text(fr="dossier", en="dossier"),
    "purpose": Text(fr="motif", en="purpose"),
}
_OUTCOMES = {
    "answered": Text(fr="répondu", en="answered"),
    "unavailable": Text(fr="indisponible", en="unavailable"),
    "timeout": Text(fr="trop lent", en="timeout"),
    "no_connection": Text(fr="injoignable", en="no connection"),
    "reset": Text(fr="coupé", en="reset"),
    "too_big": Text(fr="trop gros", en="too big"),
    "refused": Text(fr="refusé", en="refused"),
}


@bilingual.command("calls", text=_ABOUT)
@bilingual.option("--service", default=None, text=_SERVICE)
@bilingual.option("--dossier", default=None, text=_DOSSIER)
@bilingual.option("--limit", type=click.IntRange(1, 10_000), default=50, text=_LIMIT)
@pass_terminal
def command(terminal: Terminal, service: str | None, dossier: str | None, limit: int) -> None:
    """Shows the latest calls."""
    with open_instance(terminal) as cases:
        found = cases.store.read(lambda tx: outside_calls.latest(tx, service=service, dossier=dossier, limit=limit))
    if not found:
        terminal.note(_NONE)
    for line in _lines(terminal, found):
        terminal.out.print(Styled(line), soft_wrap=True)  # whole, however narrow the screen: what is cut says nothing


def _lines(terminal: Terminal, calls: Sequence[LoggedCall]) -> list[str]:
    """A line of titles, then one a call, each column as wide as what it holds."""
    if not calls:
        return []
    rows = [[terminal.text(title) for title in _COLUMNS.values()], *(_row(terminal, call) for call in calls)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_COLUMNS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _row(terminal: Terminal, call: LoggedCall) -> list[str]:
    status = f" ({call.status})" if call.status else ""
    return [
        f"{call.at:%d/%m %H:%M:%S}",
        call.service,
        terminal.text(_OUTCOMES[call.outcome]) + status,
        str(call.milliseconds),
        call.territory,
        call.dossier,
        call.purpose,
    ]
