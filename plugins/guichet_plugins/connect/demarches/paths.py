"""The places of a dossier that a column may be read from, besides its champs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

_PERSON = "... on PersonnePhysique { civilite nom prenom dateDeNaissance email }"
_COMPANY = (
    "... on PersonneMorale { siret naf libelleNaf entreprise { siren raisonSociale nomCommercial formeJuridique"
    " formeJuridiqueCode codeEffectifEntreprise dateCreation etatAdministratif siretSiegeSocial }"
    " association { rna titre } }"
)

DEMANDEUR = f"demandeur {{ __typename {_PERSON} {_COMPANY} }}"
"""What is asked of who files, whichever kind it is."""

PATHS = (
    "number",
    "dateDepot",
    "dateTraitement",
    "usager.email",
    "demandeur.civilite",
    "demandeur.nom",
    "demandeur.prenom",
    "demandeur.dateDeNaissance",
    "demandeur.email",
    "demandeur.siret",
    "demandeur.naf",
    "demandeur.libelleNaf",
    "demandeur.entreprise.siren",
    "demandeur.entreprise.raisonSociale",
    "demandeur.entreprise.nomCommercial",
    "demandeur.entreprise.formeJuridique",
    "demandeur.entreprise.formeJuridiqueCode",
    "demandeur.entreprise.codeEffectifEntreprise",
    "demandeur.entreprise.dateCreation",
    "demandeur.entreprise.etatAdministratif",
    "demandeur.entreprise.siretSiegeSocial",
    "demandeur.association.rna",
    "demandeur.association.titre",
)


Steps: TypeAlias = tuple[str, ...]
"""The way to a place of a dossier, step by step."""


def steps_of(path: str) -> Steps:
    """Give the way that a path describes."""
    return tuple(path.split("."))


def at(dossier: Mapping[str, Any], steps: Steps) -> Any:
    """Give what stands at a place of a dossier; None where a step of the way is absent."""
    found: Any = dossier
    for step in steps:
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found
