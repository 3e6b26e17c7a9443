"""The search: each input alone, the nearest value that gives another outcome, exact to the unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts
from guichet.engine.flips.answers import answers_of
from guichet.engine.flips.candidates import Scale, Way, choices_of
from guichet.engine.flips.edges import edge_of
from guichet.engine.flips.judging import Judge, Standing
from guichet.engine.wording.sentences import key_of
from guichet.language import UNAVAILABLE, Result, Type, tree

__all__ = ["Flip", "find_flips", "find_other_amounts"]

_MOST_TRIALS: Final = 20_000
"""Beyond, the search of one dossier stops: what it found is true, it may not be all."""
_MOST_FOR_AMOUNT: Final = 2_000
"""The same, for what leaves the outcome and changes the amount."""
Does = Callable[[str, Any], bool]  # whether one input at one value changes what is looked for
_ORDERED: Final = ("integer", "decimal", "money", "rate", "date", "days", "months")


@dataclass(frozen=True, slots=True)
class Flip:
    """One input that changes the outcome when it alone changes.

    Args:
        target: `outcome`; `amount` where the outcome stays and another case gives another amount; or the criterion
            that it would meet where no single input changes the outcome.
        varies: Going further in the same case, the amount goes on changing.
        way: For a number or a date: this value `or_more`, `or_less`; `exactly` for any other, and where going on
            would change the outcome back; a text `starting_with` it; `coded`: any
            code of a list, of which `after` is the id.
    """

    name: str
    kind: Type | None
    before: Any
    after: Any
    way: Way
    standing: Standing
    amount: int | None
    target: str = "outcome"
    source: Literal["field", "fact", "list", "check"] = "field"
    varies: bool = False
    through: tree.External | None = None
    """The function of the field whose answers `before` and `after` are: all of a tuple, or `other_than` these."""


def find_flips(compiled: CompiledScheme, answers: Any, facts: Facts, on: date) -> tuple[Flip, ...]:
    """The single inputs that change the outcome of a dossier, in form order; none before the first version."""
    if compiled.version_on(on) is None:
        return ()
    judge = Judge(compiled, answers, facts, on)
    now = judge.version.program.evaluate(judge.values)
    stands = judge.stands(now)
    found = [*_of_inputs(judge, lambda name, value: _leaves(judge, stands, judge.with_value(name, value)))]
    if not found and stands == "not_eligible":
        for criterion in now.failed:
            found += [_aimed(flip, criterion) for flip in _of_inputs(judge, _meets(judge, criterion))]
    return tuple(_by_lists(judge, found))


def find_other_amounts(compiled: CompiledScheme, answers: Any, facts: Facts, on: date) -> tuple[Flip, ...]:
    """The single inputs that leave an eligible dossier eligible and give it another amount, by another case.

    An amount that merely follows a number within its case (a rate of a cost) is no other case.
    """
    if compiled.version_on(on) is None:
        return ()
    judge = Judge(compiled, answers, facts, on)
    now = judge.version.program.evaluate(judge.values)
    paid = now.amount_so_far
    if judge.stands(now) != "eligible" or paid is None:
        return ()
    case = judge.case_of(None, None)

    def does(name: str, value: Any) -> bool:
        result = judge.with_value(name, value)
        if result is None or judge.stands(result) != "eligible" or result.amount_so_far in (None, paid):
            return False
        return judge.case_of(name, value) != case

    found = [
        replace(flip, target="amount", varies=flip.way in ("or_more", "or_less") and not _is_flat(judge, flip))
        for flip in _of_inputs(judge, does, most=_MOST_FOR_AMOUNT)
        if flip.source != "check"
    ]
    return tuple(_by_lists(judge, found))


def _is_flat(judge: Judge, flip: Flip) -> bool:
    """Whether going on, as far as it can, gives the same amount."""
    edge = Scale(judge, flip.name, flip.kind) if flip.kind is not None else None
    if edge is None:
        return True
    here, far = edge.number(flip.after), edge.high if flip.way == "or_more" else edge.low
    beyond = {here + (1 if far > here else -1) * step for step in (1, 100, 10_000, 1_000_000)} | {far}
    tried = (judge.with_value(flip.name, edge.value(one)) for one in beyond if edge.low <= one <= edge.high)
    return all(one is not None and one.amount_so_far == flip.amount for one in tried)


def _by_lists(judge: Judge, flips: list[Flip]) -> list[Flip]:
    """The flips, those that all the beginnings of a list of codes give alike being said once."""
    declared = judge.compiled.scheme.codes
    asked = {(node.codes, key_of(node)) for node in judge.nodes if isinstance(node, tree.Logic) and node.codes}
    for name, key in sorted(asked, key=lambda one: one[0]):
        begun = {code for code in declared[name].codes if code not in declared[name].but}
        alike: dict[Flip, list[Flip]] = {}
        for flip in flips:
            if isinstance(key, tree.Read) and flip.name == key.name and flip.way == "starting_with":
                alike.setdefault(replace(flip, way="coded", after=name), []).append(flip)
        for merged, group in alike.items():
            if begun <= {flip.after for flip in group}:
                told = [flip for flip in group if flip.after in begun]
                place = flips.index(told[0])
                flips = [each for each in flips if each not in told]
                flips.insert(place, merged)
    return flips


def _meets(judge: Judge, criterion: str) -> Does:
    """Whether one value has a criterion met: known to be true, not merely no longer false."""

    def does(name: str, value: Any) -> bool:
        result = judge.with_value(name, value)
        if result is None or criterion in result.failed:
            return False
        trace = judge.trace_with(name, value)
        return trace is not None and any(each.id == criterion and each.state is True for each in trace.conditions)

    return does


def _leaves(judge: Judge, stands: Standing, result: Result | None) -> bool:
    """Whether a result is another, and settled: what stays open would not be a promise."""
    return result is not None and judge.stands(result) not in (stands, "undetermined")


def _aimed(flip: Flip, criterion: str) -> Flip:
    return Flip(flip.name, flip.kind, flip.before, flip.after, flip.way, flip.standing, None, criterion, flip.source)


def _of_inputs(judge: Judge, flips: Does, most: int = _MOST_TRIALS) -> Iterator[Flip]:
    program = judge.version.program
    asked = program.asked(judge.values)
    for name in dict.fromkeys((*program.fields, *program.facts, judge.day_is)):
        if judge.trials > most or asked.get(name, True) is not True or name == "territory":
            continue
        declared = program.plan.environment.inputs[name]
        source: Any = "field" if declared.kind == "field" else "fact"
        before = judge.values.get(name)
        known = before is not None and before is not UNAVAILABLE
        if declared.type.kind in _ORDERED:
            if known:
                yield from _nearest(judge, name, declared.type, flips, source)
        elif known or declared.type.kind in ("boolean", "choice"):
            if declared.type.kind == "text":
                yield from _by_answer(judge, name, declared.type, flips)
            yield from _each(judge, name, name, choices_of(judge, name, declared.type), flips, source, declared.type)
    for name in program.lists:
        row = judge.values.get("@" + name)
        if row is not None and row is not UNAVAILABLE:
            other: Any = {} if row is False else False
            yield from _each(judge, "@" + name, name, [(other, "exactly")], flips, "list", None)
    for condition, node in program.plan.conditions:
        answer = judge.values.get("@" + condition.id)
        if node is None and isinstance(answer, bool):
            yield from _each(judge, "@" + condition.id, condition.id, [(not answer, "exactly")], flips, "check", None)


def _each(
    judge: Judge,
    key: str,
    name: str,
    values: Iterable[tuple[Any, Way]],
    flips: Does,
    source: Any,
    kind: Type | None,
) -> Iterator[Flip]:
    for value, way in values:
        result = judge.with_value(key, value)
        if result is not None and flips(key, value):
            before = judge.values.get(key)
            yield Flip(name, kind, before, value, way, judge.stands(result), result.amount_so_far, source=source)


def _by_answer(judge: Judge, name: str, kind: Type, flips: Does) -> Iterator[Flip]:
    """What the function that reads a field of codes would have to answer."""
    for one in answers_of(judge, name, lambda code: flips(name, code)):
        result = judge.with_value(name, one.code)
        if result is not None:
            stands, amount = judge.stands(result), result.amount_so_far
            yield Flip(name, kind, one.before, one.answers, one.way, stands, amount, through=one.call)


def _nearest(judge: Judge, name: str, kind: Type, flips: Does, source: Any) -> Iterator[Flip]:
    """The nearest value that flips, below or above."""
    edge = edge_of(judge, name, kind, lambda value: flips(name, value))
    result = judge.with_value(name, edge.value) if edge is not None else None
    if edge is None or result is None:
        return
    goes_on = bool(edge.beyond) and all(
        flips(name, each) and _same(judge, judge.with_value(name, each), result) for each in edge.beyond
    )
    word: Way = ("or_more" if edge.upwards else "or_less") if goes_on else "exactly"
    before, after = judge.values[name], edge.value
    yield Flip(name, kind, before, after, word, judge.stands(result), result.amount_so_far, source=source)


def _same(judge: Judge, one: Result | None, other: Result) -> bool:
    return one is not None and judge.stands(one) == judge.stands(other)
