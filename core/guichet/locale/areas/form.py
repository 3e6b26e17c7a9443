"""Words around the questions of a form."""

from guichet.locale.texts import Text

TEXTS = {
    "optional": Text("facultatif", "optional"),
    "all_required": Text(
        "Toutes les questions sont obligatoires, sauf mention « facultatif ».",
        "All questions are required unless marked “optional”.",
    ),
    "offline": Text(
        "Pas de connexion : rien n’est parti, rien n’est perdu. Quand elle revient, envoyez de nouveau.",
        "No connection: nothing was sent, nothing is lost. When it comes back, send again.",
    ),
    "unsent": Text(
        "Votre envoi n’est pas arrivé. Voici ce que vous aviez écrit : vérifiez, joignez de"
        " nouveau vos fichiers s’il y en a, puis envoyez.",
        "What you sent did not arrive. Here is what you had written: check it, attach your files again"
        " if there are any, then send.",
    ),
    "error_prefix": Text("Erreur :", "Error:"),
    "error_named": Text("{label} : {text}", "{label}: {text}"),
    "error_title_prefix": Text("Erreur – ", "Error – "),
    "error_summary": Text(
        "{count} réponses sont à corriger",
        "There are {count} answers to correct",
        "Une réponse est à corriger",
        "There is one answer to correct",
    ),
    "yes": Text("Oui", "Yes"),
    "no": Text("Non", "No"),
    "choose": Text("Choisir dans la liste", "Choose from the list"),
    "date_hint": Text("Jour, mois et année, par exemple 20/04/2020", "Day, month and year, for example 20/04/2020"),
    "month_hint": Text("Mois et année, par exemple 03/2020", "Month and year, for example 03/2020"),
    "money_unit": Text("euros", "euros"),
    "file_hint": Text("{kinds}, {size} au maximum", "{kinds}, {size} at most"),
    "file_sent": Text("Fichiers déjà envoyés", "Files already sent"),
    "file_remove": Text("Retirer", "Remove"),
    "file_remove_named": Text("Retirer le fichier {name}", "Remove the file {name}"),
    "row_add": Text("Ajouter", "Add"),
    "row_remove": Text("Retirer", "Remove"),
    "row_empty": Text("Aucune ligne pour l’instant.", "No line yet."),
    "continue": Text("Enregistrer et continuer", "Save and continue"),
    "back": Text("Précédent", "Back"),
    "save_for_later": Text("Enregistrer et finir plus tard", "Save and finish later"),
    "change": Text("Modifier", "Change"),
    "change_named": Text("Modifier : {label}", "Change: {label}"),
    "page_unanswered": Text("Rien de rempli sur cette page.", "Nothing filled in on this page."),
    "unanswered": Text("Sans réponse", "Not answered"),
    "cancel": Text("Annuler", "Cancel"),
}
