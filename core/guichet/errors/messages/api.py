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
        en="a token is worth something for {most} days at most, from today on",
        hint_fr="donnez à --expires un jour à venir, et faites-en un autre avant qu'il n'expire.",
        hint_en="give --expires a day to come, and make another one before it is over.",
    ),
    "api.token_rate": Message(
        fr="la cadence d'un jeton va de 1 à {most} demandes par minute",
        en="the pace of a token goes from 1 to {most} requests a minute",
        hint_fr="600 convient à un logiciel qui dépose au fil de l'eau.",
        hint_en="600 suits a software that files as it goes.",
    ),
}
