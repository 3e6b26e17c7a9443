"""The other dossiers of the same company and of the same bank account."""

from __future__ import annotations

from dataclasses import dataclass

from guichet.model.records import Dossier
from guichet.services.acting import Actor
from guichet.storage import Tx, dossiers

__all__ = ["Other", "others_of"]


@dataclass(frozen=True, slots=True)
class Other:
    """Another dossier of the same company or account that the agent may see."""

    dossier: Dossier
    same: str
    """`same_siren` or `same_iban`."""


def others_of(tx: Tx, actor: Actor, dossier: Dossier) -> tuple[tuple[Other, ...], dict[str, int]]:
    """The other dossiers of the company and of the account: shown where the agent may see them, else only counted."""
    same: dict[str, list[Dossier]] = {
        "same_siren": dossiers.same_siren(tx, dossier.scheme, dossier.siren) if dossier.siren else [],
        "same_iban": dossiers.same_iban(tx, dossier.iban_hash) if dossier.iban_hash else [],
    }
    visible: list[Other] = []
    elsewhere: dict[str, int] = {}
    for kind, found in same.items():
        rest = [one for one in found if one.id != dossier.id]
        visible += [Other(one, kind) for one in rest if actor.sees(one)]
        hidden = sum(not actor.sees(one) for one in rest)
        if hidden:
            elsewhere[kind] = hidden
    return tuple(visible), elsewhere
