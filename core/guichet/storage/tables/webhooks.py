"""How far each webhook has followed the journals."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from guichet.storage.tables.base import Base, table_of

__all__ = ["webhook_cursor"]


class WebhookCursorTable(Base, table=True):
    """The last line of a territory's journal of which a webhook was told, or needed not be."""

    webhook: str = Field(primary_key=True)
    territory: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger)


webhook_cursor = table_of(WebhookCursorTable)
