"""Texts of simulations: what an engine cannot do, what a data file says wrongly."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "bulk.extra_missing": Message(
        fr="cette commande a besoin de {library}, qui n'est pas installé",
        en="this command needs {library}, which is not installed",
        hint_fr='installez l\'extra : pip install "guichet-aides[{extra}]".',
        hint_en='install the extra: pip install "guichet-aides[{extra}]".',
    ),
    "bulk.function_disagrees": Message(
        fr='la forme en colonnes de "{name}"[[ (extension {plugin})]] ne dit pas ce que dit la fonction :'
        " {call} donne {found}[[ au lieu de {expected}]]",
        en='the form over columns of "{name}"[[ (plugin {plugin})]] does not say what the function says: {call} gives'
        " {found}[[ instead of {expected}]]",
        hint_fr="corrigez `bulk`, ou retirez-le : la fonction est alors appelée valeur par valeur, sur tout moteur.",
        hint_en="mend `bulk`, or take it away: the function is then called value by value, on every engine.",
    ),
    "bulk.rows_argument": Message(
        fr='la fonction "{name}" reçoit des lignes répétées : elle ne se calcule pas en masse',
        en='the function "{name}" takes repeated rows: it cannot be computed in bulk',
    ),
    "bulk.rows_key": Message(
        fr='la liste "{name}" est consultée avec une clé tirée de lignes répétées',
        en='the list "{name}" is consulted with a key taken from repeated rows',
        hint_fr="donnez plutôt une colonne @{name}, sans --list {name}.",
        hint_en="give a column @{name} instead, without --list {name}.",
    ),
    "bulk.rows_expression": Message(
        fr='"{value}" choisit entre des lignes répétées : cela ne se calcule pas en masse',
        en='"{value}" chooses between repeated rows: that cannot be computed in bulk',
    ),
    "bulk.rows_absent": Message(
        fr='les lignes répétées "{name}" manquent',
        en='the repeated rows "{name}" are missing',
        hint_fr="donnez un tableau de ses lignes, avec le numéro du dossier.",
        hint_en="give a frame of its rows, with the number of the dossier.",
    ),
    "bulk.out_of_bounds": Message(
        fr='"{name}" vaut {value}, hors de ses bornes ({low} à {high})',
        en='"{name}" is {value}, out of its bounds ({low} to {high})',
        hint_fr="corrigez la donnée, ou les bornes du champ (minimum, maximum).",
        hint_en="mend the data, or the bounds of the field (minimum, maximum).",
    ),
    "data.kind": Message(
        fr='"{value}" n\'est ni un fichier .parquet ni un fichier .csv',
        en='"{value}" is neither a .parquet nor a .csv file',
    ),
    "data.separator": Message(
        fr='le fichier semble séparé par "{value}"',
        en='the file seems to be separated by "{value}"',
        hint_fr='ajoutez --separator "{value}".',
        hint_en='add --separator "{value}".',
    ),
    "data.separator_form": Message(
        fr='"{value}" ne sépare pas des colonnes',
        en='"{value}" does not separate columns',
        hint_fr='donnez un seul caractère : ";", "," ou "\\t" (tabulation).',
        hint_en='give a single character: ";", "," or "\\t" (tabulation).',
    ),
    "data.name_of_answers": Message(
        fr='la colonne "{value}" porte le nom d\'une colonne des réponses',
        en='the column "{value}" bears the name of a column of the answers',
        hint_fr="renommez-la dans le fichier.",
        hint_en="rename it in the file.",
    ),
    "data.empty": Message(fr='"{value}" ne contient aucune ligne', en='"{value}" holds no line'),
    "data.unreadable": Message(
        fr='"{value}" ne se lit pas : {reason}',
        en='"{value}" cannot be read: {reason}',
        hint_fr="pour un CSV, vérifiez l'encodage (UTF-8) et --separator.",
        hint_en="for a CSV file, check its encoding (UTF-8) and --separator.",
    ),
    "data.unknown_column": Message(
        fr='colonne inconnue "{value}"',
        en='unknown column "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Une colonne sans rapport avec les règles : --ignore "{value}", ou'
        ' --keep "{value}" pour la retrouver dans les réponses.',
        hint_en='[[did you mean "{nearest}"? ]]A column the rules do not know: --ignore "{value}", or --keep "{value}"'
        " to find it beside the answers.",
    ),
    "data.column_twice": Message(
        fr='les colonnes "{value}" et "{other}" disent la même chose',
        en='the columns "{value}" and "{other}" say the same thing',
        hint_fr="gardez l'une ; --ignore écarte l'autre.",
        hint_en="keep one; --ignore leaves the other out.",
    ),
    "data.column_type": Message(
        fr='la colonne "{value}" est de type {found} ; il faut {expected_fr}',
        en='the column "{value}" is of type {found}; it takes {expected_en}',
    ),
    "data.column_of_floats": Message(
        fr='la colonne "{value}" est faite de nombres à virgule flottante ({found}), qui ne sont pas exacts',
        en='the column "{value}" is made of floating-point numbers ({found}), which are not exact',
        hint_fr="il faut {expected_fr} : faites-en une colonne décimale (Decimal) ou de texte.",
        hint_en="it takes {expected_en}: make it a decimal or a text column.",
    ),
    "data.value_refused": Message(
        fr='colonne "{column_name}" : "{value}" est refusé, il faut {expected_fr} (valeurs refusées ici : {count})',
        en='column "{column_name}": "{value}" is refused, it takes {expected_en} (values refused here: {count})',
        hint_fr="une case vide veut dire : sans réponse.",
        hint_en="an empty cell means: unanswered.",
    ),
    "data.row_refused": Message(
        fr='lignes répétées "{value}" : la colonne "{column_name}" ne se lit pas',
        en='repeated rows "{value}": the column "{column_name}" cannot be read',
    ),
    "data.unknown_list": Message(
        fr='le dispositif n\'a pas de liste "{value}"',
        en='the scheme has no list "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Les listes sont celles de `lists` du dispositif.',
        hint_en='[[did you mean "{nearest}"? ]]The lists are those of `lists` of the scheme.',
    ),
    "data.list_form": Message(
        fr='--list "{value}" ne dit pas un fichier',
        en='--list "{value}" names no file',
        hint_fr="écrivez --list liste=fichier.csv, ou --list liste@reg-53=fichier.csv pour un seul territoire.",
        hint_en="write --list name=file.csv, or --list name@reg-53=file.csv for one territory only.",
    ),
    "data.list_absent": Message(
        fr='le fichier "{file}" de la liste "{value}" n\'existe pas',
        en='the file "{file}" of the list "{value}" does not exist',
    ),
    "data.list_twice": Message(
        fr='la colonne "{value}" et --list {list} disent la même chose',
        en='the column "{value}" and --list {list} say the same thing',
        hint_fr='gardez l\'un des deux ; --ignore "{value}" écarte la colonne.',
        hint_en='keep one of the two; --ignore "{value}" leaves the column out.',
    ),
    "data.list_given_twice": Message(
        fr='deux fichiers pour la liste "{value}"',
        en='two files for the list "{value}"',
        hint_fr="réunissez-les ; une liste propre à chaque territoire s'écrit --list {value}@reg-53=fichier.csv.",
        hint_en="join them; a list of each territory's own is written --list {value}@reg-53=file.csv.",
    ),
    "data.list_of_all": Message(
        fr='la liste "{value}" est commune à tous les territoires : "{territory}" n\'a pas la sienne',
        en='the list "{value}" is common to all territories: "{territory}" has none of its own',
        hint_fr="écrivez --list {value}=fichier.csv.",
        hint_en="write --list {value}=file.csv.",
    ),
    "data.list_column_missing": Message(
        fr='la colonne "{value}" de la liste manque dans {file}',
        en='the column "{value}" of the list is missing in {file}',
        hint_fr="colonnes lues : {columns}.",
        hint_en="columns read: {columns}.",
    ),
    "data.list_row_refused": Message(
        fr='ligne de la liste refusée, colonne "{column_name}" : {reason_fr}',
        en='row of the list refused, column "{column_name}": {reason_en}',
        hint_fr="corrigez-la ou retirez-la : « lists import » mettrait cette ligne de côté.",
        hint_en="mend it or take it away: “lists import” would set this row aside.",
    ),
    "data.list_refused": Message(
        fr="{file} : {reason_fr}",
        en="{file}: {reason_en}",
    ),
    "data.unknown_territory": Message(
        fr='territoire inconnu "{value}"',
        en='unknown territory "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Un territoire s\'écrit reg-53 ou dep-74.',
        hint_en='[[did you mean "{nearest}"? ]]A territory is written reg-53 or dep-74.',
    ),
    "data.two_territories": Message(
        fr='--territory et la colonne "territory" disent deux fois le territoire',
        en='--territory and the column "territory" both say the territory',
        hint_fr="retirez l'option, ou --ignore territory.",
        hint_en="drop the option, or --ignore territory.",
    ),
    "data.two_days": Message(
        fr='la colonne "{value}" dit le jour de chaque ligne, et un jour est donné pour toutes',
        en='the column "{value}" says the day of each line, and one day is given for all',
        hint_fr="simulate : retirez --on, ou --ignore {value} ; replay : retirez la colonne.",
        hint_en="simulate: drop --on, or --ignore {value}; replay: remove the column.",
    ),
    "data.no_days": Message(
        fr='aucune ligne n\'a, dans la colonne "{value}", un jour où des règles sont en vigueur',
        en='no line has, in the column "{value}", a day on which rules are in force',
        hint_fr="une date s'écrit 2020-04-17 ; --ignore {value} juge tout le fichier au jour de --on.",
        hint_en="a date is written 2020-04-17; --ignore {value} judges the whole file on the day of --on.",
    ),
    "data.master_without_spark": Message(
        fr="--master ne va qu'avec --engine spark",
        en="--master goes with --engine spark only",
    ),
    "data.out_is_folder": Message(
        fr='"{value}" est un dossier',
        en='"{value}" is a folder',
        hint_fr="donnez à --out un nom qui n'existe pas encore ; Spark ne remplace que ses propres réponses.",
        hint_en="give --out a name that does not exist yet; Spark replaces its own answers only.",
    ),
    "data.out_is_data": Message(
        fr='"{value}" est lu par la simulation : il serait perdu',
        en='"{value}" is read by the simulation: it would be lost',
        hint_fr="donnez un autre nom à --out et à --histogram.",
        hint_en="give --out and --histogram another name.",
    ),
    "data.out_twice": Message(
        fr='"{value}" est donné à --out et à --histogram : les réponses seraient perdues',
        en='"{value}" is given to --out and to --histogram: the answers would be lost',
        hint_fr="donnez-leur deux noms.",
        hint_en="give them two names.",
    ),
    "data.master_form": Message(
        fr="\"{value}\" n'est pas l'adresse d'un cluster Spark",
        en='"{value}" is not the address of a Spark cluster',
        hint_fr="exemples : spark://machine:7077, yarn, k8s://https://machine:6443, local[4].",
        hint_en="examples: spark://machine:7077, yarn, k8s://https://machine:6443, local[4].",
    ),
    "data.master_unreachable": Message(
        fr="le cluster Spark {value} ne répond pas : {reason}",
        en="the Spark cluster {value} does not answer: {reason}",
        hint_fr="vérifiez l'adresse, et que le maître est en marche.",
        hint_en="check the address, and that the master is running.",
    ),
    "data.spark_failed": Message(
        fr="Spark n'a pas pu faire le calcul : {reason}",
        en="Spark could not do the work: {reason}",
        hint_fr="il faut Java 17 ; sur un cluster, données et réponses dans un dossier que toutes les machines voient"
        " au même chemin.",
        hint_en="Java 17 is needed; on a cluster, data and answers in a folder that every machine sees under the same"
        " path.",
    ),
    "data.no_rules_yet": Message(
        fr="aucune version des règles n'est en vigueur le {value}",
        en="no version of the rules is in force on {value}",
        hint_fr="la première est du {first}.",
        hint_en="the first is of {first}.",
    ),
}
