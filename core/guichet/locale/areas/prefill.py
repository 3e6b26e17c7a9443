"""Texts about what other administrations give, and about searches."""

from guichet.locale.texts import Text

TEXTS = {
    "given": Text("D’après {provider}, le {day}.", "According to {provider}, on {day}."),
    "correctable": Text(
        "D’après {provider}, le {day}. Corrigez si ce n’est plus exact.",
        "According to {provider}, on {day}. Correct it if it no longer holds.",
    ),
    "obtained": Text(
        "Nous l’avons, d’après {provider} : vous n’avez rien à fournir.",
        "We have it, according to {provider}: there is nothing to supply.",
    ),
    "document": Text("Document transmis par l’administration", "Document given by the administration"),
    "otherwise": Text("{provider} indique : {value} (le {day}).", "{provider} says: {value} (on {day})."),
    "not_yours": Text(
        "Cette réponse est donnée d’après {provider} : elle ne se modifie pas ici.",
        "This answer is given according to {provider}: it cannot be changed here.",
    ),
    "awaited": Text(
        "Pas encore reçu du service qui le donne : il sera redemandé.",
        "Not received yet from the service that gives it: it will be asked for again.",
    ),
    "later": Text(
        "Le service qui nous le dirait ne répond pas pour l’instant. Vous pouvez laisser vide : nous lui redemanderons "
        "après le dépôt.",
        "The service that would tell us does not answer for now. You may leave this empty: we will ask it again after "
        "you file.",
    ),
    "look_over": Text(
        "Nous avons rempli ce que d’autres administrations savent déjà. Relisez, puis continuez.",
        "We filled in what other administrations already know. Look it over, then continue.",
    ),
    "look_up": Text("Remplir avec ce numéro", "Fill in from this number"),
    "search_label": Text("Chercher", "Search"),
    "search_hint": Text(
        "Écrivez quelques mots, puis appuyez sur Chercher. Vous pouvez aussi remplir vous-même.",
        "Type a few words, then press Search. You may also fill it in yourself.",
    ),
    "search_button": Text("Chercher", "Search"),
    "choose": Text("Choisissez dans les résultats", "Choose among the results"),
    "take": Text("Reprendre ce choix", "Use this choice"),
    "taken": Text(
        "Votre choix remplit la page. Relisez, puis continuez.",
        "Your choice fills the page. Look it over, then continue.",
    ),
    "nothing": Text(
        "Rien ne correspond à ces mots. Ce n’est pas un refus : remplissez les champs vous-même.",
        "Nothing fits these words. It is no refusal: fill in the fields yourself.",
    ),
    "silent": Text(
        "La recherche ne répond pas pour l’instant : remplissez les champs vous-même.",
        "The search does not answer for now: fill in the fields yourself.",
    ),
    "asked": Text("Données demandées à d’autres administrations", "Data asked of other administrations"),
}
