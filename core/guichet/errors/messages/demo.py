"""Texts about demonstrations: the recipe of a scheme, the folders they are played in."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "demo.no_recipe": Message(
        fr='le dispositif "{scheme}" n\'a pas de recette de démonstration',
        en='the scheme "{scheme}" has no recipe for a demonstration',
        hint_fr="écrivez son demo.yaml.[[ Dispositifs qui en ont un : {choices}.]]",
        hint_en="write its demo.yaml.[[ Schemes that have one: {choices}.]]",
    ),
    "demo.no_recipe_at_all": Message(
        fr="aucun dispositif n'a de recette de démonstration",
        en="no scheme has a recipe for a demonstration",
        hint_fr="écrivez un demo.yaml dans le dossier d'un dispositif.",
        hint_en="write a demo.yaml in the folder of a scheme.",
    ),
    "demo.key_not_of_distribution": Message(
        fr='la distribution "{distribution}" ne prend pas la clé "{value}"',
        en='the distribution "{distribution}" does not take the key "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Clés : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Keys: {choices}.',
    ),
    "demo.distribution_needs": Message(
        fr='la distribution "{distribution}" a besoin de la clé "{key}"',
        en='the distribution "{distribution}" needs the key "{key}"',
        hint_fr='ajoutez "{key}:".',
        hint_en='add "{key}:".',
    ),
    "demo.not_in_rows": Message(
        fr='la colonne "{column}" ne se tire pas par "{value}"',
        en='the column "{column}" cannot be drawn by "{value}"',
        hint_fr="une ligne de démonstration ne porte ni fichier, ni lignes, ni choix multiple.",
        hint_en="a row of a demonstration holds no file, no rows and no multiple choice.",
    ),
    "demo.bounds_reversed": Message(
        fr='"{low}" est plus grand que "{high}"',
        en='"{low}" is greater than "{high}"',
        hint_fr="échangez-les.",
        hint_en="swap them.",
    ),
    "demo.share_out_of_bounds": Message(
        fr="une part de {value} % ne convient pas ici",
        en="a share of {value} % will not do here",
        hint_fr="donnez de 0 % à moins de 100 %.",
        hint_en="give 0 % to less than 100 %.",
    ),
    "demo.reads_nothing_drawn": Message(
        fr='"{value}" n\'est tiré nulle part',
        en='"{value}" is drawn nowhere',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Ajoutez-le aux champs.',
        hint_en='[[did you mean "{nearest}"? ]]Add it to the fields.',
    ),
    "demo.draws_in_a_ring": Message(
        fr='"{field}" dépend de lui-même',
        en='"{field}" depends on itself',
        hint_fr="donnez à l'un des champs une valeur qui ne dépend pas des autres.",
        hint_en="give one of the fields a value that does not depend on the others.",
    ),
    "demo.folder_not_empty": Message(
        fr='le dossier "{folder}" contient autre chose qu\'une démonstration',
        en='the folder "{folder}" holds something else than a demonstration',
        hint_fr="donnez un dossier vide ou nouveau : rien n'a été touché.",
        hint_en="give an empty or new folder: nothing was touched.",
    ),
    "demo.list_too_short": Message(
        fr="une liste de {rows} lignes ne suffit pas",
        en="a list of {rows} rows is not enough",
        hint_fr="donnez au moins --beneficiaries {least}.",
        hint_en="give at least --beneficiaries {least}.",
    ),
    "demo.other_scheme": Message(
        fr='le dossier "{folder}" est une démonstration de "{scheme}"',
        en='the folder "{folder}" is a demonstration of "{scheme}"',
        hint_fr="donnez un autre dossier avec --folder, ou supprimez celui-là.",
        hint_en="give another folder with --folder, or delete this one.",
    ),
    "demo.headless_only": Message(
        fr="{option} ne va qu'avec --headless",
        en="{option} goes with --headless only",
        hint_fr="ajoutez --headless, ou enlevez {option}.",
        hint_en="add --headless, or remove {option}.",
    ),
    "demo.not_headless": Message(
        fr="{option} ne change rien avec --headless",
        en="{option} changes nothing with --headless",
        hint_fr="enlevez {option} ; le dossier d'une histoire sans écran est celui de --out.",
        hint_en="remove {option}; the folder of a story without a screen is that of --out.",
    ),
    "demo.not_of_recipe": Message(
        fr="la démonstration de {scheme} ne se joue pas dans {territory}",
        en="the demonstration of {scheme} is not played in {territory}",
        hint_fr="--territory prend un de ceux-ci : {choices}.",
        hint_en="--territory takes one of these: {choices}.",
    ),
    "demo.not_prepared": Message(
        fr='le dossier "{folder}" ne contient pas de démonstration',
        en='the folder "{folder}" holds no demonstration',
        hint_fr="préparez-la : guichet demo.",
        hint_en="prepare it: guichet demo.",
    ),
    "demo.database_not_empty": Message(
        fr="cette base de données n'est pas vide",
        en="this database is not empty",
        hint_fr="donnez une base vide avec --database, ou enlevez l'option : rien n'a été touché.",
        hint_en="give an empty database with --database, or leave the option out: nothing was touched.",
    ),
    "demo.not_played": Message(
        fr='aucune démonstration sans écran n\'a été jouée dans "{folder}"',
        en='no demonstration without a screen was played in "{folder}"',
        hint_fr="jouez-la d'abord, sans --recount.",
        hint_en="play it first, without --recount.",
    ),
    "demo.closed_day": Message(
        fr="le {day}, personne ne peut déposer : le dispositif est ouvert du {opens} au {closes}",
        en="on {day} nobody can file: the scheme is open from {opens} to {closes}",
        hint_fr='donnez à "business_day:" un jour où le dispositif est ouvert.',
        hint_en='give "business_day:" a day on which the scheme is open.',
    ),
    "demo.no_stand_in": Message(
        fr="l'extension {plugin} ne sait pas tenir la liste {list} dans une doublure",
        en="the plugin {plugin} cannot hold the list {list} in a stand-in",
        hint_fr="sous fetched, nommez une source de listes qui prend ses lignes auprès d'un service.",
        hint_en="under fetched, name a list source that takes its rows from a service.",
    ),
}
