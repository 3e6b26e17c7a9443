"""`guichet ready`: the launch list of a scheme, what is missing and where, and who took what upon themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.text import Text as Styled

from guichet.engine.calendars import local_day
from guichet.errors import Problem, ProblemsFound, hint, position_text, sentence
from guichet.loader.library import Library
from guichet.locale import Text, Texts
from guichet.services.cases import UseCases
from guichet.services.readiness import sender, waivers
from guichet.services.readiness.launch_list import LaunchList, Line, launch_lists
from guichet.services.sign_in import BadAddress
from guichet.worker.loop import drain
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Montre la liste d'ouverture d'un dispositif : chaque point vert, rouge ou dispensé, quoi faire et où. Sort avec"
    " 0 quand rien n'est rouge, 2 sinon. Une installation réelle ne publie pas tant qu'un point est rouge.",
    en="Show the launch list of a scheme: each item green, red or waived, what to do and where. Exits with 0 when"
    " nothing is red, else 2. A live instance does not publish while an item is red.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORIES = Text(fr="Territoire, comme reg-53 ; peut être répété.", en="Territory, such as reg-53; may be repeated.")
_ALL = Text(fr="Tous les territoires que vise le dispositif.", en="Every territory the scheme is meant for.")
_JSON = Text(fr="En JSON, pour une machine.", en="As JSON, for a machine.")
_WAIVE = Text(
    fr="Dispense d'un point, par son identifiant ; avec --because et --by, tenu au journal.",
    en="Waive an item, by its id; with --because and --by, kept in the journal.",
)
_UNWAIVE = Text(fr="Reprend une dispense ; avec --by.", en="Take a waiver back; with --by.")
_BECAUSE = Text(fr="Le motif de la dispense.", en="Why it is waived.")
_BY = Text(fr="Qui dispense, ou qui a lu le message d'essai.", en="Who waives, or who read the test message.")
_SEND = Text(
    fr="Envoie un message d'essai à cette adresse, par la messagerie réglée.",
    en="Send a test message to this address, through the mail that is set up.",
)
_READ = Text(
    fr="Dit que le message d'essai est arrivé, par le code qu'il contient ; avec --by.",
    en="Say that the test message arrived, by the code it holds; with --by.",
)
_HEAD = Text(fr="{scheme}, {territory}", en="{scheme}, {territory}")
_STATES = {
    "green": (Text(fr="vert", en="green"), "green"),
    "red": (Text(fr="rouge", en="red"), "red bold"),
    "waived": (Text(fr="dispensé", en="waived"), "yellow"),
}
_WAIVED = Text(fr="dispensé par {by} le {day} : {because}", en="waived by {by} on {day}: {because}")
_READY = Text(fr="Prêt : rien n'est rouge.", en="Ready: nothing is red.")
_NOT_READY = Text(
    fr="{count} points rouges.", en="{count} red items.", fr_one="{count} point rouge.", en_one="{count} red item."
)
_SENT = Text(
    fr="Le message d'essai est parti vers {address}. S'il arrive : --acknowledge CODE --by NOM.",
    en="The test message left for {address}. When it arrives: --acknowledge CODE --by NAME.",
)
_FILED = Text(
    fr="Sans serveur de messagerie, le message d'essai est un fichier de {folder} : son code y est.",
    en="Without a mail server, the test message is a file of {folder}: its code is in it.",
)


@bilingual.command("ready", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@bilingual.option("--all", "everywhere", is_flag=True, text=_ALL)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@bilingual.option("--waive", default="", text=_WAIVE)
@bilingual.option("--unwaive", default="", text=_UNWAIVE)
@bilingual.option("--because", default="", text=_BECAUSE)
@bilingual.option("--by", default="", text=_BY)
@bilingual.option("--send-test", "test_to", default="", text=_SEND)
@bilingual.option("--acknowledge", "code", default="", text=_READ)
@pass_terminal
def command(
    terminal: Terminal,
    scheme: str,
    territories: tuple[str, ...],
    everywhere: bool,
    as_json: bool,
    waive: str,
    unwaive: str,
    because: str,
    by: str,
    test_to: str,
    code: str,
) -> int:
    """Shows launch lists; exits with 2 when one holds something red."""
    library = library_of(terminal)
    chosen = _chosen(library, scheme, territories, everywhere)
    with open_instance(terminal) as cases:
        for territory in chosen:
            if waive:
                waivers.waive(cases, scheme, territory, waive, because=because, by=by)
            if unwaive:
                waivers.unwaive(cases, scheme, territory, unwaive, by=by)
            if test_to:
                _send_test(terminal, cases, territory, test_to)
            if code:
                _acknowledge(cases, territory, code, by)
        lists = launch_lists(cases, library, scheme, chosen)
    if as_json:
        terminal.out.print_json(json.dumps([_as_json(terminal, one) for one in lists], ensure_ascii=False))
    else:
        for one in lists:
            _show(terminal, one, library.territories[one.territory].time_zone)
    return 0 if all(one.ready for one in lists) else 2


def _chosen(library: Library, scheme: str, named: Sequence[str], everywhere: bool) -> tuple[str, ...]:
    meant = library.territories_of(library.effective(scheme).scheme)
    found = tuple(dict.fromkeys(library.territories.find(text).id for text in named))
    if everywhere or (not found and len(meant) == 1):
        return tuple(meant)
    if not found:
        raise ProblemsFound([Problem("ready.which_territory", {"scheme": scheme})])
    return found


def _send_test(terminal: Terminal, cases: UseCases, territory: str, address: str) -> None:
    try:
        sender.ask_test(cases, territory, address)
    except BadAddress as error:
        raise ProblemsFound([Problem("ready.bad_address", {"value": address})]) from error
    went = drain(cases, kinds=(sender.DUTY,))
    if went.failed or went.dead:
        error = sender.last_failure(cases) or "?"
        raise ProblemsFound([Problem("ready.test_not_sent", {"error": error})])
    if sender.leaves(cases):
        terminal.note(_SENT, address=address)
    else:
        terminal.note(_FILED, folder=cases.folder / "mails")


def _acknowledge(cases: UseCases, territory: str, code: str, by: str) -> None:
    if not by.strip():
        raise ProblemsFound([Problem("ready.reader_unnamed")])
    sender.acknowledge(cases, territory, code, by)


def _show(terminal: Terminal, one: LaunchList, time_zone: str) -> None:
    say = Texts(terminal.language)
    terminal.say(_HEAD, scheme=one.scheme, territory=one.territory)
    for line in one.lines:
        text, style = _STATES[line.state]
        head = Styled.assemble(
            "  ", (terminal.text(text).ljust(9), style), f"{line.item}  ", (_label(say, line), "dim")
        )
        terminal.out.print(head, soft_wrap=True)
        for part in _details(terminal, line, time_zone):
            terminal.out.print(Styled(f"           {part}"), soft_wrap=True)
    if one.ready:
        terminal.say(_READY)
    else:
        terminal.say(_NOT_READY, count=len(one.red))


def _details(terminal: Terminal, line: Line, time_zone: str) -> list[str]:
    """What was found; for what is red, each problem with its place, then what to do."""
    if line.state == "green":
        told = " · ".join(" ".join(part.split()) for part in _told(terminal, line) if part)
        return [told] if told else []
    parts: list[str] = []
    for problem in line.finding.problems:
        place = f"{position_text(problem.position)}  " if problem.position is not None else ""
        parts.append(place + sentence(problem.code, problem.data, terminal.language))
        advice = hint(problem.code, problem.data, terminal.language)
        parts += [f"→ {advice}"] if advice and line.state == "red" else []
    if line.waiver is not None and line.state == "waived":
        given = line.waiver
        day = local_day(given.at, time_zone).isoformat()
        parts.append(terminal.text(_WAIVED, by=given.by, day=day, because=given.because))
    return list(dict.fromkeys(parts))


def _told(terminal: Terminal, line: Line) -> list[str]:
    """What was found, in the words of the language; an address or a date is the same in each."""
    return [part if isinstance(part, str) else part.form(terminal.language, None) for part in line.finding.told]


def _label(say: Texts, line: Line) -> str:
    return say(f"readiness.{line.item}")


def _as_json(terminal: Terminal, one: LaunchList) -> dict[str, object]:
    say = Texts(terminal.language)
    return {
        "scheme": one.scheme,
        "territory": one.territory,
        "ready": one.ready,
        "items": [
            {
                "item": line.item,
                "label": _label(say, line),
                "state": line.state,
                "found": _told(terminal, line),
                "problems": [_problem_as_json(terminal, problem) for problem in line.finding.problems],
                "waiver": _waiver_as_json(line),
            }
            for line in one.lines
        ],
    }


def _problem_as_json(terminal: Terminal, problem: Problem) -> dict[str, object]:
    place = problem.position
    return {
        "code": problem.code,
        "what": sentence(problem.code, problem.data, terminal.language),
        "do": hint(problem.code, problem.data, terminal.language),
        "file": place.file if place is not None else None,
        "line": place.line if place is not None else None,
    }


def _waiver_as_json(line: Line) -> dict[str, str] | None:
    given = line.waiver
    if given is None:
        return None
    return {"by": given.by, "at": given.at.isoformat(), "because": given.because}
