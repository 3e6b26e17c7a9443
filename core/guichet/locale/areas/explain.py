"""Explanations in full: distances, roundings, what is missing, what would change the outcome."""

from guichet.locale.texts import Text

TEXTS = {
    "short_value": Text("il manque {value}", "{value} short"),
    "over_value": Text("{value} de trop", "{value} too much"),
    "apart_value": Text("à {value} près", "off by {value}"),
    "short_day": Text(
        "{count} jours trop tôt", "{count} days too early", "{count} jour trop tôt", "{count} day too early"
    ),
    "over_day": Text(
        "{count} jours trop tard", "{count} days too late", "{count} jour trop tard", "{count} day too late"
    ),
    "apart_day": Text("à {count} jours près", "off by {count} days", "à {count} jour près", "off by {count} day"),
    "round": Text("arrondi à {step} près, la moitié au-dessus", "rounded to {step}, half up"),
    "floor": Text("arrondi à {step} en dessous", "rounded down to {step}"),
    "ceiling": Text("arrondi à {step} au-dessus", "rounded up to {step}"),
    "title": Text("{scheme}, règles du {day}", "{scheme}, rules of {day}"),
    "law": Text("version du {version} ({legal})", "version of {version} ({legal})"),
    "no_rules": Text("aucune règle n’est encore en vigueur le {day}", "no rules are in force yet on {day}"),
    "outcome_eligible": Text("Éligible", "Eligible"),
    "outcome_not_eligible": Text("Non éligible", "Not eligible"),
    "outcome_undetermined": Text("Indéterminé", "Undetermined"),
    "provisional": Text("sous réserve des réponses attendues", "subject to the answers awaited"),
    "criteria": Text("Critères", "Criteria"),
    "state_met": Text("rempli", "met"),
    "state_failed": Text("non rempli", "not met"),
    "state_awaited": Text("attendu", "awaited"),
    "state_unknown": Text("inconnu", "unknown"),
    "by_person": Text("réponse d’une personne", "answered by a person"),
    "on_honour": Text("déclaré sur l’honneur", "declared on honour"),
    "rule": Text("règle : {rule}", "rule: {rule}"),
    "found": Text("{what} : {found}, attendu {sign} {threshold}", "{what}: {found}, expected {sign} {threshold}"),
    "found_only": Text("{what} : {found}", "{what}: {found}"),
    "sentence": Text("motif : {text}", "reason: {text}"),
    "article": Text("texte : {legal}", "legal text: {legal}"),
    "missing": Text("Réponses manquantes", "Missing answers"),
    "waited_by": Text("{label} : attendu par {who}", "{label}: awaited by {who}"),
    "the_amount": Text("le montant", "the amount"),
    "amount": Text("Montant", "Amount"),
    "case": Text("cas : {text}", "case: {text}"),
    "other_cases": Text("toutes les autres situations", "all other situations"),
    "criterion": Text("{label} : {state}", "{label}: {state}"),
    "step_by_cases": Text(
        "où « {label} » = {value}, par la règle : {told}", "where “{label}” = {value}, by the rule: {told}"
    ),
    "step": Text("où « {label} » = {told}", "where “{label}” = {told}"),
    "formula": Text("formule : {text}", "formula: {text}"),
    "numbers": Text("avec les valeurs : {text}", "with the values: {text}"),
    "bound_cap": Text("plafond atteint : {value}", "cap reached: {value}"),
    "bound_floor": Text("plancher atteint : {value}", "floor reached: {value}"),
    "unverified": Text("non vérifié : {text}", "not verified: {text}"),
    "changes": Text("Ce qui changerait le résultat", "What would change the outcome"),
    "changes_intro": Text(
        "Chaque ligne change une seule réponse et laisse les autres : le calcul a été refait avec les mêmes règles.",
        "Each line changes one answer only and leaves the others: the same rules computed it again.",
    ),
    "changes_none": Text(
        "aucune réponse, changée seule, ne change le résultat", "no single answer, changed alone, changes the outcome"
    ),
    "changes_criteria": Text(
        "aucune réponse, changée seule, ne change le résultat ; pour chaque critère non rempli :",
        "no single answer, changed alone, changes the outcome; for each criterion not met:",
    ),
    "change": Text("{what} : {after} au lieu de {before} → {then}", "{what}: {after} instead of {before} → {then}"),
    "change_unanswered": Text("{what} : {after} → {then}", "{what}: {after} → {then}"),
    "or_more": Text("{value} ou plus", "{value} or more"),
    "or_less": Text("{value} ou moins", "{value} or less"),
    "other_than": Text("autre que {value}", "other than {value}"),
    "or_more_day": Text("{value} ou après", "{value} or later"),
    "or_less_day": Text("{value} ou avant", "{value} or earlier"),
    "exactly": Text("{value}", "{value}"),
    "exactly_day": Text("{value}", "{value}"),
    "starting_with": Text("commençant par {value}", "starting with {value}"),
    "coded": Text("un code de la liste {value}", "a code of the list {value}"),
    "more_by": Text("{value} de plus", "{value} more"),
    "less_by": Text("{value} de moins", "{value} less"),
    "no_choice": Text("aucun choix", "no choice"),
    "in_list": Text("dans la liste", "in the list"),
    "not_in_list": Text("absent de la liste", "not in the list"),
    "then_eligible": Text("éligible", "eligible"),
    "then_not_eligible": Text("non éligible", "not eligible"),
    "then_undetermined": Text("indéterminé", "undetermined"),
    "then_amount": Text("{standing}, {amount}", "{standing}, {amount}"),
    "then_other_amount": Text("un montant de {amount}", "an amount of {amount}"),
    "then_other_case": Text(
        "un autre calcul du montant ({amount} pour {value})", "another computation of the amount ({amount} at {value})"
    ),
    "changes_amount": Text("Ce qui changerait le montant", "What would change the amount"),
    "then_met": Text("« {label} » serait rempli", "“{label}” would be met"),
    "silent": Text("sans réponse de : {what}", "no answer from: {what}"),
}
