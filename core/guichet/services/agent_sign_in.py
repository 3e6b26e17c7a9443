"""Agents sign in with a password, then a code of their phone; the first time, they choose both.

Each try is counted before it is judged, so that a hundred at once are a hundred; from the fifth in a row, the account
rests for longer and longer. Unknown, locked, inactive and mistaken all answer alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from hmac import compare_digest

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pyotp.totp import TOTP

from guichet.model.records import Agent
from guichet.services.acting import actor_of
from guichet.services.cases import UseCases
from guichet.services.refusals import Refused
from guichet.services.second_factors import opened, sealed
from guichet.storage import Tx, agents, probes
from guichet.storage.accounts import normalised
from guichet.storage.journal import INSTANCE

__all__ = [
    "SHORTEST_PASSWORD",
    "AgentRefused",
    "NoAssignment",
    "WeakPassword",
    "check_code",
    "check_password",
    "enrol",
    "enrolment_of",
    "give_first_password",
    "is_enrolled",
    "require_assignment",
    "set_credentials",
]

SHORTEST_PASSWORD = 12
_LONGEST_PASSWORD = 128
_TRIES_BEFORE_LOCK = 5
_FIRST_LOCK = timedelta(seconds=30)
_LONGEST_LOCK = timedelta(minutes=15)
_PLACE_WINDOW, _PLACE_TRIES = timedelta(minutes=15), 200
_STEP_S = 30
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: nothing that reads two ways

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_RANDOM_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # 80 random bits need no slowness


class AgentRefused(Refused):
    """Wrong, unknown, inactive or resting: which of these is not said."""

    def __init__(self) -> None:
        super().__init__("agent_refused")


class NoAssignment(Refused):
    """Both factors were right, but no assignment of this agent holds today."""

    def __init__(self) -> None:
        super().__init__("no_assignment")


class WeakPassword(Refused):
    """The chosen password will not do: `short`, `long`, `obvious`, `same` as before, or `differs` typed again."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__("weak_password", why=why)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an agent enters into the phone, the first time."""

    secret: str = ""
    uri: str = ""


def check_password(cases: UseCases, email: str, password: str, *, place: str) -> str:
    """Check the first factor and give the agent's id.

    Raises:
        AgentRefused
    """
    found = cases.store.act(lambda tx: _count_try(tx, email, place))
    if not _is_password_of(found, password) or found is None:
        raise AgentRefused
    cases.store.act(lambda tx: _renew_secret(tx, cases, found))
    return found.id


def check_code(cases: UseCases, agent_id: str, code: str) -> None:
    """Check the second factor of an agent who has one; a code serves once.

    Raises:
        AgentRefused, NoAssignment
    """

    def act(tx: Tx) -> Agent | None:
        found = _unlocked(tx, agents.by_id(tx, agent_id))
        if found is None:
            return None
        _count(tx, found)
        if not is_enrolled(found) or not _take_code(tx, cases, found, code):
            return None
        agents.clear_failures(tx, found.id)
        tx.journal(INSTANCE, "agent_signed_in", subject=found.id, actor=found.id)
        return found

    found = cases.store.act(act)
    if found is None:
        raise AgentRefused
    require_assignment(cases, found)


def is_enrolled(agent: Agent) -> bool:
    """Whether an agent has proved to hold the second factor."""
    return agent.totp_secret is not None and agent.totp_last_step is not None


def enrolment_of(cases: UseCases, agent_id: str) -> Enrolment:
    """Give what an agent not yet enrolled enters into the phone; raises AgentRefused for one who is."""
    found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    secret = opened(cases, found.totp_secret) if found is not None else None
    if found is None or secret is None or is_enrolled(found):
        raise AgentRefused
    issuer = "Guichet (bac à sable)" if cases.mode == "sandbox" else "Guichet"
    return Enrolment(secret, TOTP(secret).provisioning_uri(name=found.email, issuer_name=issuer))


def enrol(cases: UseCases, agent_id: str, *, password: str, again: str, code: str) -> None:
    """Keep the agent's own password and second factor, once a code proves that the phone has it.

    Raises:
        WeakPassword, AgentRefused, NoAssignment
    """
    found = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    if found is None or found.password_hash is None:
        raise AgentRefused
    require_strong(found, password, again)
    digest = _HASHER.hash(password)

    def act(tx: Tx) -> bool:
        agent = _unlocked(tx, agents.by_id(tx, agent_id))
        if agent is None or is_enrolled(agent):
            return False
        _count(tx, agent)
        if not _take_code(tx, cases, agent, code):
            return False
        agents.set_password(tx, agent_id, digest)
        tx.journal(INSTANCE, "agent_enrolled", subject=agent_id, actor=agent_id)
        return True

    if not cases.store.act(act):
        raise AgentRefused
    require_assignment(cases, found)


