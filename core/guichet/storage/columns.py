"""Column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from guichet.model.canonical import CanonicalText, canonical_json, parse_json

__all__ = ["CanonicalJson", "Instant", "instant_text"]


def instant_text(value: datetime) -> str:
    """Give an instant as fixed-width UTC text, which sorts like time."""
    if value.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {value!r}")
    return _utc_text(value if value.tzinfo is UTC else value.astimezone(UTC))


@lru_cache(maxsize=64)  # an act writes its one instant in a dozen columns
def _utc_text(value: datetime) -> str:
    return value.isoformat(timespec="microseconds")[:-6] + "Z"


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant: `timestamptz` on PostgreSQL, fixed-width ISO text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        text = self.stored(value)
        return text if dialect.name == "sqlite" else value

    @staticmethod
    def stored(value: datetime | None) -> str | None:
        """Give what SQLite keeps of a value."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if dialect.name == "sqlite":
            return self.found(value)
        return None if value is None else value.astimezone(UTC)

    @staticmethod
    def found(value: str | None) -> datetime | None:
        """Give the value of what SQLite keeps."""
        return None if value is None else datetime.fromisoformat(value)


class CanonicalJson(TypeDecorator[Any]):
    """A JSON value kept as its canonical text, the same bytes on both databases; arrays come back as tuples."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002  the library's signature
        return self.stored(value)

    @staticmethod
    def stored(value: Any) -> str | None:
        """Give what a database keeps of a value."""
        if value is None or type(value) is CanonicalText:
            return value
        return canonical_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002  the library's signature
        return self.found(value)

    @staticmethod
    def found(value: str | None) -> Any:
        """Give the value of what a database keeps."""
        if value == "{}":  # as most columns of most rows
            return {}
        return None if value is None else parse_json(value)
