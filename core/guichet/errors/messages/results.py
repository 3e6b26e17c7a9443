"""Texts of the answers of a simulation read again: which file, which line, whether they still hold."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "results.what": Message(
        fr="--results va avec --row ou avec --summary, et --row avec --data s'il faut l'explication entière",
        en="--results goes with --row or with --summary, and --row with --data where the whole explanation is wanted",
        hint_fr="le jour et le territoire sont ceux de la simulation : ni --on ni --territory ; les listes données à"
        " simulate se donnent de nouveau avec --data.",
        hint_en="the day and the territory are those of the simulation: neither --on nor --territory; the lists given"
        " to simulate are given again with --data.",
    ),
    "results.unreadable": Message(
        fr='"{value}" n\'est pas un fichier Parquet qui se lise',
        en='"{value}" is no Parquet file that can be read',
        hint_fr="--results prend le fichier que guichet simulate a écrit (--out).",
        hint_en="--results takes the file that guichet simulate wrote (--out).",
    ),
    "results.no_origin": Message(
        fr='"{value}" ne dit pas de quelle simulation il vient',
        en='"{value}" does not say which simulation it comes from',
        hint_fr="--results prend le fichier que guichet simulate a écrit (--out) ; celui d'une version antérieure, ou"
        " recopié par un autre outil, est à refaire.",
        hint_en="--results takes the file that guichet simulate wrote (--out); one of an earlier version, or copied by"
        " another tool, is to be made again.",
    ),
    "results.other_scheme": Message(
        fr='"{value}" contient les réponses d\'un autre dispositif, "{scheme}"',
        en='"{value}" holds the answers of another scheme, "{scheme}"',
        hint_fr="guichet explain {scheme} --results {value} …",
        hint_en="guichet explain {scheme} --results {value} …",
    ),
    "results.other_rules": Message(
        fr='les règles de "{scheme}" ne sont plus celles qui ont écrit "{value}"',
        en='the rules of "{scheme}" are no longer those that wrote "{value}"',
        hint_fr="remettez la déclaration dans l'état d'alors (git), ou simulez de nouveau : le sens des nombres a pu"
        " changer.",
        hint_en="put the declaration back as it was (git), or simulate again: the meaning of the numbers may have"
        " changed.",
    ),
    "results.columns_missing": Message(
        fr='il manque à "{value}" des colonnes de réponses : {columns}',
        en='"{value}" lacks columns of answers: {columns}',
        hint_fr="donnez le fichier entier, tel que guichet simulate l'a écrit.",
        hint_en="give the whole file, as guichet simulate wrote it.",
    ),
    "results.row_form": Message(
        fr='--row "{value}" ne désigne pas une ligne',
        en='--row "{value}" names no line',
        hint_fr="écrivez son numéro (--row 17), ou la valeur d'une colonne gardée (--row nom=Martin).",
        hint_en="write its number (--row 17), or the value of a column kept (--row name=Martin).",
    ),
    "results.row_column": Message(
        fr='les réponses n\'ont pas gardé de colonne "{value}"',
        en='the answers have kept no column "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Simulez avec --keep "{value}", ou donnez le numéro de la ligne.',
        hint_en='[[did you mean "{nearest}"? ]]Simulate with --keep "{value}", or give the number of the line.',
    ),
    "results.row_absent": Message(
        fr='aucune réponse pour "{value}" dans "{file}"',
        en='no answer for "{value}" in "{file}"',
        hint_fr="les lignes sont numérotées à partir de 1, sans l'en-tête ; une ligne sans jour lisible n'est pas"
        " jugée.",
        hint_en="lines are numbered from 1, without the header; a line without a readable day is not judged.",
    ),
    "results.row_twice": Message(
        fr='plusieurs réponses pour "{value}" dans "{file}" : lignes {lines}',
        en='several answers for "{value}" in "{file}": lines {lines}',
        hint_fr="donnez le numéro de l'une d'elles.",
        hint_en="give the number of one of them.",
    ),
    "results.row_of_cluster": Message(
        fr="le numéro {value} n'est pas une place dans les données : un cluster numérote à sa façon",
        en="the number {value} is no place in the data: a cluster numbers in its own way",
        hint_fr="désignez la ligne par une colonne gardée (--row reference=…) ; sans --data, le numéro suffit.",
        hint_en="name the line by a column kept (--row reference=…); without --data, the number will do.",
    ),
    "results.row_not_in_data": Message(
        fr='les données "{file}" n\'ont pas de ligne "{value}"',
        en='the data "{file}" has no line "{value}"',
        hint_fr="donnez à --data le fichier simulé, tel qu'il était.",
        hint_en="give --data the file that was simulated, as it was.",
    ),
    "results.lists_missing": Message(
        fr="la simulation a lu des listes qui ne sont pas données ici : {lists}",
        en="the simulation read lists that are not given here: {lists}",
        hint_fr="ajoutez --list {value}=FICHIER, comme pour simulate.",
        hint_en="add --list {value}=FILE, as for simulate.",
    ),
    "results.row_differs": Message(
        fr='la ligne {value} de "{file}" ne donne pas la réponse écrite : {what} vaut {found} au lieu de {expected}',
        en='line {value} of "{file}" does not give the answer written: {what} is {found} instead of {expected}',
        hint_fr="les données ou les listes ne sont plus celles de la simulation ; donnez celles d'alors, ou simulez de"
        " nouveau.",
        hint_en="the data or the lists are no longer those of the simulation; give those of then, or simulate again.",
    ),
}
