"""The item about letters: each one is really written and rendered, from the dossiers of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from guichet.engine.eligibility import Evaluation, NoRulesYet, evaluate
from guichet.engine.explanations import explain_dossier
from guichet.engine.keys import payee_of, siren_of, title_of
from guichet.errors import GuichetError, Problem, ProblemsFound
from guichet.locale import Text
from guichet.model.letters import LetterEvent
from guichet.model.placeholders import PLACEHOLDER
from guichet.model.records import Decision, Dossier
from guichet.model.workflow import Stage
from guichet.plugin.contracts import Letter, PluginError, Reason
from guichet.services.answers import dump_answers
from guichet.services.documents import render
from guichet.services.examples import case_of
from guichet.services.exchange import Case
from guichet.services.letters import letter_of
from guichet.services.readiness.launches import Finding, Launch, in_words, problem_at
from guichet.services.text_values import About

__all__ = ["letters"]

_FITTING: dict[LetterEvent, tuple[str, ...]] = {
    "granted": ("eligible",),
    "granted_in_part": ("eligible",),
    "refused": ("not_eligible",),
    "inadmissible": ("not_eligible", "undetermined", "eligible"),
    "dropped": ("undetermined", "not_eligible", "eligible"),
    "revoked": ("eligible", "undetermined", "not_eligible"),
    "transferred": ("undetermined", "not_eligible", "eligible"),
    "claimed": ("eligible",),
}
"""Letter → the outcomes of the examples it may be written for, the best first."""


@dataclass(frozen=True, slots=True)
class _Played:
    """One example as its dossier stands before a decision."""

    name: str
    case: Case
    evaluation: Evaluation


def letters(launch: Launch) -> Finding:
    """Every letter, written and rendered for an example of its outcome; none says that something is to be supplied."""
    played = list(_played(launch))
    problems: list[Problem] = []
    told: list[Text] = []
    for event, declared in launch.scheme.letters.items():
        where = launch.in_scheme("letters", event)
        one = next((one for outcome in _FITTING[event] for one in played if _outcome(one) == outcome), None)
        if one is None:
            problems.append(problem_at("ready.no_example_for_letter", where, letter=event))
            continue
        try:
            letter = letter_of(launch.cases, _about(launch, event, one))
            made = render(launch.cases, letter, declared.renderer, launch.territory.id)
        except (GuichetError, PluginError) as error:
            why = error.reason if isinstance(error, PluginError) else Reason(fr=str(error), en=str(error))
            said = {"letter": event, "example": one.name, "error_fr": why.fr, "error_en": why.en}
            problems.append(problem_at("ready.letter_fails", where, **said))
            continue
        left = _left_over(letter)
        if left:
            part, line = left
            said = {"letter": event, "line": line, "part_en": in_words(part).en, "part_fr": in_words(part).fr}
            problems.append(problem_at("ready.letter_unfinished", where, **said))
        word, size = in_words(f"letter_{event}"), len(made.content)
        told.append(Text(f"{word.fr} : {one.name}, {size} octets", f"{word.en}: {one.name}, {size} bytes"))
    return Finding("letters", tuple(problems), tuple(told))


def _played(launch: Launch) -> Iterator[_Played]:
    """The examples of the scheme under the territory's own declaration; one it cannot read has its own item.

    One that is of another territory is judged as being there, as its author wrote it: a rule that asks where the
    applicant is would refuse it here, and each territory would need examples of its own for the same letters.
    """
    declared = launch.library.examples(launch.scheme.id)
    if declared is None:
        return
    for name, example in declared.examples.items():
        try:
            case, on = case_of(launch.compiled, declared, name)
            if example.territory:
                case = replace(case, facts=replace(case.facts, territory=example.territory))
            yield _Played(name, case, evaluate(launch.compiled, case.answers, case.facts, on))
        except (ProblemsFound, NoRulesYet):
            continue


def _outcome(one: _Played) -> str:
    return one.evaluation.result.outcome


def _about(launch: Launch, event: LetterEvent, one: _Played) -> About:
    """The decision that the example would get, by the first signatory who may sign; nothing of it is kept."""
    stage = next(stage for stage in launch.scheme.workflow.stages.values() if stage.act == "decision")
    dossier, decision = _dossier(launch, one), _decision(launch, event, one, stage)
    facts, day = one.case.facts, one.case.facts.decided_on or launch.first_day
    return About(
        dossier=dossier,
        compiled=launch.compiled,
        day=day,
        decision=decision,
        explanation=None
        if event in ("transferred", "claimed")
        else explain_dossier(launch.compiled, one.case.answers, facts, day),
    )


def _dossier(launch: Launch, one: _Played) -> Dossier:
    compiled, answers = launch.compiled, one.case.answers
    result = one.evaluation.result
    filed = launch.territory.instant_of(launch.scheme.calendar.opens)
    values: dict[str, Any] = dict.fromkeys(Dossier.__dataclass_fields__)
    values |= {
        "id": "example",
        "reference": "0000000000",
        "scheme": launch.scheme.id,
        "territory": launch.territory.id,
        "title": title_of(compiled, answers) or one.name,
        "phase": "decided",
        "revision": 1,
        "snapshot_hash": compiled.hash,
        "filed_at": filed,
        "decided_at": filed,
        "answers": dump_answers(compiled, answers),
        "checks": {},
        "outcome": result.outcome,
        "rules_version": one.evaluation.version.first_day.isoformat(),
        "computed_cents": result.amount,
        "provisional_cents": result.provisional,
        "payee": payee_of(compiled, answers),
        "siren": siren_of(compiled, answers),
        "practice": True,
    }
    return Dossier(**values)


def _decision(launch: Launch, event: LetterEvent, one: _Played, stage: Stage) -> Decision:
    day = launch.first_day
    signatory = next(iter(launch.territory.signatories_for(stage.issued_by or "", day).values()), None)
    reasons = (
        ()
        if event == "granted"
        else ({"criterion": "", "reason": "…", **({"to": "…"} if event == "transferred" else {})},)
    )
    at: datetime = launch.territory.instant_of(launch.scheme.calendar.opens)
    return Decision(
        id="example",
        dossier="example",
        kind=event,
        amount_cents=one.evaluation.result.amount if event.startswith("granted") or event == "claimed" else None,
        issuer=stage.issued_by,
        form=stage.form,
        act_number="0000-00-000",
        act_date=day,
        signatory_name=signatory.name if signatory is not None else None,
        signatory_quality=signatory.quality if signatory is not None else None,
        reasons=cast("tuple[object, ...]", reasons),
        agent=None,
        at=at,
        snapshot_hash=launch.compiled.hash,
        notified_at=None,
        notified_by=None,
    )


def _left_over(letter: Letter) -> tuple[str, str] | None:
    """The first part of a letter that is still to be supplied, and its line."""
    signed = letter.signatory
    parts = {
        "part_sender": [line for sender in letter.senders for line in (sender.name, *sender.lines)],
        "part_place": [letter.place],
        "part_subject": [letter.subject],
        "part_body": letter.body.splitlines(),
        "part_signatory": [signed.name, signed.quality] if signed is not None else [],
        "part_footer": letter.footer.splitlines(),
    }
    return next(
        ((part, line.strip()) for part, lines in parts.items() for line in lines if PLACEHOLDER in line.lower()), None
    )
