"""The sentence of a difference: what differs, where, and both values as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from pydantic import BaseModel

from guichet.catalogue import PARAMETER_TYPES, CompiledScheme
from guichet.engine.comparison.expressions import moved_constants, questions_beside
from guichet.engine.comparison.fragments import fragments
from guichet.engine.comparison.places import item_name, node_at, value_at
from guichet.engine.comparison.walk import Kind, Raw, Step
from guichet.engine.wording import Names, Wording, as_line
from guichet.locale import Language, Texts, format_day, format_instant, format_money
from guichet.model.parameters import parse_parameter
from guichet.model.rules import Branch, Criterion, DatedValue, Gate
from guichet.model.scalars import Period, ScalarError

__all__ = ["Difference", "Speech"]

_CENTS = ("Envelope.ceiling",)
_CONDITIONS = ("Criterion.when", "Gate.when", "Branch.condition")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words.

    Args:
        path: The keys that lead to it, as an overlay would write them.
        where: The containers it stands in; empty at the root.
        what: What differs: an attribute, an item, or a threshold.
        days: The rule versions that share it, for one inside rules.
    """

    path: tuple[str, ...]
    kind: Kind
    where: str
    what: str
    before: str
    after: str
    text: str
    days: tuple[date, ...] = ()


class Speech:
    """Says the differences between two schemes."""

    def __init__(self, before: CompiledScheme, after: CompiledScheme, language: Language) -> None:
        self._schemes = before, after
        self.before, self.after = Names(before, language), Names(after, language)
        self._say = Texts(language)
        self._language: Language = language

    def difference(self, raw: Raw) -> Difference:
        """One difference in words; one inside a version of the rules bears its day."""
        where, what = self._where(raw), self._what(raw)
        before, after = self._values(raw)
        constants = self._thresholds(raw)
        if constants is not None:
            what, before, after = constants
        text = self._sentence(raw, what, before, after)
        keys = tuple(step.key for step in raw.path)
        days = (date.fromisoformat(keys[1]),) if keys[0] == "rules" and len(keys) > 2 else ()
        return Difference(keys, raw.kind, where, what, before, after, text, days)

    def spread(self, one: Difference) -> Difference:
        """A difference inside rules with the versions that share it."""
        where, count = one.where, len(one.days) - 1
        first = item_name(Step(one.days[0].isoformat(), "Scheme.rules", 1), None, self._say)
        if count:
            where = where.replace(first, self._say("comparison.and_next", where=first, count=count), 1)
        return replace(one, where=where)

    def parameter(self, name: str, before: str, after: str) -> Difference:
        """A parameter that is not worth the same in two versions."""
        noun = self._say("comparison.item.Scheme.parameters")
        what = self._say("comparison.named", noun=noun, label=self.after.label(name))
        key = "comparison.changed" if before else "comparison.set"
        text = as_line(self._say(key, what=what, before=before, after=after), self._language)
        return Difference(("parameters", name), "changed", "", what, before, after, text)

    def _where(self, raw: Raw) -> str:
        """The containers a difference stands in, the outermost first."""
        last = len(raw.path) - 1
        found: list[str] = []
        for place, step in enumerate(raw.path[:last]):
            hidden = step.owner == "Scheme.forms" and step.key == "application"
            if step.depth == 0 or hidden or step.owner.endswith(".options"):
                continue
            found.append(item_name(step, self._value(raw.path[: place + 1]), self._say))
        return ", ".join(found)

    def _what(self, raw: Raw) -> str:
        """What differs: an item of a container, or an attribute."""
        last = raw.path[-1]
        if last.depth and not (last.owner.endswith(".options") and last.depth > 1):
            return item_name(last, raw.after if raw.after is not None else raw.before, self._say)
        if last.depth:
            return ".".join(step.key for step in raw.path if step.owner == last.owner and step.depth)
        return _attribute_name(last.owner, self._say)

    def _values(self, raw: Raw) -> tuple[str, str]:
        """Both values as people read them; a long text by what changed in it."""
        one, other = self._shown(raw, raw.before, before=True), self._shown(raw, raw.after, before=False)
        texts = raw.kind == "changed" and isinstance(raw.before, str) and isinstance(raw.after, str)
        read = node_at(self._schemes[1], _keys(raw.path)) is not None  # a rule is read whole
        return fragments(one, other) if texts and not read else (one, other)

    def _thresholds(self, raw: Raw) -> tuple[str, str, str] | None:
        """Where only values written in an expression changed: `seuil`, the former ones, the new ones."""
        was, keys = _keys(raw.path, before=True), _keys(raw.path)
        one, other = node_at(self._schemes[0], was), node_at(self._schemes[1], keys)
        if raw.kind != "changed" or one is None or other is None or raw.path[-1].owner not in _CONDITIONS:
            return None
        moved = moved_constants(one, other)
        if not moved or any(old.type.kind != new.type.kind for old, new in moved):
            return None
        asked = {**questions_beside(one), **questions_beside(other)}
        old = ", ".join(self.before.threshold(each.value, each.type, asked.get(id(each), "")) for each, _ in moved)
        new = ", ".join(self.after.threshold(each.value, each.type, asked.get(id(each), "")) for _, each in moved)
        return self._say("comparison.threshold"), old, new

    def _sentence(self, raw: Raw, what: str, before: str, after: str) -> str:
        """One difference without its place."""
        say, last = self._say, raw.path[-1]
        key = raw.kind
        if key in ("added", "removed") and last.depth == 0:
            key = "set" if key == "added" else "unset"
        elif key in ("added", "removed"):
            key = f"{key}_with" if (after if key == "added" else before) else key
        elif key == "changed" and not before:
            key = "set"
        elif key == "changed" and not after:
            key = "unset"
        return as_line(say(f"comparison.{key}", what=what, before=before, after=after), self._language)

    def _value(self, path: Sequence[Step]) -> Any:
        before, after = self._schemes
        found = value_at(after.scheme, path)
        return found if found is not None else value_at(before.scheme, path, before=True)

    def _shown(self, raw: Raw, value: Any, *, before: bool) -> str:  # noqa: C901, PLR0912  one line a kind of value
        scheme, names = self._schemes[0 if before else 1], self.before if before else self.after
        node = node_at(scheme, _keys(raw.path, before=before))
        if node is not None and value is not None and raw.path[-1].owner != "RuleVersion.amount":
            return Wording(names).sentence(node)
        match value:
            case None:
                return ""
            case bool():
                return names.value(value, None)
            case int() if raw.path[-1].owner in _CENTS:
                return format_money(value, self._language)
            case datetime():
                return format_instant(value, self._language)
            case date():
                return format_day(value, self._language)
            case Period():
                return self._say(f"comparison.{value.unit}", count=value.count)
            case Branch():
                return self._branch(scheme, raw.path, names, before=before)
            case Criterion() | Gate():
                node = node_at(scheme, [*_keys(raw.path, before=before), "when"])
                return Wording(names).sentence(node) if node is not None else ""
            case DatedValue():
                return self._dated(scheme, raw.path, value, names)
            case BaseModel():
                return ""
            case tuple() | list() | dict():
                items = cast("Iterable[Any]", value)
                return ", ".join(self._shown(raw, each, before=before) for each in items)
            case _:
                return self._text(scheme, raw.path, str(cast("object", value)), names)

    def _text(self, scheme: CompiledScheme, path: Sequence[Step], text: str, names: Names) -> str:
        if [step.key for step in path][:1] == ["parameters"] and path[-1].owner == "DatedValue.value":
            return self._parameter_value(scheme, path[1].key, text, names)
        return text

    def _dated(self, scheme: CompiledScheme, path: Sequence[Step], value: DatedValue, names: Names) -> str:
        return self._parameter_value(scheme, path[1].key, value.value, names)

    def _parameter_value(self, scheme: CompiledScheme, name: str, text: str, names: Names) -> str:
        declared = scheme.scheme.parameters[name]
        try:
            return names.value(parse_parameter(declared.type, text), PARAMETER_TYPES[declared.type])
        except ScalarError:
            return text

    def _branch(self, scheme: CompiledScheme, path: Sequence[Step], names: Names, *, before: bool) -> str:
        keys, words, say = _keys(path, before=before), Wording(names), self._say
        condition, amount = node_at(scheme, [*keys, "condition"]), node_at(scheme, [*keys, "then"])
        branch: Branch = value_at(scheme.scheme, path, before=before)
        shown = words.sentence(amount) if amount is not None else branch.unverified
        if condition is not None:
            return say("comparison.branch_if", condition=words.sentence(condition), amount=shown)
        return say("comparison.branch_always" if branch.always else "comparison.branch_else", amount=shown)


def _attribute_name(owner: str, say: Texts) -> str:
    """What an attribute of the model is called; its own name where nobody named it yet."""
    key = f"comparison.attr.{owner}"
    return say(key) if say.has(key) else owner


def _keys(path: Sequence[Step], *, before: bool = False) -> list[str]:
    return [(step.was or step.key) if before else step.key for step in path]
