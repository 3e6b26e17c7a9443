"""What a demonstration writes in the name of its invented people."""

from guichet.locale.texts import Text

TEXTS = {
    "reason": Text("les pièces du dossier ne le montrent pas.", "the dossier does not show it."),
    "returned": Text(
        "Merci de préciser l’appréciation du montant demandé.", "Please say more about how the sum asked was judged."
    ),
    "missing": Text(
        "Merci de nous envoyer votre dernier relevé de compte.", "Please send us your latest bank statement."
    ),
    "message": Text(
        "Bonjour, pouvez-vous me dire où en est ma demande ? Merci.",
        "Hello, could you tell me how my request is going? Thank you.",
    ),
    "call": Text(
        "Demandait où en est son dossier : étape et délai donnés.",
        "Asked how the dossier is going: stage and delay said.",
    ),
}
