"""The form over columns of a plugin's function, held to the function itself on the first lines of a simulation."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import narwhals as nw

from guichet.language.bulk.calendar import day_number
from guichet.language.bulk.columns import Tables
from guichet.language.bulk.levels import Step
from guichet.language.bulk.python import as_given
from guichet.language.bulk.refusals import NotInBulk
from guichet.language.declarations import Signature
from guichet.language.types import Type

__all__ = ["disagrees", "verifying_step"]

_LINES: Final = 200


_FOUND: Final = "·found"


def verifying_step(function: Signature, arguments: Sequence[tuple[str, Type]], form: nw.Expr) -> Step:
    """What leaves a frame as it is, once a form over its columns is known to say what the function says."""
    waiting = [True]

    def step(tables: Tables) -> Tables:
        if waiting:
            columns = [column for column, _ in arguments]
            try:
                some = tables.main.select(*columns, **{_FOUND: form}).head(_LINES).collect("pyarrow")
                lines = some.to_native().to_pylist()
            except Exception as error:  # the plugin border: engines raise what they like about its expression
                raise disagrees(function, "bulk()", f"{type(error).__name__}: {error}", "") from error
            for line in lines:
                _compare(function, arguments, line, line[_FOUND])
            waiting.clear()
        return tables

    return step


def disagrees(function: Signature, call: str, found: object, expected: object) -> NotInBulk:
    """What the two forms of a function say of one call."""
    data = {"name": function.name, "plugin": function.plugin, "call": call, "found": str(found)[:200]}
    return NotInBulk("bulk.function_disagrees", **data, expected=str(expected)[:200])


def _compare(
    function: Signature, arguments: Sequence[tuple[str, Type]], line: Mapping[str, Any], found: object
) -> None:
    given = [as_given(line[column], type_) for column, type_ in arguments if line[column] is not None]
    if len(given) < len(arguments):
        return
    answer = function.call(*given)
    expected = day_number(answer) if isinstance(answer, date) else answer
    if found != expected or type(found) is not type(expected):
        call = f"{function.name}({', '.join(str(each) for each in given)})"
        raise disagrees(function, call, _shown(found), _shown(expected))


def _shown(value: object) -> str:
    return "null" if value is None else repr(value)
