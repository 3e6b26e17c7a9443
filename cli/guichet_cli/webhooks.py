"""`guichet webhooks`: other software told of events; what waits, what was given up, sending again."""

from __future__ import annotations

from datetime import date

from guichet.locale import Text
from guichet.plugin.contracts import PluginError
from guichet.services.webhooks.sending import send_test
from guichet.services.webhooks.watching import failed_events, named, replay_failed, replay_since, watched
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["command"]

_ABOUT = Text(
    fr="Montre et relance les événements annoncés à d'autres logiciels (`webhooks` d'instance.yaml).",
    en="Show the events told to other software (`webhooks` of instance.yaml), and send them again.",
)
_LIST = Text(fr="Liste les webhooks et comment ils vont.", en="List the webhooks and how they go.")
_FAILED = Text(fr="Montre ce qui a été abandonné, et pourquoi.", en="Show what was given up, and why.")
_REPLAY = Text(
    fr="Renvoie ce qui a été abandonné ; avec --since, tout depuis un jour.",
    en="Send again what was given up; with --since, everything since a day.",
)
_TRY = Text(fr="Envoie tout de suite un événement d'essai.", en="Send a test event now.")
_NAME = Text(fr="Le nom du webhook.", en="The name of the webhook.")
_SINCE = Text(fr="Le premier jour à renvoyer.", en="The first day to send again.")
_TERRITORY = Text(
    fr="Avec --since : un territoire ; à répéter. Sans cette option, tous.",
    en="With --since: a territory; repeat it. All of them without this option.",
)
_ROW = Text(
    fr="{name}  {url}  {events}  en attente {waiting}, envoyés {sent}, abandonnés {failed}",
    en="{name}  {url}  {events}  waiting {waiting}, sent {sent}, given up {failed}",
)
_ALL = Text(fr="tous les événements", en="every event")
_NONE = Text(fr="Aucun webhook n'est déclaré.", en="No webhook is declared.")
_GIVEN_UP = Text(
    fr="{at}  {event}  {territory}  {reference}  {count} essais : {why}",
    en="{at}  {event}  {territory}  {reference}  {count} tries: {why}",
    fr_one="{at}  {event}  {territory}  {reference}  {count} essai : {why}",
    en_one="{at}  {event}  {territory}  {reference}  {count} try: {why}",
)
_QUEUED = Text(
    fr="{count} événements partiront.",
    en="{count} events will leave.",
    fr_one="{count} événement partira.",
    en_one="{count} event will leave.",
)
_SENT = Text(fr="{name} a accepté l'événement d'essai.", en="{name} accepted the test event.")

_name = bilingual.argument("name", text=_NAME)


@bilingual.group("webhooks", text=_ABOUT)
def command() -> None:
    """Groups what is done with webhooks."""


@command.command("list", cls=bilingual.Command, text=_LIST, options_metavar="[OPTIONS]")
@pass_terminal
def list_webhooks(terminal: Terminal) -> None:
    """Lists every webhook declared."""
    with open_instance(terminal) as cases:
        found = watched(cases)
    for one in found:
        terminal.say(
            _ROW,
            name=one.name,
            url=one.webhook.url,
            events=",".join(one.webhook.events) or terminal.text(_ALL),
            waiting=one.waiting,
            sent=one.sent,
            failed=one.failed,
        )
    if not found:
        terminal.note(_NONE)


@command.command("failed", cls=bilingual.Command, text=_FAILED, options_metavar="[OPTIONS]")
@_name
@pass_terminal
def failed(terminal: Terminal, name: str) -> None:
    """Shows what was given up."""
    with open_instance(terminal) as cases:
        found = failed_events(cases, name)
    for one in found:
        terminal.say(
            _GIVEN_UP,
            at=f"{one.at:%Y-%m-%d %H:%M} UTC",
            event=one.event,
            territory=one.territory,
            reference=one.reference,
            count=one.attempts,
            why=one.why,
        )


@command.command("replay", cls=bilingual.Command, text=_REPLAY, options_metavar="[OPTIONS]")
@_name
@bilingual.option("--since", type=DAY, text=_SINCE)
@bilingual.option("--territory", "territories", multiple=True, metavar="reg-53", text=_TERRITORY)
@pass_terminal
def replay(terminal: Terminal, name: str, since: date | None, territories: tuple[str, ...]) -> None:
    """Queues events again."""
    with open_instance(terminal) as cases:
        count = replay_failed(cases, name) if since is None else replay_since(cases, name, since, territories)
    terminal.say(_QUEUED, count=count)


@command.command("try", cls=bilingual.Command, text=_TRY, options_metavar="[OPTIONS]")
@_name
@pass_terminal
def try_one(terminal: Terminal, name: str) -> int:
    """Sends a test event; leaves with 1 when it is not accepted."""
    with open_instance(terminal) as cases:
        named(cases, name)
        try:
            send_test(cases, name)
        except PluginError as error:
            terminal.err.print(error.text(terminal.language), markup=False, highlight=False, soft_wrap=True)
            return 1
    terminal.say(_SENT, name=name)
    return 0
