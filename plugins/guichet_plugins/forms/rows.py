"""Repeated rows: the same few questions, as often as needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from pydantic import ConfigDict, Field

from guichet import Column, Context, FieldType, Invalid, Json, Options, Raw, Type, Whole, is_blank, rows

Row: TypeAlias = Mapping[str, Any]


class RowsOptions(Options):
    """The columns, resolved by the core, and how many rows may stand."""

    french = {
        "fields": "Les colonnes, chacune un champ.",
        "min_rows": "Combien de lignes il faut au moins.",
        "max_rows": "Combien de lignes au plus.",
    }

    model_config = ConfigDict(arbitrary_types_allowed=True)

    fields: dict[str, Column] = Field(min_length=1)
    """The columns, each a field."""
    min_rows: Whole = 0
    """How many rows are needed."""
    max_rows: Whole = Field(default=50, ge=1, le=500)
    """How many rows are taken at most."""


class Rows(FieldType[RowsOptions]):
    """Rows of named values; a row left blank is not counted."""

    key = "rows"
    Options = RowsOptions
    widget = "rows"

    def rule_type(self, options: RowsOptions) -> Type | None:
        """Rules see rows with the columns they can read."""
        types = {name: column.field_type.rule_type(column.options) for name, column in options.fields.items()}
        bounds = {name: column.field_type.bounds(column.options) for name, column in options.fields.items()}
        return rows({name: replace(found, declared=bounds[name]) for name, found in types.items() if found is not None})

    def parse(self, raw: Raw, options: RowsOptions, context: Context) -> tuple[Row, ...] | None:
        """Take each posted row, and report every wrong part of every row at once."""
        return self._taken(raw, options, context, written=False)

    def read(self, given: Json, options: RowsOptions, context: Context) -> tuple[Row, ...] | None:
        """Take a JSON list of objects, whose files are sent otherwise: none is awaited in a row."""
        return self._taken(given, options, context, written=True)

    def dump(self, value: tuple[Row, ...] | None, options: RowsOptions) -> Json:
        """Keep a list of objects."""
        if value is None:
            return None
        return [
            {name: column.field_type.dump(row.get(name), column.options) for name, column in options.fields.items()}
            for row in value
        ]

    def load(self, stored: Any, options: RowsOptions) -> tuple[Row, ...] | None:
        """Give back the rows."""
        if stored is None:
            return None
        return tuple(
            {name: column.field_type.load(row.get(name), column.options) for name, column in options.fields.items()}
            for row in stored
        )

    def show(self, value: tuple[Row, ...] | None, options: RowsOptions, language: str) -> str:
        """Give a line for each row."""
        return "\n".join(" – ".join(_shown(row, options, language)) for row in value or ())

    def json_schema(self, options: RowsOptions) -> dict[str, Any]:
        """Describe a list of objects."""
        columns = {name: column.field_type.json_schema(column.options) for name, column in options.fields.items()}
        return {"type": "array", "items": {"type": "object", "properties": columns, "additionalProperties": False}}

    def _taken(
        self, given: Raw | Json, options: RowsOptions, context: Context, *, written: bool
    ) -> tuple[Row, ...] | None:
        if given is None or is_blank(given):
            return None
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise Invalid(fr="Remplissez les lignes du tableau.", en="Fill in the rows of the table.")
        problems: list[Invalid] = []
        taken: list[Row] = []
        for number, row in enumerate(given):
            if not isinstance(row, Mapping):
                raise Invalid(fr="Remplissez les lignes du tableau.", en="Fill in the rows of the table.")
            unknown = [str(name) for name in row if name not in options.fields]
            if unknown and not written:
                raise Invalid(fr="Remplissez les lignes du tableau.", en="Fill in the rows of the table.")
            problems.extend(_no_column(number, name, options) for name in unknown)
            values, wrong = _one_row(number, row, options, context, written=written)
            if wrong or any(value is not None for value in values.values()):
                problems.extend(wrong)
                taken.append(values)
        problems.extend(_missing(taken, options) if not problems else ())
        if problems:
            raise Invalid(fr=problems[0].reason.fr, en=problems[0].reason.en, parts=tuple(problems))
        return tuple(taken) or None


def _one_row(
    number: int, row: Mapping[str, Any], options: RowsOptions, context: Context, *, written: bool
) -> tuple[dict[str, Any], list[Invalid]]:
    values: dict[str, Any] = {}
    wrong: list[Invalid] = []
    for name, column in options.fields.items():
        take = column.field_type.read if written else column.field_type.parse
        try:
            values[name] = take(row.get(name), column.options, context)
        except Invalid as error:
            field = f"{number}.{name}" + (f".{error.field}" if error.field else "")
            wrong.append(
                Invalid(
                    fr=f"Ligne {number + 1}, {column.label} : {error.reason.fr}",
                    en=f"Row {number + 1}, {column.label}: {error.reason.en}",
                    field=field,
                )
            )
    if any(value is not None for value in values.values()):
        wrong.extend(
            Invalid(
                fr=f"Ligne {number + 1} : complétez « {column.label} ».",
                en=f'Row {number + 1}: complete "{column.label}".',
                field=f"{number}.{name}",
            )
            for name, column in options.fields.items()
            if column.required and name in values and values[name] is None
            if not (written and column.field_type.widget == "file")
        )
    return values, wrong


def _no_column(number: int, name: str, options: RowsOptions) -> Invalid:
    known = ", ".join(options.fields)
    return Invalid(
        fr=f"Ligne {number + 1} : « {name} » n'est pas une colonne ; les colonnes sont {known}.",
        en=f'Row {number + 1}: "{name}" is not a column; the columns are {known}.',
        field=f"{number}.{name}",
    )


def _missing(taken: Sequence[Row], options: RowsOptions) -> list[Invalid]:
    if len(taken) > options.max_rows:
        return [
            Invalid(
                fr=f"Gardez {options.max_rows} lignes au plus : il y en a {len(taken)}.",
                en=f"Keep at most {options.max_rows} rows: there are {len(taken)}.",
            )
        ]
    if 0 < len(taken) < options.min_rows:
        return [
            Invalid(
                fr=f"Ajoutez des lignes : il en faut {options.min_rows} au moins.",
                en=f"Add rows: at least {options.min_rows} are needed.",
            )
        ]
    return []


def _shown(row: Row, options: RowsOptions, language: str) -> list[str]:
    texts = (column.field_type.show(row.get(name), column.options, language) for name, column in options.fields.items())
    return [text for text in texts if text]
