"""Tokens: made once and shown once, known by their hash, bounded in place, verb and time, journaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from guichet.errors import Problem, ProblemsFound, guess
from guichet.model.api import VERBS, Verb
from guichet.model.records import ApiToken
from guichet.services.cases import UseCases
from guichet.storage import Tx, api_tokens, journal

__all__ = ["LONGEST", "PREFIX", "NewToken", "create_token", "every_token", "known_token", "revoke_token", "token_hash"]

PREFIX = "guichet_"
"""What every token starts with, so that one left in a file or a log can be recognised by programs that look."""
LONGEST = timedelta(days=400)
_TOUCHED_EVERY = timedelta(minutes=1)
_MOST_PER_MINUTE = 100_000


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made, with the only copy of its secret."""

    token: ApiToken
    secret: str


def token_hash(secret: str) -> str:
    """Give what is stored of a token.

    >>> token_hash("guichet_a")[:8]
    '36e1fbab'
    """
    return sha256(secret.encode()).hexdigest()


def create_token(
    cases: UseCases,
    name: str,
    *,
    territories: Sequence[str],
    schemes: Sequence[str],
    verbs: Sequence[Verb],
    expires_at: datetime,
    per_minute: int = 600,
) -> NewToken:
    """A token for another software.

    Args:
        schemes: Those it reaches; empty for every scheme of its territories, later ones included.
        expires_at: The instant from which it is worth nothing, at most 400 days away.

    Raises:
        ProblemsFound: With everything that is wrong with what was asked.
    """
    problems = list(_problems(cases, name, territories, schemes, verbs, expires_at, per_minute))
    if problems:
        raise ProblemsFound(problems)
    secret = PREFIX + cases.ids.secret()

    def act(tx: Tx) -> ApiToken:
        made = api_tokens.add(
            tx,
            name=name.strip(),
            secret_hash=token_hash(secret),
            territories=sorted(set(territories)),
            schemes=sorted(set(schemes)),
            verbs=[verb for verb in VERBS if verb in verbs],
            per_minute=per_minute,
            expires_at=expires_at,
        )
        data = {"name": made.name, "territories": made.territories, "schemes": made.schemes, "verbs": made.verbs}
        tx.journal(journal.INSTANCE, "api_token_made", subject=made.id, data={**data, "expires_at": made.expires_at})
        return made

    return NewToken(cases.store.act(act), secret)


def revoke_token(cases: UseCases, token_id: str) -> ApiToken:
    """A token made worthless: at once in the processes that look it up again, within three seconds everywhere.

    Raises:
        ProblemsFound: There is none of this id, or several that start so.
    """

    def act(tx: Tx) -> ApiToken:
        every = api_tokens.all_tokens(tx)
        found = [one for one in every if one.id == token_id] or [one for one in every if one.id.endswith(token_id)]
        if len(found) != 1 or not token_id:
            raise ProblemsFound([Problem("api.unknown_token", {"value": token_id})])
        if api_tokens.revoke(tx, found[0].id):
            tx.journal(journal.INSTANCE, "api_token_revoked", subject=found[0].id, data={"name": found[0].name})
        return found[0]

    return cases.store.act(act)


def every_token(cases: UseCases) -> list[ApiToken]:
    """Every token, dead ones included."""
    return cases.store.read(api_tokens.all_tokens)


def known_token(cases: UseCases, secret: str) -> ApiToken | None:
    """The token of a secret; None when it is unknown, revoked or over. Its use is noted, once a minute at most."""
    digest = token_hash(secret)
    found = cases.store.read(lambda tx: api_tokens.by_hash(tx, digest))
    if found is None:
        return None
    if found.last_used_at is None or cases.clock.now() - found.last_used_at >= _TOUCHED_EVERY:
        cases.store.act(lambda tx: api_tokens.touch(tx, found.id))
    return found


def _problems(
    cases: UseCases,
    name: str,
    territories: Sequence[str],
    schemes: Sequence[str],
    verbs: Sequence[Verb],
    expires_at: datetime,
    per_minute: int,
) -> list[Problem]:
    problems: list[Problem] = []
    if not name.strip():
        problems.append(Problem("api.token_without_name"))
    if not territories:
        problems.append(Problem("api.token_without_territory"))
    problems += [found for one in territories if (found := cases.territories.problem(one)) is not None]
    published = sorted({scheme for scheme, _ in cases.snapshots.all_current()})
    problems += [Problem("api.unpublished_scheme", guess(one, published)) for one in schemes if one not in published]
    if not verbs:
        problems.append(Problem("api.token_without_verb", {"choices": list(VERBS)}))
    if "read" not in verbs and set(verbs) - {"submit", "read"}:
        problems.append(Problem("api.token_shows_without_read", {"verbs": sorted(set(verbs) - {"submit"})}))
    if not timedelta(0) < expires_at - cases.clock.now() <= LONGEST:
        problems.append(Problem("api.token_too_long", {"most": LONGEST.days}))
    if not 1 <= per_minute <= _MOST_PER_MINUTE:
        problems.append(Problem("api.token_rate", {"most": _MOST_PER_MINUTE}))
    return problems
