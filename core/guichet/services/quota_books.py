"""The quotas of other services, counted in the database by all the processes of an instance."""

from __future__ import annotations

from guichet.plugin.contracts import Unavailable
from guichet.plugin.outside import Change
from guichet.storage import Store, outside_quotas
from guichet.storage.errors import StoreUnavailableError

__all__ = ["SharedBook"]


class SharedBook:
    """The book of an instance: each change is one short act; waiting for a place is done outside of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def change(self, service: str, change: Change) -> None:
        """Put what `change` gives in place of what is kept.

        Raises:
            Unavailable: The database does not answer, or another process holds this row for too long.
        """
        try:
            self._store.act(lambda tx: outside_quotas.change_quota(tx, service, change))
        except StoreUnavailableError as error:
            raise Unavailable(
                fr=f"Le quota du service « {service} » ne peut pas être consulté pour l'instant.",
                en=f'The quota of the service "{service}" cannot be looked up for now.',
            ) from error

    def change_soon(self, service: str, change: Change) -> None:
        """Do as `change` without waiting; lost, the place is free again when the call can no longer be out."""
        self._store.submit(lambda tx: outside_quotas.change_quota(tx, service, change))
