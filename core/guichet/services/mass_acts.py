"""Acts on many dossiers: by chunks, a savepoint each; what cannot be done is said dossier by dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, cast

from guichet.model.records import Dossier
from guichet.services.acting import Actor, actor_of
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, Refused
from guichet.storage import Tx, agents, decisions, idempotency, work_selection
from guichet.storage.errors import StoreRefusalError

CHUNK = 50
_MOST_CHUNKS = 10_000


@dataclass(frozen=True, slots=True)
class Selected:
    """One dossier of a selection, at the revision the agent saw; None accepts any."""

    id: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """One dossier after a mass act: done, or left with the reason, as JSON values that a key can keep."""

    id: str
    reference: str
    title: str
    done: bool
    code: str = ""
    """Why it was left, as a code of the screens' refusals."""
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
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

    def noted(self, note: str) -> tuple[Handled, ...]:
        """The dossiers done with a note."""
        return tuple(item for item in self.handled if item.done and item.note == note)


Act = Callable[[Tx, Actor, Dossier], str]
"""Takes the agent and the locked dossier, gives a note, empty when there is nothing to add."""


def act_on_each(
    cases: UseCases, agent_id: str, selection: Iterable[Selected], act: Act, *, key: str = "", chunk: int = CHUNK
) -> MassResult:
    """Carry out an act on each dossier of a selection; one that refuses leaves the others alone.

    Args:
        act: Raises Refused or a storage refusal to leave the dossier as it was.
        key: The idempotency key of the request: sent again, even while the first still runs, it gives the first
            result, and does what the first did not come to do.

    Raises:
        NotFound: The agent does not exist or is no longer active.
    """
    chosen = list(dict.fromkeys(selection))
    handled: list[Handled] = []
    for number, start in enumerate(range(0, len(chosen), chunk)):
        part = chosen[start : start + chunk]
        handled += _in_an_act(cases, agent_id, part, act, f"{key}:{number}" if key else "")
    return MassResult(tuple(handled))


def act_by_system(
    cases: UseCases, ids: Iterable[str], act: Callable[[Tx, Dossier], str], *, chunk: int = CHUNK
) -> MassResult:
    """The same for what no agent does, such as a command of the operator: nobody's sight limits it."""

    def run(tx: Tx, part: Sequence[str]) -> list[Handled]:
        locked = work_selection.lock_all(tx, part)
        return [_handle(tx, locked.get(one), Selected(one), act) for one in part]

    chosen = list(dict.fromkeys(ids))
    handled: list[Handled] = []
    for start in range(0, len(chosen), chunk):
        handled += cases.store.act(lambda tx, part=chosen[start : start + chunk]: run(tx, part))
    return MassResult(tuple(handled))


def recall(cases: UseCases, agent_id: str, key: str) -> MassResult | None:
    """The result of an agent's mass act by its key; None when there is none."""

    def read(tx: Tx) -> list[Handled]:
        found: list[Handled] = []
        for number in range(_MOST_CHUNKS):
            kept = idempotency.recall(tx, _scope(agent_id), f"{key}:{number}")
            if kept is None:
                break
            found += _from_json(kept)
        return found

    handled = cases.store.read(read)
    return MassResult(tuple(handled)) if handled else None


def as_they_stand(cases: UseCases, agent_id: str, result: MassResult) -> list[Dossier]:
    """The dossiers on which a mass act was carried out, as they stand now, in the order of the selection.

    Those that the agent sees no more are left out: what became of them since is no longer theirs to read.
    """

    def read(tx: Tx) -> list[Dossier]:
        actor = actor_of(cases, tx, agent_id)
        found = work_selection.lock_all(tx, (one.id for one in result.done))
        return [found[one.id] for one in result.done if one.id in found and actor.sees(found[one.id])]

    return cases.store.read(read)


def refusal_of(error: Refused | StoreRefusalError) -> tuple[str, dict[str, Any]]:
    """The code and the quoted values of a refusal, as JSON values."""
    data = {name: as_json(value) for name, value in error.data.items()}
    return error.code, data


def as_json(value: object) -> Any:
    """A quoted value as JSON keeps it: days and instants as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in cast("Iterable[object]", value)]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def already_decided(tx: Tx, dossier: Dossier) -> Refused | None:
    """The refusal that says who decided a dossier and when; None while it is undecided."""
    if dossier.phase not in ("decided", "closed"):
        return None
    last = next(reversed(decisions.of_dossier(tx, dossier.id)), None)
    if last is None or dossier.end in ("withdrawn", "transferred"):
        return Refused("already_closed", end=dossier.end, at=dossier.changed_at)
    agent = agents.by_id(tx, last.agent) if last.agent else None
    by = agent.name if agent is not None else dossier.changed_by
    return Refused("already_decided", by=by, at=last.at, end=last.kind)


def check_revision(tx: Tx, dossier: Dossier, revision: int | None) -> None:
    """Raise the refusal that says who came first when a dossier is no longer at the revision an agent saw."""
    if revision is None or dossier.revision == revision:
        return
    raise already_decided(tx, dossier) or Refused(
        "changed_since", by=dossier.changed_by, at=dossier.changed_at, stage=dossier.stage
    )


def _in_an_act(cases: UseCases, agent_id: str, part: Sequence[Selected], act: Act, key: str) -> list[Handled]:
    def run(tx: Tx) -> list[Handled]:
        def work() -> list[dict[str, Any]]:
            return [asdict(item) for item in _chunk(cases, tx, agent_id, part, act)]

        return _from_json(idempotency.once(tx, _scope(agent_id), key, work) if key else work())

    return cases.store.act(run)


def _chunk(cases: UseCases, tx: Tx, agent_id: str, part: Sequence[Selected], act: Act) -> list[Handled]:
    """Dossiers are locked first and in the order of their ids: two mass acts never wait for each other in a ring."""
    actor = actor_of(cases, tx, agent_id)
    locked = work_selection.lock_all(tx, (item.id for item in part))
    return [_one(tx, actor, locked.get(item.id), item, act) for item in part]


def _one(tx: Tx, actor: Actor, dossier: Dossier | None, item: Selected, act: Act) -> Handled:
    seen = dossier if dossier is not None and actor.sees(dossier) else None
    return _handle(tx, seen, item, lambda tx, locked: act(tx, actor, locked))


def _handle(tx: Tx, dossier: Dossier | None, item: Selected, act: Callable[[Tx, Dossier], str]) -> Handled:
    if dossier is None:
        return Handled(item.id, "", "", done=False, code=NotFound().code)
    reference, title = dossier.reference, dossier.title
    try:
        with tx.savepoint():
            check_revision(tx, dossier, item.revision)
            note = act(tx, dossier)
    except (Refused, StoreRefusalError) as error:
        code, data = refusal_of(error)
        return Handled(item.id, reference, title, done=False, code=code, data=data)
    return Handled(item.id, reference, title, done=True, note=note)


def _scope(agent_id: str) -> str:
    return f"mass:{agent_id}"


def _from_json(kept: Iterable[Mapping[str, Any]]) -> list[Handled]:
    return [
        Handled(
            id=item["id"],
            reference=item["reference"],
            title=item["title"],
            done=item["done"],
            code=item["code"],
            data=dict(item["data"]),
            note=item["note"],
        )
        for item in kept
    ]
