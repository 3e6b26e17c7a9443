"""The questions asked of the service, in GraphQL.

Values of champs are asked under a name of their own each: two fragments may not give one name to two types.
"""

from __future__ import annotations

from guichet_plugins.connect.demarches.paths import DEMANDEUR

_PAGE = "pageInfo { hasNextPage endCursor }"
_CHAMP = """
  __typename champDescriptorId label stringValue
  ... on TextChamp { text: value }
  ... on IntegerNumberChamp { integerNumber: value }
  ... on DecimalNumberChamp { decimalNumber: value }
  ... on CheckboxChamp { checked: value }
  ... on DateChamp { date }
  ... on SiretChamp { etablissement { siret } }
"""

DESCRIBE = """
query describeDemarche($demarcheNumber: Int!) {
  demarche(number: $demarcheNumber) {
    number state
    activeRevision { champDescriptors { id label } annotationDescriptors { id label } }
  }
}
"""

DOSSIERS = f"""
query getDemarche($demarcheNumber: Int!, $state: DossierState, $first: Int, $after: String,
                  $updatedSince: ISO8601DateTime) {{
  demarche(number: $demarcheNumber) {{
    dossiers(state: $state, order: ASC, first: $first, after: $after, updatedSince: $updatedSince) {{
      {_PAGE}
      nodes {{
        id number state dateDepot dateTraitement dateDerniereModification
        usager {{ email }}
        {DEMANDEUR}
        champs {{ {_CHAMP} }}
      }}
    }}
  }}
}}
"""

DELETED = f"""
query getDemarche($demarcheNumber: Int!, $deletedFirst: Int, $deletedAfter: String, $deletedSince: ISO8601DateTime) {{
  demarche(number: $demarcheNumber) {{
    deletedDossiers(order: ASC, first: $deletedFirst, after: $deletedAfter, deletedSince: $deletedSince) {{
      {_PAGE}
      nodes {{ number }}
    }}
  }}
}}
"""

FILES = """
query getDossier($dossierNumber: Int!) {
  dossier(number: $dossierNumber) {
    id number
    demarche { number }
    champs {
      __typename champDescriptorId label
      ... on PieceJustificativeChamp { files { filename byteSizeBigInt checksum url virusScanResult } }
    }
  }
}
"""

DOSSIER = f"""
query getDossier($dossierNumber: Int!) {{
  dossier(number: $dossierNumber) {{
    id number state motivation
    demarche {{ number }}
    usager {{ email }}
    demandeur {{ __typename ... on PersonnePhysique {{ email }} ... on PersonneMorale {{ siret }} }}
    annotations {{ {_CHAMP} id }}
  }}
}}
"""


def mutation(name: str) -> str:
    """Give the request that does one of the service's mutations."""
    kind = name[0].upper() + name[1:] + "Input"
    return f"mutation {name}($input: {kind}!) {{ {name}(input: $input) {{ errors {{ message }} }} }}"
