"""Claiming back what was paid: on the page of a dossier."""

from guichet.locale.texts import Text

TEXTS = {
    "title": Text("Réclamer un versement", "Claim a payment back"),
    "intro": Text(
        "L’ordonnateur émet un titre pour la somme à rendre ; le comptable l’encaisse. Avant un titre, le bénéficiaire"
        " doit avoir pu présenter ses observations (CRPA, art. L121-1 et L122-1).",
        "The authorising officer issues a claim for the sum to give back; the accountant collects it. Before that, the"
        " beneficiary must have been able to say what they think of it (CRPA, art. L121-1 and L122-1).",
    ),
    "most": Text("Au plus {amount} : versé et pas encore réclamé.", "At most {amount}: paid and not claimed yet."),
    "amount": Text("Montant réclamé", "Amount claimed"),
    "reason": Text("Motif", "Reason"),
    "part": Text("Ce qui est réclamé", "What is claimed"),
    "all_parts": Text("Tous les montants, en proportion", "All amounts, in proportion"),
    "number": Text("Numéro du titre", "Number of the claim"),
    "send": Text("Enregistrer le titre", "Record the claim"),
    "claims": Text("Titres émis", "Claims"),
    "claim": Text("Titre n° {number} du {day} : {amount}, {state}", "Claim no. {number} of {day}: {amount}, {state}"),
    "left": Text("reste {amount}", "{amount} left"),
    "settled": Text("soldé", "settled"),
    "dropped": Text("Abandonné le {day} : {reason}", "Dropped on {day}: {reason}"),
    "ended": Text("abandonné", "dropped"),
    "back": Text("{amount} le {day}, encaissement {receipt}", "{amount} on {day}, receipt {receipt}"),
    "back_amount": Text("Montant encaissé", "Amount collected"),
    "back_receipt": Text("Référence de l’encaissement", "Reference of the receipt"),
    "back_title": Text("Noter un encaissement", "Note a receipt"),
    "back_day": Text("Jour de l’encaissement", "Day of the receipt"),
    "which": Text("Titre", "Claim"),
    "back_send": Text("Noter l’encaissement", "Note the receipt"),
    "drop_reason": Text("Motif de l’abandon", "Reason for dropping it"),
    "drop_send": Text("Abandonner ce qui reste d’un titre", "Drop what is left of a claim"),
    "bad_amount": Text("Écrivez un montant, comme 1 234,50.", "Write an amount, such as 1 234.50."),
    "claimed": Text("Le titre est enregistré.", "The claim is recorded."),
    "noted": Text("L’encaissement est noté.", "The receipt is noted."),
    "done_drop": Text("Ce qui restait du titre est abandonné.", "What was left of the claim is dropped."),
}
