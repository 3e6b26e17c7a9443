"""What an operator and a scheme set to work with Démarches Simplifiées (now demarche.numerique.gouv.fr)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from guichet import ByColumn, ByOperator, Flag, Identifier, Options, Secret, Text, Whole, option_error
from guichet_plugins.connect.demarches.paths import PATHS

State = Literal["en_construction", "en_instruction", "accepte", "refuse", "sans_suite"]


class ServiceOptions(Options):
    """Where the service is and who we are there: the operator's, in `instance.yaml`."""

    french = {
        "base_url": "L'adresse du service, sans `/api/v2/graphql`.",
        "token": "Le nom du secret qui contient le jeton de l'API.",
        "per_minute": "Combien de demandes par minute le service accepte.",
        "query_id": "L'identifiant de la requête enregistrée du service, quand les requêtes libres sont refusées.",
        "instructor": "L'identifiant de l'instructeur au nom de qui le service prend les décisions.",
        "disable_notification": "Si le service n'envoie aucun message de son côté quand une décision lui est"
        " rapportée.",
    }

    base_url: Annotated[Text, ByOperator()] = ""
    """The address of the service, without `/api/v2/graphql`."""
    token: Secret = ""
    """The name of the secret that holds the token of the API."""
    per_minute: Annotated[Whole, ByOperator()] = Field(default=400, ge=1)
    """How many requests a minute the service allows."""
    query_id: Annotated[Text, ByOperator()] = ""
    """The identifier of the service's stored query to ask by, where free queries are not allowed."""
    instructor: Annotated[Text, ByOperator()] = ""
    """The id of the instructeur in whose name the service takes decisions."""
    disable_notification: Flag = False
    """Whether the service sends no message of its own when a decision is written back."""


class ListOptions(ServiceOptions):
    """Which démarche a list is read from, and where each column stands in a dossier."""

    french = {
        "demarche": "Le numéro de la démarche.",
        "states": "Les états des dossiers qui sont dans la liste.",
        "champs": "Colonne → le libellé de son champ, ou l'identifiant de description du champ.",
        "dossier": "Colonne → sa place dans le dossier lui-même, comme `demandeur.entreprise.siren`.",
        "files": "Nom → le libellé d'un champ de pièces, ou son identifiant de description : ce que `pull`"
        " apporte d'un dossier.",
        "page": "Combien de dossiers sont demandés à la fois.",
    }

    demarche: Whole | None = None
    """The number of the démarche."""
    states: tuple[State, ...] = ("accepte",)
    """The states of the dossiers that are in the list."""
    champs: Annotated[dict[Identifier, Text], ByColumn()] = {}
    """Column → the label of its champ, or the champ's descriptor id."""
    dossier: Annotated[dict[Identifier, Text], ByColumn()] = {}
    """Column → its place in the dossier itself, such as `demandeur.entreprise.siren`."""
    files: dict[Identifier, Text] = {}
    """Name → the label of a champ of files, or the champ's descriptor id: what `pull` brings with a dossier."""
    page: Whole = Field(default=100, ge=1, le=100)
    """How many dossiers are asked at a time."""

    @field_validator("states", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("dossier")
    @classmethod
    def _known_paths(cls, paths: dict[str, str]) -> dict[str, str]:
        for path in paths.values():
            if path not in PATHS:
                known = ", ".join(PATHS)
                raise option_error(
                    fr=f"« {path} » n'est pas dans un dossier ; on peut écrire : {known}",
                    en=f'"{path}" is not in a dossier; one may write: {known}',
                )
        return paths
