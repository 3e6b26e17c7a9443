"""The applicant's pages: scheme, gate, form, review, receipt, tracking."""

from guichet.locale.texts import Text

TEXTS = {
    # The scheme page
    "who": Text("Qui peut la demander ?", "Who may apply?"),
    "how_much": Text("Combien ?", "How much?"),
    "prepare": Text("Ce qu’il faut préparer", "What to prepare"),
    "when": Text("Quand ?", "When?"),
    "opens": Text("Ouverture", "Opens"),
    "closes": Text("Clôture", "Closes"),
    "closes_whole_day": Text("{day} inclus", "{day} included"),
    "expected": Text("Réponse attendue", "Expected answer"),
    "about": Text("en {delay} environ", "in about {delay}"),
    "and": Text(" et ", " and "),
    "questions": Text("Une question ?", "A question?"),
    "desk_phone": Text("Téléphone", "Phone"),
    "desk_email": Text("Adresse électronique", "E-mail"),
    "desk_hours": Text("Horaires", "Hours"),
    "desk_none": Text(
        "Écrivez-nous depuis la page « Aide et contact ».", "Write to us from the page “Help and contact”."
    ),
    "state_open": Text("Les demandes sont ouvertes", "Applications are open"),
    "state_open_text": Text(
        "Vous pouvez déposer jusqu’au {closing} inclus.", "You may apply until {closing} included."
    ),
    "state_before": Text("Les demandes ne sont pas encore ouvertes", "Applications are not open yet"),
    "state_before_text": Text(
        "Elles ouvrent le {opening}. Vous pouvez déjà préparer vos documents.",
        "They open on {opening}. You can already prepare your documents.",
    ),
    "state_closed": Text("Les demandes sont closes", "Applications are closed"),
    "state_closed_text": Text(
        "Le dépôt était ouvert jusqu’au {closing} inclus. Les demandes déjà déposées suivent leur cours.",
        "Applications were open until {closing} included. Those already filed go on.",
    ),
    "start": Text("Commencer ma demande", "Start my application"),
    "start_note": Text(
        "Nous vous demanderons votre adresse électronique. Vous pourrez vous arrêter et reprendre plus tard.",
        "We will ask for your e-mail address. You can stop and go on later.",
    ),
    "see_result": Text(
        "Vous verrez le résultat et le montant avant de déposer.",
        "You will see the result and the amount before you file.",
    ),
    "legal_basis": Text("Texte : {text}", "Legal text: {text}"),
    "rules_link": Text("Les règles de calcul, en clair", "The rules in plain words"),
    "data_link": Text("Vos données personnelles", "Your personal data"),
    "more": Text("En savoir plus", "Find out more"),
    # Personal data
    "data_title": Text("Vos données personnelles", "Your personal data"),
    "data_crumb": Text("Données personnelles", "Personal data"),
    "data_intro": Text(
        "Voici ce que deviennent les informations de votre demande (règlement général sur la protection des données,"
        " article 13).",
        "This is what becomes of the information of your application (General Data Protection Regulation, article 13).",
    ),
    "data_controller": Text("Responsable", "Controller"),
    "data_dpo": Text("Délégué à la protection des données", "Data protection officer"),
    "data_dpo_unsaid": Text("à contacter par la page « Données personnelles »", "see the page “Personal data”"),
    "data_purposes": Text("Pourquoi nous les utilisons", "Why we use them"),
    "data_basis": Text("Base légale", "Legal basis"),
    "data_recipients": Text("Qui les voit", "Who sees them"),
    "data_retention": Text("Combien de temps nous les gardons", "How long we keep them"),
    "data_retention_text": Text(
        "{granted} si l’aide est accordée, {refused} si elle est refusée, {dropped} si la demande est abandonnée.",
        "{granted} if the aid is granted, {refused} if it is refused, {dropped} if the application is dropped.",
    ),
    "data_rights": Text("Vos droits", "Your rights"),
    "data_rights_text": Text(
        "Vous pouvez demander à voir vos données, à les corriger, à limiter leur usage ou à vous y opposer. Écrivez au"
        " délégué à la protection des données. Vous pouvez aussi saisir la CNIL (www.cnil.fr).",
        "You may ask to see your data, to correct them, to restrict their use or to object to it. Write to the data"
        " protection officer. You may also complain to the CNIL (www.cnil.fr).",
    ),
    "data_algorithm": Text("Un calcul automatique", "An automatic computation"),
    "data_algorithm_text": Text(
        "Un calcul automatique aide à préparer la décision. Son but : {what}. Une personne prend toujours la décision.",
        "A computation helps prepare the decision. Its purpose: {what}. A person always takes the decision.",
    ),
    "data_short": Text(
        "Vos réponses servent à étudier votre demande, et à cela seulement.",
        "Your answers serve to examine your application, and nothing else.",
    ),
    # Beginning
    "begin_title": Text("Avant de commencer", "Before you start"),
    "begin_crumb": Text("Ma demande", "My application"),
    "begin_go": Text("Je commence", "Start"),
    "begin_another": Text("Commencer une autre demande", "Start another application"),
    "begin_how": Text("Comment cela se passe", "How it goes"),
    "begin_steps": Text(
        "La demande se remplit en {most} étapes : vous voyez toujours où vous en êtes.",
        "The application takes {most} steps: you always see where you are.",
    ),
    "begin_steps_between": Text(
        "La demande se remplit en {least} à {most} étapes, selon vos réponses : vous voyez toujours où vous en êtes.",
        "The application takes {least} to {most} steps, depending on your answers: you always see where you are.",
    ),
    "begin_saved": Text(
        "Chaque page est enregistrée. Vous pouvez vous arrêter et revenir par « Mes dossiers ».",
        "Each page is saved. You can stop and come back through “My dossiers”.",
    ),
    "begin_result": Text(
        "À la fin, vous voyez le résultat et le montant. Rien n’est envoyé avant que vous déposiez.",
        "At the end, you see the result and the amount. Nothing is sent before you file.",
    ),
    "begun_title": Text("Vous avez déjà commencé une demande", "You have already begun an application"),
    "begun_on_named": Text("{name}, commencée le {day}", "{name}, begun on {day}"),
    "filed_title": Text("Vous avez déjà déposé une demande pour cette aide", "You have already filed for this aid"),
    "filed_on_named": Text("{name}, déposée le {day}", "{name}, filed on {day}"),
    "resume": Text("Reprendre", "Go on"),
    # My dossiers
    "my_dossiers": Text("Mes dossiers", "My dossiers"),
    "group_to_do": Text("À compléter", "To complete"),
    "group_drafts": Text("À finir", "To finish"),
    "group_open": Text("En cours d’étude", "Being examined"),
    "group_ended": Text("Terminés", "Ended"),
    "no_dossier": Text("Vous n’avez pas encore de dossier.", "You have no dossier yet."),
    "see_schemes": Text("Voir les aides", "See the aid schemes"),
    "begun_on": Text("Commencé le {day}", "Begun on {day}"),
    "filed_on_day": Text("Déposé le {day}", "Filed on {day}"),
    "reference": Text("Dossier {reference}", "Dossier {reference}"),
    "tag_draft": Text("Brouillon", "Draft"),
    "tag_open": Text("En cours d’étude", "Being examined"),
    "tag_to_complete": Text("À compléter", "To complete"),
    "tag_granted": Text("Acceptée", "Granted"),
    "tag_granted_in_part": Text("Acceptée en partie", "Granted in part"),
    "tag_refused": Text("Refusée", "Refused"),
    "tag_inadmissible": Text("Irrecevable", "Inadmissible"),
    "tag_dropped": Text("Classée sans suite", "Dropped"),
    "tag_withdrawn": Text("Retirée par vous", "Withdrawn by you"),
    "tag_transferred": Text("Transmise", "Transferred"),
    # The gate
    "gate_title": Text("Vérifions d’abord un point", "Let us check one thing first"),
    "gate_intro": Text(
        "Avant le formulaire, nous vérifions une condition de l’aide :",
        "Before the form, we check one condition of the aid:",
    ),
    "gate_secret": Text(
        "Ces informations sont confidentielles : elles ne servent qu’à cette vérification.",
        "This information is confidential: it serves this check only.",
    ),
    "gate_check": Text("Vérifier", "Check"),
    "gate_open": Text(
        "C’est vérifié. Vous pouvez remplir votre demande.", "Checked. You can fill in your application."
    ),
    "gate_held": Text(
        "Nous ne pouvons pas vérifier ce point maintenant. Continuez : nous le vérifierons nous-mêmes.",
        "We cannot check this now. Go on: we will check it ourselves.",
    ),
    "gate_again": Text("Nous devons vérifier ce point de nouveau.", "We must check this again."),
    "gate_stopped_title": Text("Nous n’avons pas pu vérifier ce point", "We could not check this"),
    "gate_what_now": Text("Que faire ?", "What to do?"),
    "gate_check_typing": Text(
        "Relisez le numéro et la référence : un chiffre suffit à les rendre inconnus.",
        "Read the number and the reference again: one wrong digit is enough.",
    ),
    "gate_wait_list": Text(
        "La liste est mise à jour régulièrement. Si votre versement est récent, revenez dans quelques jours :"
        " votre brouillon est gardé.",
        "The list is updated regularly. If your payment is recent, come back in a few days: your draft is kept.",
    ),
    "gate_ask": Text("Vous pensez que c’est une erreur ? Contactez-nous :", "You think this is wrong? Contact us:"),
    "list_day": Text("Liste « {name} » arrêtée au {day}.", "List “{name}” as of {day}."),
    "attempts_left": Text(
        "Il vous reste {count} essais pour cette heure.",
        "You have {count} attempts left within this hour.",
        "Il vous reste {count} essai pour cette heure.",
        "You have {count} attempt left within this hour.",
    ),
    "no_attempt_left": Text("Vous pourrez réessayer dans une heure.", "You can try again in an hour."),
    "too_many": Text(
        "Vous avez fait plusieurs essais. Vous pourrez réessayer à partir de {at}.",
        "You have tried several times. You can try again from {at}.",
    ),
    "try_again": Text("Corriger et réessayer", "Correct and try again"),
    "back_to_scheme": Text("Revenir à la page de l’aide", "Back to the aid’s page"),
    # The form
    "back": Text("Page précédente", "Previous page"),
    "answer_needed": Text("Répondez à cette question.", "Answer this question."),
    "file_needed": Text("Joignez ce document.", "Attach this document."),
    "answer_or_word": Text(
        "Répondez, ou écrivez-nous plus bas pourquoi vous ne le pouvez pas.",
        "Answer, or write to us below why you cannot.",
    ),
    "new_questions": Text(
        "{count} questions s’ajoutent d’après vos réponses. Elles sont marquées « nouvelle ».",
        "{count} questions are added by your answers. They are marked “new”.",
        "{count} question s’ajoute d’après vos réponses. Elle est marquée « nouvelle ».",
        "{count} question is added by your answers. It is marked “new”.",
    ),
    "see_new": Text("Y aller", "Go there"),
    "new": Text("Nouvelle", "New"),
    "saved_for_later": Text(
        "Vos réponses sont enregistrées. Reprenez quand vous voulez.", "Your answers are saved. Go on when you like."
    ),
    "not_saved_yet": Text(
        "Ce qui est signalé ci-dessous ne peut pas encore être enregistré ; le reste l’est.",
        "What is marked below cannot be saved yet; the rest is.",
    ),
    "file_removed": Text("Le fichier est retiré.", "The file is removed."),
    "incomplete": Text("Il reste des questions avant de déposer.", "Some questions are left before you can file."),
    "row_title": Text("Ligne {number}", "Row {number}"),
    "row_add": Text("Ajouter une ligne", "Add a row"),
    "megabytes": Text("{count} Mo", "{count} MB"),
    "kind_pdf": Text("PDF", "PDF"),
    "kind_jpeg": Text("photo JPEG", "JPEG photo"),
    "kind_png": Text("image PNG", "PNG image"),
    "kind_heic": Text("photo HEIC", "HEIC photo"),
    "address_street": Text("Numéro et rue", "Number and street"),
    "address_extra": Text("Complément", "Further details"),
    "address_postcode": Text("Code postal", "Postcode"),
    "address_city": Text("Ville", "Town"),
    # The review
    "review_title": Text("Relire et déposer", "Check and file"),
    "left_title": Text("Il reste des questions", "Some questions are left"),
    "left_text": Text("Terminez ces pages pour pouvoir déposer :", "Finish these pages to be able to file:"),
    "outcome_eligible": Text("Vous remplissez les conditions", "You meet the conditions"),
    "outcome_provisional": Text(
        "D’après vos réponses, vous pourriez recevoir", "According to your answers, you could receive"
    ),
    "outcome_provisional_text": Text(
        "Sous réserve de ce que nous devons examiner :", "Subject to what we must examine:"
    ),
    "outcome_not_eligible": Text(
        "D’après vos réponses, une condition au moins n’est pas remplie",
        "According to your answers, at least one condition is not met",
    ),
    "outcome_not_eligible_text": Text(
        "Relisez les raisons ci-dessous. Vous pouvez corriger une réponse. Vous pouvez aussi déposer quand même : une"
        " personne étudiera votre demande et vous recevrez une décision motivée.",
        "Read the reasons below. You can correct an answer. You can also file all the same: a person will examine your"
        " application and you will receive a decision with its reasons.",
    ),
    "outcome_undetermined": Text("Nous ne pouvons pas encore dire le résultat", "We cannot tell the result yet"),
    "undetermined_unverified": Text(
        "Le montant n’est pas calculé automatiquement pour votre cas ({what}). Un agent l’établira.",
        "The amount is not computed automatically in your case ({what}). An agent will set it.",
    ),
    "undetermined_missing": Text("Il manque une réponse : {what}.", "An answer is missing: {what}."),
    "undetermined_unavailable": Text(
        "Une information n’est pas disponible pour l’instant ({what}). Vous pouvez déposer : nous vérifierons.",
        "Some information is not available now ({what}). You can file: we will check.",
    ),
    "undetermined_not_computed": Text(
        "Le calcul n’est pas possible pour l’instant. Vous pouvez déposer : nous le referons.",
        "This cannot be computed now. You can file: we will compute it again.",
    ),
    "undetermined_other": Text(
        "Vous pouvez déposer : un agent étudiera votre demande.",
        "You can file: an agent will examine your application.",
    ),
    "why": Text("Pourquoi ce résultat", "Why this result"),
    "how_amount": Text("Comment le montant est calculé", "How the amount is computed"),
    "formula": Text("Calcul", "Computation"),
    "rounding": Text("Arrondi", "Rounding"),
    "with_numbers": Text("Avec vos chiffres", "With your figures"),
    "case_yours": Text("Votre cas", "Your case"),
    "bound_cap": Text("{value} au plus", "{value} at most"),
    "bound_floor": Text("{value} au moins", "{value} at least"),
    "bound": Text("Limite appliquée", "Limit applied"),
    "attested_by_you": Text("Vous l’avez déclaré sur l’honneur.", "You declared it on your honour."),
    "examined_by": Text("Examiné par : {body}.", "Examined by: {body}."),
    "optional_left": Text(
        "Les questions facultatives laissées sans réponse ne sont pas montrées.",
        "Optional questions left unanswered are not shown.",
    ),
    "awaited_by": Text("À examiner par : {body}.", "To be examined by: {body}."),
    "unknown_answers": Text("Cela dépend de : {what}.", "It depends on: {what}."),
    "unknown_source": Text("Nous le vérifierons.", "We will check it."),
    "sign_equal": Text("{value}", "{value}"),
    "sign_equal_day": Text("le {value}", "on {value}"),
    "sign_different_day": Text("un autre jour que le {value}", "another day than {value}"),
    "sign_below_day": Text("avant le {value}", "before {value}"),
    "sign_at_most_day": Text("jusqu’au {value}", "up to {value}"),
    "sign_above_day": Text("après le {value}", "after {value}"),
    "sign_at_least_day": Text("à partir du {value}", "from {value} on"),
    "sign_different": Text("autre que {value}", "other than {value}"),
    "sign_below": Text("moins de {value}", "less than {value}"),
    "sign_at_most": Text("{value} au plus", "{value} at most"),
    "sign_above": Text("plus de {value}", "more than {value}"),
    "sign_at_least": Text("{value} au moins", "{value} at least"),
    "your_answers": Text("Vos réponses", "Your answers"),
    "proof_given": Text("Vérifiée", "Checked"),
    "declaration": Text("Votre déclaration", "Your declaration"),
    "attest": Text("Je le déclare sur l’honneur", "I declare this on my honour"),
    "attest_needed": Text("Cochez cette case pour pouvoir déposer.", "Tick this box to be able to file."),
    "file": Text("Déposer ma demande", "File my application"),
    "file_note": Text(
        "Après le dépôt, vos réponses ne changent plus. Vous recevez un accusé de réception tout de suite.",
        "Once filed, your answers no longer change. You receive a receipt at once.",
    ),
    "result_changed": Text(
        "Les règles ou les informations ont changé depuis que vous avez ouvert cette page. Voici le nouveau résultat :"
        " relisez-le avant de déposer.",
        "The rules or the information have changed since you opened this page. Here is the new result: read it before"
        " you file.",
    ),
    # The receipt
    "receipt_title": Text("Votre demande est déposée", "Your application is filed"),
    "receipt_filed": Text("Déposée le {day}", "Filed on {day}"),
    "receipt_number": Text("Votre numéro de dossier", "Your dossier number"),
    "receipt_mail": Text("Nous envoyons cet accusé de réception à {email}.", "We are sending this receipt to {email}."),
    "receipt_pdf": Text("Télécharger l’accusé de réception", "Download the receipt"),
    "receipt_pdf_soon": Text(
        "Le document PDF se prépare. Il sera dans votre dossier dans un instant.",
        "The PDF document is being prepared. It will be in your dossier in a moment.",
    ),
    "receipt_next": Text("Et maintenant ?", "What now?"),
    "receipt_next_text": Text(
        "Nous étudions votre demande. Vous recevez un message à chaque étape.",
        "We examine your application. You receive a message at each stage.",
    ),
    "receipt_who": Text("Qui s’en occupe", "Who is in charge"),
    "receipt_silence": Text("Si nous ne répondons pas", "If we do not answer"),
    "receipt_appeal": Text("Comment contester un refus", "How to contest a refusal"),
    "receipt_declared": Text("Ce que vous avez déclaré", "What you declared"),
    "receipt_files": Text("Pièces reçues", "Files received"),
    "follow": Text("Suivre mon dossier", "Follow my dossier"),
    # Tracking
    "dossier_crumb": Text("Dossier {reference}", "Dossier {reference}"),
    "where": Text("Où en est votre demande", "Where your application stands"),
    "milestone_filed": Text("Demande déposée", "Application filed"),
    "milestone_checked": Text("Vérification automatique", "Automatic check"),
    "milestone_checking": Text("Vérification automatique en cours", "Automatic check under way"),
    "milestone_completing": Text("Nous attendons votre réponse", "We are waiting for your answer"),
    "passed_text": Text("Cette étape n’était pas nécessaire.", "This stage was not needed."),
    "conditional_text": Text(
        "Cette étape ne concerne que certaines demandes.", "This stage concerns some applications only."
    ),
    "milestone_funds": Text("En attente de crédits", "Waiting for funds"),
    "milestone_withdrawn": Text("Vous avez retiré votre demande", "You withdrew your application"),
    "milestone_payment": Text("Versement", "Payment"),
    "milestone_decided": Text("Décision prise", "Decision taken"),
    "milestone_granted": Text("Demande acceptée", "Application granted"),
    "milestone_granted_in_part": Text("Demande acceptée en partie", "Application granted in part"),
    "milestone_refused": Text("Demande refusée", "Application refused"),
    "milestone_inadmissible": Text("Demande irrecevable", "Application inadmissible"),
    "milestone_dropped": Text("Demande classée sans suite", "Application dropped"),
    "milestone_revoked": Text(
        "Décision retirée : une nouvelle décision sera prise", "Decision revoked: a new one will be taken"
    ),
    "milestone_transferred": Text("Demande transmise au service compétent", "Application transferred"),
    "expected_by": Text("date prévue : {day}", "expected by {day}"),
    "granted_amount": Text("Montant accordé : {amount}", "Amount granted: {amount}"),
    "completing_text": Text("Le délai est arrêté jusque-là.", "The clock is stopped until then."),
    "funds_text": Text(
        "Votre demande est étudiée et garde sa place. Vous n’avez rien à faire.",
        "Your application is examined and keeps its place. You have nothing to do.",
    ),
    "payment_ordered": Text("Versement demandé", "Payment ordered"),
    "payment_ordered_text": Text(
        "Le comptable public va vérifier, puis faire le virement.", "The public accountant will check, then pay."
    ),
    "payment_transmitted": Text("Versement transmis au comptable", "Payment sent to the accountant"),
    "payment_transmitted_text": Text(
        "Le virement arrive en général en quelques jours.", "The transfer usually arrives within days."
    ),
    "payment_suspended": Text("Versement suspendu", "Payment suspended"),
    "payment_suspended_text": Text(
        "Le comptable vérifie un point. Nous vous écrirons si nous avons besoin de vous.",
        "The accountant is checking something. We will write if we need you.",
    ),
    "payment_resumed": Text("Versement repris", "Payment resumed"),
    "payment_resumed_text": Text("Le virement suit son cours.", "The transfer is under way."),
    "payment_rejected": Text("Versement rejeté", "Payment rejected"),
    "payment_rejected_text": Text(
        "Le compte n’a pas pu être crédité. Nous vous contactons.", "The account could not be credited. We contact you."
    ),
    "payment_paid": Text("Aide versée", "Aid paid"),
    "payment_paid_text": Text(
        "L’argent arrive en quelques jours, selon votre banque.",
        "The money arrives within days, depending on your bank.",
    ),
    "silence_rejection": Text(
        "Sans réponse de notre part le {day}, votre demande est refusée. Vous pourrez contester ce refus.",
        "Without an answer from us by {day}, your application is refused. You may contest it.",
    ),
    "silence_acceptance": Text(
        "Sans réponse de notre part le {day}, votre demande est acceptée.",
        "Without an answer from us by {day}, your application is granted.",
    ),
    "clock_stopped": Text(
        "Le délai de réponse est arrêté : nous attendons votre réponse (code des relations entre le public et"
        " l’administration, art. L114-5).",
        "The legal clock is stopped: we are waiting for your answer (code des relations entre le public et"
        " l’administration, art. L114-5).",
    ),
    "asked_title": Text("Il nous manque quelque chose", "Something is missing"),
    "asked_text": Text("Répondez pour que nous reprenions l’étude.", "Answer so that we can go on."),
    "asked_go": Text("Compléter mon dossier", "Complete my dossier"),
    "decision": Text("La décision", "The decision"),
    "act": Text("Décision n° {number} du {day}", "Decision no. {number} of {day}"),
    "claimed_back": Text(
        "Somme à rendre : {amount} (titre n° {number} du {day}).",
        "Sum to give back: {amount} (claim no. {number} of {day}).",
    ),
    "letter_read": Text("Lire le courrier de décision", "Read the decision letter"),
    "decision_reasons": Text("Pourquoi", "Why"),
    "give_number": Text("Donnez votre numéro de dossier :", "Give your dossier number:"),
    "documents": Text("Vos documents", "Your documents"),
    "document_receipt": Text("Accusé de réception du {day}", "Receipt of {day}"),
    "document_letter": Text("Courrier du {day}", "Letter of {day}"),
    "pdf_size": Text("PDF, {size}", "PDF, {size}"),
    "your_files": Text("Pièces que vous avez envoyées", "Files you sent"),
    "exchanges": Text("Vos échanges avec nous", "Your exchanges with us"),
    "no_exchange": Text("Aucun message pour l’instant.", "No message yet."),
    "you": Text("Vous", "You"),
    "message": Text("Votre message", "Your message"),
    "message_hint": Text("Une question, une précision sur votre dossier.", "A question, a detail about your dossier."),
    "message_send": Text("Envoyer", "Send"),
    "message_sent": Text("Votre message est envoyé.", "Your message is sent."),
    "message_empty": Text("Écrivez votre message.", "Write your message."),
    "message_too_long": Text(
        "Raccourcissez votre message : {most} caractères au plus.", "Shorten your message: at most {most} characters."
    ),
    "message_unreadable": Text(
        "Votre message contient des caractères invisibles : effacez-le et retapez-le. ({most} caractères au plus)",
        "Your message holds invisible characters: clear it and type it again. (At most {most} characters)",
    ),
    "explanation_link": Text("Comment les règles s’appliquent à votre cas", "How the rules apply to your case"),
    "receipt_link": Text("Revoir l’accusé de réception", "See the receipt again"),
    "withdraw_link": Text("Retirer ma demande", "Withdraw my application"),
    # The explanation
    "explanation_title": Text("Comment les règles s’appliquent à votre cas", "How the rules apply to your case"),
    "explanation_intro": Text(
        "Un calcul automatique aide à préparer la décision. Cette page dit quelles règles il applique à votre demande,"
        " avec quelles données et quel résultat (code des relations entre le public et l’administration,"
        " art. R311-3-1-2).",
        "A computation helps prepare the decision. This page says which rules it applies to your application, with"
        " which data and result (code des relations entre le public et l’administration, art. R311-3-1-2).",
    ),
    "explanation_version": Text(
        "Règles en vigueur à partir du {day} : {article}.", "Rules in force from {day}: {article}."
    ),
    "explanation_all_rules": Text("Toutes les règles de l’aide", "All the rules of the scheme"),
    "explanation_contest": Text(
        "Une erreur ? Écrivez-nous depuis votre dossier.", "A mistake? Write to us from your dossier."
    ),
    "back_to_dossier": Text("Revenir au dossier", "Back to the dossier"),
}
