"""What stops a command that works on an instance: lists, payments, duties, the journal."""

from guichet.errors.message import Message

MESSAGES = {
    "run.unknown_dossier": Message(
        fr='aucun dossier n\'a la référence "{reference}"',
        en='no dossier has the reference "{reference}"',
        hint_fr="une référence a dix caractères, comme sur l'accusé de réception.",
        hint_en="a reference has ten characters, as on the receipt.",
    ),
    "run.no_instance": Message(
        fr="{folder} ne contient pas d'installation",
        en="{folder} holds no instance",
        hint_fr="placez-vous dans une installation, nommez-la par GUICHET_INSTANCE ou GUICHET_DATABASE_URL, ou"
        " faites-en une : guichet new instance DOSSIER ; guichet demo en montre une.",
        hint_en="stand in an instance, name one with GUICHET_INSTANCE or GUICHET_DATABASE_URL, or make one:"
        " guichet new instance FOLDER; guichet demo shows one.",
    ),
    "run.unknown_list": Message(
        fr='le dispositif {scheme} n\'a pas de liste "{list}"',
        en='the scheme {scheme} has no list "{list}"',
        hint_fr="[[vouliez-vous dire « {nearest} » ? ]]Listes : {choices}.",
        hint_en="[[did you mean “{nearest}”? ]]Lists: {choices}.",
    ),
    "run.list_place": Message(
        fr="la liste {list} est {place}",
        en="the list {list} is {place}",
        hint_fr="ajoutez --territory pour la liste d'un territoire ; ne l'écrivez pas pour une liste commune à tous.",
        hint_en="add --territory for the list of one territory; leave it out for a list common to all.",
    ),
    "run.list_refused": Message(fr="{path} : {reason}", en="{path}: {reason}"),
    "run.return_refused": Message(
        fr="{path} : {reason}",
        en="{path}: {reason}",
        hint_fr="rien n'a été appliqué ; les colonnes et les mots du retour sont sous payment.returns.",
        hint_en="nothing was applied; the return's columns and words stand under payment.returns.",
    ),
    "run.payment_refused": Message(fr="{reason}", en="{reason}"),
    "run.payment_ahead": Message(
        fr="le {day} n'est pas venu : nous sommes le {today}",
        en="{day} has not come: today is {today}",
        hint_fr="un fichier porte le jour où il part ; un retour daté d'avant lui serait refusé.",
        hint_en="a file bears the day it leaves; a return dated before it would be refused.",
    ),
    "run.no_batch": Message(
        fr="aucun lot n° {number} de {scheme} le {day} ({territory})",
        en="no batch no. {number} of {scheme} on {day} ({territory})",
        hint_fr="guichet pay show montre les lots et leurs numéros.",
        hint_en="guichet pay show lists the batches and their numbers.",
    ),
    "run.plugin_failed": Message(
        fr="l'extension {plugin} est tombée en panne : {error}",
        en="the plugin {plugin} broke: {error}",
        hint_fr="guichet plugins montre sa santé ; rien n'a été perdu, recommencez une fois la cause levée.",
        hint_en="guichet plugins shows its health; nothing was lost, try again once the cause is mended.",
    ),
    "run.unknown_chain": Message(
        fr='aucun journal "{territory}" ici',
        en='no journal "{territory}" here',
        hint_fr="[[vouliez-vous dire « {nearest} » ? ]]Journaux : {choices}.",
        hint_en="[[did you mean “{nearest}”? ]]Journals: {choices}.",
    ),
    "run.bad_checkpoint": Message(
        fr='repère "{text}" illisible',
        en='the checkpoint "{text}" cannot be read',
        hint_fr="un repère s'écrit TERRITOIRE:NUMÉRO:EMPREINTE, comme journal export l'écrit.",
        hint_en="a checkpoint is written TERRITORY:NUMBER:HASH, as journal export writes it.",
    ),
    "run.not_published": Message(
        fr='"{scheme}" n\'est publié pour aucun territoire[[ de ceux-ci : {territories}]]',
        en='"{scheme}" is published for no territory[[ of these: {territories}]]',
        hint_fr="guichet publish {scheme} le publie.",
        hint_en="guichet publish {scheme} publishes it.",
    ),
    "run.pulls_nothing": Message(
        fr="\"{scheme}\" n'apporte aucun dossier d'un autre logiciel dans le territoire {territory}",
        en='"{scheme}" brings no dossier of another software in the territory {territory}',
        hint_fr="déclarez pull dans le dispositif, puis guichet publish {scheme}.",
        hint_en="declare pull in the scheme, then guichet publish {scheme}.",
    ),
    "run.no_visa": Message(
        fr="\"{scheme}\" n'a pas le visa des archives : rien n'est effacé sans lui",
        en='"{scheme}" has no visa of the archives: nothing is forgotten without it',
        hint_fr="donnez-le avec --visa, ou écrivez-le dans legal.retention.visa.",
        hint_en="give it with --visa, or write it in legal.retention.visa.",
    ),
    "run.repin_without_reason": Message(
        fr="il manque le motif",
        en="the reason is missing",
        hint_fr="--reason dit pourquoi ; les agents le lisent dans chaque dossier.",
        hint_en="--reason says why; agents read it in each dossier.",
    ),
}
