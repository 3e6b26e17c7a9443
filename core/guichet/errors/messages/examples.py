"""Texts about the examples of a scheme, and cases given by hand."""

from guichet.errors.message import Message
from guichet.errors.messages.scheme import DECLARED_EN, DECLARED_FR, unknown_name

MESSAGES: dict[str, Message] = {
    "unknown_example": unknown_name(
        'aucun exemple plus haut ne s\'appelle "{value}"', 'no example above is called "{value}"'
    ),
    "unknown_case_key": Message(
        fr='le cas nomme "{value}", inconnu ici',
        en='the case names "{value}", unknown here',
        hint_fr=DECLARED_FR,
        hint_en=DECLARED_EN,
    ),
    "unknown_check_key": Message(
        fr='aucun critère attesté ou jugé, ni aucune liste, ne s\'appelle "{value}"',
        en='no attested or judged criterion, and no list, is called "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Possibles : {choices}. ]]Effacez-le, ou écrivez le critère'
        " (attested: ou checked_by:) dans les règles.",
        hint_en='[[did you mean "{nearest}"? ]][[Possible: {choices}. ]]Take it away, or write the criterion'
        " (attested: or checked_by:) in the rules.",
    ),
    "case_value_refused": Message(
        fr='"{value}" est refusé pour "{field}"[[ : {reason_fr}]]',
        en='"{value}" is refused for "{field}"[[: {reason_en}]]',
        hint_fr=DECLARED_FR,
        hint_en=DECLARED_EN,
    ),
    "case_value_odd": Message(
        fr='le formulaire refuserait "{value}" pour "{field}"[[ ({reason_fr})]] ; les règles le prennent tel quel',
        en='the form would refuse "{value}" for "{field}"[[ ({reason_en})]]; the rules take it as it is',
        hint_fr="corrigez la valeur, pour que le cas dise ce qu'un demandeur peut écrire.",
        hint_en="mend the value, so that the case says what an applicant can write.",
    ),
    "case_fact_refused": Message(
        fr='"{value}" ne dit pas ce que la liste contient',
        en='"{value}" does not say what the list holds',
        hint_fr='écrivez true (trouvé), false (absent), null (liste muette) ou {{"amount": "1500.00"}}.',
        hint_en='write true (found), false (absent), null (silent list) or {{"amount": "1500.00"}}.',
    ),
    "case_count_refused": Message(
        fr="\"{value}\" n'est pas un nombre d'autres dossiers",
        en='"{value}" is not a number of other dossiers',
        hint_fr="écrivez 0, 1, 2… ou null si personne ne peut le dire.",
        hint_en="write 0, 1, 2… or null when nobody can tell.",
    ),
    "case_said_twice": Message(
        fr='"{value}" est dit deux fois', en='"{value}" is said twice', hint_fr="gardez-en un.", hint_en="keep one."
    ),
    "case_no_number": Message(
        fr="{value} n'est pas un nombre que l'on puisse juger",
        en="{value} is no number one can judge",
        hint_fr='écrivez un nombre ordinaire, ou un texte : "1500.00".',
        hint_en='write a plain number, or a text: "1500.00".',
    ),
    "case_not_json": Message(
        fr="cette ligne n'est pas du JSON à partir de la colonne {column}",
        en="this line is not JSON from column {column} on",
        hint_fr='un cas par ligne, entier, entre accolades : {{"effectif": 2, "@ma_liste": true}}.',
        hint_en='one case a line, whole, between braces: {{"effectif": 2, "@my_list": true}}.',
    ),
    "case_not_object": Message(
        fr="un cas est un objet JSON, entre accolades",
        en="a case is a JSON object, between braces",
        hint_fr='par exemple {{"effectif": 2, "@ma_liste": true}}.',
        hint_en='for instance {{"effectif": 2, "@my_list": true}}.',
    ),
    "case_not_utf8": Message(
        fr="cette ligne n'est pas en UTF-8",
        en="this line is not in UTF-8",
        hint_fr="enregistrez de nouveau le fichier en choisissant l'encodage UTF-8.",
        hint_en="save the file again and choose the UTF-8 encoding.",
    ),
}

