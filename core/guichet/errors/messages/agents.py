"""Texts about the file of agents."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "agents.encoding": Message(
        fr="le fichier n'est ni en UTF-8 ni en Windows-1252",
        en="the file is neither UTF-8 nor Windows-1252",
        hint_fr="enregistrez-le comme CSV UTF-8.",
        hint_en="save it as CSV UTF-8.",
    ),
    "agents.quoting": Message(
        fr="les guillemets de cette ligne ne se ferment pas",
        en="the quotes of this line do not close",
        hint_fr='un guillemet dans une cellule se double : "".',
        hint_en='a quote inside a cell is doubled: "".',
    ),
    "agents.unknown_column": Message(
        fr='colonne inconnue "{value}"',
        en='unknown column "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Colonnes : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Columns: {choices}.',
    ),
    "agents.missing_column": Message(
        fr="il manque des colonnes : {columns}",
        en="columns are missing: {columns}",
        hint_fr="la première ligne nomme les colonnes, par exemple email;name;role;organisation;body;territory.",
        hint_en="the first line names the columns, for instance email;name;role;organisation;body;territory.",
    ),
    "agents.twice": Message(
        fr='la colonne "{column}" est là deux fois',
        en='the column "{column}" is there twice',
        hint_fr="n'en gardez qu'une.",
        hint_en="keep one of them.",
    ),
    "agents.empty": Message(
        fr="il manque : {columns}",
        en="missing: {columns}",
        hint_fr="seuls scheme et ends_on peuvent rester vides.",
        hint_en="only scheme and ends_on may stay empty.",
    ),
    "agents.too_long": Message(
        fr="trop long : {columns}",
        en="too long: {columns}",
        hint_fr="{most} caractères au plus.",
        hint_en="at most {most} characters.",
    ),
    "agents.bad_address": Message(
        fr='"{text}" n\'est pas une adresse électronique',
        en='"{text}" is not an e-mail address',
        hint_fr="écrivez prenom.nom@exemple.fr.",
        hint_en="write first.last@example.com.",
    ),
    "agents.unknown_role": Message(
        fr='rôle inconnu "{value}"',
        en='unknown role "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Rôles : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Roles: {choices}.',
    ),
    "agents.unknown_scheme": Message(
        fr='"{value}" n\'est ni publié ni déclaré pour {territory}',
        en='"{value}" is neither published nor declared for {territory}',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Publiés : {choices}. ]]Écrivez le nom de son dossier.',
        hint_en='[[did you mean "{nearest}"? ]][[Published: {choices}. ]]Write the name of its folder.',
    ),
    "agents.unknown_body": Message(
        fr="aucun dispositif de ce territoire n'a d'instance \"{value}\"",
        en='no scheme of this territory has a body "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Instances : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Bodies: {choices}.',
    ),
    "agents.unknown_agent": Message(
        fr="aucun agent n'a l'adresse \"{value}\"",
        en='no agent has the address "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ?]]',
        hint_en='[[did you mean "{nearest}"?]]',
    ),
    "agents.not_held": Message(
        fr="{value} n'est pas {role} pour {territory}[[ et {scheme}]]",
        en="{value} is not {role} for {territory}[[ and {scheme}]]",
        hint_fr="[[Habilitations : {choices}.]]",
        hint_en="[[Assignments: {choices}.]]",
    ),
    "agents.file_exists": Message(
        fr='"{path}" existe déjà',
        en='"{path}" already exists',
        hint_fr="donnez un autre nom : ce fichier contient peut-être des mots de passe à remettre.",
        hint_en="give another name: this file may hold passwords to hand over.",
    ),
}
