"""A sandbox ready to walk through: dossiers at every stage, people one may be, companies that may still file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from guichet.demo.attempts import attempts
from guichet.demo.awarding import award_all, give_accounts
from guichet.demo.filing import comers, file_all, try_to_file
from guichet.demo.folders import fresh_folder
from guichet.demo.instructing import instruct, pre_instruct
from guichet.demo.opening import Staff, bring_lists, engage, open_scheme
from guichet.demo.paying import pay
from guichet.demo.persons import Cast, Person, Try, applicant, read_cast, seat_agents, write_cast
from guichet.demo.places import fill_places
from guichet.demo.recipes import choose_scheme, read_recipe
from guichet.demo.stage import STAND_IN_SECRETS, Played, Stage, Told, quiet
from guichet.engine.form_flow import gate_fields
from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.locale import Texts
from guichet.runtime import build, read_library
from guichet.services.cases import UseCases
from guichet.services.completions import ask_missing
from guichet.services.drafts import start_draft
from guichet.services.messages import write_as_applicant
from guichet.settings import Settings
from guichet.storage import accounts, dossiers

__all__ = ["DOSSIERS", "ROWS", "Opened", "open_sandbox"]

DOSSIERS, ROWS = 240, 5_000
"""What a first start prepares: few enough to wait for, enough to fill the screens."""

_BEGUN = "demo-being-prepared"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A sandbox, and whether it was prepared just now; the caller closes `cases.store`."""

    cases: UseCases
    cast: Cast
    new: bool


def open_sandbox(
    settings: Settings,
    library: Library,
    folder: Path,
    *,
    scheme: str | None = None,
    base_url: str = "",
    dossiers: int = DOSSIERS,
    rows: int = ROWS,
    told: Told = quiet,
) -> Opened:
    """The sandbox of a folder, prepared at its first opening; one whose preparation was cut short begins anew.

    Raises:
        ProblemsFound: The folder holds something else, or another scheme's sandbox.
    """
    own = replace(settings, instance=folder, database_url=None)
    cast = read_cast(folder)
    if cast is not None:
        if scheme is not None and scheme != cast.scheme:
            data = {"folder": folder, "scheme": cast.scheme}
            raise ProblemsFound([Problem("demo.other_scheme", data)])
        cases = build(own, folder=folder, business_day=cast.business_day, base_url=base_url)
        return Opened(cases, cast, new=False)
    chosen = choose_scheme(library, scheme)
    recipe = read_recipe(library, chosen)
    places = tuple(recipe.territories)
    fresh_folder(folder, _BEGUN)
    fill_places(folder, library.territories, places, recipe)
    cases = build(own, folder=folder, business_day=recipe.business_day, secrets=STAND_IN_SECRETS, base_url=base_url)
    try:
        awards = library.effective(chosen).scheme.award is not None
        counted = dict.fromkeys(recipe.lists, dossiers if awards else rows)
        cast = _prepare(Stage(cases, recipe, chosen, places, counted, folder, told), read_library(own), dossiers)
    except BaseException:
        cases.store.close()
        raise
    write_cast(folder, cast)
    (folder / _BEGUN).unlink()
    return Opened(cases, cast, new=True)


def _prepare(stage: Stage, library: Library, wanted: int) -> Cast:
    open_scheme(stage, library)
    bring_lists(stage)
    staff = engage(stage)
    home = max(stage.places, key=lambda place: stage.recipe.territories[place])
    awards = stage.compiled(home).scheme.award is not None
    tally = award_all(stage, comers(stage)) if awards else file_all(stage, wanted, lambda _: try_to_file)
    played = tally.played
    pre_instruct(stage)
    instruct(stage, played, staff, comes=_comes)
    _ask_something(stage, played, staff)
    give_accounts(stage, played[::2] if awards else ())  # half of those granted; the others are still asked
    pay(stage)
    persons = [*_applicants(played, home), *seat_agents(stage, staff, home)]
    _leave_drafts(stage, () if awards else played)
    return Cast(
        scheme=stage.scheme,
        business_day=stage.day,
        places=stage.places,
        filed=len(played),
        beneficiaries=max(stage.rows.values(), default=0),
        agents=len(staff),
        persons=persons,
        tries=list(_tries(stage, home, wanted)),
    )


def _comes(one: Played, number: int, stages: int) -> bool:
    """A third of the dossiers waits at each stage, and a third is decided."""
    return number < one.attempt.number % (stages + 1)


def _ask_something(stage: Stage, played: Sequence[Played], staff: Sequence[Staff]) -> None:
    """Some dossiers wait for their applicant, and some applicants have written."""
    say = Texts("fr")
    for place in stage.places:
        waiting = [one for one in played if one.attempt.territory == place and not _comes(one, 0, _stages(stage))]
        compiled = stage.compiled(place)
        first = next(iter(compiled.scheme.workflow.stages.values()))
        agent = next((one for one in staff if one.territory == place and one.body == first.body), None)
        if waiting and agent is not None:
            ask_missing(stage.cases, agent.id, waiting[0].dossier, (), say("demo.missing"))
        for one in waiting[1:2]:
            dossier = stage.cases.store.read(lambda tx, one=one: dossiers.by_id(tx, one.dossier))
            write_as_applicant(stage.cases, dossier.account or "", dossier.reference, say("demo.message"))


def _leave_drafts(stage: Stage, played: Sequence[Played]) -> None:
    """Some applicants have begun another dossier."""
    for one in played[:: max(1, len(played) // len(stage.places))]:
        account = stage.cases.store.act(lambda tx, one=one: accounts.ensure(tx, one.attempt.email)).id
        start_draft(stage.cases, account, stage.scheme, one.attempt.territory, key=f"demo:draft:{one.attempt.number}")


def _stages(stage: Stage) -> int:
    return len(stage.compiled(stage.places[0]).scheme.workflow.stages)


def _applicants(played: Sequence[Played], home: str) -> Iterator[Person]:
    """An applicant whose dossier was decided, one whose dossier waits."""
    for decided in (True, False):
        found = (one for one in played if one.attempt.territory == home and _comes(one, 0, 2) is decided)
        for one in islice(found, 1):
            yield applicant(one.attempt)


def _tries(stage: Stage, home: str, filed: int) -> Iterator[Try]:
    """Companies of the list that have not filed, with what the gate asks of them."""
    compiled = stage.compiled(home)
    source = attempts(stage.recipe, stage.cases.territories, rows=stage.rows, places=stage.places)
    unused = (one for one in islice(source, filed * 3, None) if one.stopped is None)
    asked = gate_fields(compiled, stage.day)
    if not asked:
        return  # whoever comes may file, with any numbers
    for one in islice(unused, _TRIES):
        yield Try(
            home,
            {compiled.fields[name].declaration.label: str(one.posted[name]) for name in asked},
            {
                label: one.proofs[name][column]
                for name, declared in compiled.scheme.lists.items()
                for column, label in declared.proof.items()
                if name in one.proofs
            },
        )
