"""What an applicant filed after the application and that an agent must settle, ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from guichet.catalogue import CompiledField
from guichet.locale import Language
from guichet.services.answers import load_answers, shown
from guichet.services.attachments import stored_files
from guichet.services.cases import UseCases
from guichet.services.payment_requests import proposed_cents
from guichet.storage import dossiers
from guichet.storage.later_filings import LaterFiling

__all__ = ["FiledForm", "filed_form"]


@dataclass(frozen=True, slots=True)
class FiledForm:
    """A form that waits to be settled: its title, its number, each question with the lines of its answer.

    `files` are the kept files it names; `cents` is what accepting it orders.
    """

    id: str
    form: str
    title: str
    reference: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    files: frozenset[str]
    cents: int


def filed_form(cases: UseCases, filing: LaterFiling, language: Language) -> FiledForm:
    """A filing as agents read it."""
    whole = cases.snapshots.by_hash(filing.snapshot_hash)
    compiled, declared = whole.later[filing.form], whole.scheme.later_forms.get(filing.form)
    first_page = next(iter(whole.scheme.forms[filing.form].values())).title
    values = load_answers(compiled, filing.answers)
    answers = tuple(
        (field.declaration.label, _lines(field, values[name], language))
        for name, field in compiled.fields.items()
        if values.get(name) is not None
    )
    title = declared.title if declared is not None and declared.title else first_page
    files = frozenset(one.reference for _, one in stored_files(compiled, filing.answers))
    cents = cases.store.read(lambda tx: proposed_cents(cases, tx, dossiers.by_id(tx, filing.dossier), filing))
    return FiledForm(filing.id, filing.form, title, filing.reference, answers, files, cents)


def _lines(field: CompiledField, value: Any, language: Language) -> tuple[str, ...]:
    """An answer in lines: one for each of repeated rows."""
    rows = cast("tuple[object, ...]", value) if field.type.widget == "rows" else None
    return tuple(shown(field, (row,), language) for row in rows) if rows else (shown(field, value, language),)
