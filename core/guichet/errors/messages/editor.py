"""Texts of what helps people write: schemas, the formatter, the language server."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "editor.unknown_kind": Message(
        fr='"{value}" n\'est pas un genre de fichier',
        en='"{value}" is not a kind of file',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Genres : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Kinds: {choices}.',
    ),
    "fmt.whole_scheme": Message(
        fr="un dispositif change de langue en entier : {file} resterait dans l'autre",
        en="a scheme changes its language as a whole: {file} would stay in the other one",
        hint_fr="nommez son dossier : guichet fmt {folder} --language …",
        hint_en="name its folder: guichet fmt {folder} --language …",
    ),
    "fmt.would_change": Message(
        fr="{file} est laissé tel quel : mis en forme, il ne dirait plus la même chose",
        en="{file} is left alone: laid out, it would no longer say the same",
        hint_fr="écrivez plus simplement ce qui est entre guillemets ou sur plusieurs lignes, et dites-le-nous.",
        hint_en="write what stands between quotes or over several lines more simply, and tell us.",
    ),
}
