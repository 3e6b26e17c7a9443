"""Dossiers filed in another software: each row of a list becomes a dossier here, once, as if sent through the API.

A row that cannot be filed is kept with its reasons, and tried again once it, or the scheme, has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.locale import Language, Texts
from guichet.model.pull import Pull
from guichet.model.records import Dossier
from guichet.services.api.faults import BodyRefused, MalformedBody
from guichet.services.api.schemas import Applications
from guichet.services.api.submissions import Submission, submit
from guichet.services.cases import UseCases
from guichet.services.pulled_files import awaited_files, owe_files, take_up_files
from guichet.services.refusals import GateClosed, NotFound, NotOpen, Refused
from guichet.storage import Tx, pulled
from guichet.storage.pulled import AlreadyFiled, Incoming, PulledRow

__all__ = ["Pulled", "pull", "pull_duty", "refused_rows"]

_PAGE = 100
_NO_LIMIT = 1_000_000_000
"""The gate guards lists against guesses: what another administration sends is no guess."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of the rows that were tried: filed now, and refused."""

    filed: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _List:
    """The list, as the sender of its dossiers."""

    id: str
    name: str


def pull_duty(cases: UseCases, payload: Mapping[str, Any]) -> None:
    """Pull what a list brings, after each import of it; nothing for a scheme that pulls nothing."""
    scheme, territory = str(payload["scheme"]), payload.get("territory")
    compiled = cases.snapshots.current(scheme, str(territory)) if territory else None
    if compiled is not None and compiled.scheme.pull is not None:
        take_up_files(cases)
        pull(cases, scheme, str(territory))


def pull(cases: UseCases, scheme: str, territory: str, *, again: bool = False, language: Language = "fr") -> Pulled:
    """File the rows that are no dossiers yet; may be stopped and run again, by several processes.

    Args:
        again: Try again what was refused, though nothing changed.

    Raises:
        NotFound: The scheme is not published there, or pulls nothing.
    """
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None or compiled.scheme.pull is None:
        raise NotFound
    applications, filed, refused = Applications(cases.base_url), 0, 0
    for row in _due(cases, compiled, compiled.scheme.pull, again=again):
        reasons = _file(cases, applications, compiled, compiled.scheme.pull, row, language)
        if reasons is None:
            continue  # another process filed it meanwhile
        if not reasons:
            filed += 1
            continue
        refused += 1
        cases.store.act(lambda tx, row=row, why=reasons: pulled.refuse(tx, scheme, territory, row, compiled.hash, why))
    return Pulled(filed, refused)


def refused_rows(cases: UseCases, scheme: str, territory: str) -> list[PulledRow]:
    """The rows that are no dossiers, each with its reasons."""
    return cases.store.read(lambda tx: pulled.rows(tx, scheme, territory, "refused"))


def _due(cases: UseCases, compiled: CompiledScheme, declared: Pull, *, again: bool) -> Iterator[Incoming]:
    after, place = "", (compiled.scheme.id, declared.list, compiled.territory, compiled.hash)
    while True:
        page = cases.store.read(lambda tx, after=after: pulled.due(tx, *place, after=after, again=again, limit=_PAGE))
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].number


def _file(
    cases: UseCases,
    applications: Applications,
    compiled: CompiledScheme,
    declared: Pull,
    row: Incoming,
    language: Language,
) -> tuple[str, ...] | None:
    """File a row; why not, nothing when it is a dossier, None when it was one before."""
    scheme, territory = compiled.scheme.id, compiled.territory

    def noted(tx: Tx, dossier: Dossier) -> None:
        pulled.filed(tx, scheme, territory, row, compiled.hash, dossier.reference)
        owe_files(tx, compiled, dossier, row.number)

    sent = Submission(
        token=_List(f"list:{declared.list}", declared.list),
        territory=territory,
        scheme=scheme,
        key=_key_of(row, compiled),
        body=json.dumps(_body(compiled, declared, row), ensure_ascii=False).encode(),
        language=language,
        event="dossier_pulled",
        later=awaited_files(compiled),
        tries=_NO_LIMIT,
        noted=noted,
    )
    try:
        submit(cases, applications, sent)
    except AlreadyFiled:
        return None
    except (Refused, MalformedBody) as refusal:
        return _reasons(refusal, language)
    return ()


def _key_of(row: Incoming, compiled: CompiledScheme) -> str:
    return f"{row.number}:{row.row_hash[:16]}:{compiled.hash[:16]}"


def _body(compiled: CompiledScheme, declared: Pull, row: Incoming) -> dict[str, Any]:
    """The row as an application of the API."""
    source = compiled.scheme.lists[declared.list]
    told = {source.key: row.key, **row.columns}
    types = {source.key: "text", **source.columns}
    answers = {
        field: declared.values.get(field, {}).get(str(told[column]), _written(told[column], types[column]))
        for field, column in declared.fields.items()
        if told.get(column) is not None
    }
    return {
        "applicant": {"email": str(told.get(declared.email) or "")},
        "answers": answers,
        "attested": list(declared.attested),
    }


def _written(value: Any, kind: str) -> Any:
    """A value of a list as the API takes it: amounts as text in euros."""
    if kind == "money" and isinstance(value, int):
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    return value


def _reasons(refusal: Exception, language: Language) -> tuple[str, ...]:
    if isinstance(refusal, BodyRefused):
        return tuple(f"{fault.pointer.lstrip('/') or '·'} : {fault.detail}" for fault in refusal.faults)
    if isinstance(refusal, GateClosed):
        said = cast("tuple[str, ...]", refusal.data.get("reasons", ()))
        return tuple(said) or (Texts(language)("api.problem_gate_closed"),)
    if isinstance(refusal, NotOpen):
        return (Texts(language)("api.problem_not_open"),)
    return (str(refusal),)
