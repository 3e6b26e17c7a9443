"""Démarches Simplifiées (now demarche.numerique.gouv.fr), by its GraphQL API."""

from __future__ import annotations

from typing import Any

from guichet import ListSource, WriteBack, hookimpl
from guichet_plugins.connect.demarches.decisions import DemarcheDecision
from guichet_plugins.connect.demarches.dossier_list import DossierList


@hookimpl
def register_list_sources() -> list[ListSource[Any]]:
    """Give the list read from the dossiers of a démarche."""
    return [DossierList()]


@hookimpl
def register_write_backs() -> list[WriteBack[Any]]:
    """Give the decision told to a démarche."""
    return [DemarcheDecision()]
