"""`guichet tokens`: what other software may do through the HTTP API, where and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

from guichet.locale import Text
from guichet.model.api import VERBS, Verb
from guichet.model.records import ApiToken
from guichet.services.api.tokens import create_token, every_token, revoke_token
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["command"]

_ABOUT = Text(
    fr="Gère les jetons par lesquels d'autres logiciels déposent et suivent des dossiers.",
    en="Manage the tokens by which other software files and follows dossiers.",
)
_CREATE = Text(
    fr="Fait un jeton et le montre, cette seule fois.",
    en="Make a token and show it, this once.",
)
_NAME = Text(fr="Le logiciel qui s'en servira.", en="The software that will use it.")
_TERRITORY = Text(fr="Un territoire qu'il ouvre ; à répéter.", en="A territory that it opens; repeat it.")
_SCHEME = Text(
    fr="Un dispositif qu'il ouvre ; à répéter. Sans cette option, tous.",
    en="A scheme that it opens; repeat it. All of them without this option.",
)
_MAY = Text(fr="Ce qu'il permet ; à répéter.", en="What it allows; repeat it.")
_EXPIRES = Text(fr="Le dernier jour où il vaut quelque chose.", en="The last day on which it is worth something.")
_PACE = Text(fr="Combien de demandes par minute, au plus.", en="How many requests a minute, at most.")
_LIST = Text(
    fr="Liste les jetons, sans leur secret que personne ne garde.",
    en="List the tokens, not their secrets, which nobody keeps.",
)
_REVOKE = Text(fr="Révoque un jeton : il ne vaut plus rien.", en="Revoke a token: it is worth nothing any more.")
_NUMBER = Text(fr="Le numéro du jeton, ou sa fin.", en="The number of the token, or how it ends.")
_MADE = Text(
    fr="Jeton {number}, pour « {name} », jusqu'au {day}. Il ne sera plus montré :",
    en='Token {number}, for "{name}", until {day}. It will not be shown again:',
)
_ROW = Text(
    fr="{number}  {state}  {name}  {territories}  {schemes}  {verbs}  jusqu'au {day}  {used}",
    en="{number}  {state}  {name}  {territories}  {schemes}  {verbs}  until {day}  {used}",
)
_USED = Text(fr="utilisé le {at}", en="used on {at}")
_NEVER = Text(fr="jamais utilisé", en="never used")
_ALL = Text(fr="tous les dispositifs", en="every scheme")
_STATES = {
    "live": Text(fr="valable", en="live"),
    "over": Text(fr="expiré", en="expired"),
    "revoked": Text(fr="révoqué", en="revoked"),
}
_REVOKED = Text(
    fr="Le jeton {number} de « {name} » ne vaut plus rien.", en='Token {number} of "{name}" is worth nothing.'
)

_NO_TOKEN = Text(fr="Aucun jeton : guichet tokens create.", en="No token: guichet tokens create.")


@bilingual.group("tokens", text=_ABOUT)
def command() -> None:
    """Groups what is done with tokens."""


@command.command("create", cls=bilingual.Command, text=_CREATE, options_metavar="[OPTIONS]")
@bilingual.argument("name", text=_NAME)
@bilingual.option("--territory", "territories", multiple=True, metavar="reg-53", text=_TERRITORY)
@bilingual.option("--scheme", "schemes", multiple=True, metavar="ID", text=_SCHEME)
@bilingual.option("--may", "verbs", multiple=True, type=click.Choice(VERBS), text=_MAY)
@bilingual.option("--expires", type=DAY, required=True, text=_EXPIRES)
@bilingual.option("--per-minute", type=int, default=600, show_default=True, text=_PACE)
@pass_terminal
def create(
    terminal: Terminal,
    name: str,
    territories: tuple[str, ...],
    schemes: tuple[str, ...],
    verbs: tuple[Verb, ...],
    expires: date,
    per_minute: int,
) -> None:
    """Makes a token and writes it alone on its line."""
    with open_instance(terminal) as cases:
        made = create_token(
            cases,
            name,
            territories=territories,
            schemes=schemes,
            verbs=verbs,
            expires_at=datetime.combine(expires, time.max, UTC),
            per_minute=per_minute,
        )
    terminal.note(_MADE, number=made.token.id, name=made.token.name, day=expires.isoformat())
    terminal.out.print(made.secret, markup=False, highlight=False, soft_wrap=True)


@command.command("list", cls=bilingual.Command, text=_LIST, options_metavar="[OPTIONS]")
@pass_terminal
def list_tokens(terminal: Terminal) -> None:
    """Lists every token, dead ones included."""
    with open_instance(terminal) as cases:
        now, tokens = cases.clock.now(), every_token(cases)
        if not tokens:
            terminal.note(_NO_TOKEN)
        for one in tokens:
            used = (
                terminal.text(_USED, at=f"{one.last_used_at:%Y-%m-%d %H:%M} UTC")
                if one.last_used_at
                else terminal.text(_NEVER)
            )
            terminal.say(
                _ROW,
                number=one.id,
                state=terminal.text(_STATES[_state(one, now)]),
                name=one.name,
                territories=",".join(one.territories),
                schemes=",".join(one.schemes) or terminal.text(_ALL),
                verbs=",".join(one.verbs),
                day=one.expires_at.date().isoformat(),
                used=used,
            )


@command.command("revoke", cls=bilingual.Command, text=_REVOKE, options_metavar="[OPTIONS]")
@bilingual.argument("number", text=_NUMBER)
@pass_terminal
def revoke(terminal: Terminal, number: str) -> None:
    """Makes a token worthless."""
    with open_instance(terminal) as cases:
        done = revoke_token(cases, number)
    terminal.say(_REVOKED, number=done.id, name=done.name)


def _state(one: ApiToken, now: datetime) -> str:
    if one.revoked_at is not None:
        return "revoked"
    return "over" if one.expires_at <= now else "live"
