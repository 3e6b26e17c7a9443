"""A selection of the work table, from what a page posted to dossiers the agent may see, at the revisions seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.engine.stages import Standing, judged, judged_by, standing
from guichet.model.records import Dossier, Opinion
from guichet.model.reference import parse_reference
from guichet.model.rules import Criterion
from guichet.services.act_heads import ActHead
from guichet.services.acting import Actor, acting_scheme, actor_of, require_reading
from guichet.services.announced_reasons import Announced, AnnouncedReasons
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.examinations import examine
from guichet.services.grant_limits import limit_of
from guichet.services.mass_acts import Handled, Selected, check_revision, refusal_of
from guichet.services.refusals import NotFound, Refused
from guichet.services.rulings import Ruling
from guichet.storage import Tx, grants, work_selection
from guichet.storage.errors import AlreadyGrantedError, StoreRefusalError

__all__ = [
    "Chosen",
    "Preview",
    "Previewed",
    "Selection",
    "pack",
    "preview_decisions",
    "read_selection",
    "unpack",
]

_NUMBER = re.compile(r"[0-9]{1,18}")
MOST = 20_000
"""How many dossiers one selection may hold."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One dossier of a selection, with what an act on it needs to know."""

    dossier: Dossier
    revision: int | None
    compiled: CompiledScheme
    here: Standing | None
    asked: Mapping[str, Criterion]
    """The criteria that the body of its stage judges, by id."""
    judged: Mapping[str, Criterion]
    """The criteria that some body judges, by id."""
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The dossiers chosen, in order; what was not found or may not be seen is only counted."""

    chosen: tuple[Chosen, ...]
    missing: int

    def selected(self) -> list[Selected]:
        """What a mass act takes."""
        return [Selected(one.dossier.id, one.revision) for one in self.chosen]

    def by_id(self, numbers: Iterable[tuple[str, int | None]]) -> dict[str, int]:
        """Numbers given by reference, by dossier id."""
        ids = {one.dossier.reference: one.dossier.id for one in self.chosen}
        return {ids[name]: number for name, number in numbers if name in ids and number is not None}

    def stages(self) -> Counter[str]:
        """Stage → how many of the selection stand there; the empty name for those that wait for no act."""
        return Counter(one.here.id if one.here is not None else "" for one in self.chosen)


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a decision would do to one dossier: an amount, or the reason it would be left."""

    reference: str
    title: str
    cents: int | None
    left: Handled | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A decision on a selection before it is taken."""

    items: tuple[Previewed, ...]
    reasons: tuple[Announced, ...] = ()
    """The conditions not met that the letters will print."""

    @property
    def ready(self) -> tuple[Previewed, ...]:
        """The dossiers on which it can be taken."""
        return tuple(item for item in self.items if item.left is None)

    @property
    def left(self) -> tuple[Handled, ...]:
        """The dossiers that would be left, with the reason."""
        return tuple(item.left for item in self.items if item.left is not None)

    @property
    def cents(self) -> int:
        """The sum it would grant."""
        return sum(item.cents or 0 for item in self.ready)

    def sums(self) -> list[tuple[str, int | None]]:
        """(reference, cents) of the dossiers that would get something."""
        return [(item.reference, item.cents) for item in self.ready if item.cents is not None]

    def by_amount(self) -> list[tuple[int, int]]:
        """(amount, number of dossiers), the greatest amount first."""
        return sorted(Counter(item.cents for item in self.ready if item.cents is not None).items(), reverse=True)


def pack(pairs: Iterable[tuple[str, int | None]]) -> str:
    """A selection as one hidden field.

    >>> pack([("7K3M9QX2TA", 3), ("BXSYRD9B7N", None)])
    '7K3M9QX2TA.3 BXSYRD9B7N'
    """
    return " ".join(f"{reference}.{revision}" if revision is not None else reference for reference, revision in pairs)


def unpack(text: str) -> list[tuple[str, int | None]]:
    """The (reference, revision) pairs of a hidden field; what is not one is left out, each dossier counts once.

    >>> unpack("7K3M9QX2TA.3 nonsense.x ")
    []
    """
    found: dict[str, int | None] = {}
    for word in text.split():
        name, _, number = word.partition(".")
        reference = parse_reference(name)
        if reference is not None and (not number or _NUMBER.fullmatch(number)):
            found[reference] = int(number) if number else None
    return list(found.items())[:MOST]


def read_selection(
    cases: UseCases, agent_id: str, scheme: str, territory: str, pairs: Iterable[tuple[str, int | None]]
) -> Selection:
    """The dossiers of a selection that the agent may see. Raises NotFound where they read nothing."""
    wanted = dict(pairs)

    def read(tx: Tx) -> Selection:
        require_reading(actor_of(cases, tx, agent_id), territory, scheme)
        found = work_selection.by_references(tx, scheme, territory, wanted)
        opinions = work_selection.opinions_of(tx, (dossier.id for dossier in found.values()))
        chosen = tuple(
            _chosen(cases, found[reference], revision, opinions.get(found[reference].id, ()))
            for reference, revision in wanted.items()
            if reference in found
        )
        return Selection(chosen, len(wanted) - len(chosen))

    return cases.store.read(read)


def preview_decisions(
    cases: UseCases,
    agent_id: str,
    selection: Selection,
    ruling: Ruling,
    head: ActHead | None,
    *,
    apart: Mapping[str, Ruling] | None = None,
) -> Preview:
    """What a decision would do to each dossier of a selection now; nothing is changed."""
    own = apart or {}

    def read(tx: Tx) -> Preview:
        actor, reasons = actor_of(cases, tx, agent_id), AnnouncedReasons()
        now = work_selection.lock_all(tx, (one.dossier.id for one in selection.chosen))
        items: list[Previewed] = []
        for one in selection.chosen:
            ruled, current = own.get(one.dossier.id, ruling), now.get(one.dossier.id)
            items.append(_previewed(cases, tx, actor, current, one, ruled, head, reasons))
        return Preview(tuple(items), reasons.by_count())

    return cases.store.read(read)


def _previewed(
    cases: UseCases,
    tx: Tx,
    actor: Actor,
    now: Dossier | None,
    one: Chosen,
    ruling: Ruling,
    head: ActHead | None,
    reasons: AnnouncedReasons,
) -> Previewed:
    if now is None:
        return Previewed("", "", None, Handled(one.dossier.id, "", "", done=False, code=NotFound().code))
    try:
        check_revision(tx, now, one.revision)
        ready = examine(cases, tx, actor, now, ruling, head)
        limit = limit_of(cases, ready.assessment.compiled, ready.acting, now)
        declared, key = limit if limit is not None else (None, None)
        if ready.cents is not None and declared is not None and key is not None:
            scope = now.territory if declared.across == "territory" else ""
            holder = grants.holder(tx, scheme=now.scheme, scope=scope, key=key)
            if holder not in (None, now.id):
                raise AlreadyGrantedError(scheme=now.scheme, scope=scope, dossier="")
    except (Refused, StoreRefusalError) as error:
        code, data = refusal_of(error)
        left = Handled(now.id, now.reference, now.title, done=False, code=code, data=data)
        return Previewed(now.reference, now.title, None, left)
    if ruling.choice in ("refuse", "grant_in_part"):
        reasons.note(tx, now, ruling, ready.assessment)
    return Previewed(now.reference, now.title, ready.cents)


def _chosen(cases: UseCases, dossier: Dossier, revision: int | None, opinions: Iterable[Opinion]) -> Chosen:
    compiled = compiled_for(cases, dossier)
    here = standing(acting_scheme(cases, dossier, compiled).scheme.workflow, dossier)
    version = _version(cases, compiled, dossier)
    criteria = version.rules.criteria if version is not None else {}
    asked = judged_by(version.rules, here.stage.body) if here is not None and version is not None else ()
    every = judged(version.rules) if version is not None else ()
    return Chosen(
        dossier=dossier,
        revision=revision,
        compiled=compiled,
        here=here,
        asked={name: criteria[name] for name in asked},
        judged={name: criteria[name] for name in every},
        opinions=tuple(opinions),
    )


def _version(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> CompiledVersion | None:
    """The rules under which the dossier was last assessed."""
    on = (dossier.result or {}).get("on")
    day = date.fromisoformat(on) if isinstance(on, str) else cases.today(dossier.territory)
    return compiled.version_on(day)
