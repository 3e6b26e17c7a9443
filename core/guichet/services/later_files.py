"""What an applicant filed after the application and that an agent must settle, ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.locale import Language
from guichet.services.answers import load_answers, shown
from guichet.services.cases import UseCases
from guichet.storage.later_filings import LaterFiling

__all__ = ["FiledForm", "filed_form"]


@dataclass(frozen=True, slots=True)
class FiledForm:
    """A form that waits to be settled: its title, its number, and each question with its answer."""

    id: str
    form: str
    title: str
    reference: str
    answers: tuple[tuple[str, str], ...]


def filed_form(cases: UseCases, filing: LaterFiling, language: Language) -> FiledForm:
    """A filing as agents read it."""
    whole = cases.snapshots.by_hash(filing.snapshot_hash)
    compiled, declared = whole.later[filing.form], whole.scheme.later_forms.get(filing.form)
    first_page = next(iter(whole.scheme.forms[filing.form].values())).title
    values = load_answers(compiled, filing.answers)
    answers = tuple(
        (field.declaration.label, shown(field, values[name], language))
        for name, field in compiled.fields.items()
        if values.get(name) is not None
    )
    title = declared.title if declared is not None and declared.title else first_page
    return FiledForm(filing.id, filing.form, title, filing.reference, answers)
