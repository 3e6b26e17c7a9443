"""A dossier under the rules: facts gathered in a transaction, then the pure evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.calendars import practice_day
from guichet.engine.eligibility import NO_RULES, Facts, NoRulesYet, consult, evaluate, judging_day
from guichet.engine.form_flow import visible_answers
from guichet.engine.keys import key_of, siren_of
from guichet.language import UNAVAILABLE, Result
from guichet.model.records import Dossier
from guichet.model.scheme import ReferenceList
from guichet.services.answers import load_answers, proofs_of
from guichet.services.cases import UseCases
from guichet.services.given import later_fields
from guichet.storage import Tx, dossiers, granted, lists, payments

_UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say of a dossier, with all they were told."""

    compiled: CompiledScheme
    answers: Mapping[str, Any]
    facts: Facts
    on: date
    result: Result
    version: date | None

    def as_json(self) -> dict[str, Any]:
        """The result as a dossier keeps it."""
        return {
            "outcome": self.result.outcome,
            "amount": self.result.amount,
            "provisional": self.result.provisional,
            "failed": list(self.result.failed),
            "missing": list(self.result.missing),
            "unavailable": list(self.result.unavailable),
            "awaited": list(self.result.awaited),
            "version": self.version.isoformat() if self.version is not None else None,
            "on": self.on.isoformat(),
        }

    def kept_facts(self) -> dict[str, Any]:
        """What a decision rests on beside the answers, as a decided dossier keeps it: lists and others go on living."""
        rows = {name: _UNAVAILABLE if row is UNAVAILABLE else row for name, row in self.facts.lists.items()}
        decided_on = (self.facts.decided_on or self.on).isoformat()
        found = {"other_dossiers": self.facts.other_dossiers, "lists": rows, "decided_on": decided_on}
        return json.loads(json.dumps(found, default=date.isoformat))


def compiled_for(cases: UseCases, dossier: Dossier) -> CompiledScheme:
    """The scheme that a dossier follows: the current one for a draft, the one it is pinned to once filed."""
    if dossier.phase == "draft":
        current = cases.snapshots.current(dossier.scheme, dossier.territory)
        if current is not None:
            return current
    return cases.snapshots.by_hash(dossier.snapshot_hash)


def assess(
    cases: UseCases,
    tx: Tx,
    dossier: Dossier,
    compiled: CompiledScheme,
    *,
    checks: Mapping[str, bool | None] | None = None,
    answers: Mapping[str, Any] | None = None,
    decided_on: date | None = None,
) -> Assessment:
    """What the rules say of a dossier today, with its checks or others given in their place.

    A decided dossier is judged by the facts of its decision: what a list or another dossier says since changes nothing.

    Args:
        answers: Its visible answers as values, where they are at hand already.
        decided_on: The day that the decision being taken bears; an undecided dossier is judged as of today otherwise.
    """
    today = cases.today(dossier.territory)
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else today
    kept = _kept(dossier)
    decided_on = decided_on or _decided_on(cases, dossier, kept) or today
    if dossier.practice:  # on a day with rules, whenever one practises
        decided_on, filed_on = (practice_day(compiled.scheme.calendar, day) for day in (decided_on, filed_on))
    if answers is None:
        answers = visible_answers(compiled, load_answers(compiled, dossier.answers), filed_on)
    on = judging_day(compiled, answers, filed_on, decided_on)
    given = dict(dossier.checks) if checks is None else {**dossier.checks, **checks}
    facts = Facts(
        filed_on=filed_on,
        decided_on=decided_on,
        territory=dossier.territory,
        other_dossiers=count_others(tx, compiled, dossier, answers) if kept is None else kept["other_dossiers"],
        checks={name: value if isinstance(value, bool) else None for name, value in given.items()},
        silent=later_fields(dossier),
    )
    try:
        if kept is None:
            facts = _with_lists(tx, compiled, dossier, answers, facts, on)
        else:
            facts = replace(facts, lists=_kept_lists(compiled, kept["lists"]))
        evaluation = evaluate(compiled, answers, facts, on)
    except NoRulesYet:
        return Assessment(compiled, answers, facts, on, NO_RULES, None)
    return Assessment(compiled, answers, facts, on, evaluation.result, evaluation.version.first_day)


