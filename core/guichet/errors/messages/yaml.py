"""YAML's own errors in our words: for most consultants these are the first ten minutes."""

from __future__ import annotations

from guichet.errors.message import Message

_QUOTES_FR = "mettez le texte entre guillemets :  {mended}"
_QUOTES_EN = "put the text between quotes:  {mended}"
_WRITE_FR = "écrivez :  {mended}"
_WRITE_EN = "write:  {mended}"
_BRACKETS_FR = "[[mettez ce texte entre guillemets :  {mended}  ou ]]écrivez une ligne par clé, sans accolades."
_BRACKETS_EN = "[[put this text between quotes:  {mended}  or ]]write one line per key, without braces."

_FILE: dict[str, Message] = {
    "yaml.no_such_file": Message(
        fr="le fichier n'existe pas",
        en="the file does not exist",
        hint_fr="vérifiez le nom, les majuscules et le dossier.",
        hint_en="check the name, its capitals and the folder.",
    ),
    "yaml.unreadable": Message(
        fr="le fichier ne peut pas être ouvert ({reason})",
        en="the file cannot be opened ({reason})",
        hint_fr="vérifiez que c'est bien un fichier et que vous avez le droit de le lire.",
        hint_en="check that it is a file and that you may read it.",
    ),
    "yaml.too_large": Message(
        fr="le fichier fait {size} octets, plus que les {max} permis",
        en="the file has {size} bytes, more than the {max} allowed",
        hint_fr="une déclaration tient en quelques pages ; les grandes listes se mettent dans un fichier CSV.",
        hint_en="a declaration is a few pages long; large lists belong in a CSV file.",
    ),
    "yaml.utf16": Message(
        fr="le fichier est en UTF-16, pas en UTF-8",
        en="the file is in UTF-16, not in UTF-8",
        hint_fr="enregistrez-le de nouveau en choisissant l'encodage UTF-8.",
        hint_en="save it again and choose the UTF-8 encoding.",
    ),
    "yaml.not_utf8": Message(
        fr="le fichier n'est pas en UTF-8 : octet {byte} à la place {offset}",
        en="the file is not in UTF-8: byte {byte} at place {offset}",
        hint_fr="il est sans doute en Windows-1252 : enregistrez-le de nouveau en choisissant l'encodage UTF-8.",
        hint_en="it is probably in Windows-1252: save it again and choose the UTF-8 encoding.",
    ),
    "yaml.control_character": Message(
        fr="caractère de contrôle {character}, qui ne peut pas figurer dans un texte",
        en="control character {character}, which has no place in a text",
        hint_fr="effacez-le ; il vient souvent d'un copier-coller.",
        hint_en="delete it; it often comes from a copy and paste.",
    ),
    "yaml.invisible_character": Message(
        fr="caractère invisible {character}",
        en="invisible character {character}",
        hint_fr="effacez-le, ou retapez la ligne ; il vient souvent d'un copier-coller.",
        hint_en="delete it, or type the line again; it often comes from a copy and paste.",
    ),
    "yaml.empty_file": Message(
        fr="le fichier ne contient aucune déclaration",
        en="the file holds no declaration",
        hint_fr="commencez par :  format: 1",
        hint_en="start with:  format: 1",
    ),
    "yaml.not_a_mapping": Message(
        fr="le fichier contient un texte, pas des lignes « clé: valeur »",
        en='the file holds a text, not "key: value" lines',
        hint_fr="commencez par :  format: 1",
        hint_en="start with:  format: 1",
    ),
    "yaml.many_documents": Message(
        fr="un document finit ou recommence ici ; un fichier n'en contient qu'un",
        en="a document ends or starts again here; a file holds only one",
        hint_fr="effacez cette ligne, ou faites deux fichiers.",
        hint_en="delete this line, or make two files.",
    ),
    "yaml.directive": Message(
        fr="les directives YAML (lignes qui commencent par « % ») ne sont pas admises",
        en='YAML directives (lines that start with "%") are not accepted',
        hint_fr="effacez cette ligne.",
        hint_en="delete this line.",
    ),
    "yaml.too_deep": Message(
        fr="plus de {max} niveaux imbriqués",
        en="more than {max} nested levels",
        hint_fr="vérifiez les crochets, les accolades et l'indentation autour de cette ligne.",
        hint_en="check brackets, braces and indentation around this line.",
    ),
    "yaml.too_many_nodes": Message(
        fr="plus de {max} clés et valeurs dans un fichier",
        en="more than {max} keys and values in a file",
        hint_fr="les grandes listes se mettent dans un fichier CSV.",
        hint_en="large lists belong in a CSV file.",
    ),
    "yaml.too_long_text": Message(
        fr="un texte de plus de {max} caractères",
        en="a text of more than {max} characters",
        hint_fr="mettez les longs textes dans un fichier du dossier texts/.",
        hint_en="put long texts in a file of the texts/ folder.",
    ),
}

