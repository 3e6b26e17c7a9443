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
    "editor.needs_extra": Message(
        fr="le serveur de langage demande une bibliothèque qui n'est pas installée",
        en="the language server needs a library that is not installed",
        hint_fr='pip install "guichet-aides[editor]"',
        hint_en='pip install "guichet-aides[editor]"',
    ),
    "rename.declared_twice": Message(
        fr='"{value}" est déclaré dans plusieurs formulaires',
        en='"{value}" is declared in several forms',
        hint_fr="renommez-le à la main dans chacun.",
        hint_en="rename it by hand in each.",
    ),
    "rename.not_here": Message(
        fr='"{value}" ne se renomme pas d\'ici',
        en='"{value}" cannot be renamed from here',
        hint_fr="on renomme un champ, une définition, un critère, un indicateur ou un paramètre du dispositif.",
        hint_en="a field, a definition, a criterion, an indicator or a parameter of the scheme can be renamed.",
    ),
    "rename.reserved": Message(
        fr='"{value}" est un mot du langage des règles',
        en='"{value}" is a word of the rule language',
        hint_fr="choisissez un autre nom.",
        hint_en="choose another name.",
    ),
    "rename.shipped": Message(
        fr='"{value}" se lit aussi dans {file}, fourni avec Guichet',
        en='"{value}" is also read in {file}, which is shipped with Guichet',
        hint_fr="recopiez ce bloc dans schemes/_blocks/ de votre installation, puis renommez.",
        hint_en="copy this block into schemes/_blocks/ of your instance, then rename.",
    ),
    "rename.taken": Message(
        fr='"{value}" est déjà un nom du dispositif',
        en='"{value}" is already a name of the scheme',
        hint_fr="choisissez un autre nom.",
        hint_en="choose another name.",
    ),
}
