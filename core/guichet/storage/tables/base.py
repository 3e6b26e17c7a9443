"""The root of every table: one metadata with named constraints, and the column kinds the tables share."""

import re
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import CheckConstraint, MetaData, Table
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import SQLModel

__all__ = ["METADATA", "Base", "one_of", "table_of"]

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel, registry=registry(metadata=METADATA)):
    """A table of Guichet; its rows are read and written through SQLAlchemy Core."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]  SQLModel types it loosely
        """Give the table's name: `PaymentOrderTable` holds `payment_order`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Table")).lower()


def table_of(model: type[Base]) -> Table:
    """Give the Core table behind a model."""
    return cast("Table", cast("Any", model).__table__)


def one_of(column: str, choices: Iterable[str]) -> CheckConstraint:
    """Give the constraint that keeps a column to its choices (an empty column passes)."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
