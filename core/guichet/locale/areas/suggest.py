"""Suggested examples: their titles, and the line that asks their author to confirm them."""

from guichet.locale.texts import Text

TEXTS = {
    # How both texts below begin: the launch list counts the examples that still say it.
    "mark": Text("À confirmer", "To confirm"),
    "title": Text(
        "À confirmer : {field} = {value} ({rules}, règles du {day})",
        "To confirm: {field} = {value} ({rules}, rules of {day})",
    ),
    "confirm": Text(
        "À CONFIRMER : résultat calculé par les règles ; relisez-le dans le texte, effacez cette ligne,"
        " changez le titre.",
        "TO CONFIRM: computed by the rules; check it against the legal text, delete this line, change the title.",
    ),
}
