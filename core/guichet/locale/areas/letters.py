"""What letters, receipts and messages say besides the texts of schemes."""

from guichet.locale.texts import Text

TEXTS = {
    "seat": Text("à {city}", "in {city}"),
    "sandbox_mark": Text("BAC À SABLE", "SANDBOX"),
    "sandbox_footer": Text(
        "Bac à sable : ce document n’a aucune valeur.", "Sandbox: this document has no legal effect."
    ),
    "sandbox_body": Text("[bac à sable] {body}", "[sandbox] {body}"),
    "practice_mark": Text("EXERCICE", "PRACTICE"),
    "practice_footer": Text(
        "Exercice : ce document n’a aucune valeur.", "Practice: this document has no legal effect."
    ),
    "practice_subject": Text("[exercice] {subject}", "[practice] {subject}"),
    "practice_body": Text(
        "Ceci est un exercice : ce message n’a aucune valeur.\n\n{body}",
        "This is practice: this message has no legal effect.\n\n{body}",
    ),
    "footer": Text("{scheme} – dossier {reference}", "{scheme} – dossier {reference}"),
    "outcome_granted": Text("l’aide est accordée", "the aid is granted"),
    "outcome_granted_in_part": Text("l’aide est accordée en partie", "the aid is granted in part"),
    "outcome_refused": Text("l’aide est refusée", "the aid is refused"),
    "outcome_inadmissible": Text("la demande est irrecevable", "the application is inadmissible"),
    "outcome_dropped": Text("la demande est classée sans suite", "the application is dropped"),
    "outcome_withdrawn": Text("la demande est retirée par le demandeur", "the application is withdrawn"),
    "outcome_transferred": Text(
        "la demande est transmise au service compétent", "the application is transferred to the competent body"
    ),
    "transferred": Text(
        "Votre demande {reference} relève d’un autre service : nous la lui avons transmise. C’est maintenant {to} qui"
        " la traite ; sa date de dépôt est conservée.",
        "Your application {reference} is for another body: we have sent it on. {to} now deals with it; its day of"
        " filing is kept.",
    ),
    "transfer_act": Text(
        "Acte n° {number} du {day}, signé par {name}, {quality}.",
        "Act no. {number} of {day}, signed by {name}, {quality}.",
    ),
    "outcome_revoked": Text("l’aide est retirée", "the award is revoked"),
    "claimed": Text(
        "Une somme de {amount} vous est réclamée (acte n° {number} du {day}). Le courrier qui dit pourquoi, et comment"
        " contester, est parmi vos documents. Attendez le titre du comptable pour payer.",
        "A sum of {amount} is claimed back from you (act no. {number} of {day}). The letter that says why, and how to"
        " contest it, is among your documents. Wait for the accountant’s demand before you pay.",
    ),
    "act_behind": Text("{kind} : acte n° {number} du {day}", "{kind}: act no. {number} of {day}"),
    "outcome_claimed": Text("une somme est réclamée", "a sum is claimed back"),
    "reason_failed": Text("Condition non remplie : « {label} »", "Condition not met: “{label}”"),
    "reason_with_article": Text("{text} ({article})", "{text} ({article})"),
    "issuer_unknown": Text("l’auteur de la décision", "the issuer of the decision"),
    "file_claimed": Text("reclamation", "claim"),
    "file_granted": Text("accord", "award"),
    "file_granted_in_part": Text("accord-partiel", "award-in-part"),
    "file_refused": Text("refus", "refusal"),
    "file_inadmissible": Text("irrecevabilite", "inadmissible"),
    "file_dropped": Text("classement", "dropped"),
    "file_withdrawn": Text("retrait-demande", "withdrawn"),
    "file_transferred": Text("transmission", "transfer"),
    "file_revoked": Text("retrait-aide", "revocation"),
    "letter_file": Text("courrier-{reference}-{kind}.{extension}", "letter-{reference}-{kind}.{extension}"),
    "receipt_file": Text("accuse-de-reception-{reference}.{extension}", "receipt-{reference}.{extension}"),
    "receipt_subject": Text(
        "Accusé de réception de votre demande {reference}", "Receipt of your application {reference}"
    ),
    "receipt_intro": Text(
        "Nous avons reçu votre demande d’aide « {scheme} » le {filed_on}.",
        "We received your application for the aid “{scheme}” on {filed_on}.",
    ),
    "receipt_number": Text("Votre numéro de dossier : {reference}", "Your dossier number: {reference}"),
    "receipt_for": Text("Demande faite pour : {title}", "Application made for: {title}"),
    "receipt_service": Text("Le service qui s’occupe de votre demande", "The service in charge of your application"),
    "receipt_phone": Text("Téléphone : {phone}", "Phone: {phone}"),
    "receipt_email": Text("Adresse électronique : {email}", "E-mail: {email}"),
    "receipt_hours": Text("Horaires : {hours}", "Hours: {hours}"),
    "receipt_silence": Text("Si vous ne recevez pas de réponse", "If you receive no answer"),
    "receipt_rejection": Text(
        "Sans réponse de notre part le {date}, votre demande sera refusée ({article}).",
        "Without an answer from us by {date}, your application will be refused ({article}).",
    ),
    "receipt_acceptance": Text(
        "Sans réponse de notre part le {date}, votre demande sera acceptée ({article}). Vous pourrez alors nous"
        " demander une attestation (code des relations entre le public et l’administration, art. L232-3).",
        "Without an answer from us by {date}, your application will be accepted ({article}). You may then ask us for a"
        " certificate (code des relations entre le public et l’administration, art. L232-3).",
    ),
    "receipt_suspended": Text(
        "Ce délai n’a pas couru du {first} au {until} ({article}) : la date ci-dessus en tient compte.",
        "This period did not run from {first} to {until} ({article}): the date above takes it into account.",
    ),
    "receipt_incomplete": Text(
        "Si nous vous demandons de compléter votre demande, ce délai s’arrête jusqu’à votre réponse (même code,"
        " art. L114-5).",
        "If we ask you to complete your application, this period stops until your answer (same code, art. L114-5).",
    ),
    "receipt_appeal": Text("Comment contester un refus", "How to contest a refusal"),
    "receipt_appeal_text": Text(
        "Vous aurez {delay} pour saisir le {tribunal}, par courrier ou par l’application Télérecours citoyens"
        " (www.telerecours.fr). Articles R421-1, R421-2 et R421-5 du code de justice administrative.",
        "You will have {delay} to apply to the {tribunal}, by post or through Télérecours citoyens"
        " (www.telerecours.fr). Articles R421-1, R421-2 and R421-5 of the code de justice administrative.",
    ),
    "receipt_declared": Text("Ce que vous avez déclaré", "What you declared"),
    "receipt_attested": Text("Ce que vous avez attesté sur l’honneur", "What you declared on your honour"),
    "receipt_attachments": Text("Les pièces que vous avez jointes", "The files you attached"),
    "receipt_no_attachment": Text("Aucune pièce jointe.", "No file attached."),
    "receipt_follow": Text("Suivre votre dossier : {link}", "Follow your dossier: {link}"),
    "delay_days": Text("{count} jours", "{count} days", fr_one="{count} jour", en_one="{count} day"),
    "delay_months": Text("{count} mois", "{count} months", en_one="{count} month"),
    "delay_years": Text("{count} ans", "{count} years", fr_one="{count} an", en_one="{count} year"),
    "payment_suspended_without_reason": Text(
        "Le comptable public vérifie les paiements de cette aide.",
        "The public accountant is checking the payments of this aid.",
    ),
    "payment_resumed_without_reason": Text(
        "Le comptable public a terminé ses vérifications.", "The public accountant has finished checking."
    ),
    "payment_set_aside": Text("mise de côté : {reason}", "set aside: {reason}"),
    "repinned": Text(
        "Une erreur a été corrigée dans ce dispositif : votre dossier {reference} a été réexaminé automatiquement.",
        "A mistake was mended in this scheme: your dossier {reference} was examined again automatically.",
    ),
    "enriched": Text(
        "Une administration nous a donné une information qui manquait : votre dossier {reference} a été réexaminé.",
        "An administration gave us what was missing in your dossier {reference}: it was examined again.",
    ),
    "reevaluated": Text(
        "De nouvelles règles sont entrées en vigueur : votre dossier {reference} a été réexaminé automatiquement.",
        "New rules have come into force: your dossier {reference} was examined again automatically.",
    ),
    "again_eligible": Text(
        "D’après vos réponses, les conditions de l’aide sont remplies.",
        "According to your answers, the conditions of the aid are met.",
    ),
    "again_not_eligible": Text(
        "D’après vos réponses, une condition de l’aide n’est pas remplie : votre dossier en montre le détail.",
        "According to your answers, a condition of the aid is not met: your dossier shows which.",
    ),
    "again_undetermined": Text(
        "Le résultat dépend encore de ce que le service vérifiera.",
        "The result still depends on what the service will check.",
    ),
    "again_amount": Text("Montant calculé : {amount}.", "Computed amount: {amount}."),
    "again_provisional": Text("Montant provisoire : {amount}.", "Provisional amount: {amount}."),
    "again_undecided": Text(
        "Ce n’est pas une décision : un agent examinera votre dossier, et vous serez prévenu de la décision.",
        "This is not a decision: an officer will examine your dossier, and you will be told of the decision.",
    ),
}
