"""The pages that plugins bring to agents."""

from guichet.locale.texts import Text

TEXTS = {
    "nav": Text("Suivi", "Monitoring"),
    "title": Text("Pages de suivi", "Monitoring pages"),
    "none": Text("Aucune page ne vous est proposée.", "No page is offered to you."),
    "none_of_scheme": Text(
        "Vous administrez {schemes} seulement. Les pages de suivi d’un territoire demandent une habilitation sans"
        " dispositif : laissez vide la colonne « dispositif » du fichier des agents, et importez-le de nouveau.",
        "You administer {schemes} only. The monitoring pages of a territory ask for an assignment that names no scheme:"
        " leave the “scheme” column of the agents’ file empty, then import it again.",
    ),
    "by": Text("Page fournie par l’extension « {plugin} ».", "Page given by the plugin “{plugin}”."),
    "nothing": Text("Cette page n’affiche rien pour l’instant", "This page shows nothing for now"),
    "broken": Text(
        "L’extension qui la fournit a répondu de travers. Le reste du site fonctionne ; l’administrateur voit la cause"
        " avec « guichet plugins » et dans le journal du serveur.",
        "The plugin that gives it answered wrongly. The rest of the site works; the administrator sees the cause with"
        " “guichet plugins” and in the server’s log.",
    ),
    "too_slow": Text(
        "L’extension qui la fournit n’a pas répondu à temps. Rechargez-la plus tard ; le reste du site fonctionne.",
        "The plugin that gives it did not answer in time. Load the page again later; the rest of the site works.",
    ),
    "other_dossier": Text("Dossier que vous ne suivez pas", "A dossier that is not yours to see"),
    "yes": Text("Oui", "Yes"),
    "no": Text("Non", "No"),
    "earlier": Text("Lignes plus récentes", "More recent rows"),
    "later": Text("Lignes plus anciennes", "Older rows"),
    "on_dossier": Text("Suivi", "Monitoring"),
}
