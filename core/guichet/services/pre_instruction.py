"""Pre-instruction, without an agent: intake, admissibility, amount, indicators; then the first stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guichet.engine.eligibility import rule_values
from guichet.engine.keys import siren_of
from guichet.model.records import Dossier
from guichet.plugin import answers_needed
from guichet.services.answers import dump_answers
from guichet.services.assessments import Assessment, assess, compiled_for
from guichet.services.cases import UseCases
from guichet.services.filing import result_columns
from guichet.services.passages import go_on
from guichet.storage import Tx, dossiers


def pre_instruct(cases: UseCases, dossier_id: str) -> Dossier:
    """The dossier in its first stage, with result, indicators and columns; doing it again changes nothing."""
    return cases.store.act(lambda tx: pre_instruct_in(cases, tx, dossier_id))


@answers_needed()
def pre_instruct_in(cases: UseCases, tx: Tx, dossier_id: str) -> Dossier:
    """The same inside an act that does more."""
    current = dossiers.lock(tx, dossier_id)
    if current.phase != "filed":
        return current
    compiled = compiled_for(cases, current)
    tx.journal(current.territory, "intake", subject=current.id, data={"reference": current.reference})
    assessment = assess(cases, tx, current, compiled)
    tx.journal(current.territory, "admissibility", subject=current.id, data=assessment.as_json())
    indicators = indicators_of(tx, current, assessment)
    stage = go_on(tx, current, compiled, assessment)
    saved = dossiers.save(
        tx,
        current,
        by="system",
        phase="instruction",
        stage=stage,
        stage_at=tx.now,
        indicators=indicators,
        columns=columns_of(assessment, indicators),
        **result_columns(assessment),
    )
    data = {"amount": assessment.result.amount, "provisional": assessment.result.provisional, "stage": stage}
    tx.journal(saved.territory, "pre_instructed", subject=saved.id, data={**data, "indicators": indicators})
    return saved


def indicators_of(tx: Tx, dossier: Dossier, assessment: Assessment) -> dict[str, Any]:
    """The scheme's indicators, and the other dossiers of the same company and of the same account."""
    others = dossiers.same_siren(tx, dossier.scheme, siren_of(assessment.compiled, assessment.answers) or "")
    accounts = dossiers.same_iban(tx, dossier.iban_hash) if dossier.iban_hash else []
    own = named_values(assessment, "indicators")
    return {
        **own,
        "same_siren": sum(other.id != dossier.id for other in others),
        "same_iban": sum(other.id != dossier.id for other in accounts),
    }


def columns_of(assessment: Assessment, indicators: Mapping[str, Any]) -> dict[str, Any]:
    """What the work table shows of a dossier, by the scheme's own columns: stored values, formatted when shown."""
    fields = dump_answers(assessment.compiled, assessment.answers)
    known = {**named_values(assessment, "definitions"), **fields, **indicators}
    return {name: known.get(name) for name in assessment.compiled.scheme.workflow.columns}


def named_values(assessment: Assessment, kind: str) -> dict[str, Any]:
    """The definitions or indicators of the rules by name, as JSON values; an unknown one is None."""
    version = assessment.compiled.version_on(assessment.on)
    if version is None:
        return {}
    values = rule_values(assessment.compiled, assessment.answers, assessment.facts, assessment.on)
    trace = version.program.explain(values)
    names = version.rules.names if kind == "definitions" else version.rules.indicators
    found = trace.definitions if kind == "definitions" else trace.indicators
    return {name: as_json(found.get(name)) for name in names}


def as_json(value: Any) -> Any:
    """A run-time value as JSON keeps it: days as text, everything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
