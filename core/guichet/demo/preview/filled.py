"""The examples of a scheme as dossiers: what they answer, the rest filled with whatever the form takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.demo.attempts import Attempt, posted
from guichet.demo.drawing import Document, Money
from guichet.demo.filing import NotAsDrawn, file_one
from guichet.demo.invented import one_page_pdf
from guichet.engine.eligibility import list_keys
from guichet.errors import GuichetError
from guichet.loader.library import Library
from guichet.model.examples import Examples
from guichet.model.records import ListRow
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import Context, Invalid
from guichet.services.cases import UseCases
from guichet.services.examples import case_of
from guichet.services.exchange import Case
from guichet.storage import dossiers, list_imports

__all__ = ["Shown", "chosen_day", "file_examples"]

_MOST = 12
_CANDIDATES = (
    "Exemple", "1", "10", "1 000", "01/03/2020", "03/2020", "oui", "exemple@exemple.fr", "06 12 34 56 78",
    "732 829 320 00074", "FR76 3000 6000 0112 3456 7890 189", "74010", "56.10A", "74", "53",
)  # fmt: skip
_ADDRESS = {"street": "1 rue de l'Exemple", "postcode": "74000", "city": "Annecy"}
_COLUMNS: Mapping[str, Any] = {
    "text": "EXEMPLE-1", "integer": 1, "money": 150_000, "date": "2020-03-31", "month": "2020-03", "boolean": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as a dossier: its reference, or why it is none."""

    id: str
    title: str
    email: str
    reference: str = ""
    why_not: str = ""


def chosen_day(compiled: CompiledScheme, declared: Examples | None, today: date) -> date:
    """The business day to show: today while the scheme is open, else the day most of its examples are of."""
    calendar = compiled.scheme.calendar
    opens, closes = calendar.opens.date(), calendar.closes

    def is_open(day: date) -> bool:
        return opens <= day <= closes

    if is_open(today):
        return today
    days = [example.on for example in (declared.examples.values() if declared else ()) if example.on is not None]
    open_days = [day for day in days if is_open(day)]
    return max(sorted(set(open_days)), key=open_days.count, default=opens)


def file_examples(cases: UseCases, library: Library, scheme: str, territory: str) -> list[Shown]:
    """File the examples of the day, one for each answer the rules give, through the gate and the pages."""
    declared = library.examples(scheme)
    compiled = cases.snapshots.current(scheme, territory)
    if declared is None or compiled is None:
        return []
    today = cases.today(territory)
    chosen = _different(declared, compiled, today, territory)
    read = [
        (name, _mended(compiled, case_of(compiled, declared, name)[0], cases.context(territory))) for name in chosen
    ]
    rows = {name: dict(_listed(compiled, case, today)) for name, case in read}
    _import(cases, compiled, rows.values(), today)
    return [
        _filed(cases, compiled, territory, name, declared.examples[name].title, case, rows[name]) for name, case in read
    ]


def _different(declared: Examples, compiled: CompiledScheme, day: date, territory: str) -> list[str]:
    """The first example of each expected answer, among those of the day."""
    seen: dict[tuple[Any, ...], str] = {}
    opening = compiled.scheme.calendar.opens.date()
    for name, example in declared.examples.items():
        if example.territory in ("", territory) and (example.on or opening) <= day:
            expected = example.expect
            seen.setdefault((expected.outcome, expected.failed, expected.amount, expected.provisional), name)
    return list(seen.values())[:_MOST]


def _mended(compiled: CompiledScheme, case: Case, context: Context) -> Case:
    """The case with answers that the form takes, where it would refuse those of the example."""
    answers = dict(case.answers)
    for name in {str(problem.path[0]) for problem in case.odd if problem.path} & compiled.fields.keys():
        field = compiled.fields[name]
        text = _first_taken(field, context)
        answers[name] = field.type.parse(text, field.options, context) if text is not None else None
    return replace(case, answers=answers)


def _listed(compiled: CompiledScheme, case: Case, day: date) -> Iterator[tuple[str, ListRow]]:
    """The rows that make true what an example says of lists."""
    keys = list_keys(compiled, case.answers, case.facts, day)
    for name, fact in case.facts.lists.items():
        key = keys.get(name)
        if isinstance(fact, Mapping) and key is not None:
            yield name, ListRow(key, _row(compiled.scheme.lists[name], fact))


def _row(declared: ReferenceList, fact: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in fact.items() if value is not None}
    whole = {name: _COLUMNS.get(kind, "EXEMPLE-1") for name, kind in declared.columns.items()} | known
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in whole.items()}


def _import(cases: UseCases, compiled: CompiledScheme, rows: Any, day: date) -> None:
    for name in compiled.scheme.lists:
        found = {row[name].key: row[name] for row in rows if name in row}
        mark = f"{len(found):064d}"
        list_imports.import_rows(
            cases.store, list(found.values()), scheme=compiled.scheme.id, list_=name, as_of=day, sha256=mark
        )


def _filed(
    cases: UseCases,
    compiled: CompiledScheme,
    territory: str,
    name: str,
    title: str,
    case: Case,
    rows: Mapping[str, ListRow],
) -> Shown:
    email = f"{name.replace('_', '-')}@exemple.fr"
    context = cases.context(territory)
    typed = {field.id: _typed(field, case.answers.get(field.id), context) for field in compiled.fields.values()}
    attempt = Attempt(
        number=0,
        territory=territory,
        name=title,
        email=email,
        stopped=None,
        posted={field: value for field, value in typed.items() if value is not None},
        proofs={of: _proof(compiled.scheme.lists[of], row) for of, row in rows.items()},
        judged={},
        fate="followed",
        waits_at=0,
    )
    try:
        filed = file_one(cases, compiled.scheme.id, attempt)
    except NotAsDrawn as error:
        return Shown(name, title, email, why_not=str(error.why))
    except GuichetError as error:
        return Shown(name, title, email, why_not=type(error).__name__)
    if filed is None:
        return Shown(name, title, email, why_not="gate")
    reference = cases.store.read(lambda tx: dossiers.by_id(tx, filed)).reference
    return Shown(name, title, email, reference)


def _proof(declared: ReferenceList, row: ListRow) -> dict[str, str]:
    told: dict[str, str] = {}
    for column in declared.proof:
        value: Any = row.columns.get(column)
        told[column] = posted(Money(value)) if declared.columns.get(column) == "money" else str(value)
    return told


def _typed(field: CompiledField, answer: Any, context: Context) -> Any:
    """What is typed for a question: the example's answer, else the first thing that a required one takes."""
    kind = field.type
    if answer is not None:
        if kind.widget == "money":
            return posted(Money(answer))
        kept: object = kind.dump(answer, field.options)
        return kept if isinstance(kept, list | dict) else str(kept).lower() if isinstance(kept, bool) else str(kept)
    if not field.declaration.required or kind.widget in ("note", "heading", "rows"):
        return None
    if kind.widget == "file":
        return Document("exemple.pdf", one_page_pdf("Exemple"))
    if kind.widget == "address":
        return _ADDRESS
    choices = kind.choices(field.options, context)
    return choices[0].value if choices else _first_taken(field, context)


def _first_taken(field: CompiledField, context: Context) -> str | None:
    return next((text for text in _CANDIDATES if _taken(field, text, context)), None)


def _taken(field: CompiledField, text: str, context: Context) -> bool:
    try:
        return field.type.parse(text, field.options, context) is not None
    except Invalid:
        return False