MESSAGES |= {
    "example_differs": Message(
        fr="l'exemple annonce {what} = {expected}, les règles donnent {found}",
        en="the example says {what} = {expected}, the rules give {found}",
        hint_fr='[["{unknown}" n\'est le nom d\'aucun critère : ]][[vouliez-vous dire "{nearest}" ? ]]'
        '[[Aucune règle n\'est en vigueur le {no_rules} : corrigez "on:". ]]'
        "[[({declared}) ]][[Il manque une réponse à : {lacking}. ]]"
        "[[En décide : {decided}. ]][[Lu : {read}. ]][[Règles du {version}.]]",
        hint_en='[["{unknown}" is the name of no criterion: ]][[did you mean "{nearest}"? ]]'
        '[[No rules are in force on {no_rules}: correct "on:". ]]'
        "[[({declared}) ]][[No answer to: {lacking}. ]]"
        "[[Decided by: {decided}. ]][[Read: {read}. ]][[Rules of {version}.]]",
    ),
    "no_examples": Message(
        fr='le dispositif "{scheme}" n\'a aucun exemple',
        en='the scheme "{scheme}" has no example',
        hint_fr="ajoutez examples.yaml : un cas par critère et par tranche, avec le résultat attendu.",
        hint_en="add examples.yaml: one case per criterion and bracket, with the expected result.",
    ),
    "version_without_example": Message(
        fr="aucun exemple n'est jugé par cette version ({from}[[ – {until}]])",
        en="no example is judged by this version ({from}[[ – {until}]])",
        hint_fr="ajoutez à examples.yaml un cas d'un de ces jours : on: {from}.",
        hint_en="add a case of one of these days to examples.yaml: on: {from}.",
    ),
    "not_a_scheme": Message(
        fr='"{path}" n\'est ni un dossier de dispositif (avec scheme.yaml) ni un de ses fichiers',
        en='"{path}" is neither a scheme folder (with scheme.yaml) nor one of its files',
        hint_fr="sans chemin, guichet check vérifie tout le dossier courant, regions/ compris.",
        hint_en="without a path, guichet check verifies the whole current folder, regions/ included.",
    ),
}

MESSAGES |= {
    "no_version_on": Message(
        fr="aucune règle n'est en vigueur le {day} : la première version est du {first}",
        en="no rules are in force on {day}: the first version is of {first}",
        hint_fr="choisissez un jour à partir du {first}, ou ajoutez une version plus ancienne.",
        hint_en="choose a day from {first} on, or add an earlier version.",
    ),
    "territory_not_meant": Message(
        fr='le dispositif "{scheme}" ne vise pas le territoire "{value}"',
        en='the scheme "{scheme}" is not meant for the territory "{value}"',
        hint_fr="il vise (territories) : {meant}.",
        hint_en="it is meant for (territories): {meant}.",
    ),
    "grants_without_key": Message(
        fr='"one_per" change pour "{scheme}" ; dossiers accordés qui ne disent pas {one_per} : {count} (dont {value})',
        en='"one_per" changes for "{scheme}"; granted dossiers that do not say {one_per}: {count} ({value} first)',
        hint_fr="rien n'est publié : ces personnes pourraient recevoir l'aide deux fois. Gardez l'ancien one_per, et le"
        " nom de ses champs.",
        hint_en="nothing is published: these people could be granted the aid twice. Keep the former one_per, and the"
        " names of its fields.",
    ),
    "grants_share_key": Message(
        fr='"one_per" change pour "{scheme}", et les dossiers accordés {other} et {value} auraient la même clé',
        en='"one_per" changes for "{scheme}", and the granted dossiers {other} and {value} would have the same key',
        hint_fr="rien n'est publié : un seul accord tient une clé. Gardez l'ancien one_per, ou retirez d'abord l'un des"
        " deux accords.",
        hint_en="nothing is published: one grant alone holds a key. Keep the former one_per, or revoke one of the two"
        " grants first.",
    ),
    "example_fails": Message(
        fr='l\'exemple "{example}" du dispositif "{scheme}" échoue',
        en='the example "{example}" of the scheme "{scheme}" fails',
        hint_fr="guichet test {scheme} montre les écarts.",
        hint_en="guichet test {scheme} shows the differences.",
    ),
}
