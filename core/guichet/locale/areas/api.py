"""Answers of the HTTP API: what is wrong, then what to do."""

from guichet.locale.texts import Text

TEXTS = {
    # Parts of a body
    "fault_required": Text("Cette réponse est obligatoire.", "This answer is required."),
    "fault_unknown": Text(
        "Cette clé n’existe pas ici : retirez-la, ou relisez le schéma.",
        "There is no such key here: take it away, or read the schema again.",
    ),
    "fault_unknown_but": Text(
        "Cette clé n’existe pas ici : vouliez-vous dire « {nearest} » ?",
        "There is no such key here: did you mean “{nearest}”?",
    ),
    "fault_type": Text("Un autre type est attendu : {types}.", "Another type is expected: {types}."),
    "fault_not_a_choice": Text("Donnez l’une de ces valeurs : {choices}.", "Give one of these values: {choices}."),
    "fault_max_length": Text("Raccourcissez : {limit} caractères au plus.", "Shorten it: {limit} characters at most."),
    "fault_min_length": Text("Allongez : {limit} caractères au moins.", "Lengthen it: {limit} characters at least."),
    "fault_minimum": Text("Donnez {limit} au moins.", "Give {limit} at least."),
    "fault_maximum": Text("Donnez {limit} au plus.", "Give {limit} at most."),
    "fault_max_items": Text("Gardez {limit} éléments au plus.", "Keep {limit} items at most."),
    "fault_min_items": Text("Donnez {limit} éléments au moins.", "Give {limit} items at least."),
    "fault_unique_items": Text("Chaque valeur ne se dit qu’une fois.", "Say each value only once."),
    "fault_pattern": Text("La forme attendue est {limit}.", "The form expected is {limit}."),
    "fault_format": Text("Le format attendu est « {limit} ».", "The format expected is “{limit}”."),
    "fault_refused": Text("Cette valeur ne suit pas le schéma.", "This value does not follow the schema."),
    "fault_not_asked": Text(
        "Cette question n’est pas posée avec les autres réponses : retirez-la.",
        "This question is not asked with the other answers: take it away.",
    ),
    "fault_unused_part": Text(
        "Le fichier de la partie « {name} » n’est nommé par aucune réponse : écrivez « part:{name} » dans l’une"
        " d’elles.",
        "The file of the part “{name}” is named by no answer: write “part:{name}” in one of them.",
    ),
    "fault_unknown_file": Text(
        "Aucun fichier de ce numéro n’a été envoyé pour cette question avec ce jeton : envoyez-le d’abord.",
        "No file of this id was sent for this question with this token: send it first.",
    ),
    "fault_not_attested": Text(
        'Le demandeur doit attester sur l’honneur « {text} » : ajoutez "{name}".',
        'The applicant must attest on honour “{text}”: add "{name}".',
    ),
    # Problems
    "problem_bad_request": Text("Demande incompréhensible", "Unreadable request"),
    "problem_unauthorised": Text("Jeton nécessaire", "Token needed"),
    "detail_unauthorised": Text(
        "Envoyez l’en-tête « Authorization: Bearer » avec un jeton en cours de validité.",
        "Send the header “Authorization: Bearer” with a token that is still valid.",
    ),
    "problem_forbidden": Text("Ce jeton ne le permet pas", "This token does not allow it"),
    "detail_forbidden": Text("Il faut un jeton qui permette : {verbs}.", "It takes a token that allows: {verbs}."),
    "problem_not_found": Text("Introuvable", "Not found"),
    "detail_not_found": Text(
        "Cette adresse ne mène à rien que ce jeton puisse atteindre.",
        "This address leads to nothing that this token may reach.",
    ),
    "problem_method": Text("Méthode non prévue à cette adresse", "Method not known at this address"),
    "problem_too_large": Text("Envoi trop volumineux", "Too much was sent"),
    "detail_too_large": Text("Le corps est limité à {limit} octets.", "The body is limited to {limit} bytes."),
    "problem_media_type": Text("Type de contenu refusé", "Content type refused"),
    "detail_media_type": Text("Envoyez le corps en {expected}.", "Send the body as {expected}."),
    "problem_too_many": Text("Trop de demandes", "Too many requests"),
    "detail_too_many": Text(
        "Ce jeton peut faire {limit} demandes par minute : attendez {seconds} s.",
        "This token may make {limit} requests a minute: wait for {seconds} s.",
    ),
    "detail_gate_tries": Text(
        "Le contrôle à l’entrée a arrêté trop de dossiers de ce jeton : attendez {seconds} s.",
        "The gate stopped too many dossiers of this token: wait for {seconds} s.",
    ),
    "problem_key_needed": Text("En-tête Idempotency-Key nécessaire", "Idempotency-Key header needed"),
    "detail_key_needed": Text(
        "Donnez à chaque dépôt une clé à lui, de 1 à {most} caractères visibles ASCII, et renvoyez la même en cas de"
        " nouvel essai.",
        "Give each filing a key of its own, of 1 to {most} visible ASCII characters, and send the same one when you try"
        " again.",
    ),
    "problem_key_reused": Text("Clé déjà utilisée pour autre chose", "Key already used for something else"),
    "detail_key_reused": Text(
        "Cette Idempotency-Key a servi avec un autre corps : donnez une nouvelle clé à ce dépôt.",
        "This Idempotency-Key came with another body: give this filing a new key.",
    ),
    "problem_body_refused": Text("Le corps est à corriger", "The body needs correcting"),
    "detail_body_refused": Text(
        "{count} endroits sont à corriger : voir « errors ». Rien n’a été enregistré.",
        "{count} places need correcting: see “errors”. Nothing was saved.",
        "{count} endroit est à corriger : voir « errors ». Rien n’a été enregistré.",
        "{count} place needs correcting: see “errors”. Nothing was saved.",
    ),
    "problem_gate_closed": Text("Le contrôle à l’entrée ne s’ouvre pas", "The gate does not open"),
    "detail_gate_closed": Text("Rien n’a été enregistré. {reasons}", "Nothing was saved. {reasons}"),
    "problem_not_open": Text("Les demandes ne sont pas ouvertes", "Applications are not open"),
    "detail_not_open_before": Text("Elles ouvrent le {at}.", "They open on {at}."),
    "detail_not_open_closed": Text("Elles sont closes depuis le {at}.", "They closed on {at}."),
    "problem_conflict": Text("Ce n’est plus possible", "This is no longer possible"),
    "problem_unavailable": Text("Service momentanément indisponible", "Service unavailable for now"),
    "detail_unavailable": Text(
        "Rien n’a été enregistré. Réessayez dans une minute, avec la même clé.",
        "Nothing was saved. Try again in a minute, with the same key.",
    ),
    "problem_crash": Text("Erreur imprévue", "Unforeseen error"),
    "detail_crash": Text(
        "Le journal technique la garde sous le numéro {incident}.", "The log has it under {incident}."
    ),
    # Bodies that are no JSON
    "malformed_not_utf8": Text("Le corps n’est pas en UTF-8.", "The body is not UTF-8."),
    "malformed_not_json": Text(
        "Le corps n’est pas du JSON : ligne {line}, colonne {column}.",
        "The body is not JSON: line {line}, column {column}.",
    ),
    "malformed_not_object": Text("Le corps doit être un objet JSON.", "The body must be a JSON object."),
    "malformed_too_deep": Text("Le corps a plus de {most} niveaux.", "The body has more than {most} levels."),
    "malformed_bad_character": Text(
        "Un texte du corps contient un caractère nul ou une moitié de caractère.",
        "A text of the body holds a null character, or half of one.",
    ),
    "malformed_number": Text("Le nombre {value} n’est pas exact.", "The number {value} is not exact."),
    "malformed_said_twice": Text("La clé « {name} » est dite deux fois.", "The key “{name}” is said twice."),
    "malformed_form": Text("L’envoi n’est pas celui d’un fichier.", "This is not how a file is sent."),
    "malformed_empty_file": Text("Le fichier est vide.", "The file is empty."),
    "malformed_query": Text("Le paramètre « {name} » ne convient pas.", "The parameter “{name}” will not do."),
}