def count_others(tx: Tx, compiled: CompiledScheme, dossier: Dossier, answers: Mapping[str, Any]) -> int:
    """How many other dossiers the same company filed for the scheme, in every territory."""
    siren = siren_of(compiled, answers)
    if siren is None:
        return 0
    return dossiers.count_others(tx, dossier.scheme, siren, dossier.id)


def _with_lists(
    tx: Tx, compiled: CompiledScheme, dossier: Dossier, answers: Mapping[str, Any], facts: Facts, on: date
) -> Facts:
    proofs = proofs_of(dossier.answers)
    return consult(
        compiled, answers, facts, on, lambda name, key: look_up(tx, compiled, name, key, proofs.get(name, {}))
    )


def _kept(dossier: Dossier) -> Mapping[str, Any] | None:
    """The facts of its decision, for a dossier decided since they are kept."""
    found: object = (dossier.result or {}).get("facts") if dossier.phase == "decided" else None
    return cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else None


def _decided_on(cases: UseCases, dossier: Dossier, kept: Mapping[str, Any] | None) -> date | None:
    """The day that the decision bears; for one kept without it, that of its recording."""
    if kept is not None and "decided_on" in kept:
        return date.fromisoformat(kept["decided_on"])
    return cases.day_of(dossier.decided_at, dossier.territory) if dossier.decided_at else None


def _kept_lists(compiled: CompiledScheme, kept: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, row in kept.items():
        declared = compiled.scheme.lists.get(name)
        if row == _UNAVAILABLE:
            found[name] = UNAVAILABLE
        elif isinstance(row, dict) and declared is not None:
            columns = cast("Mapping[str, Any]", row)
            found[name] = {column: _typed(declared.columns.get(column), value) for column, value in columns.items()}
        else:
            found[name] = False
    return found


def look_up(tx: Tx, compiled: CompiledScheme, name: str, key: str, proof: Mapping[str, str]) -> Any:
    """The columns of the row of a key that the proof opens; False without one; UNAVAILABLE before any import.

    A wrong proof and an absent key answer alike: who is in a confidential list is not for everyone to know.
    """
    declared = compiled.scheme.lists[name]
    where = compiled.territory if declared.across == "territory" else None
    if declared.scheme is not None:
        return _granted(tx, declared, declared.scheme, key, where, proof)
    if not lists.is_settled(tx, compiled.scheme.id, name, territory=where):
        return UNAVAILABLE
    for row in lists.rows(tx, compiled.scheme.id, name, key, territory=where):
        if _opens(declared, row.columns, proof):
            return {column: _typed(declared.columns.get(column), value) for column, value in row.columns.items()}
    return False


def _granted(
    tx: Tx, declared: ReferenceList, scheme: str, key: str, territory: str | None, proof: Mapping[str, str]
) -> Any:
    """What another scheme granted to a key: to the company where the list's key is `siren`, else to its grants' key."""
    by_siren = declared.key == "siren"
    found = granted.grant_of(tx, scheme, key if by_siren else key_of(key), by_siren=by_siren, territory=territory)
    if found is None:
        return False
    day = found.decided_at.date() if found.decided_at is not None else None
    known: dict[str, Any] = {"reference": found.reference, "amount": found.granted_cents, "granted_on": day}
    if "paid" in declared.columns:
        known["paid"] = sum(one.cents for one in payments.of_dossier(tx, found.id) if one.state == "paid")
    columns = {column: known.get(column) for column in declared.columns}
    return columns if _opens(declared, columns, proof) else False


def _typed(kind: str | None, value: Any) -> Any:
    """A stored column as the rules take it; JSON keeps days as text."""
    return date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value


def _opens(declared: ReferenceList, columns: Mapping[str, Any], proof: Mapping[str, str]) -> bool:
    return all(_folded(columns.get(column)) == _folded(proof.get(column)) != "" for column in declared.proof)


def _folded(value: object) -> str:
    """A proof as compared: people type spaces and lower case where a statement has none."""
    return "".join(str(value or "").split()).upper()
