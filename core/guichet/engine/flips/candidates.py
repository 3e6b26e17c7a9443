"""Where to look: the values of one input at which some comparison of the rules may change sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, Literal, cast

from guichet.engine.flips.judging import Judge
from guichet.language import Trace, Type, tree

__all__ = ["Scale", "Way", "candidates_of", "choices_of"]

Way = Literal["or_more", "or_less", "exactly", "other_than", "starting_with", "coded"]

_WIDEST: Final = 10**15
_TRACES: Final = 5  # more comparisons come to light from a few of the values found
_STEPS: Final = (1, 10_000)  # a slope seen over one unit, and over many where the rules round


class Scale:
    """The values of one input as whole numbers in order: cents, scaled integers, days."""

    def __init__(self, judge: Judge, name: str, kind: Type) -> None:
        declared = judge.version.program.plan.environment.inputs[name]
        self.is_date, self.over = kind.kind == "date", kind.over
        early, late = declared.earliest, declared.latest
        if judge.selects_version(name):  # other versions may judge: the whole calendar is open
            calendar = judge.compiled.scheme.calendar
            early, late = calendar.opens.date(), calendar.closes
        elif (filed := judge.facts.filed_on) is not None and judge.past_only(name):
            late = min(late or filed, filed)
        if self.is_date:
            self.low = early.toordinal() if early else date(1900, 1, 1).toordinal()
            self.high = late.toordinal() if late else date(2200, 1, 1).toordinal()
        else:
            self.low = declared.minimum if declared.minimum is not None else _least(name)
            self.high = declared.maximum if declared.maximum is not None else _WIDEST

    def number(self, value: Any) -> int:
        """A value as a whole number."""
        return value.toordinal() if self.is_date else int(value)

    def value(self, number: int) -> Any:
        """A whole number as a value."""
        return date.fromordinal(number) if self.is_date else number


def _least(name: str) -> int:
    return 0 if name == "other_dossiers" else -_WIDEST


def candidates_of(judge: Judge, name: str, scale: Scale) -> list[int]:
    """The whole numbers worth a trial, in order, the present one among them."""
    here = scale.number(judge.values[name])
    found = {here, scale.low, scale.high}
    found |= {each + side for each in _written(judge, scale) for side in (-1, 0, 1)}
    found |= {here + way * 2**power for power in range(50) for way in (-1, 1)}
    if scale.is_date and judge.selects_version(name):
        days = [version.first_day for version in judge.compiled.versions]
        found |= {(day + timedelta(side)).toordinal() for day in days for side in (-1, 0)}
    others = sorted(found, key=lambda one: abs(one - here))[: _TRACES - 1] if _has_cases(judge) else []
    for base in (here, *others):
        if scale.low <= base <= scale.high:
            found |= set(_crossings(judge, name, scale, base))
    return sorted(each for each in found if scale.low <= each <= scale.high)


def _has_cases(judge: Judge) -> bool:
    """Whether some comparison may be met at other values only: a choice looks at one of its sides."""
    return any(isinstance(node, tree.Choose) for node in judge.nodes)


def _crossings(judge: Judge, name: str, scale: Scale, base: int) -> Iterator[int]:
    """Where each comparison met would change sides if it kept its slope, and the values beside."""
    first = _distances(judge.trace_with(name, scale.value(base)))
    for step in _STEPS:
        if not scale.low <= base + step <= scale.high:
            continue
        other = _distances(judge.trace_with(name, scale.value(base + step)))
        if first.keys() != other.keys():
            continue
        for key, apart in first.items():
            moved = other[key] - apart
            if moved:
                root = base - apart * step // moved
                yield from (root + side for side in (-2, -1, 0, 1, 2))


def _distances(trace: Trace | None) -> dict[tuple[str, int], int]:
    if trace is None:
        return {}
    groups = [(each.id, each.comparisons) for each in trace.conditions]
    groups += [(f"@{name}", tuple(met)) for name, met in trace.met.items()]
    if trace.amount is not None:
        groups.append(("@amount", trace.amount.comparisons))
    return {
        (group, place): met.distance
        for group, comparisons in groups
        for place, met in enumerate(comparisons)
        if met.distance is not None
    }


def _written(judge: Judge, scale: Scale) -> Iterator[int]:
    """The values the rules write, and those of parameters, on the scale: `3` is 300 hundredths."""
    inputs = judge.version.program.plan.environment.inputs
    held = [(node.value, node.type) for node in judge.nodes if isinstance(node, tree.Constant)]
    held += [(value, inputs[name].type) for name, value in judge.compiled.parameters_on(judge.on).items()]
    for value, type_ in held:
        if _is_point(value, scale):
            yield scale.number(value) if scale.is_date else scale.number(value) * scale.over // type_.over


def _is_point(value: Any, scale: Scale) -> bool:
    """Whether a value lies on the scale: a day among days, a number among numbers."""
    return isinstance(value, date) if scale.is_date else isinstance(value, int) and not isinstance(value, bool)


def choices_of(judge: Judge, name: str, kind: Type) -> list[tuple[Any, Way]]:
    """Every other value of an input that has few, the present one left out; of a text, those the rules compare with."""
    here = judge.values.get(name)
    found: list[tuple[Any, Way]]
    match kind.kind:
        case "boolean":
            found = [(True, "exactly"), (False, "exactly")]
        case "choice":
            found = [(code, "exactly") for code in kind.values]
        case "list" if kind.item is not None:
            codes, held = kind.item.values, cast("tuple[Any, ...]", here if isinstance(here, tuple) else ())
            toggled = [tuple(each for each in codes if (each in held) != (each == one)) for one in codes]
            found = [(each, "exactly") for each in toggled]
        case "text":
            found = sorted(_texts(judge, name))
        case _:
            found = []
    return [each for each in found if each[0] != here]


def _texts(judge: Judge, name: str) -> set[tuple[str, Way]]:
    """The texts that rules compare a field with, whole or by their beginning."""
    found: set[tuple[str, Way]] = set()
    for node in judge.nodes:
        way: Way = "exactly"
        match node:
            case tree.Compare():
                sides: tuple[tree.Node, ...] = (node.left, node.right)
            case tree.Among():
                sides = (node.operand, *node.options)
            case tree.Apply(function="starts_with"):
                sides, way = node.arguments, "starting_with"
            case _:
                continue
        if any(isinstance(side, tree.Read) and side.name == name for side in sides):
            texts = [side.value for side in sides if isinstance(side, tree.Constant) and isinstance(side.value, str)]
            found |= {(text, way) for text in texts}
    return found
