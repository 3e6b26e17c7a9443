"""The whole story without a screen: from the list of beneficiaries to the payment files, then the books."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

from guichet.demo.attempts import Attempt
from guichet.demo.awarding import award_all, give_accounts
from guichet.demo.books import Books, disagreements, read_books
from guichet.demo.calling import take_calls
from guichet.demo.filing import Tally, comers, file_all, try_to_file
from guichet.demo.folders import PLAYED, fresh_folder
from guichet.demo.instructing import Acts, instruct, like_shares, pre_instruct
from guichet.demo.opening import bring_lists, engage, open_scheme
from guichet.demo.paying import pay, write_letters
from guichet.demo.places import fill_places
from guichet.demo.recipe import Recipe
from guichet.demo.recipes import read_recipe
from guichet.demo.site import by_http, served
from guichet.demo.stage import STAND_IN_SECRETS, Stage, Told, TurningClock, quiet
from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.runtime import build, read_library
from guichet.settings import Settings

__all__ = ["Ending", "Wanted", "play", "recount"]

BY_HTTP = 50
"""At least this many attempts that file go through a real server."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a run; what is left out is the recipe's.

    Args:
        dossiers: How many are filed.
        beneficiaries: How many rows the lists have.
        by_http: How many are filed through a real server.
        database: The address of an empty database; a file in the folder when None.
        fetches: Whether lists are fetched from the stand-ins of services, or read from files; the short ones when None.
    """

    scheme: str
    out: Path
    dossiers: int | None = None
    beneficiaries: int | None = None
    territories: tuple[str, ...] = ()
    by_http: int = BY_HTTP
    database: str | None = None
    told: Told = quiet
    fetches: bool | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What a run came to: its figures, and what disagrees."""

    figures: dict[str, Any]
    wrong: tuple[str, ...] = field(default=())


def play(
    settings: Settings, library: Library, wanted: Wanted, before_books: Callable[[Stage], None] = lambda _: None
) -> Ending:
    """Play the story in a folder of its own and give its figures.

    Args:
        before_books: Called between the last payment file and the count, for who wants to see the count fail.

    Raises:
        ProblemsFound: The recipe has mistakes, the folder holds something else, or the list is too short.
    """
    recipe = read_recipe(library, wanted.scheme)
    dossiers = recipe.dossiers if wanted.dossiers is None else wanted.dossiers
    rows = _rows(recipe, wanted, dossiers, awards=library.effective(wanted.scheme).scheme.award is not None)
    places = wanted.territories or tuple(recipe.territories)
    for place in places:
        if place not in recipe.territories:
            data = {"scheme": wanted.scheme, "territory": place, "choices": tuple(recipe.territories)}
            raise ProblemsFound([Problem("demo.not_of_recipe", data)])
    fresh_folder(wanted.out, PLAYED)
    fill_places(wanted.out, library.territories, places, recipe)
    own = _own(settings, wanted.out, wanted.database)
    library = read_library(own)
    clock = TurningClock(recipe.business_day)
    cases = build(own, folder=wanted.out, clock=clock, secrets=STAND_IN_SECRETS)
    try:
        if cases.snapshots.all_current():
            raise ProblemsFound([Problem("demo.database_not_empty", {})])
        told = wanted.told
        stage = Stage(cases, recipe, wanted.scheme, places, rows, wanted.out, told, wanted.fetches, clock=clock)
        return _play(stage, library, dossiers, wanted.by_http, before_books)
    finally:
        cases.store.close()


def recount(settings: Settings, out: Path, scheme: str, database: str | None = None) -> tuple[str, ...]:
    """Count the books of a run again, from its database and its files, and give what disagrees.

    Raises:
        ProblemsFound: No run was played there.
    """
    if not (out / PLAYED).is_file():
        raise ProblemsFound([Problem("demo.not_played", {"folder": out})])
    cases = build(_own(settings, out, database), folder=out)
    try:
        places = cases.snapshots.territories(scheme)
        compiled = cases.snapshots.current(scheme, places[0]) if places else None
        if compiled is None:
            raise ProblemsFound([Problem("demo.not_played", {"folder": out})])
        return tuple(disagreements(read_books(cases, compiled)))
    finally:
        cases.store.close()


def _own(settings: Settings, out: Path, database: str | None) -> Settings:
    """The settings of a run: its own folder and database, never the ones the operator works with."""
    return replace(settings, instance=out, database_url=database)


