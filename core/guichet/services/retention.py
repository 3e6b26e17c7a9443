"""The end of a dossier's time: what the scheme says is kept so long and no longer, then forgotten for good.

The durations are the controller's, with the visa of the archives: without a visa nothing is forgotten by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guichet.catalogue import CompiledScheme
from guichet.model.placeholders import is_supplied
from guichet.model.records import End
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.services.throwing_away import forget_dossiers
from guichet.storage import Tx, erasure
from guichet.storage.journal import INSTANCE

__all__ = ["Forgotten", "count_over", "forget_duty", "forget_ended", "has_visa", "over_before"]

_CHUNK = 50
_ACCOUNT_KEPT = timedelta(days=365)
"""How long an account without any dossier stands."""
_ALONE = rb"(?<![\w.!#$%%&'*+/=?^`{|}~-])%b(?![\w-]|\.\w)"
"""An address with nothing before or after it that an address may hold."""
_GRANTED: tuple[End, ...] = ("granted", "granted_in_part")
_REFUSED: tuple[End, ...] = ("refused", "inadmissible", "transferred")
_DROPPED: tuple[End, ...] = ("dropped", "withdrawn")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten."""

    dossiers: int = 0
    files: int = 0
    accounts: int = 0
    list_rows: int = 0


def has_visa(compiled: CompiledScheme) -> bool:
    """Whether the archives have given their visa, so that what is over is forgotten every day."""
    return is_supplied(compiled.scheme.legal.retention.visa)


def over_before(cases: UseCases, scheme: str, territory: str) -> Mapping[End | str, datetime]:
    """End of a dossier, or `draft` → the instant before which it is over. Raises NotFound."""
    compiled = _published(cases, scheme, territory)
    kept, today = compiled.scheme.legal.retention, cases.today(territory)
    zone = ZoneInfo(cases.territory(territory).time_zone)

    def instant(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    found: dict[End | str, datetime] = {"draft": instant(kept.dropped.before(today))}
    for ends, period in ((_GRANTED, kept.granted), (_REFUSED, kept.refused), (_DROPPED, kept.dropped)):
        found |= dict.fromkeys(ends, instant(period.before(today)))
    return found


def count_over(cases: UseCases, scheme: str, territory: str) -> int:
    """How many dossiers are over today, at most ten thousand told. Raises NotFound."""
    before = over_before(cases, scheme, territory)
    drafts, ends = before["draft"], _ends(before)
    return len(cases.store.read(lambda tx: erasure.due(tx, scheme, territory, ends, drafts, limit=10_000)))


def forget_duty(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Do the duty `forget {scheme, territory}`."""
    forget_ended(cases, str(payload["scheme"]), str(payload["territory"]))


def forget_ended(cases: UseCases, scheme: str, territory: str, *, by: str = "") -> Forgotten:
    """Forget the dossiers of a scheme in a territory whose time is over, with all that was known because of them.

    May be stopped and run again. Raises NotFound when the scheme is not published there.
    """
    before = over_before(cases, scheme, territory)
    drafts = before["draft"]
    ends = _ends(before)
    dossiers = files = 0
    while True:
        some, gone = forget_dossiers(cases, lambda tx: erasure.due(tx, scheme, territory, ends, drafts, limit=_CHUNK))
        if not some:
            break
        dossiers, files = dossiers + some, files + gone
    accounts = _forget_accounts(cases)
    rows = cases.store.act(lambda tx: erasure.empty_lists(tx, scheme)) if _is_over(cases, scheme) else 0
    if dossiers or accounts or rows:
        data = {"scheme": scheme, "dossiers": dossiers, "files": files, "list_rows": rows, "by": by}
        cases.store.act(lambda tx: _note(tx, territory, data, accounts))
        cases.store.forget_past()
    return Forgotten(dossiers, files, accounts, rows)


def _ends(before: Mapping[End | str, datetime]) -> dict[Any, datetime]:
    return {end: instant for end, instant in before.items() if end != "draft"}


def _published(cases: UseCases, scheme: str, territory: str) -> CompiledScheme:
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None:
        raise NotFound
    return compiled


def _note(tx: Tx, territory: str, data: Mapping[str, object], accounts: int) -> None:
    tx.journal(territory, "dossiers_forgotten", data=data)
    if accounts:
        tx.journal(INSTANCE, "accounts_forgotten", data={"accounts": accounts})


def _forget_accounts(cases: UseCases) -> int:
    """Forget applicants of whom no dossier is left, and the messages to them that became files."""
    count = 0
    while addresses := cases.store.act(lambda tx: erasure.erase_accounts(tx, tx.real_now - _ACCOUNT_KEPT)):
        count += len(addresses)
        for path in cases.folder.rglob("*.eml"):
            if _names_one(path.read_bytes(), addresses):
                path.unlink(missing_ok=True)
    return count


def _names_one(message: bytes, addresses: Iterable[str]) -> bool:
    """Whether a message names one of some addresses: not a longer one of somebody else, which ends or begins alike.

    >>> _names_one(b"To: joanne@exemple.fr", ["anne@exemple.fr"]), _names_one(b"<anne@exemple.fr>", ["anne@exemple.fr"])
    (False, True)
    """
    return any(re.search(_ALONE % re.escape(address.encode()), message) for address in addresses)


def _is_over(cases: UseCases, scheme: str) -> bool:
    """Whether a scheme is closed everywhere and nothing is left of it: then its lists serve nobody."""
    for name, territory in cases.snapshots.all_current():
        compiled = cases.snapshots.current(name, territory)
        if name != scheme or compiled is None:
            continue
        closes = compiled.scheme.calendar.closes
        if compiled.scheme.legal.retention.refused.after(closes) >= cases.today(territory):
            return False
    return cases.store.read(lambda tx: erasure.remaining(tx, scheme)) == 0
