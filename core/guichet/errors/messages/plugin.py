"""Texts about plugins: all refused at start, by the plugin's name."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "plugin.unknown_hook": Message(
        fr="extension « {plugin} » : le point d'extension \"{hook}\" n'existe pas",
        en='plugin "{plugin}": there is no hook "{hook}"',
        hint_fr='[[{place} : ]][[vouliez-vous dire "{nearest}" ? ]]Points d\'extension : {hooks}.',
        hint_en='[[{place}: ]][[did you mean "{nearest}"? ]]Hooks: {hooks}.',
    ),
    "plugin.hook_arguments": Message(
        fr='extension « {plugin} » : "{hook}" ne reçoit rien, or elle déclare : {arguments}',
        en='plugin "{plugin}": "{hook}" takes nothing, yet it declares: {arguments}',
        hint_fr="[[{place} : ]]écrivez def {hook}(): sans argument, même avec une valeur par défaut.",
        hint_en="[[{place}: ]]write def {hook}(): without arguments, even with a default.",
    ),
    "plugin.stray_coroutine": Message(
        fr='extension « {plugin} » : "{hook}" est asynchrone, elle ne serait jamais exécutée',
        en='plugin "{plugin}": "{hook}" is asynchronous, it would never run',
        hint_fr="[[{place} : ]]écrivez def, sans async.",
        hint_en="[[{place}: ]]write def, without async.",
    ),
    "plugin.unmarked_hook": Message(
        fr='extension « {plugin} » : la fonction "{hook}" n\'est pas marquée, elle ne serait jamais appelée',
        en='plugin "{plugin}": the function "{hook}" is not marked, it would never be called',
        hint_fr="[[{place} : ]]ajoutez @hookimpl au-dessus, ou un autre nom si ce n'est pas un point d'extension.",
        hint_en="[[{place}: ]]add @hookimpl above it, or another name if it is no hook.",
    ),
    "plugin.wrong_kind": Message(
        fr='extension « {plugin} » : "{hook}" donne un objet {object}, {expected} attendu',
        en='plugin "{plugin}": "{hook}" gives an object {object}, {expected} expected',
        hint_fr="[[{place} : ]]donnez une liste d'objets créés (avec des parenthèses), pas de classes[[ ;"
        " celui-ci se donne par {other}]].",
        hint_en="[[{place}: ]]give a list of objects made (with brackets), not of classes[[; this one is given by"
        " {other}]].",
    ),
    "plugin.bad_key": Message(
        fr='extension « {plugin} » : {object}, donné par "{hook}", n\'a pas de clé valable ("{key}")',
        en='plugin "{plugin}": {object}, given by "{hook}", has no valid key ("{key}")',
        hint_fr="[[{place} : ]]une clé est un mot en minuscules sans accent : lettres, chiffres et _.",
        hint_en="[[{place}: ]]a key is a word in lower case without accents: letters, digits and _.",
    ),
    "plugin.no_options": Message(
        fr='extension « {plugin} » : {object}, donné par "{hook}", n\'a pas de modèle Options',
        en='plugin "{plugin}": {object}, given by "{hook}", has no Options model',
        hint_fr="[[{place} : ]]écrivez Options = NoOptions si rien n'est à régler.",
        hint_en="[[{place}: ]]write Options = NoOptions when there is nothing to set.",
    ),
    "plugin.bad_attribute": Message(
        fr='extension « {plugin} » : {object}, donné par "{hook}", a un attribut "{attribute}" qui ne convient pas',
        en='plugin "{plugin}": {object}, given by "{hook}", has an attribute "{attribute}" that will not do',
        hint_fr="[[{place} : ]]{attribute} : {takes}.",
        hint_en="[[{place}: ]]{attribute}: {takes}.",
    ),
    "plugin.duplicate_key": Message(
        fr='extension « {plugin} » : la clé "{key}" de "{hook}" est déjà prise par l\'extension « {other} »',
        en='plugin "{plugin}": the key "{key}" of "{hook}" is already taken by the plugin "{other}"',
        hint_fr="[[{place} : ]]changez la clé, ou désactivez l'une des deux extensions.",
        hint_en="[[{place}: ]]change the key, or disable one of the two plugins.",
    ),
    "plugin.hook_failed": Message(
        fr='extension « {plugin} » : "{hook}" a échoué au démarrage ({error})',
        en='plugin "{plugin}": "{hook}" failed at start ({error})',
        hint_fr="corrigez l'extension, ou désactivez-la par son nom.",
        hint_en="mend the plugin, or disable it by name.",
    ),
    "plugin.stopped": Message(
        fr="extension « {plugin} » : elle a échoué au travail ({error})",
        en='plugin "{plugin}": it failed at work ({error})',
        hint_fr="corrigez l'extension, puis reprenez la même commande.",
        hint_en="mend the plugin, then type the same command again.",
    ),
    "plugin.no_list": Message(
        fr='extension « {plugin} » : "{hook}" donne un objet {object} seul, une liste est attendue',
        en='plugin "{plugin}": "{hook}" gives one object {object}, a list is expected',
        hint_fr="[[{place} : ]]écrivez return [objet], même pour un seul {expected}.",
        hint_en="[[{place}: ]]write return [object], even for a single {expected}.",
    ),
    "plugin.no_hook": Message(
        fr="extension « {plugin} » : elle ne donne rien, aucun point d'extension n'y est marqué",
        en='plugin "{plugin}": nothing is given by it, no hook is marked in it',
        hint_fr="écrivez @hookimpl au-dessus de chaque register_… ; le point d'entrée nomme le module qui les contient,"
        ' sans « : » ni fonction (nom = "module").',
        hint_en="write @hookimpl above each register_…; the entry point names the module that holds them, without a"
        ' ":" or a function (name = "module").',
    ),
    "plugin.hook_gives_nothing": Message(
        fr='extension « {plugin} » : "{hook}" ne donne rien',
        en='plugin "{plugin}": "{hook}" gives nothing',
        hint_fr="donnez une liste par return, même vide.",
        hint_en="return a list, even an empty one.",
    ),
    "plugin.cannot_import": Message(
        fr="extension « {plugin} » : le module {module} ne se charge pas ({error})",
        en='plugin "{plugin}": the module {module} cannot be imported ({error})',
        hint_fr="corrigez le module, ou son point d'entrée dans pyproject.toml, puis réinstallez l'extension ;"
        " ou désactivez-la par son nom.",
        hint_en="mend the module, or its entry point in pyproject.toml, then install the plugin again; or disable it"
        " by name.",
    ),
    "plugin.unknown_disabled": Message(
        fr='aucune extension ne s\'appelle "{plugin}", elle ne peut pas être désactivée',
        en='no plugin is called "{plugin}", it cannot be disabled',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Extensions : {plugins}.',
        hint_en='[[did you mean "{nearest}"? ]]Plugins: {plugins}.',
    ),
    "plugin.starts_too_slowly": Message(
        fr="extension « {plugin} » : elle ne finit pas de démarrer (plus de {seconds} secondes)",
        en='plugin "{plugin}": it does not finish starting (over {seconds} seconds)',
        hint_fr="ni appel ni attente au démarrage : corrigez l'extension, ou désactivez-la par son nom.",
        hint_en="no call and no wait at start: mend the plugin, or disable it by name.",
    ),
    "plugin.declared_twice": Message(
        fr='extension « {plugin} » : elle apporte "{name}", que l\'extension « {other} » apporte aussi',
        en='plugin "{plugin}": it brings "{name}", which the plugin "{other}" brings as well',
        hint_fr="désactivez l'une des deux, ou renommez.",
        hint_en="disable one of the two, or rename.",
    ),
    "plugin.one_list": Message(
        fr="list_sources et fetched_lists à la fois : les deux porteraient le même nom",
        en="both list_sources and fetched_lists: the two would bear one name",
        hint_fr="choisissez : une liste lue dans un fichier, ou demandée à un service.",
        hint_en="choose: a list read from a file, or asked of a service.",
    ),
    "plugin.bad_name": Message(
        fr='"{name}" ne peut pas nommer une extension',
        en='"{name}" cannot name a plugin',
        hint_fr='[[essayez "{nearest}" : ]]des mots en minuscules sans accent, joints par des traits d\'union.',
        hint_en='[[try "{nearest}": ]]words in lower case without accents, joined by hyphens.',
    ),
    "plugin.folder_taken": Message(
        fr="le dossier {folder} contient déjà quelque chose",
        en="the folder {folder} already holds something",
        hint_fr="choisissez un autre nom, ou un autre endroit avec --into ; rien n'a été écrit.",
        hint_en="choose another name, or another place with --into; nothing was written.",
    ),
    "plugin.no_such_hook": Message(
        fr="le point d'extension \"{hook}\" n'existe pas",
        en='there is no hook "{hook}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Points d\'extension : {hooks}.',
        hint_en='[[did you mean "{nearest}"? ]]Hooks: {hooks}.',
    ),
    "plugin.option": Message(
        fr="{fr}",
        en="{en}",
        hint_fr='[[vouliez-vous dire "{nearest}" ?]][[ Ce nom est déclaré ici : {declared}.]]',
        hint_en='[[did you mean "{nearest}"?]][[ That name is declared here: {declared}.]]',
    ),
    "plugin.set_by_operator": Message(
        fr="« {key} » ne se règle pas dans une déclaration : c'est à qui tient l'installation de le dire",
        en='"{key}" is not set in a declaration: whoever runs the installation says it',
        hint_fr="retirez-le d'ici, et donnez-le dans instance.yaml, sous services: et la clé de l'extension.",
        hint_en="take it away from here, and give it in instance.yaml, under services: and the key of the plugin.",
    ),
    "plugin.secret_in_clear": Message(
        fr="un secret ne s'écrit pas dans une déclaration",
        en="a secret is not written in a declaration",
        hint_fr="écrivez secret:nom, et enregistrez sa valeur sur l'installation.",
        hint_en="write secret:name, and store its value on the installation.",
    ),
}
