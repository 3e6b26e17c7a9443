"""Reference lists given as frames: the key of each dossier worked out, and the row of that key joined to it."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import narwhals as nw

from guichet.language.bulk.columns import Frame, Tables
from guichet.language.bulk.engines import ENGINES, EngineName
from guichet.language.bulk.expressions import Expressions
from guichet.language.bulk.prepared import Prepared
from guichet.language.bulk.reading import SILENT, Given, first_columns
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.bulk.scope import Scope
from guichet.language.plan import Plan

__all__ = ["KEY_OF_LIST", "with_lists"]

KEY_OF_LIST: Final = "·key"
"""The column of the keys in the frame of a list; each stands there once, and none is null."""


def with_lists(
    frame: Any,
    plan: Plan,
    lists: Mapping[str, Any],
    constants: Mapping[str, object],
    engine: EngineName = "polars",
) -> Any:
    """A frame of dossiers with what lists say of each: `@list`, `@list/column`, as `BulkProgram` reads them.

    Args:
        lists: List → a frame of the same kind: `KEY_OF_LIST`, and the columns rules may look up.
        constants: Inputs that are the same for every dossier.
    """
    given = nw.from_native(frame)
    found: Frame = given.lazy()
    for name in plan.lists_in_order():
        if name in lists:
            found = _with_list(found, plan, name, nw.from_native(lists[name]).lazy(), constants, engine)
    return found.collect().to_native() if isinstance(given, nw.DataFrame) else found.to_native()


def _with_list(
    main: Frame, plan: Plan, name: str, rows: Frame, constants: Mapping[str, object], engine: EngineName
) -> Frame:
    """The frame with what one list says."""
    before, fact = main.collect_schema().names(), f"@{name}"
    columns = plan.environment.lists[name].columns
    said = {f"{fact}/{column}": nw.col(column) for column in rows.collect_schema().names() if column in columns}
    rows = rows.select(KEY_OF_LIST, **said, **{fact: nw.lit(value=True)})
    keyed, key = _keyed(main, plan, name, constants, engine)
    joined = keyed.select(*before, **{f"{KEY_OF_LIST} {name}": nw.col(key)}).join(
        rows, left_on=f"{KEY_OF_LIST} {name}", right_on=KEY_OF_LIST, how="left"
    )
    consulted = ~nw.col(f"{KEY_OF_LIST} {name}").is_null()
    answer = nw.when(consulted).then(nw.col(fact).fill_null(value=False))
    return joined.select(*before, *said, **{fact: answer, SILENT + fact: nw.lit(value=False)})


def _keyed(
    main: Frame, plan: Plan, name: str, constants: Mapping[str, object], engine: EngineName
) -> tuple[Frame, str]:
    """The frame with the key of a list, and under which name."""
    schema, uses = main.collect_schema(), plan.uses(plan.keys[name])
    for each in uses.inputs:
        if plan.environment.inputs[each].type.kind == "rows":
            raise NotInBulk("bulk.rows_key", name=name)
    expressions = Expressions(Scope.of_dossiers(ENGINES[engine], verified=True))
    given = Given(plan, expressions, constants, frozenset(schema), uses)
    column, _ = expressions.scope.levels.column(expressions.write(plan.keys[name]))
    there = {each: schema[each] == nw.Date() for each in schema if each in given.columns_read}
    first = Prepared(first_columns(ENGINES[engine], given.columns_read, there))
    return expressions.scope.levels.run(Tables(first.add_to(main), {})).main, column
