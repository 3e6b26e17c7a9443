"""What an applicant answers after filing: what is asked again, giving up, contesting."""

from guichet.locale.texts import Text

TEXTS = {
    # What is asked again
    "completion_title": Text("Compléter mon dossier", "Complete my dossier"),
    "completion_wanted": Text("Ce que nous vous demandons", "What we ask"),
    "completion_message": Text("Un mot pour le service", "A word to the service"),
    "completion_message_hint": Text(
        "S’il vous manque quelque chose, dites-le ici : le service vous répondra.",
        "If you do not have something, say so here: the service will answer you.",
    ),
    "completion_word_needed": Text(
        "Écrivez votre réponse ou joignez un fichier avant d’envoyer.",
        "Write your answer or attach a file before sending.",
    ),
    "document_hint": Text(
        "Une ou plusieurs photos, ou un PDF. Vous ne l’avez pas ? Dites pourquoi plus bas.",
        "One or more photos, or a PDF. You do not have it? Say why below.",
    ),
    "document_needed": Text(
        "Joignez ce document, ou dites plus bas pourquoi vous ne l’avez pas.",
        "Attach this document, or say below why you do not have it.",
    ),
    "files": Text("Joindre des fichiers", "Attach files"),
    "too_many_files": Text(
        "Vous joignez {count} fichiers : {most} au plus. Retirez-en, ou réunissez-les en un seul PDF.",
        "You attach {count} files: at most {most}. Take some away, or put them together in one PDF.",
    ),
    "more_files": Text("Joindre d’autres fichiers", "Attach other files"),
    "file_joined": Text("Fichier joint", "File attached"),
    "completion_send": Text("Envoyer mes réponses", "Send my answers"),
    "completed": Text(
        "Merci, vos réponses sont parties. Nous reprenons l’étude de votre dossier.",
        "Thank you, your answers are sent. We go on with your dossier.",
    ),
    # Giving up
    "withdraw_title": Text("Retirer ma demande", "Withdraw my application"),
    "withdraw_text": Text(
        "Votre demande {reference} sera fermée. Nous ne l’étudierons plus. Vous ne pourrez pas revenir en arrière, mais"
        " vous pourrez déposer une nouvelle demande tant que l’aide est ouverte.",
        "Your application {reference} will be closed. We will no longer examine it. This cannot be undone, but you may"
        " file a new application while the aid is open.",
    ),
    "withdraw_reason": Text("Pourquoi ?", "Why?"),
    "withdraw_go": Text("Retirer définitivement ma demande", "Withdraw my application for good"),
    "withdrawn": Text("Votre demande est retirée.", "Your application is withdrawn."),
    # Contesting
    "contest": Text("Vous n’êtes pas d’accord ?", "You disagree?"),
    "contest_text": Text(
        "Vous avez {delay}, à partir du jour où vous avez reçu la décision, pour saisir le {tribunal}, par courrier ou"
        " par l’application Télérecours citoyens (www.telerecours.fr). Articles R421-1, R421-2 et R421-5 du code de"
        " justice administrative.",
        "You have {delay}, from the day you received the decision, to apply to the {tribunal}, by post or through"
        " Télérecours citoyens (www.telerecours.fr). Articles R421-1, R421-2 and R421-5 of the code de justice"
        " administrative.",
    ),
    "contest_write": Text(
        "Le courrier de décision dit toutes les voies de recours. Une question sur les motifs ? Écrivez-nous plus bas.",
        "The decision letter says every way to appeal. A question about the reasons? Write to us below.",
    ),
}
