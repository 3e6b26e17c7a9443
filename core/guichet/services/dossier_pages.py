"""The form as it was answered, page by page, and what of it may be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from guichet.catalogue import CompiledScheme
from guichet.model.records import Dossier
from guichet.plugin.contracts import StoredFile
from guichet.plugin.contracts.base import Language
from guichet.services.answers import load_answers, named
from guichet.services.cases import UseCases
from guichet.services.completions import may_be_asked
from guichet.services.provenance import Provenance, sentence

__all__ = ["Answer", "Askable", "Page", "askable_of", "pages_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered, ready to read; the file's name when it is one."""

    field: str
    label: str
    text: str
    is_file: bool = False
    said: str = ""
    """Where it comes from, or what a source says of it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form as it was answered."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Askable:
    """What may be asked again of one page of the form."""

    title: str
    fields: tuple[tuple[str, str], ...]
    """Each field's id and label."""


def pages_of(
    compiled: CompiledScheme, dossier: Dossier, known: Mapping[str, Provenance], language: Language
) -> tuple[Page, ...]:
    """The pages that hold an answer or a fact, in the order of the form.

    Args:
        known: Field → where its answer comes from, or what a source says of it.
    """
    values = load_answers(compiled, dossier.answers)
    found: list[Page] = []
    for page in compiled.scheme.application.values():
        answers: list[Answer] = []
        for name in page.fields:
            field = compiled.fields[name]
            told = sentence(known[name], language) if name in known else ""
            value = values.get(name)
            if field.type.widget in ("note", "heading") or (value is None and not told):
                continue
            text = named(compiled, field, value, language)
            answers.append(Answer(name, field.declaration.label, text, isinstance(value, StoredFile), told))
        if answers:
            found.append(Page(page.title, tuple(answers)))
    return tuple(found)


def askable_of(cases: UseCases, compiled: CompiledScheme, dossier: Dossier) -> tuple[Askable, ...]:
    """What may be asked again of a dossier, page by page."""
    fields = [compiled.fields[name] for name in may_be_asked(cases, dossier)]
    return tuple(
        Askable(compiled.scheme.application[page].title, tuple((one.id, one.declaration.label) for one in of_page))
        for page, of_page in groupby(fields, key=lambda one: one.page)
    )
