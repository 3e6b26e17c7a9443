"""Filed dossiers completed by sources that were silent, or not asked, when they were filed.

What an applicant typed is never replaced: what a source says of it stands beside it, for agents. Only a field left for
later is filled, and the dossier judged again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet.catalogue import CompiledPrefill, CompiledScheme
from guichet.model.records import Dossier
from guichet.plugin.contracts import Unavailable
from guichet.services.assessments import compiled_for
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.given import LATER_MARK, asked_for, is_kept_apart, later_fields
from guichet.services.judging_again import judge_again
from guichet.services.prefills import is_ready
from guichet.services.readings import Reading, readings_of, said_rows
from guichet.storage import Tx, dossiers, prefills
from guichet.storage.undecided import UNDECIDED

__all__ = ["enrich"]


def enrich(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Ask what is not known yet of an undecided dossier: the duty `enrich {dossier}`; done twice it asks nothing more.

    Raises:
        Unavailable: A source is still silent: tried again later.
    """
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, str(payload["dossier"])))
    compiled = compiled_for(cases, dossier)
    silent: list[str] = []
    for prefill in compiled.prefills.values():
        if dossier.phase not in UNDECIDED or prefill.source.searched or not is_ready(cases, prefill):
            continue
        told = asked_for(prefill, dossier.answers)
        left = _left(cases, dossier, prefill, told) if told else []
        if not left:
            continue
        readings = readings_of(cases, dossier, compiled, prefill, left)
        dossier = cases.store.act(
            lambda tx, of=dossier.id, prefill=prefill, readings=readings, told=told: _keep(
                cases, tx, of, compiled, prefill, readings, told
            )
        )
        if any(one.state == "silent" for one in readings):
            silent.append(prefill.declared.plugin)
    if silent:
        names = ", ".join(sorted(set(silent)))
        raise Unavailable(fr=f"Sans réponse de {names} pour l'instant.", en=f"No answer from {names} for now.")


def _left(cases: UseCases, dossier: Dossier, prefill: CompiledPrefill, told: str) -> list[str]:
    """The fields of which the source has not yet said anything about these answers."""
    said = cases.store.read(lambda tx: prefills.of_dossier(tx, dossier.id))
    return [
        name
        for name in prefill.declared.fields
        if name not in said or said[name].asked_for != told or said[name].state == "silent"
    ]


def _keep(
    cases: UseCases,
    tx: Tx,
    dossier_id: str,
    compiled: CompiledScheme,
    prefill: CompiledPrefill,
    readings: list[Reading],
    told: str,
) -> Dossier:
    current = dossiers.lock(tx, dossier_id)
    if current.phase not in UNDECIDED or asked_for(prefill, current.answers) != told:
        return current
    prefills.keep(tx, said_rows(tx, current, prefill, readings, told))
    waiting = later_fields(current)
    answered = {one.field for one in readings if one.state != "silent"}
    filled = {one.field: one.value for one in readings if one.state == "given" and one.field in waiting}
    filled = {name: value for name, value in filled.items() if current.answers.get(name) is None}
    filled = {name: value for name, value in filled.items() if not is_kept_apart(compiled, prefill, name)}
    still = tuple(sorted(waiting - answered))
    if set(still) == set(waiting):
        return current
    answers = {**current.answers, **filled}
    checks = {name: value for name, value in current.checks.items() if name != LATER_MARK}
    checks |= {LATER_MARK: still} if still else {}
    note_attachments(tx, current, compiled, answers)
    data = {"prefill": prefill.id, "source": prefill.declared.plugin, "fields": sorted(filled)}
    judge_again(cases, tx, current, compiled, "enriched", changes={"answers": answers, "checks": checks}, data=data)
    return dossiers.by_id(tx, dossier_id)
