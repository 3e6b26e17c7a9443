"""What was owed for a dossier and given up, in words for agents, and what to do."""

from guichet.locale.texts import Text

TEXTS = {
    "title": Text("Ce qui n’a pas pu être fait", "What could not be done"),
    "pre_instruct": Text(
        "La pré-instruction a échoué : ce dossier n’avance plus.",
        "Pre-instruction failed: this dossier does not move any more.",
    ),
    "receipt": Text(
        "L’accusé de réception n’a pas pu être écrit : le demandeur ne l’a pas reçu.",
        "The receipt could not be written: the applicant did not get it.",
    ),
    "enrich": Text(
        "Ce que d’autres administrations devaient dire n’a pas été obtenu.",
        "What other administrations had to say was not obtained.",
    ),
    "letter": Text(
        "Le courrier de la décision n’est jamais parti : le demandeur n’en est pas notifié, et aucun délai de recours"
        " ne court.",
        "The letter of the decision never left: the applicant is not notified, and no time to appeal runs.",
    ),
    "claim_papers": Text(
        "Le courrier qui réclame la somme n’est jamais parti, ni la demande au comptable.",
        "The letter that claims the sum back never left, nor did the request to the accountant.",
    ),
    "deliver_batch": Text(
        "Le fichier de paiement qui contient ce versement n’est pas parti.",
        "The payment file that holds this payment did not leave.",
    ),
    "pay": Text(
        "Le fichier de paiement d’un jour n’a pas été écrit : ce versement attend.",
        "The payment file of a day was not written: this payment waits.",
    ),
    "function": Text(
        "Calcul qui n’a pas répondu : {names}. Une extension est en panne : « guichet doctor » la nomme, et le dossier"
        " est réexaminé dès qu’elle répond.",
        "A computation gave no answer: {names}. A plugin is out of order: “guichet doctor” names it, and the dossier"
        " is examined again as soon as it answers.",
    ),
    "what_to_do": Text(
        "Rien n’est perdu, mais rien n’est plus tenté : prévenez l’administrateur du site. « guichet doctor » dit"
        " pourquoi ; une fois la cause levée, « guichet worker --drain --revive » reprend tout.",
        "Nothing is lost, but nothing is tried any more: tell the administrator of the site. “guichet doctor” says"
        " why; once the cause is mended, “guichet worker --drain --revive” takes it all up again.",
    ),
}
