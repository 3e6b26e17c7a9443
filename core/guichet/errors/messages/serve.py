"""Texts of serving the site."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "serve.port_taken": Message(
        fr="impossible d'écouter sur {host}, port {port} : {reason}",
        en="cannot listen on {host}, port {port}: {reason}",
        hint_fr="un autre programme l'occupe peut-être : --port 0 prend le premier port libre.",
        hint_en="another program may hold it: --port 0 takes any free port.",
    ),
    "serve.live_needs_https": Message(
        fr="une installation réelle a besoin d'une adresse https, \"{url}\" n'en est pas une",
        en='a live instance needs an https address, "{url}" is not one',
        hint_fr="écrivez base_url: https://… dans instance.yaml, et placez devant un serveur qui termine TLS.",
        hint_en="write base_url: https://… in instance.yaml, and put a server that ends TLS in front.",
    ),
}
