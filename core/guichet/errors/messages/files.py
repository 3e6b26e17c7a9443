"""What goes wrong with the files of an instance."""

from guichet.errors.message import Message

MESSAGES = {
    "files.too_big": Message(
        fr="fichier trop gros : {most} octets au plus",
        en="file too big: {most} bytes at most",
    ),
    "files.changed": Message(
        fr="le fichier {stored_as} n'est plus celui qui avait été gardé",
        en="the file {stored_as} is no longer the one that was kept",
        hint_fr="reprenez-le d'une sauvegarde ; il ne sera ni montré ni envoyé d'ici là.",
        hint_en="take it from a backup; until then it is neither shown nor sent.",
    ),
}
