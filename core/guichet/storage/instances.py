"""The installation's one row."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from guichet.model.records import Instance
from guichet.storage.errors import NotFoundError
from guichet.storage.rows import one, reading
from guichet.storage.tables.instance import instance
from guichet.storage.tx import Tx

__all__ = ["get", "set_business_day"]


def get(tx: Tx) -> Instance:
    """Give the installation."""
    found = one(tx, Instance, reading(instance, Instance))
    if found is None:
        raise NotFoundError(kind="instance", id="1")
    return found


def set_business_day(tx: Tx, day: date | None) -> None:
    """Fix the business day of a demo; None follows the real calendar."""
    tx.run(update(instance).values(business_day=day))
