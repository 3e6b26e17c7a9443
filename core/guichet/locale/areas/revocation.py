"""Undoing a decision, sending an application on: on the page of a dossier."""

from guichet.locale.texts import Text

TEXTS = {
    "transfer_title": Text("Transmettre au service compétent", "Send on to the competent body"),
    "transfer_intro": Text(
        "La demande ne relève pas de vous : elle se ferme ici, avec sa référence et sa date de dépôt, et le demandeur"
        " apprend qui la traite (CRPA, art. L114-2). L’envoi du dossier lui-même vous revient.",
        "The application is not yours to decide: it closes here, with its reference and its day of filing, and the"
        " applicant learns who deals with it (CRPA, art. L114-2). Sending the dossier itself is yours to do.",
    ),
    "transfer_to": Text("Service compétent", "Competent body"),
    "transfer_reason": Text("Ce que le demandeur doit savoir de plus", "What else the applicant must know"),
    "transfer_act_number": Text("Numéro de l’acte", "Number of the act"),
    "transfer_why": Text("Raison de l’acte", "Reason of the act"),
    "transfer_number": Text("Numéro de l’acte, s’il y en a un", "Number of the act, if there is one"),
    "transfer_send": Text("Transmettre", "Send on"),
    "transferred": Text(
        "La demande est transmise, le demandeur est prévenu.", "The application is sent on, the applicant is told."
    ),
    "title": Text("Retirer la décision", "Revoke the decision"),
    "intro": Text(
        "Le retrait efface la décision depuis le début. Le dossier revient à la décision : l’autorité est de nouveau"
        " saisie de la demande. Avant un retrait défavorable, le demandeur doit avoir pu présenter ses observations"
        " (CRPA, art. L121-1 et L122-1).",
        "A revocation undoes the decision from the beginning. The dossier goes back to the decision: the authority is"
        " seized of the application again. Before an unfavourable one, the applicant must have been able to say what"
        " they think of it (CRPA, art. L121-1 and L122-1).",
    ),
    "ground": Text("Fondement", "Ground"),
    "choose_ground": Text("Choisissez le fondement du retrait.", "Choose the ground of the revocation."),
    "ground_illegal": Text(
        "Décision illégale, dans les quatre mois (L242-1, L243-3)", "Illegal decision, within four months"
    ),
    "ground_conditions": Text("Conditions de l’aide non respectées (L242-2)", "Conditions of the aid not met"),
    "ground_fraud": Text("Fraude (L241-2)", "Fraud"),
    "ground_request": Text(
        "À la demande du bénéficiaire, pour une décision plus favorable (L242-4)",
        "Asked by its holder, for a better decision",
    ),
    "reason": Text("Motifs, écrits dans le courrier", "Reasons, written in the letter"),
    "send": Text("Retirer la décision", "Revoke the decision"),
    "done": Text(
        "La décision est retirée. Le dossier attend une nouvelle décision.",
        "The decision is revoked. The dossier waits for a new decision.",
    ),
    "paid": Text(
        "{amount} ont déjà été versés : rien n’est repris automatiquement, et aucune aide ne pourra être accordée de"
        " nouveau sur ce dossier tant que la somme n’est pas revenue.",
        "{amount} has been paid already: nothing is taken back automatically, and no aid can be granted again on this"
        " dossier until the sum is back.",
    ),
    "to_recover": Text(
        "À recouvrer : {amount} versés avant le retrait. Un titre de perception (ou de recettes) est à émettre par"
        " l’ordonnateur.",
        "To recover: {amount} paid before the revocation. The authorising officer must issue a claim.",
    ),
}
