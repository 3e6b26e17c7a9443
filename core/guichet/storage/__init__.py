"""Tables, queries and migrations; gives frozen records back. The only place with the database library."""

from guichet.storage.opening import open_store
from guichet.storage.store import Store
from guichet.storage.tx import Tx

__all__ = ["Store", "Tx", "open_store"]
