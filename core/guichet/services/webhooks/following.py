"""Following the journals: each line that is an event becomes a duty for each webhook that wants it.

The numbers of a journal are given in the order of commits, without a gap: following them misses nothing, whatever acts
run beside, and costs the acts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from guichet.model.records import Event
from guichet.model.webhooks import Webhook, event_of
from guichet.services.cases import UseCases
from guichet.storage import Tx, dossiers, journal, outbox, webhooks
from guichet.storage.columns import instant_text
from guichet.storage.errors import NotFoundError
from guichet.storage.made_once import id_for

__all__ = ["follow", "tell_again"]

_PAGE = 500


def follow(cases: UseCases) -> int:
    """Put a duty for each event since the last time, and give how many are new; several workers may."""
    if not cases.webhooks:
        return 0
    names, territories = sorted(cases.webhooks), sorted({where for _, where in cases.snapshots.all_current()})
    late = cases.store.read(lambda tx: webhooks.behind(tx, names, territories))
    return sum(_catch_up(cases, name, territory) for name, territory in late)


def tell_again(cases: UseCases, name: str, since: datetime, territories: Iterable[str] = ()) -> int:
    """Put a duty for each event since an instant, told before or not, and give how many; ids stay what they were."""
    webhook, again = cases.webhooks[name], cases.ids.new()
    wanted = sorted(set(territories) or {where for _, where in cases.snapshots.all_current()})
    return sum(_tell_again(cases, name, webhook, territory, since, again) for territory in wanted)


def _catch_up(cases: UseCases, name: str, territory: str) -> int:
    webhook, told = cases.webhooks[name], 0

    def act(tx: Tx) -> tuple[int, bool]:
        after = webhooks.hold(tx, name, territory)
        lines = journal.page(tx, territory, after=after, limit=_PAGE)
        if not lines:
            return 0, False
        count = sum(_put(tx, cases, name, webhook, line) for line in lines)
        webhooks.move(tx, name, territory, lines[-1].number)
        return count, len(lines) == _PAGE

    more = True
    while more:
        count, more = cases.store.act(act)
        told += count
    return told


def _tell_again(cases: UseCases, name: str, webhook: Webhook, territory: str, since: datetime, again: str) -> int:
    told, after = 0, 0
    while True:

        def act(tx: Tx, after: int = after) -> tuple[int, int]:
            lines = webhooks.lines_since(tx, territory, since, after=after, limit=_PAGE)
            count = sum(_put(tx, cases, name, webhook, line, again) for line in lines)
            return count, lines[-1].number if lines else 0

        count, after = cases.store.act(act)
        told += count
        if not after:
            return told


def _put(tx: Tx, cases: UseCases, name: str, webhook: Webhook, line: Event, again: str = "") -> bool:
    """Owe a webhook one event, when it wants it and the dossier is still there."""
    event = event_of(line.kind)
    if event is None or line.subject is None:
        return False
    told = _told(tx, cases, line, event)
    if told is None or not webhook.wants(event, line.territory, told["scheme"]):
        return False
    message = "msg_" + id_for("webhook", line.hash)  # not the number: a restored journal gives it to another line
    payload = {"webhook": name, "message": message, "event": event, "told": told}
    return (
        outbox.put(tx, webhooks.KIND, payload, key=webhooks.key_of(name, line.territory, line.number, again))
        is not None
    )


def _told(tx: Tx, cases: UseCases, line: Event, event: str) -> Mapping[str, Any] | None:
    """What is said of an event: which dossier, where, when; nothing of a person, nothing of what was decided."""
    try:
        dossier = dossiers.by_id(tx, str(line.subject))
    except NotFoundError:
        return None
    if dossier.practice:  # an agent practising is nobody else's business
        return None
    return {
        "reference": dossier.reference,
        "territory": dossier.territory,
        "scheme": dossier.scheme,
        "event": event,
        "number": line.number,
        "at": instant_text(line.at),
        "practice": dossier.practice,
        "dossier": f"{cases.base_url}/api/t/{dossier.territory}/{dossier.scheme}/dossiers/{dossier.reference}",
    }
