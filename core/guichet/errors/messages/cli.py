"""Texts of the command line: what was typed, and what the environment says."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "cli.diff_side": Message(
        fr='"{value}" n\'est ni un dispositif, ni un fichier ou dossier, ni une révision git',
        en='"{value}" is no scheme, file or folder, nor a git revision',
        hint_fr="écrivez un identifiant, un chemin, identifiant@2020-04-17 ou révision:chemin."
        "[[ Vouliez-vous dire « {nearest} » ?]]",
        hint_en="write an id, a path, id@2020-04-17 or revision:path.[[ Did you mean “{nearest}”?]]",
    ),
    "cli.diff_git": Message(
        fr='git n\'a pas donné "{value}" : {reason}',
        en='git did not give "{value}": {reason}',
        hint_fr="le chemin part du dossier courant ; git log montre les révisions.",
        hint_en="the path starts from the current folder; git log shows the revisions.",
    ),
    "cli.diff_no_id": Message(
        fr="{path} ne dit pas son identifiant",
        en="{path} does not say its id",
        hint_fr="un dispositif commence par une ligne « id: … ».",
        hint_en="a scheme has a line “id: …”.",
    ),
    "cli.replay_out": Message(
        fr="{path} existe déjà",
        en="{path} already exists",
        hint_fr="nommez un dossier qui n'existe pas : rien n'est écrasé.",
        hint_en="name a folder that does not exist: nothing is overwritten.",
    ),
    "cli.replay_reference": Message(
        fr='"@reference" et "@territory" sont des textes, non "{value}"',
        en='"@reference" and "@territory" are texts, not "{value}"',
    ),
    "cli.suggest_file": Message(
        fr="rien n'a été ajouté à {path} : après sa dernière ligne, les exemples ne se liraient pas",
        en="nothing was added to {path}: after its last line, the examples would not be read",
        hint_fr="« examples: » doit être la dernière clé du fichier, ses exemples sur plusieurs lignes. Sans --write,"
        " guichet examples suggest les écrit sur la sortie.",
        hint_en="“examples:” must be the last key of the file, its examples over several lines. Without --write,"
        " guichet examples suggest writes them to the output.",
    ),
    "cli.disk_full": Message(
        fr="plus de place sur le disque[[ pour {path}]]",
        en="no space left on the disk[[ for {path}]]",
        hint_fr="libérez de la place, puis retapez la commande : ce qui était fini est gardé.",
        hint_en="make room, then type the command again: what was done is kept.",
    ),
    "cli.not_allowed": Message(
        fr="l'accès[[ à {path}]] est refusé : {reason}",
        en="access[[ to {path}]] is refused: {reason}",
        hint_fr="donnez-vous ce droit, ou désignez un autre endroit ; ce qui était fini est gardé.",
        hint_en="give yourself that right, or name another place; what was done is kept.",
    ),
    "cli.system": Message(
        fr="la machine refuse[[ {path}]] : {reason}",
        en="the machine refuses[[ {path}]]: {reason}",
        hint_fr="corrigez-le, puis retapez la commande : ce qui était fini est gardé.",
        hint_en="mend it, then type the command again: what was done is kept.",
    ),
    "cli.explain_what": Message(
        fr="rien à expliquer",
        en="nothing to explain",
        hint_fr="donnez un dispositif avec --case FICHIER, --cases FICHIER, --example EXEMPLE ou --results FICHIER,"
        " ou bien --dossier RÉFÉRENCE seul.",
        hint_en="give a scheme with --case FILE, --cases FILE, --example EXAMPLE or --results FILE, or else"
        " --dossier REFERENCE alone.",
    ),
    "cli.explain_example": Message(
        fr='aucun exemple du dispositif ne s\'appelle "{value}"',
        en='no example of the scheme is called "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Possibles : {choices}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Possible: {choices}.]]',
    ),
    "cli.unknown_command": Message(
        fr='commande inconnue "{command}"',
        en='unknown command "{command}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Commandes : {commands}.',
        hint_en='[[did you mean "{nearest}"? ]]Commands: {commands}.',
    ),
    "cli.unknown_option": Message(
        fr="{command} n'a pas d'option \"{option}\"",
        en='{command} has no option "{option}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Options : {options}.',
        hint_en='[[did you mean "{nearest}"? ]]Options: {options}.',
    ),
    "cli.missing_argument": Message(
        fr="{command} attend {parameter}",
        en="{command} expects {parameter}",
        hint_fr="{command} --help montre ce qu'il faut écrire.",
        hint_en="{command} --help shows what to type.",
    ),
    "cli.unexpected_argument": Message(
        fr='{command} ne sait que faire de "{argument}"',
        en='{command} does not know what to do with "{argument}"',
        hint_fr="{command} --help montre ce qu'il faut écrire.",
        hint_en="{command} --help shows what to type.",
    ),
    "cli.option_without_value": Message(
        fr="l'option {option} attend une valeur",
        en="option {option} expects a value",
        hint_fr="{command} --help montre ce qu'il faut écrire.",
        hint_en="{command} --help shows what to type.",
    ),
    "cli.not_a_choice": Message(
        fr="{parameter} : cette valeur n'est pas proposée",
        en="{parameter}: this value is not one of the choices",
        hint_fr="Choix : {choices}.",
        hint_en="Choices: {choices}.",
    ),
    "cli.not_a_number": Message(
        fr="{parameter} attend un nombre entier",
        en="{parameter} expects a whole number",
        hint_fr="[[de {min} ]][[à {max}]]",
        hint_en="[[from {min} ]][[to {max}]]",
    ),
    "cli.not_a_day": Message(
        fr='"{value}" n\'est pas un jour',
        en='"{value}" is not a day',
        hint_fr="écrivez année-mois-jour, par exemple [[{meant} ou ]]2020-04-17.",
        hint_en="write year-month-day, for instance [[{meant} or ]]2020-04-17.",
    ),
    "cli.no_such_day": Message(
        fr='"{value}" n\'existe pas dans le calendrier',
        en='"{value}" does not exist in the calendar',
        hint_fr="vérifiez le jour et le mois.",
        hint_en="check day and month.",
    ),
    "cli.folder_not_file": Message(
        fr='"{path}" est un dossier',
        en='"{path}" is a folder',
        hint_fr="nommez le fichier qu'il contient.",
        hint_en="name the file inside it.",
    ),
    "cli.unreadable": Message(
        fr='"{path}" ne peut pas être lu',
        en='"{path}" cannot be read',
        hint_fr="vérifiez que vous avez le droit de le lire.",
        hint_en="check that you may read it.",
    ),
    "cli.no_such_path": Message(
        fr='"{path}" n\'existe pas',
        en='"{path}" does not exist',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Le chemin part de {folder}.',
        hint_en='[[did you mean "{nearest}"? ]]The path starts from {folder}.',
    ),
    "cli.no_such_place": Message(
        fr='"{path}" n\'est pas là, et ne peut pas y être fait',
        en='"{path}" is not there, and cannot be made there',
        hint_fr="vérifiez le chemin, ou désignez un dossier où vous pouvez écrire ; ce qui était fini est gardé.",
        hint_en="check the path, or name a folder in which you may write; what was done is kept.",
    ),
    "cli.bad_usage": Message(
        fr="{command} : {reason}",
        en="{command}: {reason}",
        hint_fr="{command} --help montre ce qu'il faut écrire.",
        hint_en="{command} --help shows what to type.",
    ),
    "cli.unknown_language": Message(
        fr='langue inconnue "{language}"',
        en='unknown language "{language}"',
        hint_fr="écrivez --lang fr ou --lang en.",
        hint_en="write --lang fr or --lang en.",
    ),
    "cli.bad_setting": Message(
        fr='la variable d\'environnement {variable} vaut "{value}"',
        en='the environment variable {variable} is "{value}"',
        hint_fr="Valeurs acceptées : {accepted}.",
        hint_en="Accepted values: {accepted}.",
    ),
    "cli.no_shipped_folder": Message(
        fr="l'installation n'a pas de dossier {name}/",
        en="the installation has no {name}/ folder",
        hint_fr="réinstallez guichet-aides. Dossiers regardés : {places}.",
        hint_en="install guichet-aides again. Folders looked at: {places}.",
    ),
}