def require_strong(agent: Agent, password: str, again: str) -> None:
    """Raise WeakPassword for a password too short, too plain, the first one again, or typed two ways."""
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword("short")
    if len(password) > _LONGEST_PASSWORD:
        raise WeakPassword("long")
    words = {normalised(agent.email).partition("@")[0], *agent.name.lower().split()}
    if len(set(password)) < 5 or any(len(word) > 3 and word in password.lower() for word in words):
        raise WeakPassword("obvious")
    if agent.password_hash is not None and _verifies(agent.password_hash, password):
        raise WeakPassword("same")
    if not compare_digest(password.encode(), again.encode()):
        raise WeakPassword("differs")


def give_first_password(cases: UseCases, tx: Tx, agent_id: str) -> str:
    """Set a random first password, forget the second factor, and give the password, which is not kept."""
    number = int(cases.ids.secret(10), 16)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(0, 80, 5))
    password = "-".join(letters[start : start + 4] for start in range(0, 16, 4))
    agents.set_password(tx, agent_id, _RANDOM_HASHER.hash(password))
    agents.set_totp(tx, agent_id, None)
    return password


def set_credentials(cases: UseCases, agent_id: str, *, password: str, totp_secret: str) -> None:
    """Give an agent of a sandbox a known password and second factor: demonstrations and tests, never a live site."""
    if cases.mode != "sandbox":
        raise AgentRefused
    digest = _RANDOM_HASHER.hash(password)

    def act(tx: Tx) -> None:
        agents.set_password(tx, agent_id, digest)
        agents.set_totp(tx, agent_id, sealed(cases, totp_secret))
        agents.take_totp_step(tx, agent_id, 0)

    cases.store.act(act)


def _count_try(tx: Tx, email: str, place: str) -> Agent | None:
    """The agent of an address when a try may be judged; it is counted first."""
    bucket = f"agent from {sha256(place.encode()).hexdigest()}"
    if probes.count(tx, bucket, _PLACE_WINDOW) > _PLACE_TRIES:
        return None
    found = _unlocked(tx, agents.by_email(tx, email))
    if found is not None:
        _count(tx, found)
    return found


def _unlocked(tx: Tx, found: Agent | None) -> Agent | None:
    if found is None or not found.active or (found.locked_until is not None and found.locked_until > tx.real_now):
        return None
    return found


def _count(tx: Tx, found: Agent) -> None:
    """Count a try; from the fifth in a row the next ones wait, twice as long each time."""
    beyond = agents.count_failure(tx, found.id) - _TRIES_BEFORE_LOCK
    if beyond >= 0:
        until = tx.real_now + min(_FIRST_LOCK * 2 ** min(beyond, 10), _LONGEST_LOCK)
        agents.lock_until(tx, found.id, until)
        tx.journal(
            INSTANCE, "agent_locked", subject=found.id, data={"tries": _TRIES_BEFORE_LOCK + beyond, "until": until}
        )


def _renew_secret(tx: Tx, cases: UseCases, found: Agent) -> None:
    """Who has no second factor yet gets a fresh secret each time: an earlier look at it is worth nothing."""
    current = agents.by_id(tx, found.id)
    if current is not None and not is_enrolled(current):
        agents.set_totp(tx, found.id, sealed(cases, _totp_secret(cases)))


def _take_code(tx: Tx, cases: UseCases, found: Agent, code: str) -> bool:
    """Whether a code is that of this half minute or one beside it, and was not used."""
    digits, secret = re.sub(r"\s", "", code), opened(cases, found.totp_secret)
    if secret is None or not re.fullmatch(r"[0-9]{6}", digits, re.ASCII):
        return False
    totp, now = TOTP(secret), int(tx.real_now.timestamp()) // _STEP_S
    matching = [step for step in (now - 1, now, now + 1) if compare_digest(totp.generate_otp(step), digits)]
    return any(agents.take_totp_step(tx, found.id, step) for step in matching)


def require_assignment(cases: UseCases, found: Agent) -> None:
    """Raise NoAssignment for an agent whose every assignment has ended, on the calendar of its territory."""
    held = cases.store.read(lambda tx: actor_of(cases, tx, found.id)).assignments
    if not any(one.territory for one in held):
        raise NoAssignment


def _totp_secret(cases: UseCases) -> str:
    number = int(cases.ids.secret(20), 16)
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[number >> shift & 31] for shift in range(0, 160, 5))


def _is_password_of(found: Agent | None, password: str) -> bool:
    """Whether the password is right; takes as long for nobody, and for a first password, as for anybody else."""
    typed = password[: _LONGEST_PASSWORD + 1]
    known = found.password_hash if found is not None else None
    if known is None or _HASHER.check_needs_rehash(known):
        _verifies(_nobody(), typed)
    return known is not None and _verifies(known, typed)


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _verifies(digest: str, password: str) -> bool:
    try:
        return _HASHER.verify(digest, password)
    except (VerificationError, InvalidHashError):
        return False
