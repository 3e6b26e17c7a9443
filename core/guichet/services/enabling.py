"""Enabling a scheme in territories: all that must be there before the first applicant, made once and journaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guichet.catalogue import CompiledScheme
from guichet.loader.library import Library
from guichet.model.records import Envelope
from guichet.services.cases import UseCases
from guichet.services.envelopes import envelope_of
from guichet.services.notices import CHANNEL
from guichet.services.publication import Published, publish
from guichet.services.readiness.launch_list import NotReady
from guichet.storage import Tx, agents, envelopes

__all__ = ["Enabled", "EnvelopeState", "NotPublished", "enable"]

EnvelopeState = Literal["none", "opened", "moved", "same", "held"]


@dataclass(frozen=True, slots=True)
class Enabled:
    """What enabling made for one territory, and what was there already.

    Args:
        published: The publication; None when the launch list holds it back.
        organisations: The names of those made now.
        assignments: How many were given now.
        able: Role → how many agents may act for the scheme here.
        envelope_state: `held` when more is committed than the ceiling published now.
        sender: The address messages come from; empty where they become files.
    """

    territory: str
    published: Published | None
    organisations: tuple[str, ...]
    assignments: int
    able: dict[str, int]
    envelope: Envelope | None
    envelope_state: EnvelopeState
    sender: str

    @property
    def changed(self) -> bool:
        """Whether anything was made."""
        prepared = bool(self.organisations or self.assignments) or self.envelope_state in ("opened", "moved")
        return prepared or (self.published is not None and self.published.changed)


class NotPublished(NotReady):
    """A live instance: the territories were prepared, and their launch lists hold something red."""

    def __init__(self, held: NotReady, enabled: tuple[Enabled, ...]) -> None:
        super().__init__(held.lists)
        self.enabled = enabled


def enable(
    cases: UseCases, library: Library, scheme: str, territories: tuple[str, ...], *, agents_of: str | None = None
) -> tuple[Enabled, ...]:
    """Publish a scheme for some territories, and make what its first day needs; again, it makes what is missing.

    Args:
        agents_of: Another scheme, whose agents get the same roles for this one.

    Raises:
        ProblemsFound, ExamplesFail: As publishing.
        NotPublished: A live instance that is not ready: everything was made but the publication.
    """
    held: NotReady | None = None
    published: dict[str, Published] = {}
    try:
        published = {done.territory: done for done in publish(cases, library, scheme, territories)}
    except NotReady as error:
        held = error
    enabled = tuple(
        _prepare(cases, library, scheme, territory, published.get(territory), agents_of)
        for territory in dict.fromkeys(territories)
    )
    if held is not None:
        raise NotPublished(held, enabled) from held
    return enabled


def _prepare(
    cases: UseCases, library: Library, scheme: str, territory: str, published: Published | None, agents_of: str | None
) -> Enabled:
    current = cases.snapshots.current(scheme, territory) if published is not None else None
    compiled = current or library.effective(scheme, territory).compiled
    day = cases.today(territory)

    def act(tx: Tx) -> Enabled:
        made = tuple(_organisations(cases, tx, compiled, territory))
        given = _assignments(cases, tx, compiled, territory, agents_of) if agents_of is not None else 0
        before = envelopes.find(tx, scheme, territory)
        envelope = envelope_of(cases, tx, compiled, territory)
        able: dict[str, set[str]] = {}
        for agent, role, _ in agents.able(tx, territory, scheme, on=day):
            able.setdefault(role, set()).add(agent)
        enabled = Enabled(
            territory=territory,
            published=published,
            organisations=made,
            assignments=given,
            able={role: len(people) for role, people in able.items()},
            envelope=envelope,
            envelope_state=_state(compiled, before, envelope),
            sender=_sender(cases),
        )
        if made or given or enabled.envelope_state in ("opened", "moved"):
            data = {"organisations": list(made), "assignments": given, "envelope": enabled.envelope_state}
            tx.journal(territory, "scheme_enabled", subject=scheme, data=data)
        return enabled

    return cases.store.act(act)


def _organisations(cases: UseCases, tx: Tx, compiled: CompiledScheme, territory: str) -> list[str]:
    """One organisation for each body that has none here, named as the territory names it."""
    known = {one.body for one in agents.organisations(tx, territory)}
    made: list[str] = []
    for body, label in compiled.scheme.workflow.bodies.items():
        if body not in known:
            named = cases.territory(territory).organisation(body, cases.today(territory))
            made.append(named.name if named is not None else label)
            agents.ensure_organisation(tx, territory=territory, body=body, name=made[-1])
    return made


def _assignments(cases: UseCases, tx: Tx, compiled: CompiledScheme, territory: str, agents_of: str) -> int:
    """Give the agents of another scheme here the same roles for this one; those who hold one for all have it."""
    bodies, day, given = compiled.scheme.workflow.bodies, cases.today(territory), 0
    held = agents.assigned(tx, territory, agents_of, on=day)
    here = {
        (one.agent, one.role, one.organisation) for one in agents.assigned(tx, territory, compiled.scheme.id, on=day)
    }
    for one in held:
        acts = one.role in ("instructor", "decider")
        if (acts and one.body not in bodies) or (one.agent, one.role, one.organisation) in here:
            continue
        given += agents.assign(
            tx,
            agent_id=one.agent,
            role=one.role,
            organisation_id=one.organisation,
            territory=territory,
            scheme=compiled.scheme.id,
            ends_on=one.ends_on,
        )
    return given


def _state(compiled: CompiledScheme, before: Envelope | None, after: Envelope | None) -> EnvelopeState:
    declared = compiled.scheme.envelope
    if declared is None or after is None:
        return "none"
    if before is None:
        return "opened"
    if after.ceiling_cents != declared.ceiling:
        return "held"
    same = (before.id, before.ceiling_cents, before.alert_only) == (after.id, after.ceiling_cents, after.alert_only)
    return "same" if same else "moved"


def _sender(cases: UseCases) -> str:
    options = cases.services.get(CHANNEL, {})
    return str(options.get("sender") or options["smtp_host"]) if options.get("smtp_host") else ""
