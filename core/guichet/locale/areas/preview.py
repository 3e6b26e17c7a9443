"""The desk of a preview, where an author sees a scheme while writing it."""

from guichet.locale.texts import Text

TEXTS = {
    "title": Text("Aperçu", "Preview"),
    "day": Text("Nous sommes le {day}.", "It is {day}."),
    "wrong": Text(
        "Les fichiers enregistrés ont des erreurs ; le site montre la dernière version juste.",
        "The files as saved have mistakes; the site shows the last version that was right.",
    ),
    "be": Text("Prendre la place d’un agent", "Become an agent"),
    "be_applicant": Text("Devenir le demandeur : {title}", "Become the applicant: {title}"),
    "examples": Text("Les exemples", "The examples"),
    "no_examples": Text("Ce dispositif n’a pas d’exemples.", "This scheme has no examples."),
    "column_example": Text("Exemple", "Example"),
    "column_expected": Text("Attendu", "Expected"),
    "column_found": Text("Trouvé", "Found"),
    "column_dossier": Text("Dossier", "Dossier"),
    "same": Text("comme attendu", "as expected"),
    "differs": Text("{what} : attendu {expected}, trouvé {found}", "{what}: expected {expected}, found {found}"),
    "filed_once": Text(
        "Un dossier par résultat différent : les exemples qui attendent la même chose n’en ont qu’un.",
        "One dossier for each different result: examples that expect the same share one.",
    ),
    "stopped": Text("arrêté à l’entrée", "stopped at the gate"),
    "not_filed": Text("non déposé : {why}", "not filed: {why}"),
    "outcome_eligible": Text("éligible", "eligible"),
    "outcome_not_eligible": Text("non éligible", "not eligible"),
    "outcome_undetermined": Text("indéterminé", "undetermined"),
    "link_site": Text("La page du dispositif", "The page of the scheme"),
    "link_rules": Text("Les règles de calcul", "How the rules work"),
    "link_mails": Text("Les messages envoyés", "The messages sent"),
    "link_agents": Text(
        "Les écrans des agents (prenez d’abord la place de l’un d’eux)",
        "The agents’ screens (first become one of them)",
    ),
}
