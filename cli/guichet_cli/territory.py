"""`guichet territory`: opens a scheme in territories; again, it makes only what is missing."""

from __future__ import annotations

from guichet.locale import Text, format_money
from guichet.services.enabling import Enabled, NotPublished, enable
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.opening import an_open_instance
from guichet_cli.publish import chosen_territories, refusals_told
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Ouvre un dispositif dans des territoires, avec tout ce qu'il leur faut.",
    en="Open a scheme in territories, with all they need.",
)
_ENABLE = Text(
    fr="Publie un dispositif dans des territoires et y prépare le premier jour : organismes, habilitations, enveloppe."
    " Dit ce qui a été fait ; recommencer ne refait rien.",
    en="Publish a scheme in territories and prepare its first day there: organisations, assignments, envelope. Says"
    " what was made; again, nothing is made twice.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORIES = Text(fr="Territoires, comme reg-53 dep-74.", en="Territories, such as reg-53 dep-74.")
_AGENTS_OF = Text(
    fr="Donne aux agents de cet autre dispositif les mêmes rôles pour celui-ci.",
    en="Give the agents of this other scheme the same roles for this one.",
)
_NOTHING = Text(fr="{territory} : rien à faire", en="{territory}: nothing to do")
_HEAD = Text(fr="{territory} ({name})", en="{territory} ({name})")
_PUBLISHED = Text(fr="  publication n° {number}, {hash}", en="  publication no. {number}, {hash}")
_SAME = Text(fr="  publication inchangée", en="  publication unchanged")
_HELD = Text(fr="  pas publié : la liste d'ouverture a du rouge", en="  not published: the launch list holds red items")
_ORGANISATIONS = Text(fr="  organismes : {names}", en="  organisations: {names}")
_ASSIGNMENTS = Text(fr="  habilitations données : {count}", en="  assignments given: {count}")
_AGENTS = Text(fr="  agents : {able}", en="  agents: {able}")
_NO_AGENT = Text(fr="  agents : aucun encore (guichet agents import)", en="  agents: none yet (guichet agents import)")
_ROLES = {
    "instructor": Text(fr="instructeurs", en="instructors"),
    "decider": Text(fr="décideurs", en="deciders"),
    "helpdesk": Text(fr="assistance", en="helpdesk"),
    "supervisor": Text(fr="superviseurs", en="supervisors"),
    "finance": Text(fr="finances", en="finance"),
    "admin": Text(fr="administrateurs", en="administrators"),
}
_SENDER = Text(fr="  expéditeur des messages : {sender}", en="  sender of messages: {sender}")
_NO_SENDER = Text(
    fr="  messages : écrits dans des fichiers (services.email dans instance.yaml les fait partir)",
    en="  messages: written to files (services.email in instance.yaml sends them)",
)
_ENVELOPES = {
    "opened": Text(fr="  enveloppe ouverte : {ceiling}{where}", en="  envelope opened: {ceiling}{where}"),
    "moved": Text(fr="  enveloppe portée à {ceiling}{where}", en="  envelope brought to {ceiling}{where}"),
    "same": Text(fr="  enveloppe : {ceiling}{where}", en="  envelope: {ceiling}{where}"),
    "held": Text(
        fr="  enveloppe laissée à {ceiling}{where} : le nouveau plafond est sous ce qui est engagé",
        en="  envelope left at {ceiling}{where}: the new ceiling lies below what is committed",
    ),
    "none": Text(fr="  pas d'enveloppe", en="  no envelope"),
}
_SHARED = Text(fr=", pour tous les territoires", en=", for all territories")


@bilingual.group("territory", text=_ABOUT)
def command() -> None:
    """Groups what is done with territories."""


@command.command("enable", cls=bilingual.Command, text=_ENABLE, options_metavar="[OPTIONS]")
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.argument("territories", nargs=-1, required=True, text=_TERRITORIES)
@bilingual.option("--agents-of", default=None, text=_AGENTS_OF)
@pass_terminal
def enable_command(terminal: Terminal, scheme: str, territories: tuple[str, ...], agents_of: str | None) -> None:
    """Enables a scheme in territories, and says what was made in each."""
    library = library_of(terminal)
    chosen = chosen_territories(library, scheme, territories)
    if agents_of is not None:
        library.source(agents_of)
    with an_open_instance(terminal) as cases, refusals_told(terminal):
        try:
            enabled = enable(cases, library, scheme, chosen, agents_of=agents_of)
        except NotPublished as error:
            for one in error.enabled:
                _show(terminal, one, cases.territory(one.territory).name)
            raise
        for one in enabled:
            _show(terminal, one, cases.territory(one.territory).name)


def _show(terminal: Terminal, one: Enabled, name: str) -> None:
    if one.published is not None and not one.changed:
        terminal.say(_NOTHING, territory=one.territory)
        return
    terminal.say(_HEAD, territory=one.territory, name=name)
    if one.published is None:
        terminal.say(_HELD)
    elif one.published.changed:
        terminal.say(_PUBLISHED, number=one.published.number, hash=one.published.hash[:16])
    else:
        terminal.say(_SAME)
    if one.organisations:
        terminal.say(_ORGANISATIONS, names=", ".join(one.organisations))
    if one.assignments:
        terminal.say(_ASSIGNMENTS, count=one.assignments)
    _show_agents(terminal, one)
    terminal.say(_SENDER if one.sender else _NO_SENDER, sender=one.sender)
    _show_envelope(terminal, one)


def _show_agents(terminal: Terminal, one: Enabled) -> None:
    able = ", ".join(f"{terminal.text(_ROLES[role])} {count}" for role, count in one.able.items())
    terminal.say(_AGENTS if able else _NO_AGENT, able=able)


def _show_envelope(terminal: Terminal, one: Enabled) -> None:
    cents = one.envelope.ceiling_cents if one.envelope is not None else None
    ceiling = format_money(cents, terminal.language) if cents is not None else ""
    shared = one.envelope is not None and one.envelope.territory is None
    terminal.say(_ENVELOPES[one.envelope_state], ceiling=ceiling, where=terminal.text(_SHARED) if shared else "")
