"""Which screens an agent may open, and where: what is not theirs is as if it were not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from guichet.model.records import Dossier
from guichet.plugin.contracts import Screen
from guichet.services.acting import Actor, actor_of
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import Tx, dossiers, work_selection

__all__ = ["FoundScreen", "find_screen", "screens_for", "visible_links"]


@dataclass(frozen=True, slots=True)
class FoundScreen:
    """A screen an agent may open in a place: a territory, a scheme there, a dossier."""

    screen: Screen[Any]
    territory: str
    scheme: str = ""
    dossier: Dossier | None = None


def screens_for(cases: UseCases, agent_id: str, reference: str = "") -> tuple[FoundScreen, ...]:
    """The screens of an agent, by territory; those of one dossier when a reference is given. Raises NotFound."""

    def read(tx: Tx) -> tuple[FoundScreen, ...]:
        actor = actor_of(cases, tx, agent_id)
        if reference:
            dossier = _dossier(tx, actor, reference)
            return tuple(one for one in _of_dossier(cases, dossier) if _may(actor, one))
        found = (one for one in _of_places(cases, actor) if _may(actor, one))
        return tuple(sorted(found, key=lambda one: (one.territory, one.scheme, one.screen.key)))

    return cases.store.read(read)


def find_screen(
    cases: UseCases, agent_id: str, key: str, *, territory: str = "", scheme: str = "", reference: str = ""
) -> FoundScreen:
    """A screen in the place it was asked for; raises NotFound when there is none, or not for this agent."""
    screen = cases.plugins.screens.get(key)
    if screen is None or not _is_set_up(cases, screen):
        raise NotFound
    place = "dossier" if reference else "scheme" if scheme else "territory"
    if screen.place != place or (scheme and cases.snapshots.current(scheme, territory) is None):
        raise NotFound

    def read(tx: Tx) -> FoundScreen:
        actor = actor_of(cases, tx, agent_id)
        dossier = _dossier(tx, actor, reference) if reference else None
        where = (dossier.territory, dossier.scheme) if dossier is not None else (territory, scheme)
        found = FoundScreen(screen, *where, dossier)
        if not _may(actor, found):
            raise NotFound
        return found

    return cases.store.read(read)


def visible_links(cases: UseCases, agent_id: str, references: Collection[str]) -> frozenset[str]:
    """Those of some references whose dossiers the agent may open."""
    if not references:
        return frozenset()

    def read(tx: Tx) -> frozenset[str]:
        actor = actor_of(cases, tx, agent_id)
        return frozenset(one.reference for one in work_selection.of_references(tx, references) if actor.sees(one))

    return cases.store.read(read)


def _may(actor: Actor, found: FoundScreen) -> bool:
    screen = found.screen
    return any(
        one.role in screen.roles
        and one.territory == found.territory
        and (one.scheme is None or one.scheme == found.scheme)
        and (not screen.bodies or one.body in screen.bodies)
        for one in actor.assignments
    )


def _dossier(tx: Tx, actor: Actor, reference: str) -> Dossier:
    dossier = dossiers.by_reference(tx, reference)
    if dossier is None or not actor.sees(dossier):
        raise NotFound
    return dossier


def _of_dossier(cases: UseCases, dossier: Dossier) -> Iterator[FoundScreen]:
    for screen in _set_up(cases):
        if screen.place == "dossier":
            yield FoundScreen(screen, dossier.territory, dossier.scheme, dossier)


def _of_places(cases: UseCases, actor: Actor) -> Iterator[FoundScreen]:
    territories = {one.territory for one in actor.assignments}
    open_places = [(scheme, where) for scheme, where in cases.snapshots.all_current() if where in territories]
    for screen in _set_up(cases):
        if screen.place == "territory":
            yield from (FoundScreen(screen, where) for where in territories)
        elif screen.place == "scheme":
            yield from (FoundScreen(screen, where, scheme) for scheme, where in open_places)


def _set_up(cases: UseCases) -> Iterator[Screen[Any]]:
    return (screen for _, screen in sorted(cases.plugins.screens.items()) if _is_set_up(cases, screen))


def _is_set_up(cases: UseCases, screen: Screen[Any]) -> bool:
    """Whether what the screen needs is set; one that needs nothing always is."""
    try:
        cases.service_options(screen)
    except ValidationError:
        return False
    return True
