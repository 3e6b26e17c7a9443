"""Builders with plain defaults of what the database holds."""

from __future__ import annotations

from typing import Any

from guichet.model.records import Agent, Decision, Dossier
from guichet.storage import Tx, accounts, agents, decisions, dossiers, snapshots

SCHEME = "fds-volet-2"
TERRITORY = "reg-53"
HASH = "0" * 64


def a_snapshot(tx: Tx, *, hash_: str = HASH, scheme: str = SCHEME, territory: str = TERRITORY) -> str:
    """Give the hash of a stored snapshot."""
    snapshots.put(
        tx, hash_=hash_, scheme=scheme, territory=territory, format_=1, body="{}", plugin_versions={"guichet": "0.1.0"}
    )
    return hash_


def a_dossier(tx: Tx, **values: Any) -> Dossier:
    """Give a stored dossier: a filed one of Bretagne unless told otherwise."""
    given: dict[str, Any] = {
        "scheme": SCHEME,
        "territory": TERRITORY,
        "by": "someone",
        "account": accounts.ensure(tx, "anne@exemple.fr").id,
        "title": "Boulangerie Le Goff",
        "phase": "instruction",
        "stage": "opinion",
        "filed_at": tx.now,
        "siren": "732829320",
    }
    return dossiers.start(tx, snapshot_hash=a_snapshot(tx), **(given | values))


def an_agent(tx: Tx, email: str = "yann@bretagne.bzh", name: str = "Yann Le Bihan") -> Agent:
    """Give a stored agent."""
    return agents.ensure(tx, email=email, name=name)


def a_decision(tx: Tx, dossier: Dossier, *, kind: str = "granted", amount_cents: int | None = 200_000) -> Decision:
    """Give a stored decision on a dossier."""
    return decisions.add(
        tx,
        dossier=dossier.id,
        kind=kind,
        snapshot_hash=dossier.snapshot_hash,
        amount_cents=amount_cents,
        issuer="prefet_region",
    )
