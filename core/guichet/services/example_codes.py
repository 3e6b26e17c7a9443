"""Codes that examples give: each exists in the table that its field type names, under the name written beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guichet.catalogue import CompiledField
from guichet.errors import Problem
from guichet.loader.declaration import place
from guichet.loader.library import Library
from guichet.loader.reader import folded
from guichet.plugin.contracts import Context, DataTable, Invalid

__all__ = ["check_example_codes", "code_fault"]

_NAME = "label"
"""The column of a table that names its codes."""


def check_example_codes(library: Library, scheme: str) -> Iterator[Problem]:
    """A warning for each answer of an example whose code no version of its table holds, or has another name."""
    declared, tree = library.examples(scheme), library.source(scheme).examples
    tables = library.plugins.tables
    fields = library.effective(scheme).compiled.fields
    for name, example in declared.examples.items() if declared is not None and tree is not None else ():
        for answer, value in example.answers.items():
            field = fields.get(answer)
            fault = code_fault(field, value, tables) if field is not None and isinstance(value, str) else None
            if fault is not None:
                path = ("examples", name, "answers", answer)
                at = place(tree, path) if tree is not None else None
                yield Problem(fault.code, fault.data, at, path, "warning")


def code_fault(field: CompiledField, value: str, tables: Mapping[str, DataTable]) -> Problem | None:
    """What is wrong with a code, and the name written after it; None when its field type has no table.

    `33063 Bordeaux` is a code with its name: a code that exists, and is another's, is caught by the name.
    """
    table = tables.get(field.type.nomenclature)
    code, _, name = value.strip().partition(" ")
    if table is None or not code:
        return None
    rows = [version.rows[code] for version in table.versions if code in version.rows]
    if not rows and _is_kept_as_one(field, value, table):
        return None
    if not rows:
        return Problem("code_not_held", {"value": code, "nomenclature": table.name})
    names = [str(row[_NAME]) for row in rows if _NAME in row]
    if not name.strip() or not names or any(_is_named(name, known) for known in names):
        return None
    meant = [other for other, row in table.versions[-1].rows.items() if _words(str(row.get(_NAME, ""))) == _words(name)]
    data = {"value": code, "name": names[-1], "written": name.strip(), "meant": tuple(meant[:3])}
    return Problem("code_of_another", data)


def _is_kept_as_one(field: CompiledField, value: str, table: DataTable) -> bool:
    """Whether what is typed becomes a code of the table: `29` and `Finistère` are kept as `dep-29`."""
    last = table.versions[-1]
    try:
        kept = field.type.parse(value, field.options, Context(today=last.first_day))
    except Invalid:
        return False
    return kept in last.rows


def _is_named(written: str, known: str) -> bool:
    """Whether two names are the same, or one begins the other.

    >>> _is_named("Paris", "Paris 11e Arrondissement"), _is_named("Bordeaux", "Bazas")
    (True, False)
    """
    one, other = _words(written), _words(known)
    return all(a == b for a, b in zip(one, other, strict=False))


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", folded(name))
