"""Texts of serving the site."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "serve.port_taken": Message(
        fr="impossible d'écouter sur {host}, port {port} : un autre programme y écoute déjà",
        en="cannot listen on {host}, port {port}: another program listens there already",
        hint_fr="arrêtez-le, ou choisissez un autre port : --port 0 prend le premier libre.",
        hint_en="stop it, or choose another port: --port 0 takes any free one.",
    ),
    "serve.port_forbidden": Message(
        fr="impossible d'écouter sur {host}, port {port} : ce compte n'en a pas le droit",
        en="cannot listen on {host}, port {port}: this account may not",
        hint_fr="les ports en dessous de 1024 sont réservés : prenez-en un autre, derrière un mandataire qui a le 443.",
        hint_en="ports below 1024 are reserved: take another, behind a proxy that has 443.",
    ),
    "serve.port_elsewhere": Message(
        fr="impossible d'écouter sur {host}, port {port} : cette adresse n'est pas de cette machine",
        en="cannot listen on {host}, port {port}: this address is not of this machine",
        hint_fr="--host prend une adresse de la machine : 127.0.0.1 pour un mandataire, 0.0.0.0 pour toutes.",
        hint_en="--host takes an address of the machine: 127.0.0.1 for a proxy, 0.0.0.0 for all.",
    ),
    "serve.port_other": Message(
        fr="impossible d'écouter sur {host}, port {port} : {reason}",
        en="cannot listen on {host}, port {port}: {reason}",
        hint_fr="--host prend une adresse IP de la machine, --port un nombre : --port 0 prend le premier libre.",
        hint_en="--host takes an IP address of the machine, --port a number: --port 0 takes any free one.",
    ),
    "serve.live_needs_https": Message(
        fr="une installation réelle a besoin d'une adresse https, \"{url}\" n'en est pas une",
        en='a live instance needs an https address, "{url}" is not one',
        hint_fr="écrivez base_url: https://… dans instance.yaml, et placez devant un serveur qui termine TLS.",
        hint_en="write base_url: https://… in instance.yaml, and put a server that ends TLS in front.",
    ),
}
