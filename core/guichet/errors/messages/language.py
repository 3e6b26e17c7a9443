"""Texts of the rule language: what cannot be read, and names nothing bears."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "rule.empty": Message(
        fr="l'expression est vide",
        en="the expression is empty",
        hint_fr="écrivez une condition ou un calcul, comme effectif >= 1 ; sinon effacez la ligne.",
        hint_en="write a condition or a calculation, such as effectif >= 1; else remove the line.",
    ),
    "rule.too_long": Message(
        fr="l'expression compte {length} caractères, {most} au plus",
        en="the expression has {length} characters, at most {most} are allowed",
        hint_fr="donnez un nom à ses parties sous define.",
        hint_en="name its parts under define.",
    ),
    "rule.too_deep": Message(
        fr="l'expression s'emboîte sur plus de {most} niveaux",
        en="the expression is nested more than {most} levels deep",
        hint_fr="donnez un nom à ses parties sous define.",
        hint_en="name its parts under define.",
    ),
    "rule.too_many_signs": Message(
        fr="l'expression compte plus de {most} opérations",
        en="the expression has more than {most} operations",
        hint_fr="donnez un nom à ses parties sous define.",
        hint_en="name its parts under define.",
    ),
    "rule.unknown_sign": Message(
        fr='signe inconnu "{sign}"',
        en='unknown sign "{sign}"',
        hint_fr="les signes sont = != < <= > >= + - * / ( ) , .",
        hint_en="the signs are = != < <= > >= + - * / ( ) , .",
    ),
    "rule.other_sign": Message(
        fr="{sign} ne s'écrit pas ainsi dans une règle",
        en="{sign} is not written this way in a rule",
        hint_fr="écrivez {ours}",
        hint_en="write {ours}",
    ),
    "rule.smart_quotes": Message(
        fr="{sign} est un guillemet typographique ; une règle n'a que le guillemet droit",
        en="{sign} is a typographic quote; a rule has the straight quote only",
        hint_fr='[[écrivez "{mended}" ; ]]le guillemet droit est celui de la touche 3, ".',
        hint_en='[[write "{mended}"; ]]the straight quote is ".',
    ),
    "rule.other_language": Message(
        fr='"{word}" est le mot de l\'autre langue',
        en='"{word}" is the word of the other language',
        hint_fr='ce fichier est écrit avec les mots de sa langue : écrivez "{ours}".',
        hint_en='this file uses the words of its own language: write "{ours}".',
    ),
    "rule.hyphen": Message(
        fr='un nom ne contient pas de trait d\'union : "{name}"',
        en='a name holds no hyphen: "{name}"',
        hint_fr='pour un nom, écrivez "{underscored}" ; pour soustraire, "{spaced}" ; un code se met entre guillemets.',
        hint_en='for a name, write "{underscored}"; to subtract, "{spaced}"; a code goes between quotes.',
    ),
    "rule.minus_spaces": Message(
        fr="le signe moins entre deux valeurs s'écrit avec une espace de chaque côté",
        en="a minus sign between two values has a space on each side",
        hint_fr="écrivez a - b.",
        hint_en="write a - b.",
    ),
    "rule.open_text": Message(
        fr="ce texte n'est pas fermé",
        en="this text is not closed",
        hint_fr='un texte commence et finit par "[[, et non par le guillemet typographique {sign}]].',
        hint_en='a text starts and ends with "[[, not with the typographic quote {sign}]].',
    ),
    "rule.decimal_comma": Message(
        fr='"{number}" peut se lire de deux façons',
        en='"{number}" can be read in two ways',
        hint_fr='pour un nombre, écrivez "{whole}.{decimals}" ; pour deux valeurs, "{whole}, {decimals}". '
        "La virgule décimale est permise devant € et %.",
        hint_en='for one number, write "{whole}.{decimals}"; for two values, "{whole}, {decimals}". '
        "A decimal comma is allowed before € and %.",
    ),
    "rule.digit_groups": Message(
        fr='les chiffres de "{number}" ne vont pas par groupes de trois',
        en='the digits of "{number}" are not in groups of three',
        hint_fr='écrivez "{plain}" ou groupez par trois, comme 200 000.',
        hint_en='write "{plain}" or group by three, like 200 000.',
    ),
    "rule.number_form": Message(
        fr='"{number}" n\'est pas un nombre',
        en='"{number}" is not a number',
        hint_fr="écrivez [[{meant} ; sinon, ]]par exemple 1500, 1 500, 0.5, 3 500,50 € ou 37.5 %.",
        hint_en="write [[{meant}; otherwise, ]]for instance 1500, 1 500, 0.5, 3 500.50 € or 37.5 %.",
    ),
    "rule.no_decimals": Message(
        fr='il manque des chiffres après le point de "{number}"',
        en='digits are missing after the point of "{number}"',
        hint_fr="écrivez les chiffres qui manquent, ou effacez le point.",
        hint_en="write the missing digits, or remove the point.",
    ),
    "rule.leading_point": Message(
        fr='il manque un chiffre avant le point de "{number}"',
        en='a digit is missing before the point of "{number}"',
        hint_fr='écrivez "0{number}".',
        hint_en='write "0{number}".',
    ),
    "rule.cents": Message(
        fr="un montant a deux décimales au plus, celui-ci en a {decimals}",
        en="an amount has at most two decimals, this one has {decimals}",
        hint_fr="les milliers se groupent par une espace : 3 500 €.",
        hint_en="thousands are grouped with a space: 3 500 €.",
    ),
    "rule.decimals": Message(
        fr="un nombre a {most} décimales au plus",
        en="a number has at most {most} decimals",
        hint_fr="arrondissez le nombre, ou faites-en une division : 1 / 3.",
        hint_en="round the number, or make it a division: 1 / 3.",
    ),
    "rule.whole_duration": Message(
        fr="une durée est un nombre entier de jours, de mois ou d'années",
        en="a duration is a whole number of days, months or years",
        hint_fr="changez d'unité : 18 mois plutôt que 1,5 an.",
        hint_en="change the unit: 18 months instead of 1.5 years.",
    ),
    "rule.number_too_large": Message(
        fr="ce nombre est trop grand",
        en="this number is too large",
        hint_fr="vérifiez le nombre de zéros et l'unité.",
        hint_en="look at the number of zeros and at the unit.",
    ),
    "rule.unknown_unit": Message(
        fr='unité inconnue "{unit}"',
        en='unknown unit "{unit}"',
        hint_fr="les unités sont €, %, jours, mois, ans ; les milliers s'écrivent avec leurs zéros : 200 000 €.",
        hint_en="the units are €, %, days, months, years; thousands are written with their zeros: 200 000 €.",
    ),
    "rule.no_such_date": Message(
        fr="le {date} n'existe pas",
        en="there is no such day as {date}",
        hint_fr="une date s'écrit année-mois-jour, comme 2020-03-31 : vérifiez le jour et le mois.",
        hint_en="a date is written year-month-day, such as 2020-03-31: look at the day and the month.",
    ),
    "rule.far_date": Message(
        fr='la date "{date}" est d\'une année improbable',
        en='the date "{date}" is of an unlikely year',
        hint_fr="les dates d'une règle vont de {first} à {last}.",
        hint_en="the dates of a rule go from {first} to {last}.",
    ),
    "rule.french_date": Message(
        fr='une date s\'écrit année-mois-jour, pas "{date}"',
        en='a date is written year-month-day, not "{date}"',
        hint_fr="écrivez {iso}.",
        hint_en="write {iso}.",
    ),
    "rule.mixed_and_or": Message(
        fr='"{conjunction}" et "{disjunction}" ne se mélangent pas sans parenthèses',
        en='"{conjunction}" and "{disjunction}" do not mix without brackets',
        hint_fr="écrivez (a {conjunction} b) {disjunction} c, ou a {conjunction} (b {disjunction} c).",
        hint_en="write (a {conjunction} b) {disjunction} c, or a {conjunction} (b {disjunction} c).",
    ),
    "rule.chained_comparison": Message(
        fr="deux comparaisons se suivent",
        en="two comparisons follow each other",
        hint_fr="écrivez {example}, ou {between}.",
        hint_en="write {example}, or {between}.",
    ),
    "rule.between_and": Message(
        fr='il manque "{word}" entre les deux bornes',
        en='"{word}" is missing between the two bounds',
        hint_fr="écrivez {example} ; les bornes sont comprises.",
        hint_en="write {example}; the bounds are included.",
    ),
    "rule.is_known": Message(
        fr='il manque "{word}"',
        en='"{word}" is missing',
        hint_fr="écrivez {example} ; pour comparer, x = valeur.",
        hint_en="write {example}; to compare, x = value.",
    ),
    "rule.if_then": Message(
        fr='il manque "{word}" après la condition',
        en='"{word}" is missing after the condition',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.if_else": Message(
        fr='il manque "{word}" : un choix donne toujours une valeur',
        en='"{word}" is missing: a choice always gives a value',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.list_name": Message(
        fr="il manque le nom de la liste",
        en="the name of the list is missing",
        hint_fr="écrivez {example} ; pour plusieurs valeurs, {among}.",
        hint_en="write {example}; for several values, {among}.",
    ),
    "rule.nothing_inside": Message(
        fr="ces parenthèses sont vides",
        en="these brackets are empty",
        hint_fr="écrivez une valeur entre les parenthèses, ou effacez-les.",
        hint_en="write a value between the brackets, or remove them.",
    ),
    "rule.column_name": Message(
        fr='il manque le nom de la colonne après "{name}."',
        en='the name of the column is missing after "{name}."',
        hint_fr="écrivez le nom de la colonne, ou effacez le point.",
        hint_en="write the name of the column, or remove the point.",
    ),
    "rule.row_variable": Message(
        fr="il manque le nom à donner à chaque ligne",
        en="the name to give to each row is missing",
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.quantifier_in": Message(
        fr='il manque "{word}" et le champ à parcourir',
        en='"{word}" and the field to go through are missing',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.quantifier_satisfies": Message(
        fr='il manque "{word}" et la condition sur chaque ligne',
        en='"{word}" and the condition on each row are missing',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.gather_in": Message(
        fr='il manque "{word}" et les lignes à parcourir',
        en='"{word}" and the rows to go through are missing',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.or_for_where": Message(
        fr='une condition sur les lignes suit "où", avec un accent',
        en='a condition on rows follows "where"',
        hint_fr="écrivez {example}.",
        hint_en="write {example}.",
    ),
    "rule.open_bracket": Message(
        fr="cette parenthèse n'est pas fermée",
        en="this bracket is not closed",
        hint_fr="ajoutez « ) » là où finit ce qu'elle entoure.",
        hint_en='add ")" where what it surrounds ends.',
    ),
    "rule.stray_bracket": Message(
        fr="cette parenthèse ne ferme rien",
        en="this bracket closes nothing",
        hint_fr="effacez-la, ou ouvrez « ( » avant ce qu'elle entoure.",
        hint_en='remove it, or open "(" before what it surrounds.',
    ),
    "rule.unfinished": Message(
        fr="l'expression s'arrête avant sa fin",
        en="the expression stops before its end",
        hint_fr="il manque une valeur à la suite.",
        hint_en="a value is missing after this.",
    ),
    "rule.value_expected": Message(
        fr='"{found}" se trouve là où une valeur est attendue',
        en='"{found}" stands where a value is expected',
        hint_fr='[[une réponse par oui ou non se lit seule : écrivez "{alone}" ou "{denied}".]]',
        hint_en='[[an answer by yes or no is read alone: write "{alone}" or "{denied}".]]',
    ),
    "rule.operator_expected": Message(
        fr='"{found}" se trouve là où un signe ou un mot de liaison est attendu',
        en='"{found}" stands where a sign or a joining word is expected',
        hint_fr='[[vouliez-vous dire "{nearest}" ?]][[il manque un signe ; pour multiplier, écrivez {multiplied}.]]'
        "[[un plafond s'écrit {capped}]]",
        hint_en='[[did you mean "{nearest}"?]][[a sign is missing; to multiply, write {multiplied}.]]'
        "[[a cap is written {capped}]]",
    ),
    "rule.two_names": Message(
        fr='deux noms se suivent : "{name}"',
        en='two names follow each other: "{name}"',
        hint_fr="[[une comparaison s'écrit par un signe : {signed}]]"
        '[[pour un seul nom, écrivez "{underscored}" ; sinon, mettez un signe entre eux.]]',
        hint_en="[[a comparison is written with a sign: {signed}]]"
        '[[for a single name, write "{underscored}"; otherwise, put a sign between them.]]',
    ),
    "rule.not_said": Message(
        fr='"{word}" ne se dit pas dans une règle',
        en='"{word}" is not said in a rule',
        hint_fr='le contraire s\'écrit "{denied}".',
        hint_en='the contrary is written "{denied}".',
    ),
    "rule.defined_by_rules": Message(
        fr='"{name}" est défini par les règles, et ne se lit pas ici',
        en='"{name}" is defined by the rules, and is not read here',
        hint_fr="ce qui fait poser une question ne lit que les réponses et les paramètres : écrivez ici l'expression.",
        hint_en="what makes a question asked reads answers and parameters only: write the expression here.",
    ),
    "rule.unknown_name": Message(
        fr='champ inconnu "{name}"',
        en='unknown field "{name}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Champs : {fields}.]][[ Autres noms : {others}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Fields: {fields}.]][[ Other names: {others}.]]',
    ),
    "rule.unknown_column": Message(
        fr='"{name}" n\'a pas de colonne "{column}"',
        en='"{name}" has no column "{column}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Colonnes : {columns}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Columns: {columns}.]]',
    ),
    "rule.unknown_choice": Message(
        fr='"{value}" n\'est pas un des choix',
        en='"{value}" is not one of the choices',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Choix : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Choices: {choices}.',
    ),
    "rule.unknown_code": Message(
        fr='"{read}" ne vaut jamais "{value}"',
        en='"{read}" is never "{value}"',
        hint_fr='ses valeurs sont les codes de la table {nomenclature}[[, comme "{example}"]].'
        "[[ Possibles : {choices}.]]",
        hint_en='its values are the codes of the table {nomenclature}[[, such as "{example}"]].'
        "[[ Possible: {choices}.]]",
    ),
    "rule.kept_otherwise": Message(
        fr='"{read}" ne vaut jamais "{value}" : qui l\'écrit ainsi donne "{kept}"',
        en='"{read}" is never "{value}": who types that gives "{kept}"',
        hint_fr='écrivez "{kept}".',
        hint_en='write "{kept}".',
    ),
    "rule.unknown_list": Message(
        fr='liste inconnue "{name}"',
        en='unknown list "{name}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Listes : {lists}. ]]'
        "Une liste se déclare sous « lists: » (un fichier importé) ou « codes: » (des codes).",
        hint_en='[[did you mean "{nearest}"? ]][[Lists: {lists}. ]]'
        'A list is declared under "lists:" (an imported file) or "codes:" (codes).',
    ),
    "rule.unknown_function": Message(
        fr='fonction inconnue "{name}"',
        en='unknown function "{name}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Fonctions : {functions}.',
        hint_en='[[did you mean "{nearest}"? ]]Functions: {functions}.',
    ),
    "rule.name_as_function": Message(
        fr='"{name}" est un nom, pas une fonction',
        en='"{name}" is a name, not a function',
        hint_fr="écrivez-le sans parenthèses ; pour multiplier, mettez *.",
        hint_en="write it without brackets; to multiply, put *.",
    ),
    "rule.list_as_name": Message(
        fr='"{name}" est une liste',
        en='"{name}" is a list',
        hint_fr="écrivez clé dans liste {name}[[, ou {lookup}({rows}, clé, colonne)]].",
        hint_en="write key in list {name}[[, or {lookup}({rows}, key, column)]].",
    ),
    "rule.choice_alone": Message(
        fr='"{value}" est un choix de {field}',
        en='"{value}" is a choice of {field}',
        hint_fr="comparez-le : {field} = {value}.",
        hint_en="compare it: {field} = {value}.",
    ),
    "rule.choice_or_name": Message(
        fr='"{name}" est à la fois un choix et un nom',
        en='"{name}" is both a choice and a name',
        hint_fr='pour le choix, écrivez-le entre guillemets : "{name}" ; sinon, renommez le champ ou la définition.',
        hint_en='for the choice, write it between quotes: "{name}"; otherwise, rename the field or the definition.',
    ),
    "rule.no_columns": Message(
        fr='"{name}" est {type_fr} et n\'a pas de colonnes',
        en='"{name}" is {type_en} and has no columns',
        hint_fr="écrivez le nom seul ; seules les lignes d'un tableau et les listes ont des colonnes.",
        hint_en="write the name alone; only the rows of a table and lists have columns.",
    ),
    "rule.reserved_input": Message(
        fr='"{name}" est un mot réservé des règles',
        en='"{name}" is a reserved word of the rules',
        hint_fr="donnez un autre nom à ce champ.",
        hint_en="give this field another name.",
    ),
    "rule.reserved_definition": Message(
        fr='"{name}" est un mot réservé des règles',
        en='"{name}" is a reserved word of the rules',
        hint_fr="donnez un autre nom à cette définition.",
        hint_en="give this definition another name.",
    ),
    "rule.name_taken": Message(
        fr='"{name}" est déjà un champ, un fait ou un paramètre',
        en='"{name}" is already a field, a fact or a parameter',
        hint_fr="donnez un autre nom à cette définition.",
        hint_en="give this definition another name.",
    ),
    "rule.name_form": Message(
        fr='"{name}" ne peut pas être lu comme un nom',
        en='"{name}" cannot be read as a name',
        hint_fr="un nom est fait de lettres, de chiffres et de _, et commence par une lettre.",
        hint_en="a name is made of letters, digits and _, and starts with a letter.",
    ),
}
