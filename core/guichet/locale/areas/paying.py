"""Returns of the accountant, and the form that asks another account: for agents and for applicants."""

from guichet.locale.texts import Text

TEXTS: dict[str, Text] = {
    "return_accepted": Text("prise en charge", "accepted"),
    "paid_after_all": Text(
        "La mise en paiement {order}, rejetée d’abord, a été payée depuis.",
        "The payment order {order}, rejected at first, was paid since.",
    ),
    "return_paid": Text("payée", "paid"),
    "return_rejected": Text("rejetée", "rejected"),
    "return_suspended": Text("suspendue", "suspended"),
    "order_mandate": Text("Mandat n° {mandate}, le {day}", "Mandate no. {mandate}, {day}"),
    "ask_account": Text("Demander un autre compte", "Ask for another account"),
    "account_asked": Text("Autre compte demandé au demandeur", "Another account asked of the applicant"),
    "account_settled": Text("Réponse enregistrée.", "Answer saved."),
    "account_filed": Text("Autre compte reçu, à vérifier", "Another account received, to be checked"),
    "account_accept": Text("Accepter ce compte", "Accept this account"),
    "account_refuse": Text("Refuser ce compte", "Refuse this account"),
    "account_reason": Text("Motif du refus", "Reason of the refusal"),
    "account_before": Text("Compte remplacé : {payee}, {iban}, le {day}", "Account replaced: {payee}, {iban}, {day}"),
    "same_account": Text(
        "C’est le compte qui n’a pas pu être payé : donnez-en un autre, ou corrigez le nom du titulaire.",
        "This is the account that could not be paid: give another, or correct the holder’s name.",
    ),
    "later_over": Text(
        "Ce formulaire est déjà envoyé, ou n’est plus demandé. Voici où en est votre dossier.",
        "This form was already sent, or is no longer asked for. Here is where your dossier stands.",
    ),
    "later_asked_title": Text("À remplir : {title}", "To fill in: {title}"),
    "later_asked_text": Text(
        "Nous avons besoin de ces réponses pour que votre dossier avance.",
        "We need these answers for your dossier to go on.",
    ),
    "later_new_iban_text": Text(
        "Le versement n’a pas pu se faire sur le compte que vous aviez donné. Donnez-en un autre, ou le même avec le"
        " nom exact du titulaire : nous referons le versement.",
        "The payment could not be made to the account you gave. Give another one, or the same with the holder’s exact"
        " name: we will make the payment again.",
    ),
    "openable": Text("Ce que vous pouvez faire", "What you can do"),
    "later_payment_request_text": Text(
        "Envoyez ce qui justifie vos dépenses : nous calculons ce qui reste à vous verser, sans dépasser la somme"
        " accordée.",
        "Send what proves your expenses: we work out what is left to pay you, never more than was granted.",
    ),
    "later_extension_text": Text(
        "Demandez plus de temps pour envoyer vos justificatifs.", "Ask for more time to send your proofs."
    ),
    "later_bank_account_text": Text(
        "Une aide vous est accordée. Donnez le compte sur lequel la verser.",
        "An aid is granted to you. Give the account to pay it to.",
    ),
    "later_appeal_text": Text(
        "Dites pourquoi la décision doit être revue. Une personne la réexamine ; le délai pour saisir le juge est"
        " prolongé.",
        "Say why the decision should be looked at again. A person does; the delay to go to court is made longer.",
    ),
    "nothing_due": Text(
        "Ces justificatifs n’ouvrent droit à aucun versement de plus : tout ce qu’ils justifient est déjà versé.",
        "These proofs give no right to another payment: all they prove is already paid.",
    ),
    "extension_too_short": Text(
        "Donnez un jour après la fin du délai actuel.", "Give a day after the end of the present delay."
    ),
    "form_filed": Text("{title}, n° {reference}, à examiner", "{title}, no. {reference}, to be examined"),
    "form_proposed": Text(
        "Si vous acceptez, {amount} sont mis en paiement.", "If you accept, {amount} is ordered for payment."
    ),
    "form_reason": Text("Motif, si vous refusez", "Reason, if you refuse"),
    "form_files": Text("Pièces jointes au formulaire", "Files sent with the form"),
    "form_accept": Text("Accepter", "Accept"),
    "form_refuse": Text("Refuser", "Refuse"),
    "later_asked_go": Text("Remplir ce formulaire", "Fill in this form"),
    "later_send": Text("Envoyer", "Send"),
    "later_filed": Text(
        "Nous avons reçu votre formulaire. Un accusé de réception vous est envoyé.",
        "We have received your form. A receipt is sent to you.",
    ),
    "later_receipt": Text(
        "« {title} », reçu le {day}, n° {reference}", "“{title}”, received on {day}, no. {reference}"
    ),
}
