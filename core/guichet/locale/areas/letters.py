"""What letters, receipts and messages say besides the texts of schemes."""

from guichet.locale.texts import Text

TEXTS = {
    "sandbox_mark": Text("BAC À SABLE", "SANDBOX"),
    "sandbox_footer": Text(
        "Bac à sable : ce document n’a aucune valeur.", "Sandbox: this document has no legal effect."
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
    "outcome_revoked": Text("l’aide est retirée", "the award is revoked"),
    "reason_with_article": Text("{text} ({article})", "{text} ({article})"),
    "issuer_unknown": Text("l’auteur de la décision", "the issuer of the decision"),
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
    "payment_set_aside": Text("mise de côté : {reason}", "set aside: {reason}"),
}
