"""Tokens of the HTTP API and webhooks."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "api.unknown_token": Message(
        fr='aucun jeton ne porte le numéro "{value}"',
        en='no token has the number "{value}"',
        hint_fr="`guichet tokens list` donne les numéros ; les derniers caractères suffisent.",
        hint_en="`guichet tokens list` gives the numbers; their last characters are enough.",
    ),
    "api.token_without_name": Message(
        fr="ce jeton n'a pas de nom",
        en="this token has no name",
        hint_fr="dites quel logiciel s'en servira : on saura lequel révoquer.",
        hint_en="say which software will use it: one will know which to revoke.",
    ),
    "api.token_without_territory": Message(
        fr="ce jeton n'ouvre aucun territoire",
        en="this token opens no territory",
        hint_fr="ajoutez --territory reg-53, autant de fois qu'il le faut.",
        hint_en="add --territory reg-53, as often as needed.",
    ),
    "api.unpublished_scheme": Message(
        fr='le dispositif "{value}" n\'est publié sur aucun territoire',
        en='the scheme "{value}" is published in no territory',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Publiés : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Published: {choices}.',
    ),
    "api.token_without_verb": Message(
        fr="ce jeton ne permet rien",
        en="this token allows nothing",
        hint_fr="ajoutez --may, avec l'un de : {choices}.",
        hint_en="add --may with one of: {choices}.",
    ),
    "api.token_shows_without_read": Message(
        fr="{verbs} montrent davantage de ce que `read` donne à lire, et `read` manque",
        en="{verbs} show more of what `read` gives, and `read` is missing",
        hint_fr="ajoutez --may read.",
        hint_en="add --may read.",
    ),
    "api.token_too_long": Message(
        fr="un jeton vaut au plus {most} jours, à partir d'aujourd'hui",
        en="a token holds for {most} days at most, from today on",
        hint_fr="donnez à --expires un jour à venir, et faites-en un autre avant qu'il n'expire.",
        hint_en="give --expires a day to come, and make another one before it is over.",
    ),
    "api.token_rate": Message(
        fr="la cadence d'un jeton va de 1 à {most} demandes par minute",
        en="the pace of a token goes from 1 to {most} requests a minute",
        hint_fr="600 convient à un logiciel qui dépose au fil de l'eau.",
        hint_en="600 suits a software that files as it goes.",
    ),
    "webhook.event": Message(
        fr="\"{text}\" n'est pas un événement que l'on annonce",
        en='"{text}" is no event that is told',
        hint_fr="choisissez parmi : {choices}.",
        hint_en="choose among: {choices}.",
    ),
    "webhook.address": Message(
        fr='"{text}" n\'est pas une adresse où envoyer des événements',
        en='"{text}" is no address to send events to',
        hint_fr="écrivez-la en entier : https://compta.exemple.fr/guichet.",
        hint_en="write it whole: https://accounts.example.com/guichet.",
    ),
    "webhook.secret": Message(
        fr="un secret se nomme, il ne s'écrit pas ici",
        en="a secret is named, it is not written here",
        hint_fr="écrivez secret:webhook_compta, et mettez sa valeur dans secrets/webhook_compta.",
        hint_en="write secret:webhook_accounts, and put its value in secrets/webhook_accounts.",
    ),
    "webhook.host": Message(
        fr="l'hôte de {url} n'est pas de ceux que cette installation peut appeler",
        en="the host of {url} is not one that this instance may call",
        hint_fr="ajoutez-le à hosts, ou corrigez l'adresse.",
        hint_en="add it to hosts, or mend the address.",
    ),
    "webhook.unknown": Message(
        fr='aucun webhook ne s\'appelle "{value}" dans instance.yaml',
        en='no webhook is called "{value}" in instance.yaml',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Déclarés : {choices}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Declared: {choices}.]]',
    ),
}
