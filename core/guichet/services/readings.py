"""What a source says of the fields it fills, read as the dossier would keep it. Nothing is kept here."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guichet.catalogue import CompiledField, CompiledPrefill, CompiledScheme
from guichet.model.prefills import Filled
from guichet.model.records import Dossier, Prefilled, PrefillState
from guichet.plugin import PluginStopped
from guichet.plugin.contracts import (
    Context,
    Given,
    GivenFile,
    Invalid,
    NotKnown,
    PluginError,
    PrefillAnswer,
    Reason,
    Silent,
)
from guichet.services.attachments import keep_upload
from guichet.services.cases import UseCases
from guichet.services.given import known_of
from guichet.storage import Tx

__all__ = ["Reading", "ask_source", "fill", "readings_of", "said_rows", "silence_of"]

_LOG = logging.getLogger("guichet.prefills")
_BROKEN = Reason(fr="La source est en panne.", en="The source is broken.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source said for one field, as the dossier would keep it."""

    field: str
    item: str
    state: PrefillState
    value: Any
    provider: Reason
    as_of: Any = None


def readings_of(
    cases: UseCases,
    dossier: Dossier,
    compiled: CompiledScheme,
    prefill: CompiledPrefill,
    only: Iterable[str] | None = None,
) -> list[Reading]:
    """What a source says now for the fields it fills (or some of them); needs are answered."""
    fields = list(only) if only is not None else list(prefill.declared.fields)
    known = known_of(prefill, dossier.answers) or {}
    wanted = frozenset(prefill.declared.fields[field].item for field in fields)
    answers = ask_source(cases, dossier, prefill, wanted, known)
    context = cases.context(dossier.territory)
    return fill(cases, compiled, prefill, {name: answers.get(name) for name in wanted}, context, fields)


def silence_of(prefill: CompiledPrefill) -> list[Reading]:
    """What is read of a source that has not answered yet."""
    return [Reading(name, filling.item, "silent", None, _BROKEN) for name, filling in prefill.declared.fields.items()]


def ask_source(
    cases: UseCases, dossier: Dossier, prefill: CompiledPrefill, wanted: frozenset[str], known: Mapping[str, str]
) -> Mapping[str, PrefillAnswer]:
    """The answers of a source by item; whatever it raises is silence."""
    source, key = prefill.source, prefill.declared.plugin
    context = cases.context(dossier.territory, dossier=dossier.id)
    try:
        options = cases.service_options(source)
        return cases.plugins.call(
            f"prefill_sources:{key}", lambda: dict(source.ask(wanted, known, prefill.use, options, context))
        )
    except PluginError as error:
        return dict.fromkeys(wanted, Silent(error.reason))
    except PluginStopped:
        _LOG.warning("the prefill source %s is broken", key, exc_info=True)
        return dict.fromkeys(wanted, Silent(_BROKEN))


def fill(
    cases: UseCases,
    compiled: CompiledScheme,
    prefill: CompiledPrefill,
    answers: Mapping[str, PrefillAnswer | None],
    context: Context,
    fields: Iterable[str],
) -> list[Reading]:
    """What answers make of fields: files are kept on the way, what a field does not take is set aside."""
    return [
        _reading(cases, compiled.fields[name], prefill.declared.fields[name], answers, context)
        for name in fields
        if name in compiled.fields
    ]


def _reading(
    cases: UseCases,
    field: CompiledField,
    filling: Filled,
    answers: Mapping[str, PrefillAnswer | None],
    context: Context,
) -> Reading:
    answer = answers.get(filling.item)
    if isinstance(answer, NotKnown):
        return Reading(field.id, filling.item, "not_known", None, answer.provider)
    if not isinstance(answer, Given):
        return Reading(field.id, filling.item, "silent", None, _BROKEN)
    value = answer.value
    if filling.values:
        value = filling.values.get(str(value), "")
    try:
        found = _taken(cases, field, value, context)
    except (Invalid, TypeError, ValueError):
        found = None
    state: PrefillState = "given" if found is not None else "unfit"
    dumped = field.type.dump(found, field.options) if found is not None else None
    return Reading(field.id, filling.item, state, dumped, answer.provider, answer.as_of)


def _taken(cases: UseCases, field: CompiledField, value: Any, context: Context) -> Any:
    if isinstance(value, GivenFile):
        content = io.BytesIO(value.content)
        uploaded = keep_upload(cases, field.type, field.options, value.name, content, context)
        return field.type.parse(uploaded, field.options, context)
    return field.type.read(value, field.options, context)


def said_rows(
    tx: Tx, dossier: Dossier, prefill: CompiledPrefill, readings: Iterable[Reading], told: str
) -> list[Prefilled]:
    """The readings as rows to keep."""
    return [
        Prefilled(
            dossier=dossier.id,
            field=one.field,
            prefill=prefill.id,
            item=one.item,
            state=one.state,
            value=one.value,
            provider={"fr": one.provider.fr, "en": one.provider.en},
            as_of=one.as_of,
            asked_for=told,
            asked_at=tx.now,
            kept_at=tx.real_now,
        )
        for one in readings
    ]
