"""The rules of a scheme in plain words: their page, and how expressions are read aloud."""

from guichet.locale.texts import Text

TEXTS = {
    "stages_title": Text("Étapes que seules certaines demandes ont", "Stages that some applications only have"),
    "stage_if": Text("Seulement si {condition}.", "Only if {condition}."),
    "rules_title": Text("Les règles de calcul, en clair", "The rules in plain words"),
    "rules_crumb": Text("Règles", "Rules"),
    "rules_intro": Text(
        "Un calcul automatique applique ces règles aux réponses. Cette page les publie telles que le calcul les"
        " applique (code des relations entre le public et l’administration, art. L312-1-3).",
        "A computation applies these rules to the answers. This page publishes them as they are applied (code des"
        " relations entre le public et l’administration, art. L312-1-3).",
    ),
    "rules_algorithm": Text("À quoi sert le calcul : {what}", "What the computation is for: {what}"),
    "rules_basis": Text("Texte de l’aide : {text}", "Legal basis: {text}"),
    "rules_state_aid": Text("Régime d’aide d’État : {text}", "State-aid regime: {text}"),
    "competence_economic": Text("Compétence : développement économique.", "Competence: economic development."),
    "competence_social": Text("Compétence : action sociale.", "Competence: social action."),
    "rules_conditions": Text("Les conditions", "The conditions"),
    "rules_amount": Text("Le montant", "The amount"),
    "rules_definitions": Text("Les mots du calcul", "The words of the computation"),
    "rules_parameters": Text("Les valeurs réglables", "The parameters"),
    "rules_coming": Text("Les règles à venir", "The rules to come"),
    "rules_changes": Text("Ce que cette version change", "What this version changes"),
    "rules_others": Text("Les autres versions", "Other versions"),
    "rules_now": Text("Les règles d’aujourd’hui", "Today’s rules"),
    "version_from": Text("À partir du {day}", "From {day}"),
    "version_text": Text("Texte : {text}", "Legal text: {text}"),
    "column_case": Text("Cas", "Case"),
    "column_amount": Text("Montant", "Amount"),
    "column_article": Text("Texte", "Legal text"),
    "column_from": Text("À partir du", "From"),
    "column_value": Text("Valeur", "Value"),
    "rule_gate": Text("Vérifié à l’entrée, avant le formulaire.", "Checked at the entrance, before the form."),
    "rule_computed": Text("{condition}.", "{condition}."),
    "rule_attested": Text("Vous le déclarez sur l’honneur.", "You declare it on your honour."),
    "rule_judged": Text("Une personne l’examine : {body}.", "A person examines it: {body}."),
    "bracket_always": Text("Dans tous les cas", "In every case"),
    "bracket_if": Text("Si {condition}", "If {condition}"),
    "bracket_else": Text("Dans les autres cas", "Otherwise"),
    "bracket_unverified": Text("Montant non vérifié : {what}", "Amount not verified: {what}"),
    "article": Text("Texte", "Legal text"),
    "judged_on_filing": Text(
        "Votre demande est jugée d’après les règles du jour où vous la déposez.",
        "Your application is judged by the rules of the day you file it.",
    ),
    "judged_on_decision": Text(
        "Votre demande est jugée d’après les règles du jour de la décision.",
        "Your application is judged by the rules of the day of the decision.",
    ),
    "judged_on_field": Text(
        "Votre demande est jugée d’après les règles de cette date : {field}.",
        "Your application is judged by the rules of this date: {field}.",
    ),
    "plain_valued": Text("{what} : {value}", "{what}: {value}"),
}
