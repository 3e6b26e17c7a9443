"""What the store refuses, as errors that carry data; their texts are in the catalogue under the same codes."""

from __future__ import annotations

from datetime import datetime

from guichet.errors import GuichetError, Problem

__all__ = [
    "AlreadyGrantedError",
    "AlreadyOrderedError",
    "ConstraintError",
    "CopyFailedError",
    "DatabaseNewerError",
    "EnvelopeExhaustedError",
    "ImportStoppedError",
    "LeaseLostError",
    "ModeMismatchError",
    "NestedActError",
    "NotFoundError",
    "OrderMovedError",
    "PartsDifferError",
    "StaleDossier",
    "StorageError",
    "StoreClosedError",
    "StoreInUseError",
    "StoreRefusalError",
    "StoreUnavailableError",
    "StoreUnopenedError",
    "UnknownDatabaseError",
]


class StorageError(GuichetError):
    """The root of the store's refusals."""

    code = "storage.error"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(f"{self.code} {data}")

    @property
    def problem(self) -> Problem:
        """Give the refusal as a problem of the catalogue."""
        return Problem(self.code, self.data)


class StoreRefusalError(StorageError):
    """The root of what the database says no to in an act, for a person to read: the act is undone, others go on."""


class StaleDossier(StoreRefusalError):  # noqa: N818  the words of the design: the second of two agents meets it
    """Someone changed the dossier first."""

    code = "storage.stale_dossier"

    def __init__(self, *, reference: str, by: str, at: datetime) -> None:
        self.reference, self.by, self.at = reference, by, at
        super().__init__(reference=reference, by=by, at=at)


class AlreadyGrantedError(StoreRefusalError):
    """The key already holds its one grant in this scope."""

    code = "storage.already_granted"

    def __init__(self, *, scheme: str, scope: str, dossier: str) -> None:
        self.dossier = dossier
        super().__init__(scheme=scheme, scope=scope, dossier=dossier)


class EnvelopeExhaustedError(StoreRefusalError):
    """The envelope has not enough left; nothing was committed."""

    code = "storage.envelope_exhausted"

    def __init__(self, *, envelope: str, asked_cents: int, left_cents: int) -> None:
        self.left_cents = left_cents
        super().__init__(envelope=envelope, asked_cents=asked_cents, left_cents=left_cents)


class OrderMovedError(StoreRefusalError):
    """A payment order or a batch is not in the state the act expects."""

    code = "storage.order_moved"


class AlreadyOrderedError(StoreRefusalError):
    """This instalment of the decision has a payment order that was not rejected."""

    code = "storage.already_ordered"


class PartsDifferError(StoreRefusalError):
    """The amounts of a sum do not make it to the cent."""

    code = "storage.parts_differ"


class ImportStoppedError(StorageError):
    """A later import of the same list has taken this one's place."""

    code = "storage.import_stopped"


class ListShrinksError(StorageError):
    """The file would take most of a list away: cut short, perhaps. Nothing was changed."""

    code = "storage.list_shrinks"


class LeaseLostError(StorageError):
    """The worker no longer holds the duty: its lease ran out and another took it."""

    code = "storage.lease_lost"


class NotFoundError(StoreRefusalError):
    """No row has this identifier."""

    code = "storage.not_found"


class NestedActError(StorageError):
    """An act or a read was started inside another."""

    code = "storage.nested_act"


class StoreClosedError(StorageError):
    """The store is closed, or stopping."""

    code = "storage.closed"


class StoreUnavailableError(StorageError):
    """The database did not take the act: disk full, locked for too long, connection lost. Nothing was written."""

    code = "storage.unavailable"


class StoreUnopenedError(StoreUnavailableError):
    """The database does not open: disk full, no right to write, a server that does not answer."""

    code = "storage.unopened"


class StoreInUseError(StorageError):
    """Another process has this database open and the SQLite library is too old for two."""

    code = "storage.in_use"


class ModeMismatchError(StorageError):
    """The database was created in the other mode."""

    code = "storage.mode_mismatch"


class UnknownDatabaseError(StorageError):
    """The database address is not one Guichet can open."""

    code = "storage.unknown_database"


class ConstraintError(StoreRefusalError):
    """A rule the database itself holds refuses the change: a CHECK, a unique column, a missing row, a trigger."""

    code = "storage.constraint"


class CopyFailedError(StorageError):
    """The database could not be copied, or the copy not be laid down."""

    code = "storage.copy_failed"


class DatabaseNewerError(StorageError):
    """A newer Guichet has migrated this database."""

    code = "storage.database_newer"
