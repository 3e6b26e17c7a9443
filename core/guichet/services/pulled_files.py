"""Files of dossiers filed in another software, brought after the filing: one by one, each once, whatever is cut short.

They pass what an applicant's own upload passes: the kind told by the content, the size. A service that is silent delays
its files, never the dossier; one it will not give is said beside the dossier, for an agent to ask the applicant.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, cast

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.model.pull import Pull
from guichet.model.records import FORGOTTEN, Dossier
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import (
    Context,
    FetchedList,
    Invalid,
    OfferedFile,
    Options,
    PluginError,
    Reason,
    StoredFile,
)
from guichet.services.assessments import compiled_for
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.given import LATER_MARK, later_fields
from guichet.storage import Tx, dossiers, files, outbox

__all__ = ["awaited_files", "bring_files", "give_up_files", "owe_files", "take_up_files"]

BROUGHT_MARK = "@brought"
"""Kept beside the checks: field → the identities, at the service, of the files brought or refused for good."""
_KIND = "bring_files"
_MOST_BYTES = 64 * 1024 * 1024
_TOO_BIG = Reason(fr="elle est trop grande pour être reprise", en="it is too large to be brought")


def awaited_files(compiled: CompiledScheme) -> tuple[str, ...]:
    """The fields whose files come after the filing of a row."""
    declared = compiled.scheme.pull
    return tuple(declared.files) if declared is not None else ()


def owe_files(tx: Tx, compiled: CompiledScheme, dossier: Dossier, number: str) -> None:
    """Queue the bringing of a dossier's files, in the act that files it."""
    if awaited_files(compiled):
        payload = {"dossier": dossier.id, "number": number}
        outbox.put(tx, _KIND, payload, key=f"{_KIND}:{dossier.id}")


def take_up_files(cases: UseCases) -> None:
    """Queue again what was given up: a file server that was dead for a day may be back."""
    cases.store.act(lambda tx: [outbox.revive(tx, row.id) for row in outbox.dead(tx) if row.kind == _KIND])


def bring_files(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Bring the files of a dossier that are not here yet: the duty `bring_files {dossier, number}`.

    Raises:
        PluginError: Some could not be had; those that could are kept, and not asked for again.
    """
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, str(payload["dossier"])))
    compiled = compiled_for(cases, dossier)
    declared = compiled.scheme.pull
    if declared is None or not declared.files or FORGOTTEN in dossier.checks:
        return
    source, options, context = _service(cases, compiled, declared, dossier)
    owner = f"list_sources:{source.key}"
    offered = cases.plugins.call(owner, lambda: source.files(str(payload["number"]), options, context))
    missed: PluginError | None = None
    for field, file in _wanted(declared, offered, dossier):
        try:
            kept = _taken(cases, compiled.fields[field], file, source, options, context)
        except PluginError as error:
            missed = error  # the others come all the same
            continue
        asked = compiled.fields[field]
        cases.store.act(lambda tx, asked=asked, file=file, kept=kept: _keep(tx, dossier.id, asked, file, kept))
    if missed is not None:
        raise missed
    cases.store.act(lambda tx: _await_no_more(tx, dossier.id, declared))


def give_up_files(cases: UseCases, payload: Mapping[str, Any], error: Exception) -> None:
    """Journal, beside its dossier, that files are not brought, and why: agents read it there."""
    dossier = cases.store.read(lambda tx: dossiers.by_id(tx, str(payload["dossier"])))
    reason = error.text("fr") if isinstance(error, PluginError) else type(error).__name__
    cases.store.act(
        lambda tx: tx.journal(dossier.territory, "files_not_brought", subject=dossier.id, data={"reason": reason})
    )


def _service(
    cases: UseCases, compiled: CompiledScheme, declared: Pull, dossier: Dossier
) -> tuple[FetchedList[Any], Options, Context]:
    listed: ReferenceList = compiled.scheme.lists[declared.list]
    source = cast("FetchedList[Any]", cases.plugins.list_sources[listed.plugin])
    context = cases.context(dossier.territory, dossier=dossier.id)
    return source, cases.service_options(source, listed.options), context


def _wanted(
    declared: Pull, offered: Mapping[str, tuple[OfferedFile, ...]], dossier: Dossier
) -> Iterator[tuple[str, OfferedFile]]:
    done = _brought(dossier)
    for field, place in declared.files.items():
        for file in offered.get(place, ()):
            if file.identity not in done.get(field, ()):
                yield field, file


def _taken(
    cases: UseCases,
    field: CompiledField,
    file: OfferedFile,
    source: FetchedList[Any],
    options: Options,
    context: Context,
) -> StoredFile | Reason:
    """The file as its field takes it, or why it is refused for good."""
    if file.refused is not None:
        return file.refused
    if file.size > _MOST_BYTES:
        return _TOO_BIG
    content = cases.plugins.call(f"list_sources:{source.key}", lambda: source.file_content(file, options, context))
    uploaded = keep_upload(cases, field.type, field.options, file.name, io.BytesIO(content), context)
    try:
        taken = field.type.parse(uploaded, field.options, context)
    except Invalid as refusal:
        return refusal.reason
    return cast("StoredFile", taken)


def _keep(tx: Tx, dossier_id: str, asked: CompiledField, file: OfferedFile, kept: StoredFile | Reason) -> None:
    """Note one file, kept or refused, once: another process may have noted it meanwhile."""
    current, field = dossiers.lock(tx, dossier_id), asked.id
    done = _brought(current)
    if file.identity in done.get(field, ()):
        return
    checks = {**current.checks, BROUGHT_MARK: {**done, field: [*done.get(field, ()), file.identity]}}
    if isinstance(kept, Reason):
        dossiers.save(tx, current, by="system", checks=checks)
        data = {"field": field, "reason": kept.fr}
        tx.journal(current.territory, "file_not_brought", subject=current.id, data=data)
        return
    files.add_attachment(
        tx,
        field=field,
        file_name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.digest,
        stored_as=kept.reference,
        dossier=current.id,
        account=current.account,
    )
    answers = dict(current.answers)
    if answers.get(field) is None:  # what the applicant gave since, or the first of several, stays the answer
        answers[field] = asked.type.dump(kept, asked.options)
    dossiers.save(tx, current, by="system", checks=checks, answers=answers)
    tx.journal(current.territory, "file_brought", subject=current.id, data={"field": field, "sha256": kept.digest})


def _await_no_more(tx: Tx, dossier_id: str, declared: Pull) -> None:
    """Nothing is left to come: an agent may ask the applicant for what is not here."""
    current = dossiers.lock(tx, dossier_id)
    still = tuple(sorted(later_fields(current) - declared.files.keys()))
    if len(still) == len(later_fields(current)):
        return
    checks = {name: value for name, value in current.checks.items() if name != LATER_MARK}
    dossiers.save(tx, current, by="system", checks={**checks, LATER_MARK: still} if still else checks)


def _brought(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    return cast("Mapping[str, tuple[str, ...]]", dossier.checks.get(BROUGHT_MARK) or {})