_SPACES: dict[str, Message] = {
    "yaml.tab": Message(
        fr="tabulation ; YAML n'accepte que des espaces",
        en="tab character; YAML accepts spaces only",
        hint_fr="remplacez-la par des espaces, deux par niveau.",
        hint_en="replace it by spaces, two a level.",
    ),
    "yaml.no_break_space": Message(
        fr="espace insécable à une place où YAML attend une espace ordinaire",
        en="no-break space where YAML wants an ordinary one",
        hint_fr="tapez des espaces ordinaires :  {mended}",
        hint_en="type ordinary spaces:  {mended}",
    ),
    "yaml.indentation": Message(
        fr="indentation qui ne correspond à aucun niveau au-dessus",
        en="indentation that matches no level above",
        hint_fr="les lignes d'un même niveau commencent à la même colonne[[, ici sans doute la colonne {column}]]"
        "[[, comme la ligne {line}]].",
        hint_en="lines of one level start at the same column[[, here probably column {column}]][[, like line {line}]].",
    ),
    "yaml.nested_under_text": Message(
        fr="cette ligne est indentée sous « {key} »[[ (ligne {line})]], qui a déjà une valeur",
        en='this line is indented under "{key}"[[ (line {line})]], which already has a value',
        hint_fr="commencez-la à la colonne {column}, comme « {key} », ou retirez la valeur de « {key} ».",
        hint_en='start it at column {column}, like "{key}", or remove the value of "{key}".',
    ),
    "yaml.item_under_text": Message(
        fr="élément de liste en retrait d'un texte : YAML y voit la suite du texte de la ligne {line}",
        en="list item indented under a text: YAML takes it for the rest of the text of line {line}",
        hint_fr="alignez les tirets d'une même liste ; si la ligne {line} est une clé, rien ne suit ses deux-points.",
        hint_en="align the dashes of one list; if line {line} is a key, nothing follows its colon.",
    ),
    "yaml.smart_quotes": Message(
        fr="guillemets typographiques autour d'un texte ; YAML ne les comprend pas",
        en="typographic quotes around a text; YAML does not understand them",
        hint_fr="tapez des guillemets droits, ou aucun :  {mended}",
        hint_en="type straight quotes, or none:  {mended}",
    ),
}

_KEYS: dict[str, Message] = {
    "yaml.missing_space": Message(
        fr="il manque une espace après les deux-points",
        en="a space is missing after the colon",
        hint_fr=_WRITE_FR,
        hint_en=_WRITE_EN,
    ),
    "yaml.missing_colon": Message(
        fr="ligne sans deux-points : « clé: valeur » attendu",
        en='line without a colon: "key: value" expected',
        hint_fr="[[écrivez :  {mended}  ]](ou, si cette ligne continue un texte, indentez-la davantage)",
        hint_en="[[write:  {mended}  ]](or, if this line continues a text, indent it more)",
    ),
    "yaml.duplicate_key": Message(
        fr="la clé « {key} » est déjà à la place {first}",
        en='the key "{key}" already stands at {first}',
        hint_fr="gardez une seule des deux ; YAML perdrait l'autre sans rien dire.",
        hint_en="keep one of the two; YAML would lose the other without a word.",
    ),
    "yaml.empty_key": Message(
        fr="deux-points sans clé devant",
        en="colon without a key before it",
        hint_fr="écrivez le nom de la clé, ou mettez le texte entre guillemets.",
        hint_en="write the name of the key, or put the text between quotes.",
    ),
    "yaml.complex_key": Message(
        fr="une clé est un mot simple, pas une liste ni un bloc",
        en="a key is a plain word, not a list or a block",
        hint_fr="si c'est un texte, mettez-le entre guillemets[[ :  {mended}]]",
        hint_en="if this is a text, put it between quotes[[:  {mended}]]",
    ),
    "yaml.merge_key": Message(
        fr="la clé « << » (fusion) n'est pas admise",
        en='the key "<<" (merge) is not accepted',
        hint_fr="répétez les clés, ou faites un bloc partagé et écrivez « use: ».",
        hint_en='repeat the keys, or make a shared block and write "use:".',
    ),
}

