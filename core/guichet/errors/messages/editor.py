"""Texts of what helps people write: schemas, the formatter, the language server."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "editor.unknown_kind": Message(
        fr='"{value}" n\'est pas un genre de fichier',
        en='"{value}" is not a kind of file',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Genres : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Kinds: {choices}.',
    ),
}
