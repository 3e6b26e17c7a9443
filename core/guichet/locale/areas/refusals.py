"""Why something was not done: what happened, then what to do. One text per code of a refusal."""

from guichet.locale.texts import Text

TEXTS = {
    "unknown": Text("Cet acte n’a pas été possible ({code}).", "This act was not possible ({code})."),
    "not_found": Text(
        "Ce dossier n’existe pas, ou n’est plus accessible avec vos habilitations.",
        "This dossier does not exist, or your assignments no longer give access to it.",
    ),
    "by_applicant": Text("le demandeur", "the applicant"),
    "by_system": Text("le traitement automatique", "automatic processing"),
    "already_decided": Text("Déjà décidé par {by}, le {at}.", "Already decided by {by} on {at}."),
    "already_closed": Text("Dossier déjà clos, le {at}.", "Dossier already closed on {at}."),
    "changed_since": Text(
        "Modifié depuis par {by}, le {at} : relisez-le avant d’agir.",
        "Changed since by {by} on {at}: read it again before acting.",
    ),
    "stale_dossier": Text(
        "Modifié depuis par {by}, le {at} : relisez-le avant d’agir.",
        "Changed since by {by} on {at}: read it again before acting.",
    ),
    "wrong_phase": Text(
        "Cet acte ne convient pas là où en est le dossier.", "This act does not fit where the dossier stands."
    ),
    "not_for_you": Text(
        "Cet acte revient à une autre instance que la vôtre.", "This act belongs to another body than yours."
    ),
    "choice_not_offered": Text(
        "Cette décision n’est pas prévue à cette étape.", "This decision is not offered at this stage."
    ),
    "not_decidable_yet": Text(
        "Aucune décision ne peut être prise avant le {day}.", "No decision may be taken before {day}."
    ),
    "opinion_needed": Text("L’avis préalable manque.", "The opinion it needs is missing."),
    "author_of_the_opinion": Text(
        "Vous avez donné l’avis sur ce dossier : une autre personne doit décider.",
        "You gave the opinion on this dossier: another person must decide.",
    ),
    "act_head_missing": Text(
        "Le signataire, le numéro et la date de l’acte manquent.",
        "The signatory, number and date of the act are missing.",
    ),
    "act_number_missing": Text("Le numéro de l’acte manque.", "The number of the act is missing."),
    "act_in_the_future": Text(
        "La date de l’acte, {day}, est dans l’avenir.", "The date of the act, {day}, is in the future."
    ),
    "act_before_filing": Text(
        "La date de l’acte, {day}, précède le dépôt du dossier.", "The date of the act, {day}, comes before the filing."
    ),
    "transfer_to_nobody": Text(
        "Nommez le service compétent : le demandeur doit savoir qui traite sa demande.",
        "Name the competent body: the applicant must know who deals with the application.",
    ),
    "transfer_without_reason": Text(
        "Un acte de transmission dit pourquoi : écrivez-le.", "An act that sends on says why: write it."
    ),
    "transfer_without_act": Text(
        "Ce dispositif transmet par un acte : donnez son numéro, sa date, son signataire et sa raison.",
        "This scheme sends on by an act: give its number, its date, its signatory and its reason.",
    ),
    "claim_cannot_be_written": Text(
        "Le comptable ne pourrait pas lire cette demande : {why}",
        "The accountant could not read this request: {why}",
    ),
    "not_revocable": Text(
        "Vous ne pouvez pas retirer cette décision : elle l’est déjà, son délai est passé, ou elle est d’un autre"
        " organisme.",
        "You cannot revoke this decision: it is revoked already, its delay is over, or it is another body’s.",
    ),
    "revocation_ground": Text(
        "Ce motif ne permet pas le retrait à cette date : une décision illégale se retire au plus tard le {day}.",
        "This ground does not allow a revocation on that day: an illegal decision is revoked by {day} at the latest.",
    ),
    "revocation_without_reason": Text(
        "Un retrait est motivé : écrivez pourquoi.", "A revocation gives its reasons: write why."
    ),
    "act_before_decision": Text(
        "La date de l’acte précède la décision, du {day}.", "The date of the act comes before the decision, of {day}."
    ),
    "payment_under_way": Text(
        "Un versement est en cours : demandez au comptable de le suspendre, ou attendez son retour.",
        "A payment is under way: ask the accountant to suspend it, or wait for the answer.",
    ),
    "paid_before": Text(
        "Une décision retirée a déjà donné lieu à un versement sur ce dossier : rien ne peut y être accordé de nouveau"
        " tant que cette somme n’est pas revenue.",
        "A revoked decision led to a payment on this dossier: nothing more can be granted until that sum is back.",
    ),
    "signatory_not_valid": Text(
        "Ce signataire n’a pas de délégation en vigueur le {day}.", "This signatory holds no delegation on {day}."
    ),
    "signatory_placeholder": Text(
        "Le nom ou la qualité de ce signataire reste à compléter : aucun acte réel ne peut le porter.",
        "The name or quality of this signatory is still to be supplied: no real act may bear it.",
    ),
    "not_eligible_to_grant": Text(
        "{outcome}, rien ne peut être accordé. {labels}", "{outcome}, nothing can be granted. {labels}"
    ),
    "at_issue": Text("En cause : {labels}.", "At issue: {labels}."),
    "outcome_not_eligible": Text("Dossier non éligible", "Dossier not eligible"),
    "outcome_undetermined": Text("Résultat indéterminé", "Outcome undetermined"),
    "outcome_eligible": Text("Montant nul", "Amount of zero"),
    "sum_changed": Text(
        "Les règles donnent à présent {cents}, et non le montant récapitulé : relisez-le avant de décider.",
        "The rules now give {cents}, not the amount in the summary: read it again before deciding.",
    ),
    "part_out_of_bounds": Text(
        "Le montant accordé doit être supérieur à zéro et au plus égal au montant calculé, {most}.",
        "The amount granted must be above zero and at most the computed amount, {most}.",
    ),
    "amount_out_of_bounds": Text(
        "« {amount} » : ce qui en est accordé ne peut dépasser ce qui en est calculé, {most}.",
        "“{amount}”: what is granted of it cannot exceed what is computed of it, {most}.",
    ),
    "amounts_do_not_add_up": Text(
        "Les montants saisis font {sum}, et non la somme accordée, {cents}.",
        "The amounts typed make {sum}, not the sum granted, {cents}.",
    ),
    "overturned_without_reason": Text(
        "S’écarter de l’avis demande un motif.", "Departing from the opinion needs a reason."
    ),
    "decision_without_reason": Text(
        "Un motif est obligatoire pour cette décision.", "A reason is required for this decision."
    ),
    "opinion_without_reason": Text(
        "Un avis défavorable demande un critère non rempli ou un motif.",
        "An unfavourable opinion needs a criterion not met, or a reason.",
    ),
    "criterion_without_reason": Text(
        "Le critère « {criterion} » est répondu non : choisissez ou écrivez pourquoi.",
        "The criterion “{criterion}” is answered no: choose or write why.",
    ),
    "favourable_with_failed_criterion": Text(
        "Un avis favorable ne peut pas répondre non à un critère.",
        "A favourable opinion cannot answer no to a criterion.",
    ),
    "unknown_stage": Text("L’étape de retour n’existe pas.", "There is no such stage to return to."),
    "grant_key_missing": Text(
        "Le dossier ne dit pas à qui l’aide unique serait accordée.",
        "The dossier does not say who the one grant goes to.",
    ),
    "no_funds": Text("L’enveloppe est épuisée.", "The envelope is spent."),
    "already_granted": Text(
        "L’aide a déjà été accordée à ce demandeur sur un autre dossier.",
        "The aid was already granted to this applicant on another dossier.",
    ),
    "envelope_exhausted": Text(
        "L’enveloppe ne contient plus que {left_cents}.", "Only {left_cents} is left in the envelope."
    ),
    "already_ordered": Text("La mise en paiement existe déjà.", "The payment order already exists."),
    "payee_missing": Text(
        "Le titulaire du compte ou l’IBAN manque : demandez-le au demandeur.",
        "The account holder or the IBAN is missing: ask the applicant for it.",
    ),
    "suspension_without_reason": Text(
        "Dites pourquoi les paiements sont suspendus.", "Say why payments are suspended."
    ),
    "not_recoverable": Text(
        "Rien n’a été versé sur ce dossier, ou ce n’est pas à vous de le réclamer.",
        "Nothing was paid on this dossier, or it is not yours to claim back.",
    ),
    "recovery_without_reason": Text("Écrivez le motif.", "Write the reason."),
    "recovery_too_much": Text(
        "Le montant est de 0,01 € à {cents} : ce qui a été versé et n’est pas déjà réclamé.",
        "The amount is from €0.01 to {cents}: what was paid and is not claimed yet.",
    ),
    "recovery_number_taken": Text(
        "Le titre n° {number} existe déjà : un titre a son numéro à lui.",
        "Claim no. {number} exists already: each has its own number.",
    ),
    "recovery_over": Text("Ce titre est soldé ou annulé.", "This claim is settled or cancelled."),
    "reimbursement_without_receipt": Text(
        "Écrivez la référence de l’encaissement.", "Write the reference of the receipt."
    ),
    "reimbursement_noted": Text("L’encaissement {receipt} est déjà noté.", "The receipt {receipt} is noted already."),
    "reimbursement_too_much": Text(
        "Le montant est de 0,01 € à {cents} : ce qui reste dû sur ce titre.",
        "The amount is from €0.01 to {cents}: what is still owed under this claim.",
    ),
    "reimbursement_day": Text(
        "Le jour va de celui du titre ({day}) à aujourd’hui.", "The day is from that of the claim ({day}) to today."
    ),
    "batch_answer_unsigned": Text(
        "Dites qui a répondu, comment, et signez de votre nom.", "Say who answered and how, and sign with your name."
    ),
    "batch_not_open": Text(
        "Ce lot est parti, réglé, jamais scellé, ou en train de partir : attendez un quart d’heure.",
        "This batch has left, is settled, was never sealed, or is leaving now: wait a quarter of an hour.",
    ),
    "returns_not_declared": Text(
        "Le dispositif {scheme} ne déclare pas de retour de paiement pour {territory} (payment.returns).",
        "The scheme {scheme} declares no payment return for {territory} (payment.returns).",
    ),
    "account_not_at_fault": Text(
        "Un autre compte ne changerait rien : le versement n’est ni rejeté, ni mis à l’écart, ou un autre l’a"
        " remplacé.",
        "Another account would change nothing: the payment is neither rejected nor set aside, or another replaced it.",
    ),
    "account_asked_already": Text(
        "Un nouveau compte est déjà demandé, ou le dispositif n’a pas de formulaire pour cela.",
        "Another account is asked already, or the scheme has no form for it.",
    ),
    "nothing_due": Text("Il n’y a plus rien à verser.", "There is nothing left to pay."),
    "later_settled": Text("Quelqu’un a déjà répondu.", "Somebody has answered already."),
    "constraint": Text(
        "La base de données a refusé ce changement ; rien n’a été enregistré.",
        "The database refused this change; nothing was saved.",
    ),
    "nothing_asked": Text(
        "Choisissez une question, nommez un document ou écrivez un message.",
        "Choose a question, name a document or write a message.",
    ),
    "too_many_documents": Text(
        "Demandez {limit} documents au plus à la fois.", "Ask for at most {limit} documents at a time."
    ),
    "document_name_too_long": Text(
        "« {name}… » est trop long : {limit} caractères au plus par document. Le reste va dans le message.",
        "“{name}…” is too long: at most {limit} characters a document. The rest goes in the message.",
    ),
    "message_empty": Text("Écrivez un message.", "Write a message."),
    "message_too_long": Text(
        "Le message est trop long : {most} caractères au plus.", "The message is too long: {most} characters at most."
    ),
    "message_unreadable": Text(
        "Le message contient des caractères illisibles : retapez-le.",
        "The message holds unreadable characters: type it again.",
    ),
    "incomplete": Text("Des réponses obligatoires manquent.", "Required answers are missing."),
    "not_open": Text("Les demandes ne sont pas ouvertes.", "Applications are not open."),
    "gate_closed": Text("Le contrôle à l’entrée n’est pas franchi.", "The gate is not passed."),
    "too_many_attempts": Text(
        "Trop d’essais : réessayez après le {until}.", "Too many tries: try again after {until}."
    ),
    "unavailable": Text(
        "Le service n’a pas pu enregistrer ; réessayez dans une minute.",
        "The service could not save; try again in a minute.",
    ),
    "repin_without_reason": Text(
        "Dites pourquoi : le motif est gardé avec chaque dossier.", "Say why: the reason is kept with each dossier."
    ),
    "not_published": Text("Le dispositif n’est pas publié ici.", "The scheme is not published here."),
}
