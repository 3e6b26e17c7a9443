"""What `guichet demo` tells who starts it: addresses, people with their way in, companies that may still file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pyotp.totp import TOTP

from guichet.demo.persons import Cast, Person
from guichet.locale import Text, format_day, format_number
from guichet_cli.terminal import Terminal, write

__all__ = ["show_addresses", "show_cast"]

_DAY = Text(
    fr="Bac à sable « {scheme} », au {day} : {filed} dossiers, {agents} agents, {places} territoires{rows}. Tout y est"
    " inventé.",
    en="Sandbox “{scheme}”, on {day}: {filed} dossiers, {agents} agents, {places} territories{rows}. All of it is"
    " invented.",
    fr_one="Bac à sable « {scheme} », au {day} : {filed} dossiers, {agents} agents, un territoire{rows}. Tout y est"
    " inventé.",
    en_one="Sandbox “{scheme}”, on {day}: {filed} dossiers, {agents} agents, one territory{rows}. All of it is"
    " invented.",
)
_ROWS = Text(
    fr=", liste de {beneficiaries} lignes",
    en=", a list of {beneficiaries} rows",
    fr_one=", liste d'une ligne",
    en_one=", a list of one row",
)
_SITE = Text(fr="Demandeurs     {url}/t/{territory}/", en="Applicants     {url}/t/{territory}/")
_AGENTS = Text(fr="Agents         {url}/agents", en="Agents         {url}/agents")
_MAILS = Text(
    fr="Messages       {url}/bac-a-sable/messages  (courriels et codes : rien ne part)",
    en="Messages       {url}/bac-a-sable/messages  (mails and codes: nothing leaves)",
)
_WHO = {
    "applicant": Text(fr="Demandeur, {name}", en="Applicant, {name}"),
    "instructor": Text(fr="Avis ({body}), {name}", en="Opinions ({body}), {name}"),
    "decider": Text(fr="Décision ({body}), {name}", en="Decisions ({body}), {name}"),
    "helpdesk": Text(fr="Assistance, {name}", en="Helpdesk, {name}"),
}
_OTHER = Text(fr="{role}, {name}", en="{role}, {name}")
_APPLICANTS = Text(
    fr="Un demandeur entre par courriel, sans mot de passe : le message est à l'adresse « Messages ».",
    en="An applicant comes in by mail, without a password: the mail is at the address “Messages”.",
)
_PASSWORD = Text(
    fr="Un agent entre avec le mot de passe  {password}  et son code.",
    en="An agent comes in with the password  {password}  and a code.",
)
_SECRETS = Text(
    fr="Les codes changent toutes les trente secondes : {command} les redonne. Secrets TOTP : {path}",
    en="Codes change every thirty seconds: {command} gives them again. TOTP secrets: {path}",
)
_TRY = Text(fr="Pour déposer une demande en {territory} ({label}) :", en="To file a request in {territory} ({label}):")


def show_addresses(terminal: Terminal, cast: Cast, url: str) -> None:
    """Says where the site is."""
    terminal.say(_SITE, url=url, territory=_home(cast))
    terminal.say(_AGENTS, url=url)
    terminal.say(_MAILS, url=url)


def show_cast(terminal: Terminal, cast: Cast, path: object, command: str) -> None:
    """Says what the sandbox holds, who one may be in it, and with which numbers a request may be filed."""
    language = terminal.language
    terminal.say(
        _DAY,
        scheme=cast.scheme,
        day=format_day(cast.business_day, language),
        count=len(cast.places),
        places=len(cast.places),
        filed=format_number(cast.filed, 0, language),
        agents=format_number(cast.agents, 0, language),
        rows=terminal.text(
            _ROWS, count=cast.beneficiaries, beneficiaries=format_number(cast.beneficiaries, 0, language)
        )
        if cast.beneficiaries
        else "",
    )
    write(terminal.out, "")
    for line in _persons(terminal, cast.persons):
        write(terminal.out, line)
    write(terminal.out, "")
    terminal.say(_APPLICANTS)
    for password in dict.fromkeys(one.password for one in cast.persons if one.password):
        terminal.say(_PASSWORD, password=password)
    terminal.say(_SECRETS, command=command, path=path)
    for number, one in enumerate(cast.tries, start=1):
        if number == 1:
            labels = ", ".join((*one.fields, *one.proofs))
            terminal.say(_TRY, territory=one.territory, label=labels)
        write(terminal.out, "  " + "  ".join((*one.fields.values(), *one.proofs.values())))


def _persons(terminal: Terminal, persons: Sequence[Person]) -> list[str]:
    """A line for each, in columns as wide as they need."""
    rows = [
        (terminal.text(_WHO.get(one.role, _OTHER), name=one.name, body=one.body, role=one.role), one.email, _code(one))
        for one in persons
    ]
    widths = [max((len(row[place]) for row in rows), default=0) for place in range(2)]
    return [f"  {who:<{widths[0]}}  {email:<{widths[1]}}  {code}".rstrip() for who, email, code in rows]


def _code(one: Person) -> str:
    """The code of this half minute, by the real clock as for any sign-in."""
    return TOTP(one.totp_secret).at(datetime.now(UTC)) if one.totp_secret else ""


def _home(cast: Cast) -> str:
    return cast.persons[0].territory if cast.persons else cast.places[0]
