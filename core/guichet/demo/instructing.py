"""Instructing: pre-instruction by the worker, then each stage's acts in mass, by agents who have like shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from guichet.demo.filing import NotAsDrawn
from guichet.demo.opening import Staff
from guichet.demo.stage import Played, Stage
from guichet.engine.stages import earlier_stages, judged_by
from guichet.locale import Texts
from guichet.model.records import Dossier
from guichet.model.workflow import Stage as Step
from guichet.services.act_heads import ActHead, signatories
from guichet.services.acting import ROLE_OF_ACT
from guichet.services.decisions import decide_all
from guichet.services.mass_acts import MassResult, Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.storage import work_selection
from guichet.worker.loop import drain

__all__ = ["Acts", "Comes", "as_drawn", "instruct", "like_shares", "pre_instruct"]

Comes = Callable[[Played, int, int], bool]
"""Whether a dossier comes as far as a stage, given the stage's rank and how many there are."""

_AT_ONCE = 100  # what an agent selects on one screen


@dataclass(slots=True)
class Acts:
    """How many acts were carried out."""

    opinions: int = 0
    decisions: int = 0
    returned: int = 0
    act_numbers: dict[str, int] = field(default_factory=dict[str, int])
    by_agent: Counter[str] = field(default_factory=Counter[str])
    """How many opinions each agent gave."""


def pre_instruct(stage: Stage) -> int:
    """Do every pre-instruction that filing queued, and give how many were done."""
    with stage.timed("pre_instruction"):
        return drain(stage.cases, kinds=("pre_instruct",), worker_name="demo", threads=stage.threads).done


def as_drawn(one: Played, number: int, stages: int) -> bool:
    """Whether a dossier comes as far as a stage: one left open waits before some stage."""
    return one.attempt.fate != "left_open" or number < int(one.attempt.waits_at * stages)


def instruct(
    stage: Stage, played: Sequence[Played], staff: Sequence[Staff], comes: Comes = as_drawn, acts: Acts | None = None
) -> Acts:
    """Carry dossiers through the stages of the scheme, as far as each goes; `acts` of the days before go on."""
    acts = acts or Acts()
    workflow = stage.compiled(stage.places[0]).scheme.workflow
    by_place: dict[str, list[Played]] = defaultdict(list)
    for one in played:
        by_place[one.attempt.territory].append(one)
    for number, (name, step) in enumerate(workflow.stages.items()):
        label = "opinions" if step.act == "opinion" else "decisions"
        done = 0
        with stage.timed(label):
            for territory, there in sorted(by_place.items()):
                agents = [one for one in staff if _gives(one, step, territory)]
                if not agents:
                    raise LookupError(f"no agent for {step.act} of {step.body} in {territory}")
                arrived = _oldest_first(stage, [one for one in there if comes(one, number, len(workflow.stages))])
                for agent, part in _shared_out(arrived, sorted(agents, key=lambda one: acts.by_agent[one.id])):
                    _act(stage, name, step, territory, agent, part, acts)
                    done += len(part)
                    stage.told(label, done, len(played))
    return acts


def like_shares(count: int, among: int) -> list[int]:
    """How many each has, one more at most than another.

    >>> like_shares(1340, 6)
    [224, 224, 223, 223, 223, 223]
    """
    each, over = divmod(count, among)
    return [each + (number < over) for number in range(among)]


def _oldest_first(stage: Stage, played: Sequence[Played]) -> list[Played]:
    found = stage.cases.store.read(lambda tx: work_selection.lock_all(tx, [one.dossier for one in played]))
    return sorted(played, key=lambda one: (found[one.dossier].filed_at or found[one.dossier].created_at, one.dossier))


def _shared_out(arrived: Sequence[Played], agents: Sequence[Staff]) -> Iterator[tuple[Staff, Sequence[Played]]]:
    """Each agent's share, in as many selections as it takes."""
    start = 0
    for agent, share in zip(agents, like_shares(len(arrived), len(agents)), strict=True):
        for first in range(start, start + share, _AT_ONCE):
            yield agent, arrived[first : min(first + _AT_ONCE, start + share)]
        start += share


def _gives(agent: Staff, step: Step, territory: str) -> bool:
    return (agent.territory, agent.body, agent.role) == (territory, step.body, ROLE_OF_ACT[step.act])


def _act(stage: Stage, name: str, step: Step, territory: str, agent: Staff, part: Sequence[Played], acts: Acts) -> None:
    cases = stage.cases
    dossiers = cases.store.read(lambda tx: work_selection.lock_all(tx, [one.dossier for one in part]))
    pairs = [(dossiers[one.dossier], one) for one in part]
    selection = [Selected(dossier.id, dossier.revision) for dossier, _ in pairs]
    if step.act == "opinion":
        apart = dict(_against(stage, step.body, pairs))
        done = give_opinions(cases, agent.id, selection, Answers(favourable=True), apart=apart)
        acts.opinions += len(done.done)
        acts.by_agent[agent.id] += len(done.done)
    else:
        apart_ = dict(_other_rulings(stage, name, pairs))
        done = decide_all(
            cases, agent.id, selection, Ruling("grant"), _head(stage, step, territory, acts), apart=apart_
        )
        acts.returned += len(done.noted("returned"))
        acts.decisions += len(done.done) - len(done.noted("returned"))
    _require_all(done, dict(zip((item.id for item in selection), part, strict=True)))


def _require_all(done: MassResult, part: dict[str, Played]) -> None:
    for item in done.left:
        raise NotAsDrawn(part[item.id].attempt, f"{item.code} {dict(item.data)}")


def _against(stage: Stage, body: str, pairs: Sequence[tuple[Dossier, Played]]) -> Iterator[tuple[str, Answers]]:
    """The dossiers whose opinion is unfavourable: a judgement goes against them, or the rules do."""
    for dossier, one in pairs:
        version = stage.compiled(dossier.territory).version_on(stage.day)
        asked = judged_by(version.rules, body) if version is not None else ()
        checks = {name: one.attempt.judged.get(name, True) for name in asked}
        if all(checks.values()) and not (dossier.result or {}).get("failed"):
            continue
        reasons: dict[str, str] = {}
        for name in (name for name, yes in checks.items() if not yes):
            declared = tuple(version.rules.criteria[name].reasons.values()) if version is not None else ()
            reasons[name] = declared[one.attempt.number % len(declared)] if declared else Texts("fr")("demo.reason")
        yield dossier.id, Answers(favourable=False, checks=checks, reasons=reasons)


def _other_rulings(stage: Stage, name: str, pairs: Sequence[tuple[Dossier, Played]]) -> Iterator[tuple[str, Ruling]]:
    """The dossiers that are not granted: returned as drawn, refused by the rules and the judgements."""
    for dossier, one in pairs:
        workflow = stage.compiled(dossier.territory).scheme.workflow
        if one.attempt.fate == "returned" and earlier_stages(workflow, name):
            yield dossier.id, Ruling("return_to", reason=Texts("fr")("demo.returned"))
        elif dossier.outcome != "eligible":
            yield dossier.id, Ruling("refuse")


def _head(stage: Stage, step: Step, territory: str, acts: Acts) -> ActHead:
    on = stage.cases.today(territory)
    key = next(iter(signatories(stage.cases, territory, step.issued_by or "", on)))
    number = acts.act_numbers[territory] = acts.act_numbers.get(territory, 0) + 1
    return ActHead(key, f"{on.year}-{territory}-{number:03d}", on)
