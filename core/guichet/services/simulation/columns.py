"""Which column of a data file says what: fields by id, amounts in `<id>_cents` too, facts as in `guichet eval`."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from guichet.catalogue import CompiledScheme, CompiledVersion
from guichet.errors import Problem, ProblemsFound, guess
from guichet.language import BOOLEAN, DATE, INTEGER, Type
from guichet.language.bulk import SILENT
from guichet.services.exchange import checkable
from guichet.services.simulation.periods import FILED_ON
from guichet.services.simulation.values import Parsed, parsed

__all__ = ["CENTS", "TERRITORY", "DataColumn", "Layout", "layout_of"]

CENTS = "_cents"
TERRITORY = "territory"
_OTHERS = "other_dossiers"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column of the file: what it gives to the rules, and how it is read."""

    source: str
    target: str
    type: Type
    read: Parsed


@dataclass(frozen=True, slots=True)
class Layout:
    """How a data file is read."""

    columns: tuple[DataColumn, ...]
    rows: tuple[str, ...]
    """The fields of repeated rows, held as lists of structures."""
    territories: bool
    """Whether the file says the territory of each line."""
    day: DataColumn | None = None
    """The day whose rules judge each line, when the file says it."""

    def values(self) -> dict[str, nw.Expr]:
        """The columns of the rules."""
        made = {column.target: column.read.value for column in self.columns}
        silent = {
            f"{SILENT}{column.target}": nw.col(column.source).is_null()
            for column in self.columns
            if column.target.startswith("@") and "/" not in column.target
        }
        return {**made, **silent}


@dataclass(frozen=True, slots=True)
class _Meaning:
    target: str
    type: Type
    cents: bool = False


def layout_of(
    compiled: CompiledScheme,
    versions: Sequence[CompiledVersion],
    schema: Mapping[str, nw.dtypes.DType],
    ignored: Sequence[str],
    kept: Sequence[str] = (),
) -> Layout:
    """How the columns of a file are read; raises ProblemsFound with every column that cannot be.

    Args:
        ignored: Columns left out, whatever they are.
        kept: Columns that may mean nothing to the rules; those that do are read all the same.
    """
    meanings = dict(_meanings(compiled, versions))
    problems: list[Problem] = []
    columns: list[DataColumn] = []
    day: DataColumn | None = None
    rows: list[str] = []
    targets: dict[str, str] = {}
    for name, dtype in schema.items():
        meaning = meanings.get(name)
        if name in ignored or name == TERRITORY or (meaning is None and name in kept):
            continue
        if meaning is None:
            problems.append(Problem("data.unknown_column", guess(name, [*meanings, TERRITORY])))
            continue
        if meaning.target in targets:
            problems.append(Problem("data.column_twice", {"value": name, "other": targets[meaning.target]}))
        targets[meaning.target] = name
        if meaning.type.kind == "rows" and isinstance(dtype, nw.List):
            rows.append(name)
            continue
        read = parsed(nw.col(name), dtype, meaning.type, cents=meaning.cents)
        if read is None:
            problems.append(_unsuited(name, dtype, meaning.type))
        elif name == FILED_ON:
            day = DataColumn(name, name, meaning.type, read)
        else:
            columns.append(DataColumn(name, meaning.target, meaning.type, read))
    if problems:
        raise ProblemsFound(problems)
    return Layout(tuple(columns), tuple(rows), TERRITORY in schema and TERRITORY not in ignored, day)


def _meanings(compiled: CompiledScheme, versions: Sequence[CompiledVersion]) -> Iterator[tuple[str, _Meaning]]:
    for environment in (version.program.plan.environment for version in versions):
        for name, entry in environment.inputs.items():
            if entry.kind == "field":
                yield name, _Meaning(name, entry.type)
                if entry.type.kind == "money":
                    yield name + CENTS, _Meaning(name, entry.type, cents=True)
        for name, signature in environment.lists.items():
            yield f"@{name}", _Meaning(f"@{name}", BOOLEAN)
            for column, type_ in signature.columns.items():
                yield f"@{name}.{column}", _Meaning(f"@{name}/{column}", type_)
                if type_.kind == "money":
                    yield f"@{name}.{column}{CENTS}", _Meaning(f"@{name}/{column}", type_, cents=True)
    for name in checkable(compiled):
        yield f"@{name}", _Meaning(f"@{name}", BOOLEAN)
    yield f"@{_OTHERS}", _Meaning(_OTHERS, INTEGER)
    yield FILED_ON, _Meaning(FILED_ON, DATE)


def _unsuited(name: str, dtype: nw.dtypes.DType, type_: Type) -> Problem:
    code = "data.column_of_floats" if dtype.is_float() else "data.column_type"
    return Problem(code, {"value": name, "found": str(dtype), **expected(type_)})


def expected(type_: Type) -> dict[str, object]:
    """What a column of a type holds, as message data in both languages."""
    french, english = _EXPECTED.get(type_.kind, ("un texte", "a text"))
    if type_.kind == "choice":
        codes = ", ".join(type_.values)
        french, english = f"un de ces codes : {codes}", f"one of these codes: {codes}"
    return {"expected_fr": french, "expected_en": english}


_EXPECTED = {
    "integer": ("un nombre entier", "a whole number"),
    "days": ("un nombre entier", "a whole number"),
    "months": ("un nombre entier", "a whole number"),
    "decimal": ("un nombre écrit 12.5", "a number written 12.5"),
    "rate": ("un pourcentage écrit 12.5", "a percentage written 12.5"),
    "money": (
        "un montant en euros écrit 1234.50, ou une colonne d'entiers nommée …_cents",
        "an amount in euros written 1234.50, or a column of whole numbers named …_cents",
    ),
    "date": ("une date écrite 2020-04-17", "a date written 2020-04-17"),
    "boolean": ("true ou false, oui ou non", "true or false"),
    "list": ("une liste de codes (Parquet)", "a list of codes (Parquet)"),
    "rows": ("une liste de lignes (Parquet)", "a list of rows (Parquet)"),
}
