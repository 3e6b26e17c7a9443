"""Undecided dossiers judged again on the day when a version of their rules, or a value they read, enters into force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import judging_day
from guichet.engine.form_flow import visible_answers
from guichet.model.records import Dossier
from guichet.services.answers import load_answers
from guichet.services.assessments import compiled_for
from guichet.services.cases import UseCases
from guichet.services.judging_again import judge_again
from guichet.services.mass_acts import act_by_system
from guichet.storage import Tx
from guichet.storage.undecided import UNDECIDED, page

__all__ = ["follows_the_calendar", "reevaluate"]


def follows_the_calendar(compiled: CompiledScheme) -> bool:
    """Whether time alone may change what judges a filed dossier: not where the day of its filing does."""
    return compiled.scheme.legal.judged_on != "filing"


def reevaluate(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Judge again the dossiers whose rules changed since they were last judged: `reevaluate {scheme, territory, day}`.

    It goes by what each dossier was last judged on, not by the day of the duty: done twice it changes nothing, and a
    day when no worker ran is made up for by the next.
    """
    scheme, territory, after = str(payload["scheme"]), str(payload["territory"]), ""
    while True:
        found = cases.store.read(lambda tx, after=after: page(tx, scheme, territory, after=after))
        if not found:
            return
        act_by_system(
            cases,
            [dossier.id for dossier in found if _concerns(cases, dossier)],
            lambda tx, dossier: _reevaluate(cases, tx, dossier),
        )
        after = found[-1].id


def _reevaluate(cases: UseCases, tx: Tx, dossier: Dossier) -> str:
    if dossier.phase not in UNDECIDED or not _concerns(cases, dossier):
        return ""
    return judge_again(cases, tx, dossier, compiled_for(cases, dossier), "reevaluated")


def _concerns(cases: UseCases, dossier: Dossier) -> bool:
    """Whether the version or a dated value in force on the judging day is another than at the last judgement."""
    judged = dossier.result.get("on") if dossier.result is not None else None
    compiled = compiled_for(cases, dossier)
    if not isinstance(judged, str) or not follows_the_calendar(compiled):
        return False
    last, today = date.fromisoformat(judged), cases.today(dossier.territory)
    if _same_rules(compiled, last, today):
        return False
    filed_on = cases.day_of(dossier.filed_at, dossier.territory) if dossier.filed_at else today
    answers = visible_answers(compiled, load_answers(compiled, dossier.answers), filed_on)
    return not _same_rules(compiled, last, judging_day(compiled, answers, filed_on, today))


def _same_rules(compiled: CompiledScheme, one: date, other: date) -> bool:
    if one == other:
        return True
    same_version = compiled.version_on(one) is compiled.version_on(other)
    return same_version and compiled.parameters_on(one) == compiled.parameters_on(other)
