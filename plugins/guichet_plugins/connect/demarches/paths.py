"""The places of a dossier that a column may be read from, besides its champs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def at(dossier: Mapping[str, Any], path: str) -> Any:
    """Give what stands at a place of a dossier; None where a step of the way is absent."""
    found: Any = dossier
    for step in path.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found
