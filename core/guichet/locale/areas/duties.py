"""The work done outside a request, each kind by the name that people read."""

from guichet.locale.texts import Text

TEXTS = {
    "pre_instruct": Text("Vérification automatique d’un dossier", "Automatic check of a dossier"),
    "receipt": Text("Accusé de réception", "Receipt"),
    "letter": Text("Courrier de décision", "Decision letter"),
    "notice": Text("Message à un demandeur", "Message to an applicant"),
    "claim_papers": Text("Papiers d’un titre de recettes", "Papers of a claim"),
    "deliver_batch": Text("Envoi d’un fichier de paiement", "Delivery of a payment file"),
    "pay": Text("Fichier de paiement du jour", "Payment file of the day"),
    "resume_waiting": Text("Reprise des dossiers en attente de crédits", "Dossiers waiting for funds taken up again"),
    "money_came_back": Text("Crédits rendus par un versement revenu", "Funds given back by a payment that came back"),
    "fetch_list": Text("Mise à jour d’une liste", "Update of a list"),
    "enrich": Text("Réponses demandées à d’autres services", "Answers asked of other services"),
    "bring_files": Text("Pièces apportées par une liste", "Files that a list brings"),
    "recheck": Text("Dossiers revus avec une liste", "Dossiers checked again with a list"),
    "reevaluate": Text("Dossiers revus avec de nouvelles règles", "Dossiers judged again by new rules"),
    "sign_in_mail": Text("Lien et code de connexion", "Sign-in link and code"),
    "write_back": Text("Décision transmise à un autre logiciel", "Decision told to another software"),
    "webhook": Text("Événement transmis à un autre logiciel", "Event told to another software"),
    "sender_test": Text("Message d’essai", "Test message"),
    "forget": Text("Effacement des dossiers arrivés à leur terme", "Erasure of dossiers whose time is over"),
    "throw_away": Text("Fichiers des dossiers effacés", "Files of forgotten dossiers"),
    "unknown": Text("Tâche d’une autre version", "Duty of another version"),
}
