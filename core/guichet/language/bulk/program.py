"""Rules over whole populations: the answers of every dossier as columns."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import narwhals as nw

from guichet.language.bulk.answers import Answers
from guichet.language.bulk.columns import KEY, Frame, Tables, column_of
from guichet.language.bulk.engines import ENGINES, EngineName
from guichet.language.bulk.expressions import Expressions
from guichet.language.bulk.levels import Levels
from guichet.language.bulk.masks import Mask
from guichet.language.bulk.prepared import Prepared
from guichet.language.bulk.reading import Column, Given, first_columns
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.bulk.scope import Scope
from guichet.language.plan import Plan
from guichet.language.result import Outcome, Result
from guichet.language.types import Type

__all__ = ["ANSWERS", "BulkProgram"]

ANSWERS: Final = ("outcome", "amount_cents", "provisional_amount_cents", "branch")


Schema = Mapping[str, Any]


class _Written(NamedTuple):
    """The expressions over frames that hold some columns."""

    first: Prepared
    levels: Levels
    answers: Prepared


class BulkProgram:
    """One version of the rules of a scheme, over frames of Polars, DuckDB or PySpark.

    Args:
        plan: The checked rules.
        engine: Whose frames are given.
        constants: Inputs that are the same for every dossier, such as the parameters of the day.
        verified: Whether the forms over columns that plugins give are held to their functions on the first lines.
    """

    def __init__(
        self,
        plan: Plan,
        engine: EngineName = "polars",
        constants: Mapping[str, object] | None = None,
        *,
        verified: bool = False,
    ) -> None:
        self._engine = ENGINES[engine]
        self._verified = verified
        self._plan = plan
        self._constants = dict(constants or {})
        self._written: dict[frozenset[tuple[str, bool]], _Written] = {}
        given, answers = self._begin(None)
        answers.write()
        self.columns: Mapping[str, Column] = given.columns_read
        self.masks: tuple[Mask, ...] = (answers.failed, answers.missing, answers.awaited, answers.unavailable)
        self.rows: frozenset[str] = frozenset(
            name for name, column in self.columns.items() if column.type.kind == "rows"
        )

    def evaluate(
        self,
        frame: Any,
        rows: Mapping[str, Any] | None = None,
        *,
        keep: Sequence[str] = (),
        only: Sequence[str] = (),
        bounded: bool = False,
    ) -> Any:
        """The answers of every dossier, in a frame of the same kind.

        Args:
            frame: One line a dossier, a column for each input by name; a column that is not there was never answered.
            rows: For each field of repeated rows, a frame with the dossier in `#` and the number of the row in `place`.
            keep: Columns of the frame to give back beside the answers.
            only: The columns of answers wanted, all of them otherwise; what the others need is not computed.
            bounded: Whether the values are known to stay within the declared bounds; else they are checked first.
        """
        given = nw.from_native(frame)
        main = cast("Frame", given.lazy())
        schema = main.collect_schema()
        if KEY not in schema and self._engine.name == "polars":
            main = main.with_row_index(KEY, order_by=None)  # pyright: ignore[reportArgumentType]  Polars keeps the order of its lines
        lines = {
            name: self._dated(cast("Frame", nw.from_native(each).lazy()), dict(self.columns[name].type.columns))
            for name, each in (rows or {}).items()
        }
        for name in sorted(self.rows - lines.keys()):
            raise NotInBulk("bulk.rows_absent", name=name)
        if not bounded:
            self._refuse_out_of_bounds(main, schema)
        written = self._written_for(schema)
        found = written.levels.run(Tables(written.first.add_to(main), lines)).main
        answers = written.answers.select_from(found, keep, only)
        return answers.collect().to_native() if isinstance(given, nw.DataFrame) else answers.to_native()

    def decode(self, line: Mapping[str, object]) -> Result:
        """One line of answers as the result of that dossier."""
        failed, missing, awaited, unavailable = (mask.read(line) for mask in self.masks)
        outcome = cast("Outcome", line["outcome"])
        amount, provisional = (cast("int | None", line[name]) for name in ("amount_cents", "provisional_amount_cents"))
        return Result(outcome, amount, failed, missing, unavailable, awaited, provisional)

    def _begin(self, there: frozenset[str] | None) -> tuple[Given, Answers]:
        """What reads frames that hold some columns, and what answers."""
        expressions = Expressions(Scope.of_dossiers(self._engine, verified=self._verified))
        given = Given(self._plan, expressions, self._constants, there)
        return given, Answers(self._plan, given, expressions)

    def _written_for(self, schema: Schema) -> _Written:
        """The expressions over frames of a schema, written once."""
        there = frozenset((name, schema[name] == nw.Date()) for name in schema if name in self.columns)
        if there not in self._written:
            given, answers = self._begin(frozenset(name for name, _ in there))
            made = answers.write()
            first = Prepared(first_columns(self._engine, given.columns_read, dict(there)))
            self._written[there] = _Written(first, answers.levels, Prepared(made))
        return self._written[there]

    def _dated(self, frame: Frame, types: Mapping[str, Type]) -> Frame:
        """The frame with its dates as days since 1970, beside them."""
        schema = frame.collect_schema()
        days = {
            column_of(name, is_date=True): self._engine.day_number(nw.col(name))
            if schema[name] == nw.Date()
            else nw.col(name)
            for name, type_ in types.items()
            if type_.kind == "date"
        }
        return frame.with_columns(**days) if days else frame

    def _refuse_out_of_bounds(self, main: Frame, schema: Schema) -> None:
        numbers = [column for column in self.columns.values() if column.low is not None and column.type.kind != "date"]
        bounded = [column for column in numbers if column.name in schema]
        if not bounded:
            return
        least = {f"low {column.name}": nw.col(column.name).min() for column in bounded}
        most = {f"high {column.name}": nw.col(column.name).max() for column in bounded}
        found = main.select(**least, **most).collect("pyarrow").to_native().to_pylist()[0]
        for column in bounded:
            for value in (found[f"low {column.name}"], found[f"high {column.name}"]):
                if value is not None and not cast("int", column.low) <= value <= cast("int", column.high):
                    data = {"value": value, "low": column.low, "high": column.high}
                    raise NotInBulk("bulk.out_of_bounds", name=column.name, **data)
