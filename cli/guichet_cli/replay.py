"""`guichet replay`: dossiers of an instance or of a file under two sets of rules, and whom to examine again."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from guichet.engine.replays import CHANGES, Replayed, Summary, Totals, as_totals
from guichet.errors import Position, Problem, ProblemsFound
from guichet.locale import Text, Texts, format_day, format_money, format_number
from guichet.plugin.contracts import Context
from guichet.services.exchange import parse_case, read_case
from guichet.services.replaying import RuleSet, replay_case, replay_stored
from guichet_cli import bilingual
from guichet_cli.case_files import case_text, placed, read_lines, said_of_itself
from guichet_cli.declarations import library_of
from guichet_cli.diff_sides import SideReader
from guichet_cli.instances import open_instance
from guichet_cli.replay_files import ReplayFolder, check_folder
from guichet_cli.simulate import require_bulk
from guichet_cli.terminal import Terminal, pass_terminal, write
from guichet_cli.values import FILE

__all__ = ["command"]

_ABOUT = Text(
    fr="Rejoue des dossiers sous deux règles : qui gagne l'aide, qui la perd, quels montants changent et de combien,"
    " par territoire, et la liste des refusés que les nouvelles règles accorderaient, ou pourraient accorder une fois"
    " une question posée. Lit l'installation, ou un fichier avec --cases. --from et --to prennent un jour (la version"
    " de ce jour) ou tout ce que prend guichet diff. Rien n'est décidé ni modifié.",
    en="Replay dossiers under two sets of rules: who gains the aid, who loses it, which amounts change and by how"
    " much, by territory, and the list of those refused that the new rules would grant, or may grant once a question"
    " is asked. Reads the instance, or a file with --cases. --from and --to take a day (the version of that day) or"
    " whatever guichet diff takes. Nothing is decided or changed.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_FROM = Text(
    fr="Les règles d'avant : 2020-04-17, ou un côté de guichet diff.",
    en="The former rules: 2020-04-17, or a side of guichet diff.",
)
_TO = Text(fr="Les règles d'après.", en="The new rules.")
_TERRITORY = Text(fr="Territoire, comme reg-53 ; peut être répété.", en="Territory, such as reg-53; may be repeated.")
_CASES = Text(
    fr="Fichier JSON Lines de cas, écrits comme pour guichet eval, avec « @reference » et « @territory » si on veut ;"
    " ou fichier Parquet ou CSV, comme pour guichet simulate.",
    en="JSON Lines file of cases, written as for guichet eval, with “@reference” and “@territory” if one likes; or"
    " a Parquet or CSV file, as for guichet simulate.",
)
_OUT = Text(fr="Dossier à créer, où écrire les listes.", en="Folder to create, where lists are written.")
_JSON = Text(fr="Écrit les totaux et la liste en JSON.", en="Write the totals and the list as JSON.")
_BARE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@bilingual.command("replay", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--from", "before", required=True, text=_FROM)
@bilingual.option("--to", "after", required=True, text=_TO)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORY)
@bilingual.option("--cases", type=FILE, default=None, text=_CASES)
@bilingual.option("--out", type=Path, default=None, text=_OUT)
@bilingual.option("--json", "as_json", is_flag=True, text=_JSON)
@pass_terminal
def command(
    terminal: Terminal,
    scheme: str,
    before: str,
    after: str,
    territories: tuple[str, ...],
    cases: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Replays and tells; exits with 2 when some case is refused."""
    if out is not None:
        check_folder(out)
    rules = _Rules(terminal, scheme, before, after)
    problems: list[Problem] = []
    if cases is not None and cases.suffix.lower() in (".parquet", ".csv"):
        return _of_data(terminal, rules, cases, territories[0] if territories else "", out, as_json=as_json)
    if cases is not None:
        found = _of_file(terminal, rules, cases, territories[0] if territories else "", problems)
        _replay(terminal, rules, found, out, as_json=as_json)
    else:
        with open_instance(terminal) as opened:
            named = tuple(dict.fromkeys(opened.territories.find(text).id for text in territories))
            _replay(terminal, rules, replay_stored(opened, scheme, rules.of, named), out, as_json=as_json)
    if problems:
        terminal.refuse(problems)
    return 2 if any(problem.severity == "error" for problem in problems) else 0


def _replay(terminal: Terminal, rules: _Rules, found: Iterable[Replayed], out: Path | None, *, as_json: bool) -> None:
    """Each dossier counted and written as it comes; only those to examine again are kept."""
    totals = Totals()
    with ReplayFolder(out, terminal.language) if out is not None else nullcontext() as folder:
        for one in found:
            totals.add(one)
            if folder is not None:
                folder.add(one)
        written = folder.finish(totals.listed, totals.summaries) if folder is not None else ()
    _tell(terminal, rules, totals.summaries, totals.listed, as_json=as_json)
    _written(terminal, written)


