"""Searching by words, and choosing: what a person takes fills the fields that the scheme says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Literal, TypeVar

from guichet.catalogue import CompiledPrefill
from guichet.plugin import PluginStopped
from guichet.plugin.contracts import Match, PluginError
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft, check_open
from guichet.services.prefills import is_ready, keep_readings
from guichet.services.readings import fill
from guichet.services.refusals import NotFound

__all__ = ["Found", "search", "searches_on", "take"]

T = TypeVar("T")

SEARCH_WAIT_S = 4.0
"""How long a page waits for a search."""
_LOG = logging.getLogger("guichet.prefills")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: some matches, nothing, or no answer."""

    state: Literal["found", "nothing", "silent"]
    matches: tuple[Match, ...] = ()


def searches_on(cases: UseCases, draft: Draft, page: str) -> dict[str, CompiledPrefill]:
    """The searches of a page, by the field before which each is offered: the first it fills there."""
    fields = draft.compiled.scheme.application[page].fields
    found: dict[str, CompiledPrefill] = {}
    for prefill in draft.compiled.prefills.values():
        here = [name for name in fields if name in prefill.declared.fields and name not in draft.gate]
        if here and prefill.source.searched and is_ready(cases, prefill):
            found[here[0]] = prefill
    return found


def search(cases: UseCases, draft: Draft, prefill_id: str, text: str, wait_s: float = SEARCH_WAIT_S) -> Found:
    """What some words find; raises NotFound for a search that the scheme or the operator does not have."""
    prefill = _the_search(cases, draft, prefill_id)
    if not text.strip():
        return Found("nothing")
    return _in_time(lambda: _searched(cases, draft, prefill, text), wait_s) or Found("silent")


def take(cases: UseCases, draft: Draft, prefill_id: str, text: str, key: str) -> Found:
    """Fill the draft with one result of a search, looked for again: what a page posts back is never believed."""
    check_open(cases, draft.compiled, practice=draft.dossier.practice)
    prefill, found = _the_search(cases, draft, prefill_id), search(cases, draft, prefill_id, text)
    match = next((one for one in found.matches if one.key == key), None)
    if match is None:
        return found if found.state == "silent" else Found("nothing")
    fields = [name for name, filling in prefill.declared.fields.items() if filling.item in match.items]
    context = cases.context(draft.dossier.territory, dossier=draft.dossier.id)
    readings = fill(cases, draft.compiled, prefill, match.items, context, fields)
    taken = [one for one in readings if one.state == "given"]
    cases.store.act(lambda tx: keep_readings(cases, tx, draft, prefill, taken, chosen=True))
    return found


def _the_search(cases: UseCases, draft: Draft, prefill_id: str) -> CompiledPrefill:
    prefill = draft.compiled.prefills.get(prefill_id)
    if prefill is None or not prefill.source.searched or not is_ready(cases, prefill):
        raise NotFound
    return prefill


def _searched(cases: UseCases, draft: Draft, prefill: CompiledPrefill, text: str) -> Found:
    context = cases.context(draft.dossier.territory, dossier=draft.dossier.id)
    source, key = prefill.source, prefill.declared.plugin
    try:
        options = cases.service_options(source)
        matches = cases.plugins.call(
            f"prefill_sources:{key}", lambda: tuple(source.search(text, prefill.use, options, context))
        )
    except PluginError:
        return Found("silent")
    except PluginStopped:
        _LOG.warning("the search %s is broken", key, exc_info=True)
        return Found("silent")
    return Found("found" if matches else "nothing", matches)


def _in_time(work: Callable[[], T], wait_s: float) -> T | None:
    """The result of some work, or None when it takes longer than a page may wait."""
    done: list[T] = []
    thread = Thread(target=lambda: done.append(work()), name="guichet-search", daemon=True)
    thread.start()
    thread.join(wait_s)
    return done[0] if done else None
