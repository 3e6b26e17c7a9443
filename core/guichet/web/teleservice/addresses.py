"""The addresses of the teleservice, written in one place."""

from __future__ import annotations

from guichet.model.records import Dossier

__all__ = ["dossier_url", "gate_url", "my_dossiers_url", "page_url", "review_url", "scheme_url"]


def scheme_url(territory: str, scheme: str, part: str = "") -> str:
    """Gives the page of a scheme in a territory, or a part of it: `regles`, `demande`."""
    return f"/t/{territory}/{scheme}" + (f"/{part}" if part else "")


def my_dossiers_url(territory: str) -> str:
    """Gives the list of an applicant's dossiers."""
    return f"/t/{territory}/dossiers"


def dossier_url(dossier: Dossier, part: str = "") -> str:
    """Gives the page of a dossier, or a part of it."""
    return f"{my_dossiers_url(dossier.territory)}/{dossier.reference}" + (f"/{part}" if part else "")


def gate_url(dossier: Dossier) -> str:
    """Gives the gate of a draft."""
    return dossier_url(dossier, "entree")


def page_url(dossier: Dossier, page: str) -> str:
    """Gives a page of the form of a draft."""
    return dossier_url(dossier, f"pages/{page}")


def review_url(dossier: Dossier) -> str:
    """Gives the review of a draft."""
    return dossier_url(dossier, "relire")
