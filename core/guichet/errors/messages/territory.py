"""Texts about territories: their ids, their files, what an instance lays over them."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "territory.bare_code": Message(
        fr="\"{value}\" ne dit pas s'il s'agit d'une Région ou d'un Département",
        en='"{value}" does not say whether a Région or a Département is meant',
        hint_fr="écrivez l'identifiant entier : {candidates}.",
        hint_en="write the whole id: {candidates}.",
    ),
    "territory.unknown": Message(
        fr='territoire inconnu "{value}"',
        en='unknown territory "{value}"',
        hint_fr="[[vouliez-vous dire {nearest} ? ]]Un identifiant s'écrit reg-53 ou dep-74.",
        hint_en="[[did you mean {nearest}? ]]An id is written reg-53 or dep-74.",
    ),
    "territory.folder": Message(
        fr="\"{value}\" n'est pas le nom d'un dossier de territoire",
        en='"{value}" is not the name of a territory\'s folder',
        hint_fr="écrivez reg-53-bretagne, dep-74-haute-savoie ou col-corse ; un nom commençant par _ est ignoré.",
        hint_en="write reg-53-bretagne, dep-74-haute-savoie or col-corse; a name that starts with _ is left out.",
    ),
    "territory.two_folders": Message(
        fr="deux dossiers pour {id} : {first} et {second}",
        en="two folders for {id}: {first} and {second}",
        hint_fr="n'en gardez qu'un.",
        hint_en="keep one of them.",
    ),
    "territory.other_id": Message(
        fr='le dossier est celui de {id}, le fichier dit "{value}"',
        en='the folder is that of {id}, the file says "{value}"',
        hint_fr="écrivez id: {id}, ou renommez le dossier.",
        hint_en="write id: {id}, or rename the folder.",
    ),
    "territory.unknown_tribunal": Message(
        fr='tribunal inconnu "{value}"',
        en='unknown court "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Les tribunaux sont dans _tribunals.yaml.',
        hint_en='[[did you mean "{nearest}"? ]]Courts stand in _tribunals.yaml.',
    ),
    "territory.commune_of_other": Message(
        fr="la commune {value} n'est pas de {id}",
        en="the municipality {value} does not lie in {id}",
        hint_fr="un code Insee commence par celui de son département : vérifiez ses chiffres.",
        hint_en="an Insee code begins with that of its département: look at its digits again.",
    ),
    "territory.commune_out_of_order": Message(
        fr='"{value}" rompt l\'ordre de la liste[[ (après "{before}")]]',
        en='"{value}" breaks the order of the list[[ (after "{before}")]]',
        hint_fr="le reste de la liste monte : vérifiez ce code, ou rangez-le à sa place.",
        hint_en="the rest of the list goes up: look at this code again, or put it in its place.",
    ),
    "territory.day_like_another": Message(
        fr="{value} et {nearest} (ligne {line}) ne diffèrent que par deux chiffres échangés",
        en="{value} and {nearest} (line {line}) differ by two digits exchanged only",
        hint_fr="corrigez l'un des deux jours ; s'ils sont vrais, dites le premier dans \"legal:\", en lettres.",
        hint_en='mend one of the two days; if both are true, say the first in "legal:", in words.',
    ),
    "territory.region_of_region": Message(
        fr="{id} est une Région : elle n'est dans aucune autre",
        en="{id} is a Région: it lies in no other",
        hint_fr="enlevez la clé region.",
        hint_en="remove the key region.",
    ),
    "territory.colour": Message(
        fr='"{text}" n\'est pas une couleur',
        en='"{text}" is not a colour',
        hint_fr='écrivez # et six chiffres hexadécimaux, entre guillemets : "#1f4e79".',
        hint_en='write # and six hexadecimal digits, in quotes: "#1f4e79".',
    ),
    "territory.colours": Message(
        fr="une marque a de deux à quatre couleurs, celle-ci en a {count}",
        en="a brand has two to four colours, this one has {count}",
        hint_fr="la première mène (boutons, liens), les autres décorent.",
        hint_en="the first leads (buttons, links), the others decorate.",
    ),
    "territory.initials": Message(
        fr='"{text}" ne tient pas dans le logo',
        en='"{text}" does not fit in the logo',
        hint_fr="donnez de une à cinq lettres.",
        hint_en="give one to five letters.",
    ),
    "territory.time_zone": Message(
        fr='fuseau horaire inconnu "{text}"',
        en='unknown time zone "{text}"',
        hint_fr="écrivez un nom de la base IANA : Europe/Paris, Indian/Reunion, America/Martinique.",
        hint_en="write a name of the IANA database: Europe/Paris, Indian/Reunion, America/Martinique.",
    ),
    "territory.email": Message(
        fr='"{text}" n\'est pas une adresse électronique',
        en='"{text}" is not an e-mail address',
        hint_fr="écrivez une adresse comme aides@exemple.fr, ou « à compléter ».",
        hint_en="write an address such as aides@exemple.fr, or “à compléter”.",
    ),
    "territory.form_without_name": Message(
        fr='"{value}" ne contient pas le nom du territoire, "{name}"',
        en='"{value}" does not hold the name of the territory, "{name}"',
        hint_fr="écrivez le nom tel quel, avec ce que la phrase demande devant : la Bretagne,"
        " de la Bretagne, en Bretagne.",
        hint_en="write the name as it is, with what the sentence asks before it: la Bretagne, de la Bretagne.",
    ),
}
