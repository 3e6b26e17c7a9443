"""Codes that examples give: each exists in the table that its field type names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guichet.catalogue import CompiledField
from guichet.errors import Problem
from guichet.loader.declaration import place
from guichet.loader.library import Library
from guichet.plugin.contracts import DataTable


def check_example_codes(library: Library, scheme: str) -> Iterator[Problem]:
    """A warning for each answer of an example that is a code no version of its table holds."""
    declared, tree = library.examples(scheme), library.source(scheme).examples
    tables = library.plugins.tables
    fields = library.effective(scheme).compiled.fields
    for name, example in declared.examples.items() if declared is not None and tree is not None else ():
        for answer, value in example.answers.items():
            field = fields.get(answer)
            if field is not None and isinstance(value, str) and not is_held(field, value, tables):
                path = ("examples", name, "answers", answer)
                data = {"value": value, "nomenclature": field.type.nomenclature}
                yield Problem("code_not_held", data, place(tree, path) if tree is not None else None, path, "warning")


def is_held(field: CompiledField, value: str, tables: Mapping[str, DataTable]) -> bool:
    """Whether a value begins with a code of the table of its field type; also when there is no such table."""
    table = tables.get(field.type.nomenclature)
    words = value.split()
    return table is None or not words or any(words[0] in version.rows for version in table.versions)
