"""All hooks. Each takes nothing, is called once at start, and returns objects with a `key` of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pluggy
from click import Command

from guichet.language.declarations import Signature
from guichet.plugin.contracts import (
    DataPackage,
    Delivery,
    DocumentRenderer,
    Exporter,
    FieldType,
    IdentityProvider,
    ListSource,
    NotificationChannel,
    PaymentWriter,
    PrefillSource,
    ReturnReader,
    Screen,
    WriteBack,
)

PROJECT = "guichet"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_rule_functions() -> Iterable[Signature]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Pure, typed functions that rules may call."""


@hookspec
def register_field_types() -> Iterable[FieldType[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Kinds of questions: how an answer is typed, checked, stored, shown."""


@hookspec
def register_data() -> Iterable[DataPackage]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Data that ships as a plugin: dated tables, blocks, whole schemes."""


@hookspec
def register_list_sources() -> Iterable[ListSource[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Places the rows of a reference list come from."""


@hookspec
def register_prefill_sources() -> Iterable[PrefillSource[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """What other administrations know of a company, a person or a place."""


@hookspec
def register_payment_writers() -> Iterable[PaymentWriter[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Formats of payment files."""


@hookspec
def register_return_readers() -> Iterable[ReturnReader[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Formats of what comes back from the accountant, the finance software or the bank."""


@hookspec
def register_deliveries() -> Iterable[Delivery[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Ways for a file to leave."""


@hookspec
def register_write_backs() -> Iterable[WriteBack[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Other software that is told the decisions."""


@hookspec
def register_notification_channels() -> Iterable[NotificationChannel[Any]]:  # pyright: ignore[reportReturnType]  no body
    """Ways for a message to reach a person."""


@hookspec
def register_identity_providers() -> Iterable[IdentityProvider[Any]]:  # pyright: ignore[reportReturnType]  no body
    """Sites elsewhere that say who somebody is."""


@hookspec
def register_document_renderers() -> Iterable[DocumentRenderer[Any]]:  # pyright: ignore[reportReturnType]  no body
    """Makers of letters and receipts."""


@hookspec
def register_exporters() -> Iterable[Exporter[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Formats a table can be exported in."""


@hookspec
def register_screens() -> Iterable[Screen[Any]]:  # pyright: ignore[reportReturnType]  a hook has no body
    """Extra pages for agents, given as data."""


@hookspec
def register_commands() -> Iterable[Command]:  # pyright: ignore[reportReturnType]  a hook has no body
    """`click` commands added to `guichet`."""
