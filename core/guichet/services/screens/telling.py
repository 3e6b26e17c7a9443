"""What a screen is told of its place: frozen copies of what it declares that it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from guichet.locale import Texts
from guichet.model.records import Dossier
from guichet.plugin.contracts import (
    BreakerState,
    CallSeen,
    DossierSeen,
    DutySeen,
    LoggedCall,
    ScreenAsked,
    ServiceSeen,
    WorkerSeen,
)
from guichet.plugin.contracts.base import Language
from guichet.plugin.outside import PAUSE
from guichet.services.acting import READING_ROLES, actor_of
from guichet.services.answers import load_answers, shown
from guichet.services.cases import UseCases
from guichet.services.duties import DUTIES
from guichet.services.heartbeats import workers_at
from guichet.services.screens.finding import FoundScreen
from guichet.services.work_columns import standing_text
from guichet.storage import Tx, outbox, outside_calls, work_selection

__all__ = ["PAGE", "Told", "tell"]

PAGE = 200
"""How many dossiers or calls a screen is told of at a time."""
_LOOKED_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen is told, and whether there is more to tell on the next page."""

    asked: ScreenAsked
    more: bool


def tell(cases: UseCases, agent_id: str, found: FoundScreen, page: int, language: Language) -> Told:
    """What a screen is told, read at one instant."""
    reads = found.screen.reads

    def read(tx: Tx) -> Told:
        dossiers = _dossiers(cases, tx, agent_id, found, page, language) if "dossiers" in reads else []
        calls = _calls(tx, found, page) if "calls" in reads else []
        return Told(
            ScreenAsked(
                territory=found.territory,
                scheme=found.scheme,
                page=page,
                dossier=_seen(cases, found.dossier, language, with_answers="answers" in reads)
                if found.dossier is not None
                else None,
                dossiers=tuple(dossiers[:PAGE]),
                services=_services(tx, found) if "calls" in reads else (),
                calls=tuple(calls[:PAGE]),
                workers=_workers(tx) if "work" in reads else (),
                duties=_duties(tx, Texts(language)) if "work" in reads else (),
            ),
            more=len(dossiers) > PAGE or len(calls) > PAGE,
        )

    return cases.store.read(read)


def _seen(cases: UseCases, dossier: Dossier, language: Language, *, with_answers: bool = False) -> DossierSeen:
    compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
    answers: dict[str, str] = {}
    if with_answers:
        values = load_answers(compiled, dossier.answers)
        fields = ((compiled.fields[name], value) for name, value in values.items() if name in compiled.fields)
        answers = {field.id: shown(field, value, language) for field, value in fields}
    return DossierSeen(
        reference=dossier.reference,
        title=dossier.title or "",
        phase=dossier.phase,
        stage=standing_text(compiled.scheme.workflow, dossier, Texts(language)),
        filed_on=cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at is not None else None,
        outcome=dossier.outcome or "",
        cents=dossier.computed_cents,
        answers=answers,
    )


def _dossiers(
    cases: UseCases, tx: Tx, agent_id: str, found: FoundScreen, page: int, language: Language
) -> list[DossierSeen]:
    """The filed dossiers of the scheme, for an agent who reads them; one more than a page says that others follow."""
    if not actor_of(cases, tx, agent_id).roles(found.territory, found.scheme) & {*READING_ROLES}:
        return []
    rows = work_selection.latest(tx, found.scheme, found.territory, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return [_seen(cases, one, language) for one in rows]


def _calls(tx: Tx, found: FoundScreen, page: int) -> list[CallSeen]:
    dossier = found.dossier.id if found.dossier is not None else None
    rows = outside_calls.of_place(
        tx, territory=found.territory, dossier=dossier, limit=PAGE + 1, offset=(page - 1) * PAGE
    )
    return [
        CallSeen(one.at, one.service, one.purpose, one.outcome, one.status, one.milliseconds, reference)
        for one, reference in rows
    ]


def _services(tx: Tx, found: FoundScreen) -> tuple[ServiceSeen, ...]:
    dossier = found.dossier.id if found.dossier is not None else None
    since = tx.real_now - _LOOKED_BACK
    summed = outside_calls.summed(tx, territory=found.territory, dossier=dossier, since=since)
    last, quotas = outside_calls.by_ids(tx, [one.last for one in summed]), outside_calls.quotas(tx, tx.real_now)
    newest = {one.service: last[one.last] for one in sorted(summed, key=lambda one: one.last)}
    return tuple(
        ServiceSeen(
            service=one.service,
            purpose=one.purpose,
            calls=one.calls,
            answered=one.answered,
            average_ms=one.milliseconds // one.calls,
            slowest_ms=one.slowest,
            last_at=last[one.last].at,
            last_status=last[one.last].status,
            breaker=_breaker(tx, newest[one.service]),
            quota_left=quotas.get(one.service),
        )
        for one in summed
    )


def _breaker(tx: Tx, newest: LoggedCall) -> BreakerState:
    if not newest.breaker_open:
        return "closed"
    return "open" if tx.real_now < newest.at + PAUSE else "trying"


def _workers(tx: Tx) -> tuple[WorkerSeen, ...]:
    found = workers_at(tx)
    return tuple(
        WorkerSeen(one.name, one.began_at, one.seen_at, late=one in found.silent or one in found.stuck)
        for one in (*found.alive, *found.silent)
    )


def _duties(tx: Tx, say: Texts) -> tuple[DutySeen, ...]:
    kinds = outbox.undone(tx)
    return tuple(
        DutySeen(kind, one.waiting, one.since, one.dead, say(f"duties.{kind if kind in DUTIES else 'unknown'}"))
        for kind, one in sorted(kinds.items())
    )
