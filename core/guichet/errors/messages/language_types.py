"""Texts of the rule language: types and units, what rules may not say, how they hang together."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "rule.condition_expected": Message(
        fr='une condition est attendue, "{value}" est {type_fr}',
        en='a condition is expected, "{value}" is {type_en}',
        hint_fr="comparez avec = != < <= > >=.",
        hint_en="compare with = != < <= > >=.",
    ),
    "rule.money_expected": Message(
        fr='un montant est attendu, "{value}" est {type_fr}',
        en='an amount is expected, "{value}" is {type_en}',
        hint_fr="un montant s'écrit avec son unité[[ : {mended}]].",
        hint_en="an amount is written with its unit[[: {mended}]].",
    ),
    "rule.compare_types": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr='comparez deux valeurs de même nature (un texte ou un code entre guillemets : "3"), ou changez '
        "le type du champ.",
        hint_en='compare two values of the same kind (a text or a code between quotes: "3"), or change the type '
        "of the field.",
    ),
    "rule.compare_periods": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr="[[écrivez {meant_fr} ; sinon, ]]comptez les deux sur la même durée : per: month ou year au champ, "
        "type: money_per_month ou money_per_year pour un paramètre, par_mois(…) ou par_an(…) dans la règle.",
        hint_en="[[write {meant_en}; otherwise ]]count both over the same time: per: month or year under the field, "
        "type: money_per_month or money_per_year for a parameter, per_month(…) or per_year(…) in the rule.",
    ),
    "rule.compare_money_number": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr="[[un nombre s'écrit sans unité : {bare}.]][[un montant s'écrit avec son unité : {amount}.]]",
        hint_en="[[a number is written without a unit: {bare}.]][[an amount is written with its unit: {amount}.]]",
    ),
    "rule.compare_rate_number": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr="un taux s'écrit avec son unité : 37.5 %.",
        hint_en="a rate is written with its unit: 37.5 %.",
    ),
    "rule.compare_duration_number": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr="une durée s'écrit avec son unité : 10 jours, 3 mois.",
        hint_en="a duration is written with its unit: 10 days, 3 months.",
    ),
    "rule.compare_days_months": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas : un mois n\'a pas '
        "de nombre fixe de jours",
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared: a month has no fixed '
        "number of days",
        hint_fr="comptez les mois avec {months_between}, les jours avec {days_between}.",
        hint_en="count months with {months_between}, days with {days_between}.",
    ),
    "rule.compare_condition": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr='une condition se lit seule : écrivez "{alone}", ou "{denied}" pour le contraire.',
        hint_en='a condition is read alone: write "{alone}", or "{denied}" for the contrary.',
    ),
    "rule.compare_date_text": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne se comparent pas',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) cannot be compared',
        hint_fr="une date s'écrit sans guillemets : 2020-03-01.",
        hint_en="a date is written without quotes: 2020-03-01.",
    ),
    "rule.compare_choices": Message(
        fr='"{left}" et "{right}" n\'ont pas les mêmes choix',
        en='"{left}" and "{right}" do not have the same choices',
        hint_fr="comparez chaque champ à l'un de ses propres choix, ou donnez-leur les mêmes.",
        hint_en="compare each field with one of its own choices, or give them the same.",
    ),
    "rule.compare_order": Message(
        fr="\"{left}\" est {left_type_fr} et n'a pas d'ordre : {operator} ne s'applique pas",
        en='"{left}" is {left_type_en} and has no order: {operator} does not apply',
        hint_fr="utilisez = ou !=.",
        hint_en="use = or !=.",
    ),
    "rule.compare_unrounded": Message(
        fr='"{value}" doit être arrondi avant d\'être comparé',
        en='"{value}" must be rounded before it is compared',
        hint_fr="écrivez {round}({value} {to} 0.01).",
        hint_en="write {round}({value} {to} 0.01).",
    ),
    "rule.compare_unrounded_money": Message(
        fr='"{value}" doit être arrondi avant d\'être comparé',
        en='"{value}" must be rounded before it is compared',
        hint_fr="écrivez {round}({value} {to} 1 €), ou {to} 0.01 €.",
        hint_en="write {round}({value} {to} 1 €), or {to} 0.01 €.",
    ),
    "rule.named_unrounded": Message(
        fr='"{name}" doit être arrondi avant de recevoir un nom',
        en='"{name}" must be rounded before it is named',
        hint_fr="écrivez {round}({value} {to} 0.01).",
        hint_en="write {round}({value} {to} 0.01).",
    ),
    "rule.named_unrounded_money": Message(
        fr='"{name}" doit être arrondi avant de recevoir un nom',
        en='"{name}" must be rounded before it is named',
        hint_fr="écrivez {round}({value} {to} 1 €), ou {to} 0.01 €.",
        hint_en="write {round}({value} {to} 1 €), or {to} 0.01 €.",
    ),
    "rule.paid_unrounded": Message(
        fr="ce montant doit être arrondi avant d'être versé",
        en="this amount must be rounded before it is paid",
        hint_fr="écrivez {round}({value} {to} 1 €), ou {to} 0.01 €.",
        hint_en="write {round}({value} {to} 1 €), or {to} 0.01 €.",
    ),
    "rule.value_unrounded": Message(
        fr="cette valeur doit être arrondie avant d'être montrée",
        en="this value must be rounded before it is shown",
        hint_fr="écrivez {round}({value} {to} …) avec 1 €, 0.01 €, 0.1 % ou 0.01.",
        hint_en="write {round}({value} {to} …) with 1 €, 0.01 €, 0.1 % or 0.01.",
    ),
    "rule.constant_comparison": Message(
        fr='"{expression}" compare deux constantes : le résultat est toujours le même',
        en='"{expression}" compares two constants: the result is always the same',
        hint_fr="remplacez l'une des deux par un champ, une définition ou un paramètre ; sinon effacez la comparaison.",
        hint_en="replace one of the two by a field, a definition or a parameter; else remove the comparison.",
    ),
    "rule.constant_condition": Message(
        fr='"{value}" ne dépend d\'aucune réponse : la condition est toujours la même',
        en='"{value}" depends on no answer: the condition is always the same',
        hint_fr="nommez un champ ; si rien n'est à vérifier, effacez la condition, ou écrivez « always: » pour "
        "un montant.",
        hint_en='name a field; if nothing is to be verified, remove the condition, or write "always:" for an amount.',
    ),
    "rule.always_true": Message(
        fr='cette comparaison est toujours vraie, vu les bornes de "{name}"[[ ({bounds})]]',
        en='this comparison is always true, given the bounds of "{name}"[[ ({bounds})]]',
        hint_fr="effacez-la, ou corrigez le seuil ; sinon changez le « min » ou le « max » du champ.",
        hint_en='remove it, or mend the threshold; or change the "min" or "max" of the field.',
    ),
    "rule.always_false": Message(
        fr='cette comparaison est toujours fausse, vu les bornes de "{name}"[[ ({bounds})]]',
        en='this comparison is always false, given the bounds of "{name}"[[ ({bounds})]]',
        hint_fr="effacez-la, ou corrigez le seuil ; sinon changez le « min » ou le « max » du champ.",
        hint_en='remove it, or mend the threshold; or change the "min" or "max" of the field.',
    ),
    "rule.contains_types": Message(
        fr='"{left}" ({left_type_fr}) ne peut pas se trouver dans "{right}", qui contient {right_type_fr}',
        en='"{left}" ({left_type_en}) cannot be in "{right}", which holds {right_type_en}',
        hint_fr="cherchez une valeur de la même nature que celles de la liste.",
        hint_en="look for a value of the same kind as those of the list.",
    ),
    "rule.key_type": Message(
        fr='la clé de la liste {list} est {wanted_fr}, "{key}" est {type_fr}',
        en='the key of the list {list} is {wanted_en}, "{key}" is {type_en}',
        hint_fr="consultez la liste avec sa clé, comme siren(siret) quand elle est tenue par SIREN.",
        hint_en="consult the list with its key, such as siren(siret) when it is kept by SIREN.",
    ),
    "rule.two_keys": Message(
        fr='la liste {list} est déjà consultée avec "{first}", "{second}" en serait une seconde clé',
        en='the list {list} is already consulted with "{first}", "{second}" would be a second key',
        hint_fr="une liste se consulte avec une seule clé : donnez-lui un nom sous define, ou déclarez deux listes.",
        hint_en="a list is consulted with one key only: name it under define, or declare two lists.",
    ),
    "rule.operation": Message(
        fr='"{operator}" ne s\'applique pas à "{left}" ({left_type_fr}) et "{right}" ({right_type_fr})',
        en='"{operator}" does not apply to "{left}" ({left_type_en}) and "{right}" ({right_type_en})',
        hint_fr="un montant s'ajoute à un montant et se multiplie par un nombre ou un taux ; une date prend une durée.",
        hint_en="an amount is added to an amount and multiplied by a number or a rate; a date takes a duration.",
    ),
    "rule.operation_money_number": Message(
        fr='"{operator}" ne s\'applique pas à "{left}" ({left_type_fr}) et "{right}" ({right_type_fr})',
        en='"{operator}" does not apply to "{left}" ({left_type_en}) and "{right}" ({right_type_en})',
        hint_fr="un montant s'écrit avec son unité : 2 000 €.",
        hint_en="an amount is written with its unit: 2 000 €.",
    ),
    "rule.operation_duration_number": Message(
        fr='"{operator}" ne s\'applique pas à "{left}" ({left_type_fr}) et "{right}" ({right_type_fr})',
        en='"{operator}" does not apply to "{left}" ({left_type_en}) and "{right}" ({right_type_en})',
        hint_fr="une durée s'écrit avec son unité : 10 jours, 3 mois.",
        hint_en="a duration is written with its unit: 10 days, 3 months.",
    ),
    "rule.date_minus_date": Message(
        fr="deux dates ne se soustraient pas",
        en="two dates are not subtracted",
        hint_fr="écrivez {call}, ou {months_between}, ou {years_between}.",
        hint_en="write {call}, or {months_between}, or {years_between}.",
    ),
    "rule.not_a_number": Message(
        fr='un nombre est attendu, "{value}" est {type_fr}',
        en='a number is expected, "{value}" is {type_en}',
        hint_fr="nommez un champ de type nombre ou montant ; un choix ou un texte ne se calcule pas.",
        hint_en="name a field that holds a number or an amount; a choice or a text cannot be calculated with.",
    ),
    "rule.division_by_zero": Message(
        fr='division par zéro : "{divisor}" vaut toujours zéro',
        en='division by zero: "{divisor}" is always zero',
        hint_fr="divisez par une valeur qui ne vaut jamais zéro.",
        hint_en="divide by a value that is never zero.",
    ),
    "rule.division_maybe_zero": Message(
        fr='"{divisor}" peut valoir zéro',
        en='"{divisor}" may be zero',
        hint_fr="écrivez max({divisor}, {least}), ou donnez au champ des bornes qui excluent zéro.",
        hint_en="write max({divisor}, {least}), or give the field bounds that leave zero out.",
    ),
    "rule.division_outside_rounding": Message(
        fr="diviser par une valeur qui varie ne se fait qu'à l'intérieur d'un arrondi",
        en="dividing by a value that varies is only done inside a rounding",
        hint_fr="écrivez {round}({expression} {to} …) avec 1 €, 0.01 €, 0.1 % ou 0.01.",
        hint_en="write {round}({expression} {to} …) with 1 €, 0.01 €, 0.1 % or 0.01.",
    ),
    "rule.may_overflow": Message(
        fr='"{expression}" peut dépasser 64 bits',
        en='"{expression}" may exceed 64 bits',
        hint_fr="donnez un minimum et un maximum aux champs qui y entrent.",
        hint_en="give the fields it reads a minimum and a maximum.",
    ),
    "rule.rounding_unit_missing": Message(
        fr="{function}({value}) ne dit pas à quoi arrondir",
        en="{function}({value}) does not say what to round to",
        hint_fr="écrivez {function}({value} {to} {unit}).",
        hint_en="write {function}({value} {to} {unit}).",
    ),
    "rule.rounding_unit": Message(
        fr="on arrondit à une constante positive",
        en="one rounds to a positive constant",
        hint_fr="par exemple 1 €, 0.01 €, 0.1 % ou 0.01.",
        hint_en="for instance 1 €, 0.01 €, 0.1 % or 0.01.",
    ),
    "rule.rounding_unit_kind": Message(
        fr='"{unit}" n\'est pas de la même nature que ce qui est arrondi, {type_fr}',
        en='"{unit}" is not of the same kind as what is rounded, {type_en}',
        hint_fr="un montant s'arrondit à 1 € ou à 0,01 €, un nombre à 1 ou à 0.01.",
        hint_en="an amount is rounded to 1 € or 0.01 €, a number to 1 or 0.01.",
    ),
    "rule.unit_without_rounding": Message(
        fr="{function} n'arrondit pas",
        en="{function} does not round",
        hint_fr="seuls {round}, {floor} et {ceiling} prennent une unité.",
        hint_en="only {round}, {floor} and {ceiling} take a unit.",
    ),
    "rule.arity": Message(
        fr="nombre de valeurs de {function} : {given} au lieu de {wanted}",
        en="number of values of {function}: {given} instead of {wanted}",
        hint_fr="donnez à {function} le nombre de valeurs attendu ({wanted}), séparées par des virgules.",
        hint_en="give {function} the number of values it takes ({wanted}), with commas between them.",
    ),
    "rule.arity_several": Message(
        fr="{function} prend plusieurs valeurs",
        en="{function} takes several values",
        hint_fr="écrivez {function}(a, b) ou {function}(lignes.colonne).",
        hint_en="write {function}(a, b) or {function}(rows.column).",
    ),
    "rule.argument_type": Message(
        fr='{function} attend {wanted_fr}, "{value}" est {type_fr}',
        en='{function} expects {wanted_en}, "{value}" is {type_en}',
        hint_fr="donnez {wanted_fr}, ou changez le type du champ.",
        hint_en="give {wanted_en}, or change the type of the field.",
    ),
    "rule.mixed_arguments": Message(
        fr='{function} ne peut pas prendre "{left}" ({left_type_fr}) avec "{right}" ({right_type_fr})',
        en='{function} cannot take "{left}" ({left_type_en}) with "{right}" ({right_type_en})',
        hint_fr="donnez des valeurs de même nature ; un montant s'écrit avec son unité.",
        hint_en="give values of the same kind; an amount is written with its unit.",
    ),
    "rule.no_period": Message(
        fr='"{value}" est {type_fr} : on ne sait pas si la somme est par mois ou par an',
        en='"{value}" is {type_en}: whether it is per month or per year is not said',
        hint_fr="écrivez per: month ou per: year au champ, money_per_year au paramètre, ou 500 €/mois.",
        hint_en="write per: month or per: year at the field, money_per_year at the parameter, or 500 €/month.",
    ),
    "rule.not_several": Message(
        fr='{function} attend plusieurs valeurs, "{value}" est {type_fr}',
        en='{function} expects several values, "{value}" is {type_en}',
        hint_fr="écrivez {function}(a, b) ou {function}(lignes.colonne).",
        hint_en="write {function}(a, b) or {function}(rows.column).",
    ),
    "rule.not_rows": Message(
        fr='des lignes ou plusieurs valeurs sont attendues, "{value}" est {type_fr}',
        en='rows or several values are expected, "{value}" is {type_en}',
        hint_fr="nommez un champ à plusieurs lignes (type: rows) ou à plusieurs choix.",
        hint_en="name a field of several rows (type: rows) or of several choices.",
    ),
    "rule.row_variable_taken": Message(
        fr='"{name}" est déjà un champ ou une définition',
        en='"{name}" is already a field or a definition',
        hint_fr="donnez un autre nom à la ligne.",
        hint_en="give the row another name.",
    ),
    "rule.lookup_form": Message(
        fr="une recherche s'écrit {lookup}(liste, clé, colonne), la liste et la colonne par leur nom",
        en="a lookup is written {lookup}(list, key, column), list and column by their names",
        hint_fr="écrivez par exemple {lookup}(versements, siren(siret), montant).",
        hint_en="write for example {lookup}(payments, siren(siret), amount).",
    ),
    "rule.if_types": Message(
        fr='"{left}" ({left_type_fr}) et "{right}" ({right_type_fr}) ne sont pas de même nature',
        en='"{left}" ({left_type_en}) and "{right}" ({right_type_en}) are not of the same kind',
        hint_fr="les deux issues d'un si … alors … sinon sont de même nature : deux montants, deux nombres, "
        "deux textes.",
        hint_en="both ends of an if … then … else are of the same kind: two amounts, two numbers, two texts.",
    ),
    "rule.cycle": Message(
        fr='"{name}" dépend d\'elle-même : {cycle}',
        en='"{name}" depends on itself: {cycle}',
        hint_fr="retirez l'un de ces renvois : une définition ne lit que d'autres qui ne la lisent pas.",
        hint_en="remove one of these references: a definition reads only others that do not read it.",
    ),
    "rule.asked_cycle": Message(
        fr="ces questions dépendent l'une de l'autre : {cycle}",
        en="these questions depend on one another: {cycle}",
        hint_fr="retirez « asked_when » de l'une d'elles : une question dépend de celles qui la précèdent.",
        hint_en='remove "asked_when" from one of them: a question depends on those before it.',
    ),
    "rule.no_else": Message(
        fr="le montant n'a pas de dernière branche",
        en="the amount has no last branch",
        hint_fr="terminez par else: … ou always: …, même pour 0 €.",
        hint_en="end with else: … or always: …, even for 0 €.",
    ),
    "rule.after_else": Message(
        fr="cette branche n'est jamais atteinte : else ou always la précède",
        en="this branch is never reached: else or always comes before it",
        hint_fr="placez-la avant, ou effacez-la.",
        hint_en="put it before, or remove it.",
    ),
    "rule.stuck_condition": Message(
        fr='"{condition}" peut rester sans réponse : quand {when}, {fields} n\'est pas demandé',
        en='"{condition}" may stay without an answer: when {when}, {fields} is not asked',
        hint_fr="prévoyez ce cas avec si … alors … sinon …, ou avec ou[[ ; c'est demandé d'après {asked_at}]].",
        hint_en="provide for this case with if … then … else …, or with or[[; it is asked by {asked_at}]].",
    ),
    "rule.stuck_amount": Message(
        fr="le montant peut rester sans valeur : quand {when}, {fields} n'est pas demandé",
        en="the amount may stay without a value: when {when}, {fields} is not asked",
        hint_fr="prévoyez ce cas dans une branche placée avant[[ ; c'est demandé d'après {asked_at}]].",
        hint_en="provide for this case in an earlier branch[[; it is asked by {asked_at}]].",
    ),
    "rule.blank_condition": Message(
        fr='"{condition}" reste sans réponse quand "{value}", facultatif, est laissé vide',
        en='"{condition}" stays without an answer when "{value}", which is optional, is left blank',
        hint_fr="écrivez si {value} est connu alors … sinon …, ou required: true au champ : vide n'est jamais zéro.",
        hint_en="write if {value} is known then … else …, or required: true under this field: blank is never zero.",
    ),
    "rule.blank_amount": Message(
        fr='le montant reste sans valeur quand "{value}", facultatif, est laissé vide',
        en='the amount stays without a value when "{value}", which is optional, is left blank',
        hint_fr="écrivez si {value} est connu alors … sinon …, ou required: true au champ : vide n'est jamais zéro.",
        hint_en="write if {value} is known then … else …, or required: true under this field: blank is never zero.",
    ),
}

MESSAGES |= {
    "rule.never_true": Message(
        fr="cette condition ne peut jamais être vraie",
        en="this condition can never be true",
        hint_fr='[["{name}" ne descend pas sous {low} ; ]][["{name}" ne dépasse pas {high} ; ]]corrigez le seuil : '
        "deux de ses parties s'excluent, ou les bornes l'excluent.",
        hint_en='[["{name}" is never below {low}; ]][["{name}" is never above {high}; ]]mend the threshold: two of its '
        "parts exclude each other, or the bounds exclude it.",
    ),
    "rule.never_false": Message(
        fr="cette condition est toujours vraie",
        en="this condition is always true",
        hint_fr='[["{name}" ne descend pas sous {low} ; ]][["{name}" ne dépasse pas {high} ; ]]corrigez le seuil, ou '
        "effacez-la ; entre deux parties, « ou » est-il mis pour « et » ?",
        hint_en='[["{name}" is never below {low}; ]][["{name}" is never above {high}; ]]mend the threshold, or remove '
        "it; between two parts, is “or” written for “and”?",
    ),
    "rule.contradiction": Message(
        fr='"{name}" ne peut pas être rempli en même temps que {others} : personne ne serait éligible',
        en='"{name}" cannot hold together with {others}: nobody would be eligible',
        hint_fr="corrigez le seuil, la comparaison ou le choix de l'un des deux.",
        hint_en="correct the threshold, the comparison or the choice of one of them.",
    ),
    "rule.unreachable_branch": Message(
        fr="cette branche n'est jamais atteinte : celles d'avant prennent tous ses cas",
        en="this branch is never reached: those before take all its cases",
        hint_fr="mettez le cas le plus étroit d'abord, ou effacez cette branche.",
        hint_en="put the narrowest case first, or remove this branch.",
    ),
    "rule.maybe_negative": Message(
        fr="le montant peut être négatif[[ : jusqu'à {low}]]",
        en="the amount may be below zero[[: down to {low}]]",
        hint_fr="écrivez max(…, 0 €), ou donnez un min: aux champs dont il dépend.",
        hint_en="write max(…, 0 €), or give a min: to the fields it depends on.",
    ),
}