def _play(
    stage: Stage, library: Library, dossiers: int, through_the_web: int, before_books: Callable[[Stage], None]
) -> Ending:
    open_scheme(stage, library)
    brought = bring_lists(stage)
    staff = engage(stage)
    tally, acts, pre_instructed, calls = Tally(), Acts(), 0, 0
    those = comers(stage)
    awards = stage.compiled(stage.places[0]).scheme.award is not None
    for number, share in enumerate(like_shares(dossiers, stage.recipe.days)):
        if number:
            stage.turn()
        today = _file(stage, share, max(0, through_the_web - len(tally.played)), those)
        pre_instructed += pre_instruct(stage)
        calls += take_calls(stage, today.played, staff)
        instruct(stage, today.played, staff, acts=acts)
        give_accounts(stage, today.played if awards else ())
        write_letters(stage)
        pay(stage)
        write_letters(stage)
        tally.add(today)
    before_books(stage)
    with stage.timed("payment"):
        books = read_books(stage.cases, stage.compiled(stage.places[0]))
    figures = _figures(stage, brought, len(staff), tally, pre_instructed, acts, books)
    figures["filed_by_http"] = 0 if awards else min(through_the_web, len(tally.played))
    figures["days"], figures["calls"] = stage.recipe.days, calls
    figures["opinions_of_one_agent"] = [min(acts.by_agent.values(), default=0), max(acts.by_agent.values(), default=0)]
    return Ending(figures, tuple(_wrong(figures, books)))


def _file(stage: Stage, dossiers: int, through_the_web: int, those: Iterator[Attempt]) -> Tally:
    if stage.compiled(stage.places[0]).scheme.award is not None:
        return award_all(stage, those)
    if not through_the_web:
        return file_all(stage, dossiers, lambda _: try_to_file, those=those)
    with served(stage.cases) as url:
        visit = by_http(url)
        return file_all(stage, dossiers, lambda before: visit if before < through_the_web else try_to_file, those=those)


def _rows(recipe: Recipe, wanted: Wanted, dossiers: int, *, awards: bool) -> dict[str, int]:
    if awards:  # each row is a dossier
        return dict.fromkeys(recipe.lists, dossiers)
    rows = {name: wanted.beneficiaries or declared.rows for name, declared in recipe.lists.items()}
    shortest = min(rows.values(), default=dossiers * 2)
    if shortest < dossiers * 1.25:  # those who misquote their proof are in the list too
        raise ProblemsFound([Problem("demo.list_too_short", {"rows": shortest, "least": ceil(dossiers * 1.25)})])
    return rows


def _wrong(figures: dict[str, Any], books: Books) -> list[str]:
    found = list(disagreements(books))
    if figures["attempts"] != figures["filed"] + figures["stopped_at_gate"]:
        found.append(f"attempts / filed + stopped_at_gate: {figures['attempts']}, {figures['filed']}")
    if figures["pre_instructed"] != figures["filed"]:
        found.append(f"pre_instructed / filed: {figures['pre_instructed']} and {figures['filed']}")
    return found


def _figures(
    stage: Stage, brought: int, agents: int, tally: Tally, pre_instructed: int, acts: Acts, books: Books
) -> dict[str, Any]:
    decided, files = books.decided, books.files
    steps = ("import", "filing", "pre_instruction", "opinions", "decisions", "letters", "payment")
    return {
        "territories": len(stage.places),
        "beneficiaries": brought,
        "agents": agents,
        "attempts": tally.attempts,
        "stopped_at_gate": tally.stopped,
        "filed": decided.filed,
        "pre_instructed": pre_instructed,
        "opinions": acts.opinions,
        "granted": decided.granted,
        "refused": decided.refused,
        "open": decided.open,
        "granted_cents": decided.granted_cents,
        "committed_cents": decided.committed_cents,
        "letters": decided.letters,
        "notices": decided.notices,
        "payment_files": files.files if files else 0,
        "payment_lines": files.lines if files else 0,
        "payment_cents": files.cents if files else 0,
        "waiting_for_proofs_cents": books.proofs_cents or 0,
        "journal_events": books.journal_events,
        "journal_valid": books.journal_valid,
        "elapsed_s": {step: round(stage.elapsed.get(step, 0.0), 2) for step in steps},
        "peak_mb": peak_mb(),
    }


def peak_mb() -> int:
    """The most memory this process held, and the largest of its children."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    held = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(held) // unit
