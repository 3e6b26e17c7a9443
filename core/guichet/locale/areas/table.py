"""Words of tables, pages and progress."""

from guichet.locale.texts import Text

TEXTS = {
    "rows": Text("{count} lignes", "{count} rows", "{count} ligne", "{count} row"),
    "empty": Text("Aucun résultat.", "No result."),
    "select": Text("Sélection", "Selection"),
    "select_row": Text("Sélectionner {label}", "Select {label}"),
    "select_page": Text("Sélectionner la page", "Select the page"),
    "select_all": Text("Sélectionner les {count} lignes", "Select all {count} rows"),
    "select_none": Text("Effacer la sélection", "Clear the selection"),
    "selected": Text(
        "{count} lignes sélectionnées",
        "{count} rows selected",
        "{count} ligne sélectionnée",
        "{count} row selected",
    ),
    "sort_by": Text("trier", "sort"),
    "sorted_ascending": Text("tri croissant", "sorted ascending"),
    "sorted_descending": Text("tri décroissant", "sorted descending"),
    "pages": Text("Pages", "Pages"),
    "page": Text("Page {number}", "Page {number}"),
    "previous": Text("Page précédente", "Previous page"),
    "next": Text("Page suivante", "Next page"),
    "range": Text("{first} à {last} sur {total}", "{first} to {last} of {total}"),
    "tabs": Text("Vues", "Views"),
    "step": Text("Étape {number} sur {total}", "Step {number} of {total}"),
    "step_done": Text("terminée", "done"),
    "step_current": Text("en cours", "in progress"),
    "step_todo": Text("à venir", "to come"),
    "next_step": Text("Étape suivante : {title}", "Next step: {title}"),
    "found": Text("Votre situation", "Your situation"),
    "threshold": Text("Condition", "Condition"),
    "article": Text("Texte", "Legal text"),
    "reason_met": Text("Condition remplie", "Condition met"),
    "reason_failed": Text("Condition non remplie", "Condition not met"),
    "reason_awaited": Text("À vérifier", "To be checked"),
}
