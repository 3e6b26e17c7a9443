"""The English words of declarations, by the French ones that their authors type instead: proposed, never taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from guichet.errors.spelling import unaccented

__all__ = ["english_of"]

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    # keys
    "aide": ("help",),
    "alors": ("then",),
    "bareme": ("scales",),
    "baremes": ("scales",),
    "calendrier": ("calendar",),
    "champ": ("fields",),
    "champs": ("fields",),
    "choix": ("choices", "choice"),
    "circuit": ("workflow",),
    "cle": ("key",),
    "cloture": ("closes",),
    "colonnes": ("columns",),
    "condition": ("when", "if"),
    "conservation": ("retention",),
    "controles": ("gates",),
    "courrier": ("letters",),
    "courriers": ("letters",),
    "criteres": ("criteria",),
    "definition": ("define",),
    "definitions": ("define",),
    "delai": ("expected", "after"),
    "enveloppe": ("envelope",),
    "etapes": ("stages",),
    "fermeture": ("closes",),
    "formulaire": ("form",),
    "formulaires": ("forms",),
    "indicateurs": ("indicators",),
    "instance": ("body",),
    "instances": ("bodies",),
    "libelle": ("label",),
    "liste": ("list", "lists"),
    "listes": ("lists",),
    "messages": ("notices",),
    "motif": ("otherwise", "reason"),
    "motifs": ("reasons",),
    "obligatoire": ("required",),
    "ouverture": ("opens",),
    "paiement": ("payment",),
    "parametre": ("parameters",),
    "parametres": ("parameters",),
    "plafond": ("ceiling", "max"),
    "quand": ("when",),
    "questions": ("fields",),
    "recours": ("appeal",),
    "regles": ("rules",),
    "signataire": ("issued_by",),
    "si": ("if", "when"),
    "sinon": ("else", "otherwise"),
    "textes": ("texts",),
    "titre": ("title",),
    "toujours": ("always",),
    "tranches": ("brackets",),
    "valeur": ("value",),
    "valeurs": ("values",),
    # values
    "acceptation": ("acceptance",),
    "acte": ("act",),
    "adresse": ("address",),
    "avis": ("opinion",),
    "booleen": ("boolean",),
    "choix_multiple": ("multiple_choice",),
    "courriel": ("email",),
    "depot": ("filing",),
    "document": ("attachment",),
    "economique": ("economic",),
    "entier": ("integer",),
    "fichier": ("attachment",),
    "file": ("attachment",),
    "lignes": ("rows",),
    "mois": ("month",),
    "montant": ("money", "amount"),
    "montants": ("amounts",),
    "nombre": ("integer", "decimal"),
    "oui_non": ("boolean",),
    "piece": ("attachment",),
    "refuser": ("refuse",),
    "accorder": ("grant",),
    "rejet": ("rejection",),
    "sociale": ("social",),
    "somme": ("money",),
    "subvention": ("grant",),
    "telephone": ("phone",),
    "texte": ("text",),
}
"""French word without accents, or the usual one of forms, → the English ones it may stand for, the likeliest first."""


def english_of(word: str, choices: Collection[str]) -> str | None:
    """The choice that a French word stands for; None when it is none of them.

    >>> english_of("Montant", ["amount", "label"]), english_of("montant", ["money", "month"])
    ('amount', 'money')
    """
    bare = unaccented(word).casefold().replace("-", "_").replace(" ", "_")
    return next((one for one in _ENGLISH.get(bare, ()) if one in choices), None)