def _of_data(terminal: Terminal, rules: _Rules, data: Path, territory: str, out: Path | None, *, as_json: bool) -> int:
    """A whole data file, as columns: needs the extra `bulk`."""
    require_bulk()
    from guichet.services.replaying_data import replay_data
    from guichet.services.simulation import Simulation

    library = library_of(terminal)
    known = sorted(each.id for each in library.territories)
    where = library.territories.find(territory).id if territory else None
    days = [side.day or date.today() for side in rules.of(where or "")]  # noqa: DTZ011  the author's own day
    old, new = (
        Simulation(lambda place, side=side: rules.of(place)[side].scheme, known, where, day)
        for side, day in enumerate(days)
    )
    found = replay_data(old, new, data)
    _tell(terminal, rules, found.summaries, found.reexamination, as_json=as_json)
    if out is not None:
        with ReplayFolder(out, terminal.language) as folder:
            _written(terminal, folder.finish(found.reexamination, found.summaries))
    return 0


def _tell(
    terminal: Terminal,
    rules: _Rules,
    summaries: dict[str, Summary],
    listed: Sequence[Replayed],
    *,
    as_json: bool,
) -> None:
    if not as_json:
        _show(terminal, rules, summaries)
        return
    whole = {"totals": as_totals(summaries), "reexamination": [one.as_json() for one in listed]}
    sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _written(terminal: Terminal, paths: Iterable[Path]) -> None:
    for path in paths:
        write(terminal.err, Texts(terminal.language)("replay.written", path=path))


class _Rules:
    """The two sets of rules as each territory has them, compiled once for each."""

    def __init__(self, terminal: Terminal, scheme: str, before: str, after: str) -> None:
        self._reader = SideReader(terminal)
        self._texts = [f"{scheme}@{text}" if _BARE_DAY.fullmatch(text) else text for text in (before, after)]
        self._known: dict[str, tuple[RuleSet, RuleSet]] = {}

    def of(self, territory: str) -> tuple[RuleSet, RuleSet]:
        """The former rules and the new ones of a territory; raises ProblemsFound where a side cannot be read."""
        found = self._known.get(territory)
        if found is None:
            old, new = (self._reader.read(text, territory) for text in self._texts)
            found = self._known[territory] = RuleSet(old.scheme, old.day), RuleSet(new.scheme, new.day)
        return found

    def named(self, sides: tuple[RuleSet, RuleSet], say: Texts) -> list[str]:
        """What each side is called; by what was typed too, where that alone tells them apart."""
        names = [_side(side, say) for side in sides]
        if names[0] != names[1]:
            return names
        return [f"{name} ({text})" for name, text in zip(names, self._texts, strict=True)]


def _of_file(
    terminal: Terminal, rules: _Rules, cases: Path, territory: str, problems: list[Problem]
) -> Iterator[Replayed]:
    """The cases of a file; what is wrong with one goes to the problems and the others are replayed."""
    for place, content in read_lines(cases):
        try:
            given = parse_case(case_text(content))
            reference, where = said_of_itself(given)
            where = where or territory
            sides = rules.of(where)
            day = sides[0].day or sides[1].day or date.today()  # noqa: DTZ011  the author's own day
            context = Context(today=day, language=terminal.language, territory=where, mode="sandbox")
            case = read_case(sides[1].scheme, _known(given, sides), day, context)
        except ProblemsFound as error:
            problems += [placed(problem, place) if problem.position is None else problem for problem in error.problems]
            continue
        yield replay_case(reference or _line(place), case, sides, day)


def _known(given: dict[str, Any], sides: tuple[RuleSet, RuleSet]) -> dict[str, Any]:
    """What the new declaration can read: a question that only the former one asks is left to it alone."""
    old, new = sides
    gone = set(old.scheme.fields) - set(new.scheme.fields)
    return {name: value for name, value in given.items() if name not in gone}


def _line(place: Position) -> str:
    return str(place.line)


def _show(terminal: Terminal, rules: _Rules, summaries: dict[str, Summary]) -> None:
    say, language = Texts(terminal.language), terminal.language
    names = [name for name in summaries if name] or [""]
    sides = rules.of(names[0])
    before, after = rules.named(sides, say)
    write(terminal.out, say("replay.law", before=before, after=after))
    columns = ("dossiers", *CHANGES, "reexamine", "ask")
    rows = [[say(f"replay.{column}") for column in ("territory", *columns, "before", "after", "difference")]]
    for name, one in summaries.items():
        counted = one.as_json()
        counts = [format_number(counted[column], 0, language) for column in columns]
        sums = [format_money(cents, language) for cents in (one.before, one.after, one.after - one.before)]
        place = sides[1].scheme.code_name("territories", name) or name
        rows.append([place or say("replay.everywhere"), *counts, *sums])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for first, *others in rows:
        cells = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        write(terminal.out, "  ".join([first.ljust(widths[0]), *cells]))
    write(terminal.out, say("replay.nothing_decided"))


def _side(rules: RuleSet, say: Texts) -> str:
    if rules.day is None:
        return say("replay.side_own", scheme=rules.scheme.scheme.id)
    version = rules.scheme.version_on(rules.day)
    day = version.first_day if version is not None else rules.day
    return say("replay.side", scheme=rules.scheme.scheme.id, day=format_day(day, say.language))
