"""Texts about what is allowed and looks like a slip."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "code_not_held": Message(
        fr='"{value}" n\'est pas un code de la table {nomenclature}',
        en='"{value}" is no code of the table {nomenclature}',
        hint_fr="vérifiez ses chiffres ; un code disparu depuis garde l'avertissement, et les règles le prennent.",
        hint_en="look at its digits again; a code that is no more keeps the warning, and the rules take it.",
    ),
    "code_of_another": Message(
        fr='"{value}" désigne {name}, et non {written}',
        en='"{value}" is the code of {name}, and not of {written}',
        hint_fr="[[{written} porte le code {meant} : ]]corrigez le code, ou le nom écrit à côté.",
        hint_en="[[{written} bears the code {meant}: ]]mend the code, or the name written beside it.",
    ),
    "code_out_of_order": Message(
        fr='"{value}" rompt l\'ordre de la liste[[ (après "{before}")]]',
        en='"{value}" breaks the order of the list[[ (after "{before}")]]',
        hint_fr="le reste de la liste monte : vérifiez ce code, ou rangez-le à sa place.",
        hint_en="the rest of the list goes up: look at this code again, or put it in its place.",
    ),
    "code_covers_another": Message(
        fr='"{value}" prend déjà tous les codes qui commencent ainsi, dont "{other}"',
        en='"{value}" already takes every code that begins so, "{other}" among them',
        hint_fr="s'il manque un chiffre, complétez-le ; sinon effacez le plus long des deux.",
        hint_en="if a digit is missing, complete it; else remove the longer of the two.",
    ),
    "place_of_other_region": Message(
        fr='"{value}" n\'est pas de {region}, dont la liste a tous les autres départements sauf {missing}',
        en='"{value}" is not of {region}, of which the list has every other Département but {missing}',
        hint_fr="corrigez ce département, ou ajoutez celui qui manque.",
        hint_en="mend this Département, or add the one that is missing.",
    ),
    "day_like_another": Message(
        fr="{value} n'est écrit qu'ici ; {times} exemples disent {nearest}, deux chiffres échangés",
        en="{value} is written here only; {times} examples say {nearest}, two digits changed places",
        hint_fr="corrigez le jour ; s'il est voulu, dites-le dans le titre ou dans l'identifiant de l'exemple.",
        hint_en="mend the day; if it is meant, say it in the title or in the id of the example.",
    ),
    "first_day_like_another": Message(
        fr="ce paramètre commence seul le {value} ; {nearest}, deux chiffres échangés, est le premier jour d'autres",
        en="this parameter begins alone on {value}; {nearest}, two digits changed places, is where others begin",
        hint_fr='corrigez le jour ; s\'il est voulu, dites-le en lettres dans "legal:" ou dans le libellé.',
        hint_en='mend the day; if it is meant, say it in words in "legal:" or in the label.',
    ),
    "day_not_of_title": Message(
        fr="{value} n'est pas le jour que dit le titre de l'exemple : {nearest}, deux chiffres échangés",
        en="{value} is not the day that the title of the example says: {nearest}, two digits changed places",
        hint_fr="corrigez le jour, ou dites le bon dans le titre.",
        hint_en="mend the day, or say the right one in the title.",
    ),
    "name_like_another": Message(
        fr='"{value}" n\'est écrit qu\'ici, et ressemble à "{nearest}"',
        en='"{value}" is written here only, and looks like "{nearest}"',
        hint_fr="corrigez le nom ; s'il est voulu, écrivez-le aussi dans son libellé, ou dans un commentaire.",
        hint_en="mend the name; if it is meant, write it in its label too, or in a comment.",
    ),
}
