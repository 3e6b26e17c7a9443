"""Tokens of the HTTP API, known by the hash of their secret, and the files sent with them ahead of a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from guichet.model.api import Verb
from guichet.model.records import ApiToken, ApiUpload
from guichet.storage.prepared import Prepared
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.api import api_filing, api_token, api_upload
from guichet.storage.tx import Tx

__all__ = [
    "add",
    "add_upload",
    "all_tokens",
    "by_hash",
    "by_id",
    "drop_uploads",
    "filed_by",
    "note_filing",
    "revoke",
    "sweep_uploads",
    "touch",
    "upload_files",
    "uploads",
]

_READ = reading(api_token, ApiToken)
_LIVE = _READ.where(  # made once: every request asks whose it is
    api_token.c.secret_hash == bindparam("sought"),
    api_token.c.revoked_at.is_(None),
    api_token.c.expires_at > bindparam("instant"),
)
_FILED = Prepared(insert(api_filing))
_UPLOAD = reading(api_upload, ApiUpload)


def add(
    tx: Tx,
    *,
    name: str,
    secret_hash: str,
    territories: Sequence[str],
    schemes: Sequence[str],
    verbs: Sequence[Verb],
    per_minute: int,
    expires_at: datetime,
) -> ApiToken:
    """Keep a token."""
    made = ApiToken(
        id=tx.ids.new(),
        name=name,
        secret_hash=secret_hash,
        territories=tuple(territories),
        schemes=tuple(schemes),
        verbs=tuple(verbs),
        per_minute=per_minute,
        created_at=tx.real_now,
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
    )
    tx.insert(api_token, made)
    return made


def by_hash(tx: Tx, secret_hash: str) -> ApiToken | None:
    """Give the token of a secret, unless it was revoked or has expired."""
    return one(tx, ApiToken, _LIVE, sought=secret_hash, instant=tx.real_now)


def by_id(tx: Tx, token_id: str) -> ApiToken | None:
    """Give a token, alive or not."""
    return one(tx, ApiToken, _READ.where(api_token.c.id == token_id))


def all_tokens(tx: Tx) -> list[ApiToken]:
    """Give every token, the oldest first."""
    return every(tx, ApiToken, _READ.order_by(api_token.c.id))


def touch(tx: Tx, token_id: str) -> None:
    """Note that a token was used now."""
    tx.run(update(api_token).where(api_token.c.id == token_id).values(last_used_at=tx.real_now))


def revoke(tx: Tx, token_id: str) -> bool:
    """Make a token worth nothing from now on; False when it is so already, or is not there."""
    standing = (api_token.c.id == token_id, api_token.c.revoked_at.is_(None))
    return tx.run(update(api_token).where(*standing).values(revoked_at=tx.real_now)).rowcount == 1


def note_filing(tx: Tx, dossier_id: str, token_id: str) -> None:
    """Note which token filed a dossier."""
    tx.run(_FILED, {"dossier": dossier_id, "token": token_id})


def filed_by(tx: Tx, dossier_id: str) -> str | None:
    """Give the id of the token that filed a dossier; None when none did."""
    return tx.value(select(api_filing.c.token).where(api_filing.c.dossier == dossier_id))


def add_upload(
    tx: Tx, *, token: str, territory: str, scheme: str, field: str, stored: Mapping[str, object]
) -> ApiUpload:
    """Note a file sent ahead of its dossier."""
    made = ApiUpload(tx.ids.new(), token, territory, scheme, field, stored, tx.real_now)
    tx.insert(api_upload, made)
    return made


def uploads(tx: Tx, token: str, territory: str, scheme: str, ids: Sequence[str]) -> dict[str, ApiUpload]:
    """Give those of some files that a token sent for a scheme of a territory, by id."""
    here = (api_upload.c.token == token, api_upload.c.territory == territory, api_upload.c.scheme == scheme)
    return {found.id: found for found in every(tx, ApiUpload, _UPLOAD.where(*here, api_upload.c.id.in_(ids)))}


def drop_uploads(tx: Tx, ids: Sequence[str]) -> None:
    """Forget files that a dossier names from now on."""
    tx.run(delete(api_upload).where(api_upload.c.id.in_(ids)))


def sweep_uploads(tx: Tx, *, before: datetime) -> int:
    """Forget files sent before an instant that no dossier came to name, and give how many."""
    return tx.run(delete(api_upload).where(api_upload.c.at < before)).rowcount


def upload_files(tx: Tx) -> set[str]:
    """Give every name under which the bytes of a file sent ahead are stored: what a clean-up must keep."""
    return {str(row.stored["reference"]) for row in tx.all(select(api_upload.c.stored))}
