"""Suggested examples: their titles, and the line that asks their author to confirm them."""

from guichet.locale.texts import Text

TEXTS = {
    "title": Text(
        "À confirmer : {field} = {value} ({rules}, règles du {day})",
        "To confirm: {field} = {value} ({rules}, rules of {day})",
    ),
    "confirm": Text(
        "À CONFIRMER : résultat calculé par les règles ; relisez-le dans le texte, puis effacez cette ligne.",
        "TO CONFIRM: computed by the rules; check it against the legal text, then delete this line.",
    ),
}
