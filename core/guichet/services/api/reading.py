"""Reading through the API: dossiers one by one and in the order of their changes, shown as far as the token goes."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from guichet.model.canonical import canonical_json
from guichet.model.records import FORGOTTEN, ApiToken, GoneDossier
from guichet.services.api.faults import MalformedBody
from guichet.services.api.shown import Shower
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import Tx, api_tokens, dossier_feed, dossiers
from guichet.storage.dossier_feed import FeedFilter

__all__ = ["MOST", "Feed", "Wanted", "etag_of", "list_dossiers", "list_gone", "read_dossier"]

MOST = 100
"""How many dossiers a page holds at most."""
_LONGEST_CURSOR = 300
_SETTLING = timedelta(seconds=10)
"""An act writes the instant it began and is seen once it is committed: what began lately is asked for again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page of a list: its filter, where it starts, how long it is."""

    filter: FeedFilter
    cursor: str = ""
    limit: int = MOST


@dataclass(frozen=True, slots=True)
class Feed:
    """A page: its items, the cursor of the next one, and the instant to ask from the next time one comes."""

    items: Sequence[Mapping[str, Any]]
    next: str | None
    as_of: datetime

    def as_json(self) -> dict[str, Any]:
        """Give the page as the API writes it."""
        return {"items": list(self.items), "next": self.next, "as_of": self.as_of}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a traversal is, and when it began."""

    at: datetime
    last: str
    as_of: datetime


def list_dossiers(cases: UseCases, token: ApiToken, wanted: Wanted) -> Feed:
    """Filed dossiers by instant of last change; raises MalformedBody for a cursor that is none."""
    place = _opened(wanted.cursor)

    def look(tx: Tx) -> Feed:
        after = (place.at, place.last) if place else None
        found = dossier_feed.changed(tx, wanted.filter, after=after, limit=wanted.limit + 1)
        shown, more = found[: wanted.limit], len(found) > wanted.limit
        as_of = place.as_of if place else tx.now - _SETTLING
        following = _closed(_Place(shown[-1].changed_at, shown[-1].id, as_of)) if more else None
        return Feed(Shower(cases, tx, token).many(shown), following, as_of)

    feed = cases.store.read(look)
    _note_reading(cases, token, wanted.filter, len(feed.items))
    return feed


def list_gone(cases: UseCases, wanted: Wanted) -> Feed:
    """Filed dossiers deleted since, by the instant they went; raises MalformedBody for a cursor that is none."""
    place, of = _opened(wanted.cursor), wanted.filter

    def look(tx: Tx) -> Feed:
        after = (place.at, place.last) if place else None
        found = dossier_feed.gone(tx, of.territory, of.scheme, since=of.since, after=after, limit=wanted.limit + 1)
        shown, more = found[: wanted.limit], len(found) > wanted.limit
        as_of = place.as_of if place else tx.real_now - _SETTLING
        following = _closed(_Place(shown[-1].gone_at, shown[-1].reference, as_of)) if more else None
        return Feed([_gone(one) for one in shown], following, as_of)

    return cases.store.read(look)


def read_dossier(cases: UseCases, token: ApiToken, territory: str, scheme: str, reference: str) -> Mapping[str, Any]:
    """One filed dossier. A token without `read` sees those it filed; raises NotFound for any other."""

    def look(tx: Tx) -> Mapping[str, Any]:
        found = dossiers.by_reference(tx, reference, territories=(territory,))
        if found is None or found.scheme != scheme or found.filed_at is None or FORGOTTEN in found.checks:
            raise NotFound
        if "read" not in token.verbs and api_tokens.filed_by(tx, found.id) != token.id:
            raise NotFound
        return Shower(cases, tx, token).one(found)

    shown = cases.store.read(look)
    _note_reading(cases, token, FeedFilter(territory, scheme), 1)
    return shown


def etag_of(shown: Mapping[str, Any]) -> str:
    """Give the mark of what is shown: the same as long as nothing of it changes."""
    return f'"{sha256(canonical_json(shown).encode()).hexdigest()[:32]}"'


def _note_reading(cases: UseCases, token: ApiToken, of: FeedFilter, count: int) -> None:
    """What people wrote was given to another software: that is written down, as an export of the table is."""
    if not count or "read_answers" not in token.verbs:
        return
    data = {"scheme": of.scheme, "token": token.name, "dossiers": count, "verbs": list(token.verbs)}
    cases.store.act(lambda tx: tx.journal(of.territory, "answers_read_by_api", actor=token.id, data=data))


def _gone(one: GoneDossier) -> dict[str, Any]:
    return {"reference": one.reference, "territory": one.territory, "scheme": one.scheme, "gone_at": one.gone_at}


def _closed(place: _Place) -> str:
    told = json.dumps([_microseconds(place.at), place.last, _microseconds(place.as_of)], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _opened(cursor: str) -> _Place | None:
    if not cursor:
        return None
    if len(cursor) > _LONGEST_CURSOR:
        raise MalformedBody("query", name="cursor")
    try:
        at, last, as_of = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(last, str) or not all(isinstance(one, int) and 0 <= one < 1 << 55 for one in (at, as_of)):
            raise MalformedBody("query", name="cursor")
        return _Place(_instant(at), last, _instant(as_of))
    except (NotBase64, ValueError, TypeError, OverflowError) as error:
        raise MalformedBody("query", name="cursor") from error


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
