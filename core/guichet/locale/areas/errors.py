"""Pages of errors: what happened, then what to do."""

from guichet.locale.texts import Text

TEXTS = {
    "dossier": Text("Reprendre mon dossier", "Back to my dossier"),
    "home": Text("Retourner à l’accueil", "Back to the home page"),
    "title_400": Text("Cette demande est incompréhensible", "This request makes no sense"),
    "text_400": Text(
        "Le navigateur a envoyé quelque chose que ce site ne sait pas lire. Revenez à la page précédente et"
        " recommencez.",
        "The browser sent something this site cannot read. Go back to the previous page and try again.",
    ),
    "title_403": Text("Cette page n’est plus valable", "This page is no longer valid"),
    "text_403": Text(
        "Elle est restée ouverte trop longtemps, ou elle vient d’un autre site. Rien n’a été enregistré : revenez à la"
        " page précédente, rechargez-la, puis envoyez-la de nouveau.",
        "It stayed open for too long, or comes from another site. Nothing was saved: go back to the previous page,"
        " reload it, then send it again.",
    ),
    "title_404": Text("Page introuvable", "Page not found"),
    "text_404": Text(
        "Cette adresse ne mène à rien que vous puissiez consulter. Vérifiez-la, ou repartez de l’accueil.",
        "This address leads to nothing you may see. Check it, or start from the home page.",
    ),
    "title_405": Text("Cette page ne se demande pas ainsi", "This page is not asked for this way"),
    "text_405": Text(
        "Repartez de l’accueil et suivez les liens du site.", "Start from the home page and follow the site’s links."
    ),
    "title_409": Text("Ce n’est plus possible", "This is no longer possible"),
    "text_409": Text(
        "Le dossier a avancé pendant que vous regardiez cette page. Rien n’a été enregistré : rouvrez le dossier pour"
        " voir où il en est.",
        "The dossier moved on while you were looking at this page. Nothing was saved: open it again to see where it"
        " stands.",
    ),
    "moved_on": Text(
        "Cette page n’est plus ouverte : voici où en est votre dossier.",
        "That page is no longer open: here is where your dossier stands.",
    ),
    "title_413": Text("Envoi trop volumineux", "Too much was sent"),
    "text_413": Text(
        "Cet envoi dépasse {limit} Mo. Rien n’a été enregistré : revenez à la page précédente et choisissez un fichier"
        " plus léger, par exemple une photo de moindre qualité.",
        "This exceeds {limit} MB. Nothing was saved: go back to the previous page and choose a smaller file, for"
        " instance a photo of lower quality.",
    ),
    "title_422": Text("Ces réponses sont à corriger", "These answers need correcting"),
    "text_422": Text("Revenez à la page précédente.", "Go back to the previous page."),
    "title_429": Text("Trop d’essais", "Too many tries"),
    "text_429": Text(
        "Pour protéger les comptes, les essais sont limités. Attendez un quart d’heure avant de recommencer.",
        "To protect accounts, tries are limited. Wait a quarter of an hour before trying again.",
    ),
    "title_500": Text("Une erreur est survenue", "Something went wrong"),
    "text_500": Text(
        "Le service a rencontré un problème imprévu et l’équipe technique peut le retrouver sous le numéro {incident}."
        " Réessayez dans quelques minutes ; si cela se répète, donnez-nous ce numéro.",
        "The service met an unforeseen problem, which the technical team can find under the number {incident}. Try"
        " again in a few minutes; if it happens again, give us this number.",
    ),
    "title_plugin": Text("Une partie du service est arrêtée", "A part of the service is stopped"),
    "text_plugin": Text(
        "Ce que vous aviez enregistré est gardé. Recommencez un peu plus tard.",
        "What you had saved is kept. Try again a little later.",
    ),
    "title_503": Text("Le service est très demandé", "The service is in great demand"),
    "text_503": Text("Patientez une minute, puis rechargez cette page.", "Wait for a minute, then reload this page."),
}
