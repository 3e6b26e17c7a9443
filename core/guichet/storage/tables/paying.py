"""What surrounds payment orders: what they tell their file, the files' ledger, holds, returns, changed accounts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from guichet.storage.columns import CanonicalJson, Instant
from guichet.storage.tables.base import Base, one_of, table_of

__all__ = [
    "account_change",
    "batch_answer",
    "batch_file",
    "later_filing",
    "order_told",
    "payment_hold",
    "return_fact",
    "return_import",
    "return_line",
]

FILE_STATES = ("sealed", "begun", "laid")
ANSWERS = ("received", "not_received")
OUTCOMES = ("accepted", "paid", "rejected", "suspended")
RESULTS = ("applied", "unchanged", "rejected")
LATER_STATES = ("asked", "filed", "accepted", "refused", "closed")

_STANDING = text("ended_at IS NULL")
_OPEN = text("state IN ('asked', 'filed')")


class OrderToldTable(Base, table=True):
    """What an order tells its file beyond whom and how much: act, details of the payee, facts; written with it."""

    payment_order: str = Field(primary_key=True, foreign_key="payment_order.id")
    told: Any = Field(sa_type=CanonicalJson)


class BatchFileTable(Base, table=True):
    """The ledger of a batch's files: sealed, begun to be handed over, laid at the receiver's."""

    __table_args__ = (one_of("state", FILE_STATES),)

    batch: str = Field(primary_key=True, foreign_key="batch.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    sha256: str
    bytes: int
    state: str = "sealed"
    attempts: int = 0
    reference: str = ""
    begun_at: datetime | None = Field(default=None, sa_type=Instant)
    laid_at: datetime | None = Field(default=None, sa_type=Instant)


class BatchAnswerTable(Base, table=True):
    """What the receiver of a batch said, asked by a person, where it could not be finished by itself."""

    __table_args__ = (one_of("answer", ANSWERS),)

    batch: str = Field(primary_key=True, foreign_key="batch.id")
    answer: str
    because: str
    answered_by: str
    at: datetime = Field(sa_type=Instant)


class PaymentHoldTable(Base, table=True):
    """A suspension of all the payments of a scheme in a territory; while it stands no file leaves."""

    __table_args__ = (
        Index(
            "uq_payment_hold_standing",
            "scheme",
            "territory",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: str = Field(primary_key=True)
    scheme: str
    territory: str
    because: str
    begun_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class ReturnImportTable(Base, table=True):
    """One import of a return: read = applied + unchanged + rejected."""

    __table_args__ = (CheckConstraint("read = applied + unchanged + rejected", name="adds_up"),)

    id: str = Field(primary_key=True)
    scheme: str
    territory: str
    file_name: str
    sha256: str
    read: int = 0
    applied: int = 0
    unchanged: int = 0
    rejected: int = 0
    at: datetime = Field(sa_type=Instant)


class ReturnLineTable(Base, table=True):
    """What became of each line of a return, with the reason of those rejected."""

    __table_args__ = (one_of("result", RESULTS),)

    return_import: str = Field(primary_key=True, foreign_key="return_import.id")
    line: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    payment_order: str | None = Field(default=None, foreign_key="payment_order.id", index=True)
    result: str
    because: str = ""


class ReturnFactTable(Base, table=True):
    """What the accountant did to an order on a day: one fact, however often it is read."""

    __table_args__ = (
        one_of("outcome", OUTCOMES),
        Index("ix_return_fact_import", "return_import"),
        Index("ix_return_fact_mandate", "mandate"),
    )

    payment_order: str = Field(primary_key=True, foreign_key="payment_order.id")
    outcome: str = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
    cents: int | None = Field(default=None, sa_type=BigInteger)
    mandate: str = ""
    mandate_on: date | None = None
    reason: str = ""
    return_import: str = Field(foreign_key="return_import.id")


class AccountChangeTable(Base, table=True):
    """An account that took the place of another: both stand here for ever, with the filing that gave the new one."""

    __table_args__ = (Index("ix_account_change_dossier", "dossier"),)

    id: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.id")
    later_filing: str = Field(foreign_key="later_filing.id", unique=True)
    payment_order: str = Field(foreign_key="payment_order.id")
    new_order: str = Field(foreign_key="payment_order.id")
    payee_before: str
    iban_before: str
    bic_before: str | None = None
    payee: str
    iban: str
    bic: str | None = None
    at: datetime = Field(sa_type=Instant)


class LaterFilingTable(Base, table=True):
    """A form filed after the application: asked, filed with a receipt of its own, accepted or refused."""

    __table_args__ = (
        one_of("state", LATER_STATES),
        CheckConstraint("(filed_at IS NULL) = (state IN ('asked', 'closed'))", name="filed_once"),
        Index(
            "uq_later_filing_open",
            "dossier",
            "form",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: str = Field(primary_key=True)
    reference: str = Field(unique=True)
    dossier: str = Field(foreign_key="dossier.id", index=True)
    form: str
    about: str = ""
    state: str = "asked"
    reason: str = ""
    snapshot_hash: str = Field(foreign_key="snapshot.hash")
    answers: Any = Field(sa_type=CanonicalJson)
    asked_by: str
    asked_at: datetime = Field(sa_type=Instant)
    filed_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_by: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_reason: str = ""


order_told = table_of(OrderToldTable)
batch_answer = table_of(BatchAnswerTable)
batch_file = table_of(BatchFileTable)
payment_hold = table_of(PaymentHoldTable)
return_import = table_of(ReturnImportTable)
return_line = table_of(ReturnLineTable)
return_fact = table_of(ReturnFactTable)
account_change = table_of(AccountChangeTable)
later_filing = table_of(LaterFilingTable)
