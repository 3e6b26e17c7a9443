"""What a page of a form posted, in the shape field types read: texts, named parts, rows of named parts, files.

Every question shown names itself in a hidden `shown`: a box left unticked and a list emptied are then told from a
question that was not on the page, which keeps its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledField
from guichet.plugin.contracts import Column, Context, FieldType, Invalid, Options, StoredFile, UploadedFile
from guichet.services.attachments import keep_again, keep_upload
from guichet.services.cases import UseCases
from guichet.web.security.forms import Form, UploadedPart

__all__ = ["ADDRESS_PARTS", "SHOWN", "Posting", "Reader", "is_empty", "row_numbers"]

SHOWN = "shown"
ADDRESS_PARTS = ("street", "extra", "postcode", "city")
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Posting:
    """What was posted: raw values by field, and the fields that were on the page."""

    values: Mapping[str, Any]
    shown: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the questions of one page.

    Args:
        account: Who posts: a file they sent with this page before, and that no answer could keep, is theirs.
        kept: The files the dossier already holds, by reference: a row names the one it keeps.
    """

    cases: UseCases
    account: str
    form: Form
    context: Context
    kept: Mapping[str, StoredFile]

    def read(self, fields: Iterable[CompiledField]) -> Posting:
        """Gives what the page posted of some fields; files are streamed to their place on the way."""
        named = frozenset(self.form.all(SHOWN))
        values: dict[str, Any] = {}
        for field in fields:
            if field.type.widget in ("note", "heading"):
                continue
            if field.id in named or self._is_posted(field.id):
                found = self._raw(field.type, field.options, field.id)
                if found is not None or field.type.widget != "file":  # no new file: the one sent before stays
                    values[field.id] = found
        return Posting(values, named)

    def files(self, field: CompiledField) -> tuple[StoredFile | UploadedFile, ...]:
        """Gives the files of a question that takes several: those of before that stay, then those sent now."""
        name = field.id
        before = zip(self.form.all(f"{name}.kept"), self.form.all(f"{name}.kept_name"), strict=False)
        kept = [
            self._sent_before(field.type, field.options, reference, called)
            for number, (reference, called) in enumerate(before)
            if f"{name}.{number}" != self.form.get("remove")
        ]
        sent = [self._sent_now(field.type, field.options, part) for part in self.form.files_of(name)]
        return tuple(one for one in (*kept, *sent) if isinstance(one, StoredFile | UploadedFile))

    def _is_posted(self, name: str) -> bool:
        names = [*self.form, *(part.name for part in self.form.files)]
        return any(posted == name or posted.startswith(f"{name}.") for posted in names)

    def _raw(self, field_type: FieldType[Any], options: Options, name: str) -> Any:
        if field_type.widget == "rows":
            columns: Mapping[str, Column] = getattr(options, "fields", {})
            places = [f"{name}.{number}" for number in row_numbers(self.form, name)]
            return [self._row(columns, place) for place in places if place != self.form.get("remove_row")]
        if field_type.widget == "address":
            return {part: self.form.all(f"{name}.{part}") for part in ADDRESS_PARTS if f"{name}.{part}" in self.form}
        if field_type.widget == "file":
            return self._file(field_type, options, name)
        return self.form.all(name)

    def _row(self, columns: Mapping[str, Column], name: str) -> dict[str, Any]:
        return {key: self._raw(column.field_type, column.options, f"{name}.{key}") for key, column in columns.items()}

    def _file(self, field_type: FieldType[Any], options: Options, name: str) -> Any:
        if name == self.form.get("remove"):
            return None
        if parts := self.form.files_of(name):
            return self._sent_now(field_type, options, parts[0])
        return self._sent_before(field_type, options, self.form.get(f"{name}.kept"), self.form.get(f"{name}.kept_name"))

    def _sent_now(self, field_type: FieldType[Any], options: Options, part: UploadedPart) -> Any:
        sent = keep_upload(self.cases, field_type, options, part.file_name, part.content, self.context)
        return _taken(field_type, options, sent, self.context)

    def _sent_before(self, field_type: FieldType[Any], options: Options, reference: str, called: str) -> Any:
        if not reference or reference in self.kept:
            return self.kept.get(reference)
        again = keep_again(self.cases, self.account, field_type, options, reference, called, self.context)
        return None if again is None else _taken(field_type, options, again, self.context)


def _taken(field_type: FieldType[Any], options: Options, sent: UploadedFile, context: Context) -> Any:
    """A file as its field keeps it; one it refuses stays as it came, for its words to say why."""
    try:
        return field_type.parse(sent, options, context)
    except Invalid:
        return sent


def is_empty(raw: Any) -> bool:
    """Whether what was posted of a question answers nothing.

    >>> is_empty([""]), is_empty({"street": [" "]}), is_empty(["a"])
    (True, True, False)
    """
    if isinstance(raw, Mapping):
        return all(map(is_empty, raw.values()))
    if isinstance(raw, Iterable) and not isinstance(raw, str):
        return all(map(is_empty, raw))
    return raw is None or (isinstance(raw, str) and not raw.strip())


def row_numbers(form: Form, name: str) -> list[int]:
    """Gives the numbers of the posted rows of a field, in order.

    >>> row_numbers(Form((("dettes.0.nature", "a"), ("dettes.2.nature", "b"), ("dettes.x", ""))), "dettes")
    [0, 2]
    """
    pattern = re.compile(re.escape(name) + r"\.(\d{1,3})(?:\.|$)")
    names = [*form, *(part.name for part in form.files)]
    found = {int(match[1]) for posted in names if (match := pattern.match(posted))}
    return sorted(found)[:MOST_ROWS]
