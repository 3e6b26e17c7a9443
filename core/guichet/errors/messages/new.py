"""Texts of what is begun with `guichet new`: an instance, a scheme."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "new.folder_not_empty": Message(
        fr="{folder} n'est pas vide[[ : {holds}{more}]]",
        en="{folder} is not empty[[: {holds}{more}]]",
        hint_fr="nommez un dossier absent ou vide : rien n'est jamais écrasé.",
        hint_en="name a folder that is absent or empty: nothing is ever written over.",
    ),
    "new.not_a_folder": Message(
        fr='"{path}" est un fichier',
        en='"{path}" is a file',
        hint_fr="nommez un dossier absent ou vide.",
        hint_en="name a folder that is absent or empty.",
    ),
    "new.not_with_like": Message(
        fr="{option} ne va pas avec --like",
        en="{option} does not go with --like",
        hint_fr="le dispositif repris le dit déjà : changez-le ensuite dans ses fichiers.",
        hint_en="the scheme taken over says it already: change it afterwards in its files.",
    ),
}
