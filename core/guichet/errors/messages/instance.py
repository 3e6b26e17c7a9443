"""Texts about an installation: its folder, its `instance.yaml`, its mode."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "instance.host": Message(
        fr="\"{text}\" n'est pas un nom d'hôte",
        en='"{text}" is not the name of a host',
        hint_fr="écrivez [[{meant}, ]]sans https:// ni chemin, comme entreprise.api.gouv.fr.",
        hint_en="write [[{meant}, ]]without https:// or path, as in entreprise.api.gouv.fr.",
    ),
    "instance.address": Message(
        fr="\"{text}\" n'est pas l'adresse d'un site",
        en='"{text}" is not the address of a site',
        hint_fr="[[vouliez-vous dire {meant} ? ]]Elle s'écrit sans chemin : https://aides.exemple.fr.",
        hint_en="[[did you mean {meant}? ]]It is written without path: https://aides.example.com.",
    ),
    "instance.live_needs_https": Message(
        fr="une installation réelle a besoin d'une adresse https[[, {url} n'en est pas une]]",
        en="a live instance needs an https address[[, {url} is not one]]",
        hint_fr="écrivez base_url: https://aides.exemple.fr ; un serveur qui termine TLS se place devant.",
        hint_en="write base_url: https://aides.example.com; a server that ends TLS stands in front.",
    ),
    "instance.unknown_service": Message(
        fr='aucune extension n\'a la clé "{value}"',
        en='no plugin has the key "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Clés : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Keys: {choices}.',
    ),
    "instance.certificates": Message(
        fr='aucun certificat ne se lit dans "{file}"[[ ({why})]]',
        en='no certificate can be read in "{file}"[[ ({why})]]',
        hint_fr="donnez, depuis le dossier d'instance.yaml, le fichier PEM de votre autorité, qui commence par"
        " -----BEGIN CERTIFICATE-----.",
        hint_en="give, from the folder of instance.yaml, the PEM file of your authority, which begins with"
        " -----BEGIN CERTIFICATE-----.",
    ),
    "instance.other_mode": Message(
        fr='instance.yaml dit "{asked}", la base de données a été faite en mode "{found}"',
        en='instance.yaml says "{asked}", the database was made in "{found}" mode',
        hint_fr="le mode ne change pas : remettez mode: {found}, ou faites une autre installation (guichet new"
        " instance).",
        hint_en="the mode never changes: write mode: {found} again, or make another instance (guichet new instance).",
    ),
}
