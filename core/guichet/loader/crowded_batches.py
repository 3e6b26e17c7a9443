"""What the batches of a territory are called, tried in the columns of its payment file before anything is paid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from guichet.catalogue import crowded_batch, crowded_problem
from guichet.errors import Position, Problem, ProblemsFound
from guichet.loader.library import Effective, Library, locator
from guichet.plugin.contracts import Reason

__all__ = ["crowded_batches"]


def crowded_batches(
    library: Library, shared: Effective, territories: Collection[str] | None = None
) -> Iterator[Problem]:
    """A warning for each column that has no room for what the batches of some territories (of all) are called."""
    found: dict[tuple[str, Position | None], tuple[Effective, Reason, list[str]]] = {}
    for territory in library.territories:
        asked = shared.scheme.is_meant_for(territory.id) and (territories is None or territory.id in territories)
        here = _served(library, shared, territory.id) if asked else None
        if here is None:
            continue
        payer = territory.payer.name
        reason = crowded_batch(here.scheme, territory.imputation, territory.id, payer, library.plugins)
        if reason is not None:
            at = crowded_problem(here.scheme, reason, (), locator(here.node)).position
            found.setdefault((reason.about, at), (here, reason, []))[2].append(territory.name)
    for here, reason, names in found.values():
        yield crowded_problem(here.scheme, reason, names, locator(here.node))


def _served(library: Library, shared: Effective, territory: str) -> Effective | None:
    """The scheme as a territory serves it; None when its overlay is refused, which is told elsewhere."""
    if (shared.scheme.id, territory) not in library.overlays:
        return shared
    try:
        return library.effective(shared.scheme.id, territory)
    except ProblemsFound:
        return None