_VALUES: dict[str, Message] = {
    "yaml.empty_value": Message(
        fr="rien après « {key}: »",
        en='nothing after "{key}:"',
        hint_fr="écrivez la valeur, indentez de deux espaces ce qui en dépend, ou effacez la ligne.",
        hint_en="write the value, indent by two spaces what belongs to it, or delete the line.",
    ),
    "yaml.empty_item": Message(
        fr="rien après le tiret",
        en="nothing after the dash",
        hint_fr="écrivez l'élément de la liste, ou effacez le tiret.",
        hint_en="write the item of the list, or delete the dash.",
    ),
    "yaml.hash_at_start": Message(
        fr="après une espace, « # » commence un commentaire : « {key} » reste sans valeur",
        en='after a space, "#" starts a comment: "{key}" is left without value',
        hint_fr=_QUOTES_FR,
        hint_en=_QUOTES_EN,
    ),
    "yaml.cut_by_hash": Message(
        fr="la fin « {lost} » est perdue : après une espace, « # » commence un commentaire",
        en='the end "{lost}" is lost: after a space, "#" starts a comment',
        hint_fr="si c'est du texte :  {mended}  ; si c'est un commentaire, deux espaces devant :  {comment}",
        hint_en="if it is text:  {mended}  ; if it is a comment, two spaces before it:  {comment}",
    ),
    "yaml.anchor": Message(
        fr="un texte ne commence pas par « & » (ancre YAML, non admise)",
        en='a text cannot start with "&" (a YAML anchor, not accepted)',
        hint_fr="si c'est du texte :  {mended}  ; pour partager des clés, faites un bloc et écrivez « use: ».",
        hint_en='if it is text:  {mended}  ; to share keys, make a block and write "use:".',
    ),
    "yaml.alias": Message(
        fr="un texte ne commence pas par « * » (renvoi YAML, non admis)",
        en='a text cannot start with "*" (a YAML alias, not accepted)',
        hint_fr="si c'est du texte :  {mended}  ; pour partager des clés, faites un bloc et écrivez « use: ».",
        hint_en='if it is text:  {mended}  ; to share keys, make a block and write "use:".',
    ),
    "yaml.special_start": Message(
        fr="un texte ne commence pas par « {sign} », que YAML garde pour lui",
        en='a text cannot start with "{sign}", which YAML keeps for itself',
        hint_fr=_QUOTES_FR,
        hint_en=_QUOTES_EN,
    ),
    "yaml.block_sign": Message(
        fr="« {sign} » au début d'une valeur annonce un texte sur les lignes suivantes, pas une comparaison",
        en='"{sign}" at the start of a value announces a text on the next lines, not a comparison',
        hint_fr="une comparaison dit d'abord ce qu'elle compare : effectif {sign} 3. Pour un texte, des guillemets : "
        " {mended}",
        hint_en="a comparison first says what it compares: staff {sign} 3. For a text, quotes:  {mended}",
    ),
    "yaml.empty_block": Message(
        fr="« {sign} » annonce un texte sur les lignes suivantes, et il n'y en a pas",
        en='"{sign}" announces a text on the next lines, and there is none',
        hint_fr="écrivez le texte dessous, indenté de deux espaces ; ou, si c'est une valeur :  {mended}",
        hint_en="write the text below, indented by two spaces; or, if it is a value:  {mended}",
    ),
    "yaml.dash_in_value": Message(
        fr="« - » suivi d'une espace commence une liste, qui ne tient pas sur la ligne de sa clé",
        en='"-" and a space start a list, which cannot stand on the line of its key',
        hint_fr="si c'est du texte ou un calcul :  {mended}  ; une liste commence à la ligne suivante.",
        hint_en="if it is a text or a calculation:  {mended}  ; a list starts on the next line.",
    ),
    "yaml.colon_in_value": Message(
        fr="des deux-points suivis d'une espace dans un texte : YAML y voit une seconde clé",
        en="a colon and a space inside a text: YAML takes it for a second key",
        hint_fr=_QUOTES_FR,
        hint_en=_QUOTES_EN,
    ),
    "yaml.colon_in_long_text": Message(
        fr="des deux-points suivis d'une espace dans la suite [[du texte de la ligne {line}]] : YAML y voit une clé",
        en="a colon and a space in the rest of [[the text of line {line}]]: YAML takes it for a key",
        hint_fr="si c'est du texte, écrivez « {key}: | » puis tout le texte dessous, indenté de deux espaces ; "
        "si c'est une clé, alignez-la sur « {key} ».",
        hint_en='if it is text, write "{key}: |" and the whole text below it, indented by two spaces; '
        'if it is a key, align it with "{key}".',
    ),
    "yaml.syntax": Message(
        fr="YAML ne comprend pas cette ligne",
        en="YAML does not understand this line",
        hint_fr="vérifiez l'indentation, les guillemets et les deux-points de cette ligne et de celle qui la précède.",
        hint_en="check indentation, quotes and colons of this line and of the one before.",
    ),
}

