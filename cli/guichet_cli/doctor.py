"""`guichet doctor`: what the machine and the installation lack, item by item, with what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.text import Text as Styled

from guichet.errors import Problem, ProblemsFound, hint, position_text, sentence
from guichet.loader.instances import InstanceSource
from guichet.locale import Text
from guichet.plugin import load_plugins
from guichet.runtime import DATABASE_FILE, instance_of, secrets_of
from guichet.services.clocks import SystemClock
from guichet.services.diagnosis.findings import Finding, State, finding
from guichet.services.diagnosis.installation import look_at_installation
from guichet.services.diagnosis.machine import look_at_machine
from guichet.services.diagnosis.services import look_at_services
from guichet.services.diagnosis.webhooks import look_at_webhooks
from guichet.services.diagnosis.work import look_at_work
from guichet.storage.errors import StoreInUseError
from guichet.storage.sqlite import SAFE_FOR_SEVERAL
from guichet_cli import bilingual
from guichet_cli.declarations import instance_here
from guichet_cli.opening import an_open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Regarde la machine et l'installation : chaque point vert, orange ou rouge, et quoi faire. Sort avec 2 quand un"
    " point est rouge. Appelle chaque service réglé, sans rien y changer.",
    en="Look at the machine and the instance: each item green, amber or red, and what to do. Exits with 2 when an item"
    " is red. Calls each service that is set, changing nothing there.",
)
_OFFLINE = Text(
    fr="N'appelle personne : ne regarde que les réglages des services.",
    en="Call nobody: look at the settings of services alone.",
)
_JSON = Text(fr="En JSON, pour une machine.", en="As JSON, for a machine.")
_STATES: dict[State, tuple[Text, str]] = {
    "green": (Text(fr="vert", en="green"), "green"),
    "amber": (Text(fr="orange", en="amber"), "yellow"),
    "red": (Text(fr="rouge", en="red"), "red bold"),
}
_SOUND = Text(fr="Rien n'est rouge.", en="Nothing is red.")
_UNSOUND = Text(
    fr="{count} points rouges.", en="{count} red items.", fr_one="{count} point rouge.", en_one="{count} red item."
)


@bilingual.command("doctor", text=_ABOUT)
@bilingual.option("--offline", is_flag=True, text=_OFFLINE)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(terminal: Terminal, offline: bool, as_json: bool) -> int:
    """Shows every item; exits with 2 when one is red."""
    findings = list(_findings(terminal, offline=offline))
    red = sum(one.state == "red" for one in findings)
    if as_json:
        terminal.out.print_json(json.dumps([_as_json(terminal, one) for one in findings], ensure_ascii=False))
        return 2 if red else 0
    for one in findings:
        _show(terminal, one)
    terminal.say(_UNSOUND if red else _SOUND, count=red)
    return 2 if red else 0


def _findings(terminal: Terminal, *, offline: bool) -> Iterator[Finding]:
    settings, data = instance_here(terminal)
    yield from look_at_machine(data, SystemClock().now(), on_sqlite=settings.database_url is None)
    try:
        plugins = load_plugins(disabled=settings.plugins_off)
    except ProblemsFound as error:
        yield from _refused(terminal, "plugins", error.problems)
        return
    yield finding("plugins", "green", "plugins", count=len(plugins.sources))
    try:
        source = instance_of(settings, data, plugins)
    except ProblemsFound as error:
        yield from _refused(terminal, "instance", error.problems)
        return
    yield from look_at_installation(source, secrets_of(settings, source))
    if settings.database_url is None and not (data / DATABASE_FILE).exists():
        yield finding("database", "amber", "no_database", folder=data)
        return
    yield from _look_inside(terminal, source, offline=offline)


def _look_inside(terminal: Terminal, source: InstanceSource | None, *, offline: bool) -> Iterator[Finding]:
    try:
        with an_open_instance(terminal) as cases:
            yield from look_at_work(cases)
            yield from look_at_services(cases, source.file.hosts if source is not None else (), offline=offline)
            yield from look_at_webhooks(cases)
    except ProblemsFound as error:
        if all(problem.code == StoreInUseError.code for problem in error.problems):
            yield finding("database", "amber", "database_held", wanted=".".join(map(str, SAFE_FOR_SEVERAL)))
        else:
            yield from _refused(terminal, "database", error.problems)


def _refused(terminal: Terminal, item: str, problems: Sequence[Problem]) -> Iterator[Finding]:
    """Each problem of something that could not be read, as it would stop any command."""
    for problem in problems:
        place = f"{position_text(problem.position)}  " if problem.position is not None else ""
        said = place + sentence(problem.code, problem.data, terminal.language)
        advice = hint(problem.code, problem.data, terminal.language)
        yield finding(item, "red", "refused", said=said, advice=advice)


def _show(terminal: Terminal, one: Finding) -> None:
    text, style = _STATES[one.state]
    head = Styled.assemble((terminal.text(text).ljust(8), style), (f"{one.item}  ", "dim"), _said(terminal, one))
    terminal.out.print(head, soft_wrap=True)
    if one.state != "green" and (advice := _advice(terminal, one)):
        terminal.out.print(Styled(f"        → {advice}"), soft_wrap=True)


def _said(terminal: Terminal, one: Finding) -> str:
    return sentence(one.problem.code, one.problem.data, terminal.language)


def _advice(terminal: Terminal, one: Finding) -> str:
    return hint(one.problem.code, one.problem.data, terminal.language) or ""


def _as_json(terminal: Terminal, one: Finding) -> dict[str, str]:
    advice = _advice(terminal, one) if one.state != "green" else ""
    return {"item": one.item, "state": one.state, "says": _said(terminal, one), "do": advice}
