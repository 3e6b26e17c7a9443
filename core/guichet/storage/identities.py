"""Identities given by other sites: attempts used once, links by issuer and subject, what a session or a filing owes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from guichet.model.records import FilingIdentity, IdentityAttempt, IdentityAudience, PersonIdentity, SessionIdentity
from guichet.storage.prepared import Prepared
from guichet.storage.rows import every, one, reading
from guichet.storage.tables.identities import filing_identity, identity_attempt, person_identity, session_identity
from guichet.storage.tx import Tx
from guichet.storage.upsert import insert_unless_there

__all__ = [
    "by_subject",
    "carry",
    "filed_by",
    "keep_attempt",
    "link",
    "living_attempt",
    "note_filing",
    "note_session",
    "of_person",
    "of_session",
    "say_again",
    "sweep_attempts",
    "take_attempt",
    "unlink",
]

_PERSON = reading(person_identity, PersonIdentity)
_ATTEMPT = reading(identity_attempt, IdentityAttempt)
# Made once: every filing asks it.
_OF_SESSION = Prepared(
    reading(session_identity, SessionIdentity).where(session_identity.c.id_hash == bindparam("sought"))
)


def keep_attempt(
    tx: Tx,
    *,
    id_hash: str,
    provider: str,
    audience: IdentityAudience,
    territory: str,
    path: str,
    expires_at: datetime,
    arrived: Mapping[str, object] | None = None,
) -> None:
    """Keep a sign-in under way, under the hash of what the browser holds."""
    made = IdentityAttempt(id_hash, provider, audience, territory, path, arrived, tx.real_now, expires_at, None)
    tx.insert(identity_attempt, made)


def living_attempt(tx: Tx, id_hash: str) -> IdentityAttempt | None:
    """Give an attempt that was not used and has not expired."""
    living = (identity_attempt.c.used_at.is_(None), identity_attempt.c.expires_at > tx.real_now)
    return one(tx, IdentityAttempt, _ATTEMPT.where(identity_attempt.c.id_hash == id_hash, *living))


def take_attempt(tx: Tx, id_hash: str) -> IdentityAttempt | None:
    """Use an attempt up and give it; None when it is unknown, was used, or has expired: of two at once, one has it."""
    living = (identity_attempt.c.used_at.is_(None), identity_attempt.c.expires_at > tx.real_now)
    mine = update(identity_attempt).where(identity_attempt.c.id_hash == id_hash, *living)
    if tx.run(mine.values(used_at=tx.real_now)).rowcount != 1:
        return None
    return one(tx, IdentityAttempt, _ATTEMPT.where(identity_attempt.c.id_hash == id_hash))


def sweep_attempts(tx: Tx) -> int:
    """Forget expired attempts, with what arrived by them, and give how many."""
    return tx.run(delete(identity_attempt).where(identity_attempt.c.expires_at <= tx.real_now)).rowcount


def by_subject(tx: Tx, audience: IdentityAudience, issuer: str, subject: str) -> PersonIdentity | None:
    """Give the person an issuer knows under a subject."""
    same = (
        person_identity.c.audience == audience,
        person_identity.c.issuer == issuer,
        person_identity.c.subject == subject,
    )
    return one(tx, PersonIdentity, _PERSON.where(*same))


def of_person(tx: Tx, audience: IdentityAudience, person: str) -> list[PersonIdentity]:
    """Give every identity of an account or an agent."""
    mine = (person_identity.c.audience == audience, person_identity.c.person == person)
    return every(tx, PersonIdentity, _PERSON.where(*mine).order_by(person_identity.c.id))


def link(
    tx: Tx,
    *,
    audience: IdentityAudience,
    person: str,
    provider: str,
    issuer: str,
    subject: str,
    email: str,
    claims: Mapping[str, str],
) -> PersonIdentity | None:
    """Link a subject to a person; None when either already has another link at that issuer."""
    insert_unless_there(
        tx,
        person_identity,
        id=tx.ids.new(),
        audience=audience,
        person=person,
        provider=provider,
        issuer=issuer,
        subject=subject,
        email=email,
        claims=dict(claims),
        linked_at=tx.real_now,
        said_at=tx.real_now,
    )
    found = by_subject(tx, audience, issuer, subject)
    return found if found is not None and found.person == person else None


def unlink(tx: Tx, identity_id: str) -> bool:
    """Cut a link, with what it still told of sessions, and say whether there was one."""
    tx.run(delete(session_identity).where(session_identity.c.identity == identity_id))
    return tx.run(delete(person_identity).where(person_identity.c.id == identity_id)).rowcount == 1


def say_again(tx: Tx, identity_id: str, *, email: str, claims: Mapping[str, str]) -> None:
    """Keep what the provider says of the person today."""
    values = {"email": email, "claims": dict(claims), "said_at": tx.real_now}
    tx.run(update(person_identity).where(person_identity.c.id == identity_id).values(**values))


def note_session(tx: Tx, made: SessionIdentity) -> None:
    """Note what a provider said for a session; it goes when the session does."""
    tx.insert(session_identity, made)


def of_session(tx: Tx, id_hash: str) -> SessionIdentity | None:
    """Give what a provider said for a session; None when the person signed in otherwise."""
    return one(tx, SessionIdentity, _OF_SESSION, sought=id_hash)


def carry(tx: Tx, old_hash: str, new_hash: str) -> None:
    """Let the session that takes another's place keep what a provider said for it."""
    tx.run(update(session_identity).where(session_identity.c.id_hash == old_hash).values(id_hash=new_hash))


def note_filing(tx: Tx, dossier: str, id_hash: str) -> None:
    """Note who files a dossier, when a provider said it for the session; a dossier is filed once."""
    said = of_session(tx, id_hash)
    person = one(tx, PersonIdentity, _PERSON.where(person_identity.c.id == said.identity)) if said else None
    if said is None or person is None:
        return
    made = FilingIdentity(
        dossier, said.provider, person.issuer, _name(person.claims), said.level, said.siret, said.represents, tx.now
    )
    tx.insert(filing_identity, made)


def filed_by(tx: Tx, dossier: str) -> FilingIdentity | None:
    """Give who filed a dossier, as a provider said; None when the person had signed in otherwise."""
    statement = select(*(filing_identity.c[name] for name in FilingIdentity.__slots__))
    return one(tx, FilingIdentity, statement.where(filing_identity.c.dossier == dossier))


def _name(claims: Mapping[str, str]) -> str:
    """First and last name, as the provider writes them."""
    last = claims.get("family_name") or claims.get("usual_name") or ""
    return " ".join(filter(None, (claims.get("given_name", ""), last)))
