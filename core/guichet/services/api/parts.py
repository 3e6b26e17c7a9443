"""Files that come beside the application that names them (`part:NAME`): kept like those sent before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from typing import Any, BinaryIO, cast

from guichet.catalogue import CompiledScheme
from guichet.locale import Language
from guichet.model.api import Sender
from guichet.services.api.answers import named_files
from guichet.services.api.bodies import digest_of
from guichet.services.api.faults import BodyRefused, Fault, a_fault, pointer_to
from guichet.services.api.uploads import keep_file
from guichet.services.cases import UseCases

__all__ = ["Keeper", "SentPart", "digest_with"]

_PREFIX = "part:"


@dataclass(frozen=True, slots=True)
class SentPart:
    """A file of the same request: the name of its part, its own name, its bytes."""

    name: str
    file_name: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the parts of one request."""

    cases: UseCases
    token: Sender
    compiled: CompiledScheme
    language: Language
    parts: Sequence[SentPart]
    kept: list[str]
    """The ids of what was kept so far, to be dropped when the request comes to nothing."""

    def keep(self, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
        """Give the answers with each part they name kept and named by its id, and what is wrong with parts."""
        by_name = {one.name: one for one in self.parts}
        ids: dict[str, str] = {}
        faults: list[Fault] = []
        named: set[str] = set()
        for place, reference in named_files(self.compiled, answers):
            part = by_name.get(reference.removeprefix(_PREFIX)) if reference.startswith(_PREFIX) else None
            if part is None:
                continue  # the id of a file sent before, or of nothing, which is said later
            named.add(part.name)
            try:
                ids[place] = self._keep(place, part)
            except BodyRefused as refused:
                pointer = pointer_to("answers", *place.split("."))
                faults += [Fault(pointer, one.code, one.detail) for one in refused.faults]
        for name in sorted(by_name.keys() - named):
            faults.append(a_fault("", "unused_part", self.language, name=name[:60]))
        return _renamed(answers, ids), faults

    def _keep(self, place: str, part: SentPart) -> str:
        field, _, column = place.partition(".")
        column = column.rpartition(".")[2]
        part.content.seek(0)
        made, _ = keep_file(
            self.cases,
            self.token,
            self.compiled.territory,
            self.compiled.scheme.id,
            f"{field}.{column}" if column else field,
            part.file_name or part.name,
            part.content,
            self.language,
        )
        self.kept.append(made.id)
        return made.id


def digest_with(given: Mapping[str, Any], parts: Sequence[SentPart]) -> str:
    """Give a digest that two requests share when they say the same and bring the same files."""
    if not parts:
        return digest_of(given)
    digests: dict[str, str] = {}
    for part in parts:
        part.content.seek(0)
        digests[part.name] = file_digest(cast("Any", part.content), "sha256").hexdigest()
    return digest_of([given, digests])


def _renamed(answers: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    found = dict(answers)
    for place, made in ids.items():
        field, _, rest = place.partition(".")
        if not rest:
            found[field] = made
            continue
        number, _, column = rest.partition(".")
        rows = [dict(row) for row in cast("Sequence[Mapping[str, Any]]", found[field])]
        rows[int(number)][column] = made
        found[field] = rows
    return found
