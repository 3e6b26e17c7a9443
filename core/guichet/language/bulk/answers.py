"""The columns that answer: outcome, amounts, what failed, what is missing, who is awaited, which branch."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import get_args

import narwhals as nw

from guichet.language import tree
from guichet.language.bulk.columns import Piece
from guichet.language.bulk.expressions import Expressions
from guichet.language.bulk.masks import Mask
from guichet.language.bulk.reading import Given
from guichet.language.generation.functions import UNVERIFIED, columns_looked_up, columns_read
from guichet.language.plan import Plan, Uses
from guichet.language.result import Outcome


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that may stay unknown: where it is, and what it reads."""

    test: nw.Expr
    level: int
    uses: Uses


class Answers:
    """Writes the answers of one set of rules."""

    def __init__(self, plan: Plan, given: Given, expressions: Expressions) -> None:
        self._plan = plan
        self._given = given
        self._expressions = expressions
        self.levels = expressions.scope.levels
        self._nodes = [*plan.condition_nodes(), *plan.amount_nodes(), *plan.definitions.values()]
        self._functions = sorted(given.uses.functions)
        self.failed = Mask("failed", tuple(condition.id for condition, _ in plan.conditions))
        self.awaited = Mask("awaited", tuple(condition.id for condition, node in plan.conditions if node is None))
        fields = [name for name in given.inputs if plan.environment.inputs[name].kind == "field"]
        self.missing = Mask("missing", tuple(fields))
        notes = [UNVERIFIED[plan.environment.words] + step.unverified for step in plan.amount if step.unverified]
        self.unavailable = Mask("unavailable", (*given.inputs, *given.lists, *notes, *self._functions))

    def write(self) -> dict[str, nw.Expr]:
        """The answers by name, to be computed once every level is there."""
        states = [self._state(place) for place in range(len(self._plan.conditions))]
        failing = [self._flag(~state.expr.fill_null(value=True), state) for state in states]
        waiting = [
            self._flag(state.expr.is_null(), state)
            for state, (_, node) in zip(states, self._plan.conditions, strict=True)
            if node is None
        ]
        amount, branch = self._amount()
        unknown = [
            Unknown(state.expr.is_null(), state.level, self._plan.uses(node))
            for state, (_, node) in zip(states, self._plan.conditions, strict=True)
            if node is not None and state.nullable
        ]
        if self._plan.amount and amount.nullable:
            unknown.append(Unknown(amount.expr.is_null(), amount.level, self._plan.uses(*self._plan.amount_nodes())))
        unknown = [self._held(each) for each in unknown]
        refused = self._any(failing)
        open_ = self._any([_piece(each) for each in unknown])
        stuck = self._flag(~refused.expr & open_.expr, refused, open_)
        clear = self._flag(~refused.expr & ~open_.expr, refused, open_)
        hopeful = self._any(waiting)
        granted = self._flag(clear.expr & ~hopeful.expr, clear, hopeful)
        answers = self._said(refused, granted, clear, amount, branch)
        answers |= self.failed.write([each.expr for each in failing])
        answers |= self.awaited.write([(each.expr & ~granted.expr) for each in waiting])
        return answers | self._lacking(unknown, stuck, branch)

    def _said(self, refused: Piece, granted: Piece, clear: Piece, amount: Piece, branch: Piece) -> dict[str, nw.Expr]:
        engine, outcomes = self._expressions.scope.engine, get_args(Outcome)
        yes, no, open_ = (engine.code(each, outcomes) for each in outcomes)
        otherwise = nw.when(granted.expr).then(yes).otherwise(open_)
        nothing = nw.lit(None, nw.Int64())
        return {
            "outcome": nw.when(refused.expr).then(no).otherwise(otherwise),
            "amount_cents": nw.when(granted.expr).then(amount.expr).otherwise(nothing),
            "provisional_amount_cents": nw.when(clear.expr & ~granted.expr).then(amount.expr).otherwise(nothing),
            "branch": nw.when(~refused.expr).then(branch.expr).otherwise(nothing),
        }

    def _state(self, place: int) -> Piece:
        condition, node = self._plan.conditions[place]
        if node is None:
            return self._given.answer(condition.id)
        return self.levels.hold(self._expressions.write(node))

    def _amount(self) -> tuple[Piece, Piece]:
        """The amount, and the number of its branch counted from 1."""
        numbers = self._expressions.numbers
        nothing = Piece(expr=nw.lit(None, nw.Int64()), low=0, high=0, simple=True)
        amount = branch = nothing
        for place, step in reversed(list(enumerate(self._plan.amount, 1))):
            value = nothing if step.value is None else self.levels.hold(self._expressions.write(step.value))
            number = numbers.constant(place)
            if step.condition is None:
                amount, branch = value, number
                continue
            test = self.levels.hold(self._expressions.write(step.condition))
            amount = numbers.either(test, value, amount)
            branch = replace(numbers.either(test, number, branch), low=0, high=place)
        return self.levels.hold(amount), self.levels.hold(branch)

    def _lacking(self, unknown: list[Unknown], stuck: Piece, branch: Piece) -> dict[str, nw.Expr]:
        """Why something is unknown: fields not answered, sources that do not answer."""
        inputs = self._plan.environment.inputs
        missing: list[nw.Expr | None] = []
        silent: list[nw.Expr | None] = []
        level = stuck.level
        for name in self._given.inputs:
            lacks = self._lacks(name, unknown, stuck)
            level = max(level, lacks.level)
            quiet = self._given.unavailable(name)
            if inputs[name].kind != "field":
                silent.append(lacks.expr)
            else:
                silent.append(None if quiet is None else lacks.expr & quiet)
                missing.append(lacks.expr if quiet is None else lacks.expr & ~quiet)
        silent += [self._silent(name, unknown, stuck).expr for name in self._given.lists]
        silent += [
            stuck.expr & (branch.expr == place).fill_null(value=False)
            for place, step in enumerate(self._plan.amount, 1)
            if step.unverified
        ]
        if self._functions:
            tests = [test for test in (*missing, *silent) if test is not None]
            said = self._flag(reduce(or_, tests, nw.lit(value=False)), *self._all(level))
            silent += [self._waits(unknown, stuck, name, "functions").expr & ~said.expr for name in self._functions]
        return self.missing.write(missing) | self.unavailable.write(silent)

    def _all(self, level: int) -> list[Piece]:
        """A piece that stands above everything written so far."""
        return [Piece(expr=nw.lit(value=True), level=max(level, self.levels.height))]

    def _lacks(self, name: str, unknown: list[Unknown], stuck: Piece) -> Piece:
        value = self._given.inputs[name]
        waits = self._waits(unknown, stuck, name, "inputs")
        gone = value.expr.is_null()
        level = max(value.level, waits.level)
        columns = sorted(columns_read(self._nodes, name)) if self._plan.type_of(name).kind == "rows" else []
        if columns:
            entry = self._plan.environment.inputs[name]
            rows = tree.Read(name, entry.kind, type=entry.type, text=name)
            part = self._expressions.reductions.incomplete(rows, columns)
            gone, level = gone | part.expr, max(level, part.level)
        asked = self._given.asked.get(name)
        if asked is not None:
            gone, level = gone & asked.expr.fill_null(value=False), max(level, asked.level)
        return self.levels.hold(Piece(expr=waits.expr & gone, level=level, nullable=False))

    def _silent(self, name: str, unknown: list[Unknown], stuck: Piece) -> Piece:
        """A list is silent when it gives nothing, or a line without the column read, unless its key is unanswered."""
        found, waits = self._given.lists[name], self._waits(unknown, stuck, name, "lists")
        level, quiet = max(found.level, waits.level), found.expr.is_null()
        for column in sorted(columns_looked_up(self._nodes, name)):
            cell = self._given.columns[name, column]
            quiet, level = quiet | cell.expr.is_null(), max(level, cell.level)
        asked_for = self._given.consulted(name)
        keys = [
            each
            for each in self._plan.ordered_inputs(self._plan.uses(self._plan.keys[name]).inputs)
            if self._plan.environment.inputs[each].kind == "field"
        ]
        answered = nw.lit(value=True)
        for each in keys:
            value, asked = self._given.inputs[each], self._given.asked.get(each)
            test, level = ~value.expr.is_null(), max(level, value.level)
            if asked is not None:
                test, level = test | ~asked.expr.fill_null(value=False), max(level, asked.level)
            answered &= test
        expr = waits.expr & quiet & (asked_for | answered)
        return Piece(expr=expr, level=level, nullable=False)

    def _waits(self, unknown: list[Unknown], stuck: Piece, name: str, kind: str) -> Piece:
        """Whether something unknown reads a name, in a dossier that is stuck."""
        tests = [each for each in unknown if name in getattr(each.uses, kind)]
        if not tests:
            return Piece(expr=nw.lit(value=False), nullable=False)
        expr = stuck.expr & reduce(or_, [each.test for each in tests])
        return Piece(expr=expr, level=max(stuck.level, *(each.level for each in tests)), nullable=False)

    def _held(self, each: Unknown) -> Unknown:
        held = self.levels.hold(_piece(each))
        return Unknown(held.expr, held.level, each.uses)

    def _flag(self, test: nw.Expr, *reads: Piece) -> Piece:
        level = max((piece.level for piece in reads), default=0)
        return self.levels.hold(Piece(expr=test, level=level, nullable=False))

    def _any(self, flags: list[Piece]) -> Piece:
        if not flags:
            return Piece(expr=nw.lit(value=False), nullable=False, simple=True)
        return self._flag(reduce(or_, [flag.expr for flag in flags]), *flags)


def _piece(each: Unknown) -> Piece:
    return Piece(expr=each.test, level=each.level, nullable=False)
