"""Rules over whole populations: the answers of every dossier as columns."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import narwhals as nw

from guichet.language.bulk.answers import Answers
from guichet.language.bulk.columns import KEY, Frame, Tables
from guichet.language.bulk.engines import ENGINES, EngineName
from guichet.language.bulk.expressions import Expressions
from guichet.language.bulk.levels import Levels
from guichet.language.bulk.masks import Mask
from guichet.language.bulk.prepared import Prepared
from guichet.language.bulk.ranges import range_of
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
            rows: For each field of repeated rows, a frame: the dossier in `#`, the number of the row in `place`, the
                columns of the row; one that is not there was never answered.
            keep: Columns of the frame to give back beside the answers.
            only: The columns of answers wanted, all of them otherwise; what the others need is not computed.
            bounded: Whether the values are known to stay within the declared bounds; else they are checked first.
        """
        given = nw.from_native(frame)
        main = cast("Frame", given.lazy())
        schema = main.collect_schema()
        if KEY not in schema and self._engine.name == "polars":
            main = main.with_row_index(KEY, order_by=None)  # pyright: ignore[reportArgumentType]  Polars keeps the order of its lines
        given_rows = {name: cast("Frame", nw.from_native(each).lazy()) for name, each in (rows or {}).items()}
        if absent := sorted(self.rows - given_rows.keys()):
            raise NotInBulk("bulk.rows_absent", name=absent[0])
        inside = {name: (given_rows[name], _columns_of(name, self.columns[name].type)) for name in self.rows}
        if not bounded:
            for each, columns in ((main, self.columns), *inside.values()):
                _refuse_out_of_bounds(each, columns)
        written = self._written_for(schema)
        lines = {name: self._completed(each, columns) for name, (each, columns) in inside.items()}
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

    def _completed(self, rows: Frame, columns: Mapping[str, Column]) -> Frame:
        """The frame of rows with the columns it lacks, and its dates as days since 1970 beside them."""
        schema = rows.collect_schema()
        there = {name: schema[name] == nw.Date() for name in columns if name in schema}
        return Prepared(first_columns(self._engine, columns, there)).add_to(rows)


def _columns_of(rows: str, type_: Type) -> dict[str, Column]:
    """The columns of the frame of repeated rows by name; messages call them `rows.column`."""
    return {name: Column(f"{rows}.{name}", kind, *range_of(kind, *kind.declared)) for name, kind in type_.columns}


def _refuse_out_of_bounds(frame: Frame, columns: Mapping[str, Column]) -> None:
    """Refuses numbers beyond what the arithmetic was written for: engines wrap silently."""
    schema = frame.collect_schema()
    numbers = {name: column for name, column in columns.items() if column.low is not None and name in schema}
    bounded = {name: column for name, column in numbers.items() if column.type.kind != "date"}
    if not bounded:
        return
    least = {f"low {name}": nw.col(name).min() for name in bounded}
    most = {f"high {name}": nw.col(name).max() for name in bounded}
    (found,) = frame.select(**least, **most).collect("pyarrow").to_native().to_pylist()
    for name, column in bounded.items():
        for value in (found[f"low {name}"], found[f"high {name}"]):
            if value is not None and not cast("int", column.low) <= value <= cast("int", column.high):
                data = {"value": value, "low": column.low, "high": column.high}
                raise NotInBulk("bulk.out_of_bounds", name=column.name, **data)
