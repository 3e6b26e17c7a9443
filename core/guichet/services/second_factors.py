"""The secrets of agents' phones, sealed where they are kept: a copy of the database opens no session.

The key is the secret `second_factors` of the instance: lines of text, the first seals, each opens. It lies outside the
database and its backups. Without one, secrets lie as they are; once there is one, those are sealed by the sweep.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from guichet.model.records import Agent
from guichet.services.cases import UseCases
from guichet.storage import Tx, agents

__all__ = ["KEY", "opened", "seal_all", "sealed"]

KEY = "second_factors"
"""The name of the secret that holds the key."""

_MARK = "sealed:"


def sealed(cases: UseCases, secret: str) -> str:
    """A secret as it is kept."""
    keys = _keys(cases)
    return _MARK + keys.encrypt(secret.encode()).decode() if keys is not None else secret


def opened(cases: UseCases, kept: str | None) -> str | None:
    """The secret behind what is kept; None where there is none, or where the key that sealed it is not there."""
    if kept is None or not kept.startswith(_MARK):
        return kept
    keys = _keys(cases)
    try:
        return keys.decrypt(kept.removeprefix(_MARK).encode()).decode() if keys is not None else None
    except InvalidToken:
        return None


def seal_all(cases: UseCases) -> int:
    """Seal the secrets that lie as they are and give how many; nothing without a key."""
    if _keys(cases) is None:
        return 0

    def act(tx: Tx) -> int:
        plain = [(one.id, one.totp_secret or "") for one in agents.all_agents(tx) if _is_plain(one)]
        return sum(agents.replace_totp(tx, who, secret, sealed(cases, secret)) for who, secret in plain)

    if not any(_is_plain(one) for one in cases.store.read(agents.all_agents)):
        return 0
    return cases.store.act(act)


def _is_plain(agent: Agent) -> bool:
    return agent.totp_secret is not None and not agent.totp_secret.startswith(_MARK)


def _keys(cases: UseCases) -> MultiFernet | None:
    lines = [line.strip() for line in cases.secrets.get(KEY, "").splitlines() if line.strip()]
    return MultiFernet([_key(line) for line in lines]) if lines else None


def _key(text: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(text.encode()).digest()))
