"""Which amounts of an aid make a sum: the one granted, the one ordered, the one claimed back."""

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from guichet.storage.tables.base import Base, table_of

__all__ = ["decision_part", "order_part", "recovery_part"]


class Part(SQLModel):
    """One amount of a sum."""

    amount: str
    label: str
    cents: int = Field(sa_type=BigInteger)


class DecisionPartTable(Part, Base, table=True):
    """How much of a grant each amount is; frozen with the decision."""

    __table_args__ = (UniqueConstraint("decision", "amount"), CheckConstraint("cents > 0", name="cents_positive"))

    decision: str = Field(primary_key=True, foreign_key="decision.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class OrderPartTable(Part, Base, table=True):
    """How much of an order each amount is; triggers hold their sum to the order's, and let none change."""

    __table_args__ = (UniqueConstraint("payment_order", "amount"), CheckConstraint("cents > 0", name="cents_positive"))

    payment_order: str = Field(primary_key=True, foreign_key="payment_order.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class RecoveryPartTable(Part, Base, table=True):
    """How much of a claim each amount is."""

    __table_args__ = (UniqueConstraint("recovery", "amount"), CheckConstraint("cents > 0", name="cents_positive"))

    recovery: str = Field(primary_key=True, foreign_key="recovery.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


decision_part = table_of(DecisionPartTable)
order_part = table_of(OrderPartTable)
recovery_part = table_of(RecoveryPartTable)
