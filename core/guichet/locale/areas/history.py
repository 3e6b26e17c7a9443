"""The journal of a dossier, in words for agents: one text for each kind of event."""

from guichet.locale.texts import Text

TEXTS = {
    "other": Text("Événement : {kind}", "Event: {kind}"),
    "dossier_filed": Text("Dossier déposé", "Dossier filed"),
    "dossier_sent_by_api": Text(
        "Envoyé par un autre logiciel au nom du demandeur", "Sent by another software for the applicant"
    ),
    "gate_stopped": Text("Arrêté au contrôle d’entrée", "Stopped at the gate"),
    "intake": Text("Pris en charge", "Taken in"),
    "admissibility": Text("Recevabilité vérifiée", "Admissibility checked"),
    "pre_instructed": Text("Montant et indicateurs calculés", "Amount and indicators computed"),
    "rechecked": Text("Vérifié de nouveau dans les listes", "Checked again in the lists"),
    "repinned": Text(
        "Rattaché à la publication en cours, réexaminé", "Moved to the current publication, examined again"
    ),
    "prefilled": Text("Rempli par une autre administration", "Filled in by another administration"),
    "enriched": Text(
        "Réexaminé : une autre administration a répondu", "Examined again: another administration answered"
    ),
    "reevaluated": Text("Réexaminé : d’autres règles s’appliquent", "Examined again: other rules apply"),
    "stage_passed_over": Text(
        "Étape passée : sa condition n’est pas remplie", "Stage passed over: its condition is not met"
    ),
    "opinion_given": Text("Avis donné", "Opinion given"),
    "opinion_reopened": Text(
        "Avis à redonner : une réponse sur laquelle il reposait a changé",
        "Opinion to give again: an answer it rested on changed",
    ),
    "returned": Text("Renvoyé pour un nouvel avis", "Returned for a new opinion"),
    "recovery_claimed": Text("Somme réclamée", "Sum claimed back"),
    "recovery_reimbursed": Text("Encaissement noté", "Receipt noted"),
    "recovery_dropped": Text("Réclamation abandonnée", "Claim dropped"),
    "recovery_notified": Text("Réclamation notifiée", "Claim notified"),
    "recovery_requested": Text("Recouvrement demandé au comptable", "Accountant asked to collect"),
    "transferred": Text("Transmis au service compétent", "Sent on to the competent body"),
    "decision_revoked": Text("Décision retirée", "Decision revoked"),
    "decided": Text("Décision prise", "Decision taken"),
    "decision_written_back": Text(
        "Décision rapportée au logiciel du dépôt", "Decision told to the software of the filing"
    ),
    "decision_not_written_back": Text(
        "Décision non rapportée au logiciel du dépôt", "Decision not told to the software of the filing"
    ),
    "waiting_for_funds": Text("Mis en attente de crédits", "Set to wait for funds"),
    "funds_available": Text("Crédits de nouveau disponibles", "Funds available again"),
    "missing_asked": Text("Complément demandé", "Completion asked for"),
    "completed": Text("Complément reçu", "Completion received"),
    "message_written": Text("Message écrit", "Message written"),
    "call_noted": Text("Appel noté", "Call noted"),
    "withdrawn": Text("Désistement du demandeur", "Withdrawn by the applicant"),
    "receipt_written": Text("Accusé de réception établi", "Receipt written"),
    "decision_notified": Text("Décision notifiée", "Decision notified"),
    "notice_sent": Text("Message envoyé au demandeur", "Message sent to the applicant"),
    "notice_refused": Text("Message non délivré", "Message not delivered"),
    "notice_given_up": Text("Message abandonné", "Message given up"),
    "by_channel": Text("canal {channel}", "channel {channel}"),
    "envelope_overspent": Text("Enveloppe dépassée", "Envelope overspent"),
    "payment_ordered": Text("Mise en paiement ordonnée", "Payment ordered"),
    "payment_set_aside": Text("Mise en paiement écartée du lot", "Payment set aside from the batch"),
    "payment_suspended": Text("Versement suspendu", "Payment suspended"),
    "payment_resumed": Text("Versement repris", "Payment resumed"),
    "payment_rejected": Text("Versement rejeté par le comptable", "Payment rejected by the accountant"),
    "payment_came_back": Text("Versement revenu après son paiement", "Payment came back after it was made"),
    "payment_paid": Text("Versement payé par le comptable", "Payment paid by the accountant"),
    "payment_accepted": Text("Mandat pris en charge", "Mandate accepted"),
    "later_asked": Text("Formulaire demandé au demandeur", "Form asked of the applicant"),
    "later_filed": Text("Formulaire reçu du demandeur", "Form received from the applicant"),
    "later_accepted": Text("Formulaire accepté", "Form accepted"),
    "made_from_list": Text("Dossier créé à partir d’une liste", "Dossier made from a list"),
    "payment_delay_extended": Text("Délai de justification prolongé", "Delay of proof made longer"),
    "reopened_on_appeal": Text("Dossier rouvert après un recours", "Dossier reopened after an appeal"),
    "later_refused": Text("Formulaire refusé", "Form refused"),
    "account_replaced": Text("Compte remplacé", "Account replaced"),
    "payment_taken_back": Text("Mise en paiement reprise dans un lot", "Payment taken back into a batch"),
    "dossier_pulled": Text("Déposé dans un autre logiciel, repris ici", "Filed in another software, taken over here"),
    "file_brought": Text("Pièce reprise du logiciel du dépôt", "File brought from the software of the filing"),
    "file_not_brought": Text("Pièce du logiciel du dépôt refusée", "File of the software of the filing not taken"),
    "files_not_brought": Text(
        "Pièces du logiciel du dépôt non reprises", "Files of the software of the filing not brought"
    ),
    "file_read": Text("Pièce consultée", "File read"),
}
