"""Names that the site's own addresses use: no scheme may bear one, its pages could not be reached."""

from __future__ import annotations

__all__ = ["SITE_NAMES"]

SITE_NAMES = frozenset(
    {
        "accessibilite",
        "accueil",
        "agents",
        "aide",
        "api",
        "bac-a-sable",
        "compte",
        "connexion",
        "deconnexion",
        "donnees-personnelles",
        "dossiers",
        "ecrans",
        "identite",
        "instance",
        "logo",
        "mentions-legales",
        "profil",
        "recherche",
        "sante",
        "static",
        "t",
        "theme",
    }
)
"""Each fixed word that begins an address of the site, of a territory, or of the agents' pages."""
