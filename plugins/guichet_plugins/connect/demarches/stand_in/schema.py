"""The part of the service's schema that the stand-in speaks: type → field → its type, as the real one names them."""

from __future__ import annotations

from collections.abc import Mapping

_CHAMP = {"id": "ID", "champDescriptorId": "ID", "label": "String", "stringValue": "String", "updatedAt": "Instant"}
_CHAMPS: Mapping[str, Mapping[str, str]] = {
    "TextChamp": {"value": "String"},
    "IntegerNumberChamp": {"value": "BigInt"},
    "DecimalNumberChamp": {"value": "Float"},
    "CheckboxChamp": {"value": "Boolean"},
    "DateChamp": {"date": "Date"},
    "DossierLinkChamp": {"dossier": "Dossier"},
    "PieceJustificativeChamp": {"files": "File"},
    "SiretChamp": {"etablissement": "PersonneMorale"},
}
_PAYLOAD = {"errors": "ValidationError", "clientMutationId": "String"}

MUTATIONS = (
    "dossierPasserEnInstruction",
    "dossierRepasserEnInstruction",
    "dossierAccepter",
    "dossierRefuser",
    "dossierClasserSansSuite",
    "dossierModifierAnnotationText",
    "dossierModifierAnnotationCheckbox",
    "dossierModifierAnnotationDate",
    "dossierModifierAnnotationIntegerNumber",
    "dossierModifierAnnotationDecimalNumber",
)

TYPES: Mapping[str, Mapping[str, str]] = {
    "Query": {"demarche": "Demarche", "dossier": "Dossier"},
    "Mutation": dict.fromkeys(MUTATIONS, "Payload"),
    "Payload": {**_PAYLOAD, "dossier": "Dossier", "annotation": "Champ"},
    "ValidationError": {"message": "String"},
    "Demarche": {
        "id": "ID",
        "number": "Int",
        "title": "String",
        "state": "DemarcheState",
        "activeRevision": "Revision",
        "dossiers": "DossierConnection",
        "deletedDossiers": "DeletedDossierConnection",
    },
    "Revision": {"id": "ID", "champDescriptors": "ChampDescriptor", "annotationDescriptors": "ChampDescriptor"},
    "ChampDescriptor": {"id": "ID", "label": "String"},
    "DemarcheDescriptor": {"id": "ID", "number": "Int", "title": "String"},
    "DossierConnection": {"nodes": "Dossier", "pageInfo": "PageInfo"},
    "DeletedDossierConnection": {"nodes": "DeletedDossier", "pageInfo": "PageInfo"},
    "PageInfo": {
        "hasNextPage": "Boolean",
        "hasPreviousPage": "Boolean",
        "startCursor": "String",
        "endCursor": "String",
    },
    "DeletedDossier": {"number": "Int", "state": "DossierState", "reason": "String", "dateSupression": "Instant"},
    "Dossier": {
        "id": "ID",
        "number": "Int",
        "state": "DossierState",
        "archived": "Boolean",
        "dateDepot": "Instant",
        "dateTraitement": "Instant",
        "dateDerniereModification": "Instant",
        "motivation": "String",
        "demarche": "DemarcheDescriptor",
        "usager": "Profile",
        "demandeur": "Demandeur",
        "champs": "Champ",
        "annotations": "Champ",
    },
    "File": {
        "filename": "String",
        "contentType": "String",
        "byteSizeBigInt": "BigInt",
        "checksum": "String",
        "url": "URL",
        "virusScanResult": "String",
        "createdAt": "Instant",
    },
    "Profile": {"id": "ID", "email": "String"},
    "Demandeur": {"id": "ID"},
    "PersonnePhysique": {
        "id": "ID",
        "civilite": "Civilite",
        "nom": "String",
        "prenom": "String",
        "dateDeNaissance": "Date",
        "email": "String",
    },
    "PersonneMorale": {
        "id": "ID",
        "siret": "String",
        "naf": "String",
        "libelleNaf": "String",
        "entreprise": "Entreprise",
        "association": "Association",
    },
    "Entreprise": {
        "siren": "String",
        "raisonSociale": "String",
        "nomCommercial": "String",
        "formeJuridique": "String",
        "formeJuridiqueCode": "String",
        "codeEffectifEntreprise": "String",
        "capitalSocial": "BigInt",
        "dateCreation": "Date",
        "etatAdministratif": "EntrepriseEtatAdministratif",
        "siretSiegeSocial": "String",
    },
    "Association": {"rna": "String", "titre": "String", "objet": "String"},
    "Champ": _CHAMP,
    **{name: {**_CHAMP, **own} for name, own in _CHAMPS.items()},
}

OPEN_TYPES = frozenset({"Champ", "Demandeur"})
"""Types that stand for several: what an object is, it says in `__typename`."""