_QUOTES: dict[str, Message] = {
    "yaml.quote_inside": Message(
        fr="le signe {quote} au milieu du texte ferme le texte commencé par {quote}",
        en="the {quote} inside the text closes the text that {quote} opened",
        hint_fr=_WRITE_FR,
        hint_en=_WRITE_EN,
    ),
    "yaml.text_after_quote": Message(
        fr="du texte après le guillemet fermant : {lost}",
        en="text after the closing quote: {lost}",
        hint_fr="mettez entre guillemets toute la valeur :  {mended}",
        hint_en="put the whole value between quotes:  {mended}",
    ),
    "yaml.quote_not_closed": Message(
        fr="le guillemet {quote} n'est pas refermé",
        en="the quote {quote} is not closed",
        hint_fr=_WRITE_FR,
        hint_en=_WRITE_EN,
    ),
    "yaml.quote_not_opened": Message(
        fr="ce guillemet finit un texte qu'aucun guillemet n'ouvre",
        en="this quote ends a text that no quote opens",
        hint_fr="ouvrez-le :  {mended}  ; ou, si le signe est voulu :  {meant}",
        hint_en="open it:  {mended}  ; or, if the sign is meant:  {meant}",
    ),
    "yaml.escape": Message(
        fr="« {escape} » n'a pas de sens entre guillemets doubles",
        en='"{escape}" means nothing between double quotes',
        hint_fr="entre apostrophes, la barre oblique inverse est un signe comme un autre :  {mended}",
        hint_en="between single quotes a backslash is an ordinary sign:  {mended}",
    ),
}

_FLOW: dict[str, Message] = {
    "yaml.braces_as_text": Message(
        fr="une valeur qui commence par « {{ » est un bloc de clés, et « {name} » n'y a pas de valeur",
        en='a value that starts with "{{" is a block of keys, and "{name}" has no value in it',
        hint_fr="si c'est un texte à trous, mettez-le entre guillemets :  {mended}",
        hint_en="if it is a text with a name to fill in, put it between quotes:  {mended}",
    ),
    "yaml.comma_in_braces": Message(
        fr="entre {{ }}, une virgule sépare deux clés, et « {text} » n'a pas de valeur",
        en='between {{ }} a comma separates two keys, and "{text}" has no value',
        hint_fr="mettez entre guillemets le texte qui contient la virgule :  {mended}",
        hint_en="quote the text that holds the comma:  {mended}",
    ),
    "yaml.sign_in_braces": Message(
        fr="entre {{ }} ou [ ], un texte ne contient pas « {sign} »",
        en='between {{ }} or [ ] a text cannot hold "{sign}"',
        hint_fr=_BRACKETS_FR,
        hint_en=_BRACKETS_EN,
    ),
    "yaml.bracket_not_closed": Message(
        fr="« {sign} » n'est pas refermé",
        en='"{sign}" is not closed',
        hint_fr=_WRITE_FR,
        hint_en=_WRITE_EN,
    ),
    "yaml.bracket_extra": Message(
        fr="« {sign} » ne referme rien",
        en='"{sign}" closes nothing',
        hint_fr=_WRITE_FR,
        hint_en=_WRITE_EN,
    ),
    "yaml.text_after_bracket": Message(
        fr="du texte après « {sign} » : {lost}",
        en='text after "{sign}": {lost}',
        hint_fr="si toute la valeur est un texte, mettez-la entre guillemets :  {mended}",
        hint_en="if the whole value is a text, put it between quotes:  {mended}",
    ),
}

MESSAGES: dict[str, Message] = {**_FILE, **_SPACES, **_KEYS, **_VALUES, **_QUOTES, **_FLOW}
