"""The French of the keys of a demonstration's recipe."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DEMO"]

DEMO: Mapping[str, Mapping[str, str]] = {
    "Draw": {
        "": "Comment une valeur est tirée.",
        "distribution": "Comment la valeur est tirée, comme `weights`, `money`, `date`, `siret`.",
        "value": "La valeur de `fixed`, le motif de `pattern` (9 : chiffre, A : lettre), la nature d'un `document`.",
        "choices": "Valeur → poids, pour `weights` : `{oui: 3, non: 1}`.",
        "least": "Le moins : un nombre, une somme, un jour, un taux, ou combien de jours avant.",
        "most": "Le plus, compris.",
        "median": "La médiane d'une `lognormal`, comme `80 000 €`.",
        "sigma": "L'écart du logarithme d'une `lognormal`, comme `0.8`.",
        "min": "La plus petite somme d'une `lognormal`.",
        "max": "La plus grande somme d'une `lognormal`.",
        "fields": "Les champs dont `share_of` prend une part.",
        "field": "Le champ dont `same_as` reprend la valeur.",
    },
    "AgentGroup": {
        "": "Combien d'agents tiennent un rôle par territoire, et pour quelle instance.",
        "body": "L'instance pour laquelle ils agissent ; rien pour un centre de relation usagers.",
        "count": "Combien par territoire.",
    },
    "FetchedRecipe": {
        "": "Comment une liste vient du simulateur d'un service.",
        "plugin": "La source de listes, comme `demarches_simplifiees`.",
        "options": "Ses options ; un secret peut être `secret:bac-a-sable`.",
    },
    "ListRecipe": {
        "": "Une liste de référence à inventer.",
        "rows": "Combien de lignes.",
        "columns": "Colonne → comment elle est tirée.",
        "fetched": "Comment elle vient du simulateur d'un service, avec `--fetch`.",
    },
    "Gate": {
        "": "Ce que le contrôle à l'entrée arrête, et pourquoi.",
        "stopped": "La part des tentatives que le contrôle à l'entrée arrête, comme `12 %`.",
        "reasons": "Raison → poids.",
    },
    "Case": {
        "": "Un cas d'un profil.",
        "weight": "À quelle fréquence on le prend, à côté des autres.",
        "fields": "Champ → comment il est tiré dans ce cas.",
    },
    "Decisions": {
        "": "Où en sont les décisions.",
        "left_open": "La part des dossiers qui attendent à une étape.",
        "returned_to_region": "La part renvoyée à une étape précédente.",
    },
    "Recipe": {
        "": "La recette d'une démonstration : le jour, les territoires, les agents, les listes, les champs.",
        "format": "Le format du fichier : `1`.",
        "default": "Si `guichet demo` montre ce dispositif quand on n'en nomme aucun.",
        "business_day": "Le jour que le bac à sable croit vivre.",
        "seed": "Un nombre entier : le même donne les mêmes dossiers.",
        "dossiers": "Combien sont déposés quand la commande ne le dit pas.",
        "territories": "Territoire → poids.",
        "agents": "Rôle → combien d'agents le tiennent par territoire, pour quelle instance.",
        "lists": "Liste de référence → les lignes à inventer.",
        "gate": "Quelles tentatives le contrôle à l'entrée arrête.",
        "profiles": "Des champs qui vont ensemble : profil → cas.",
        "fields": "Tout autre champ → comment il est tiré.",
        "judgements": "Critère examiné → la part de réponses favorables.",
        "decisions": "Où en sont les décisions.",
        "calls": "La part de ceux qui ont déposé qui appellent le centre de relation usagers.",
        "days": "Sur combien de jours de suite on dépose, à partir de `business_day`.",
    },
}
