"""Acts on many dossiers: by chunks, a savepoint each; what cannot be done is said dossier by dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guichet.errors import GuichetError
from guichet.model.records import Dossier
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.storage import Tx, dossiers
from guichet.storage.errors import StaleDossier, StorageError

CHUNK = 50


@dataclass(frozen=True, slots=True)
class Selected:
    """One dossier of a selection, at the revision the agent saw; None accepts any."""

    id: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """One dossier after a mass act: done, or left with the reason."""

    id: str
    reference: str
    title: str
    done: bool
    refusal: GuichetError | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MassResult:
    """A mass act: every dossier of the selection, in its order."""

    handled: tuple[Handled, ...]

    @property
    def done(self) -> tuple[Handled, ...]:
        """The dossiers on which the act was carried out."""
        return tuple(item for item in self.handled if item.done)

    @property
    def left(self) -> tuple[Handled, ...]:
        """The dossiers left as they were, each with its reason."""
        return tuple(item for item in self.handled if not item.done)


def act_on_each(
    cases: UseCases, selection: Iterable[Selected], act: Callable[[Tx, Dossier], str], *, chunk: int = CHUNK
) -> MassResult:
    """Carry out an act on each dossier of a selection; one that refuses leaves the others alone.

    Args:
        act: Takes the locked dossier and gives a note, empty when there is nothing to add. It raises Refused or a
            storage refusal to leave the dossier as it was.
    """
    chosen = list(dict.fromkeys(selection))
    handled: list[Handled] = []
    for start in range(0, len(chosen), chunk):
        part = chosen[start : start + chunk]
        handled += cases.store.act(lambda tx, part=part: _chunk(tx, part, act))
    return MassResult(tuple(handled))


def _chunk(tx: Tx, part: Sequence[Selected], act: Callable[[Tx, Dossier], str]) -> list[Handled]:
    """Dossiers are locked in the order of their ids, so that two mass acts never wait for each other in a ring."""
    found: dict[str, Handled] = {}
    for item in sorted(part, key=lambda item: item.id):
        found[item.id] = _one(tx, item, act)
    return [found[item.id] for item in part]


def _one(tx: Tx, item: Selected, act: Callable[[Tx, Dossier], str]) -> Handled:
    reference, title = "", ""
    try:
        with tx.savepoint():
            dossier = dossiers.lock(tx, item.id)
            reference, title = dossier.reference, dossier.title
            if item.revision is not None and dossier.revision != item.revision:
                raise StaleDossier(reference=reference, by=dossier.changed_by, at=dossier.changed_at)
            note = act(tx, dossier)
    except (Refused, StorageError) as error:
        return Handled(item.id, reference, title, done=False, refusal=error)
    return Handled(item.id, reference, title, done=True, note=note)
