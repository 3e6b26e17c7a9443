"""Applicants' accounts, and the links and codes they sign in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from guichet.model.records import Account, SignIn
from guichet.storage.errors import NotFoundError
from guichet.storage.prepared import Prepared
from guichet.storage.rows import one, reading
from guichet.storage.tables.people import account, sign_in
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "by_email",
    "by_id",
    "consume",
    "count_attempt",
    "ensure",
    "normalised",
    "sign_in_by_id",
    "sign_in_by_link",
    "start_sign_in",
    "sweep_sign_ins",
]

_ACCOUNT = reading(account, Account)
_BY_ID = Prepared(_ACCOUNT.where(account.c.id == bindparam("sought")))  # made once: every page asks who is there
_SIGN_IN = reading(sign_in, SignIn)


def normalised(email: str) -> str:
    """Give the address an account is known by.

    >>> normalised(" Anne@Exemple.FR ")
    'anne@exemple.fr'
    """
    return email.strip().lower()


def ensure(tx: Tx, email: str) -> Account:
    """Give the account of an address, made at need."""
    made = Account(tx.ids.new(), normalised(email), tx.real_now)
    if insert_unless_there(tx, account, id=made.id, email=made.email, created_at=made.created_at):
        return made
    found = by_email(tx, email)
    if found is None:
        raise NotFoundError(kind="account", id=made.email)
    return found


def by_email(tx: Tx, email: str) -> Account | None:
    """Give the account of an address."""
    return one(tx, Account, _ACCOUNT.where(account.c.email == normalised(email)))


def by_id(tx: Tx, account_id: str) -> Account | None:
    """Give the account of an id."""
    return one(tx, Account, _BY_ID, sought=account_id)


def start_sign_in(tx: Tx, *, email: str, link_hash: str, code_hash: str, expires_at: datetime) -> SignIn:
    """Keep the hashes of a link and a code sent to an address."""
    made = SignIn(tx.ids.new(), normalised(email), link_hash, code_hash, tx.real_now, expires_at, 0, None)
    tx.insert(sign_in, made)
    return made


def sign_in_by_id(tx: Tx, sign_in_id: str) -> SignIn | None:
    """Give a sign-in, consumed or not, expired or not."""
    return one(tx, SignIn, _SIGN_IN.where(sign_in.c.id == sign_in_id))


def sign_in_by_link(tx: Tx, link_hash: str) -> SignIn | None:
    """Give the sign-in of a link."""
    return one(tx, SignIn, _SIGN_IN.where(sign_in.c.link_hash == link_hash))


def count_attempt(tx: Tx, sign_in_id: str) -> int:
    """Count a try of the code and give how many there have been."""
    statement = update(sign_in).where(sign_in.c.id == sign_in_id).values(attempts=sign_in.c.attempts + 1)
    return tx.value(statement.returning(sign_in.c.attempts)) or 0


def consume(tx: Tx, sign_in_id: str) -> bool:
    """Use a sign-in up; False when it was used or has expired."""
    live = (sign_in.c.id == sign_in_id, sign_in.c.consumed_at.is_(None), sign_in.c.expires_at > tx.real_now)
    return tx.run(update(sign_in).where(*live).values(consumed_at=tx.real_now)).rowcount == 1


def sweep_sign_ins(tx: Tx) -> int:
    """Forget expired sign-ins and give how many."""
    return tx.run(delete(sign_in).where(sign_in.c.expires_at <= tx.real_now)).rowcount
