"""Opening: the scheme published in each place, its lists brought in, its agents with them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, cast

from guichet.demo.drawing import person
from guichet.demo.lists import DrawnRows, write_list
from guichet.demo.recipe import FetchedRecipe
from guichet.demo.stage import Stage
from guichet.errors import Problem, ProblemsFound
from guichet.loader.library import Library
from guichet.model.records import ListImport
from guichet.model.scheme import ReferenceList
from guichet.plugin.contracts import FetchedList
from guichet.plugin.sandboxes import serve_sandbox
from guichet.services.agent_files import read_agent_file
from guichet.services.list_fetches import fetch_list
from guichet.services.list_imports import import_list
from guichet.services.organisations import import_agents
from guichet.services.publication import publish
from guichet.storage import agents, instances

__all__ = ["Staff", "bring_lists", "engage", "open_scheme"]


@dataclass(frozen=True, slots=True)
class Staff:
    """An agent of the demonstration."""

    id: str
    email: str
    name: str
    role: str
    body: str
    territory: str


def open_scheme(stage: Stage, library: Library) -> None:
    """Fix the business day and publish the scheme in each place."""
    stage.cases.store.act(lambda tx: instances.set_business_day(tx, stage.day))
    publish(stage.cases, library, stage.scheme, stage.places)


def bring_lists(stage: Stage) -> int:
    """Bring in each list, from a file or from the stand-in of a service, and give how many rows came in."""
    brought = 0
    lists = stage.compiled(stage.places[0]).scheme.lists
    for name, rows in stage.rows.items():
        fetched = stage.recipe_of_fetch(name)
        bring = _written_and_imported if fetched is None else _fetched(fetched)
        for ledger in bring(stage, name, lists[name], rows):
            brought += ledger.read - ledger.rejected
    return brought


def _written_and_imported(stage: Stage, name: str, declared: ReferenceList, rows: int) -> Iterator[ListImport]:
    """Write a list as a file, and import it."""
    path = stage.folder / f"{name}.csv"
    source = stage.cases.plugins.list_sources[declared.plugin]
    options = source.Options.model_validate(declared.options)
    write_list(path, stage.recipe, name, declared, options, rows, lambda n: stage.told("write", n, rows))
    for territory in _territories(stage, declared):
        with stage.timed("import"):
            yield import_list(
                stage.cases,
                stage.scheme,
                name,
                declared,
                path,
                as_of=stage.day,
                territory=territory,
                progress=lambda read, _: stage.told("import", read, rows),
            ).ledger


def _fetched(recipe: FetchedRecipe) -> Callable[[Stage, str, ReferenceList, int], Iterator[ListImport]]:
    """What serves the rows of a list as its service would, and fetches them with the connector's own code."""

    def bring(stage: Stage, name: str, declared: ReferenceList, rows: int) -> Iterator[ListImport]:
        source = stage.cases.plugins.list_sources[recipe.plugin]
        options = source.Options.model_validate(recipe.options)
        drawn = DrawnRows(stage.recipe, name, rows)
        app = None
        if isinstance(source, FetchedList):
            app = source.stand_in(cast("Sequence[Any]", drawn), declared.key, declared.columns, options)
        if app is None:
            raise ProblemsFound([Problem("demo.no_stand_in", {"plugin": recipe.plugin, "list": name})])
        with serve_sandbox(app) as server:
            there = declared.model_copy(update={"plugin": recipe.plugin, "options": recipe.options})
            set_here = {recipe.plugin: {**recipe.options, "base_url": server.url}}
            cases = replace(stage.cases, services={**stage.cases.services, **set_here})
            for territory in _territories(stage, declared):
                with stage.timed("import"):
                    yield fetch_list(
                        cases,
                        stage.scheme,
                        name,
                        there,
                        territory=territory,
                        progress=lambda read: stage.told("import", read, rows),
                    ).ledger

    return bring


def _territories(stage: Stage, declared: ReferenceList) -> tuple[str | None, ...]:
    return (None,) if declared.across != "territory" else stage.places


def engage(stage: Stage) -> list[Staff]:
    """Write the file of agents, import it, and give them with the ids they got."""
    wanted = list(_agents(stage))
    path = stage.folder / "agents.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(("email", "name", "role", "organisation", "body", "territory", "scheme", "ends_on"))
        for one in wanted:
            bodies = stage.compiled(one.territory).scheme.workflow.bodies
            organisation = stage.cases.territory(one.territory).organisation(one.body, stage.day)
            name = organisation.name if organisation is not None else bodies[one.body]
            writer.writerow((one.email, one.name, one.role, name, one.body, one.territory, stage.scheme, ""))
    lines, problems = read_agent_file(stage.cases, path.read_bytes(), path.name)
    import_agents(stage.cases, lines, problems)
    known = {agent.email: agent.id for agent in stage.cases.store.read(agents.all_agents)}
    return [Staff(known[one.email], one.email, one.name, one.role, one.body, one.territory) for one in wanted]


def _agents(stage: Stage) -> Iterator[Staff]:
    """The agents of the recipe, place by place; their addresses say what they do."""
    rng = Random(f"{stage.recipe.seed}:agents")  # noqa: S311  invented data, drawn again from its seed
    groups = Counter(group.body for group in stage.recipe.agents.values())
    for territory in stage.places:
        first_body = next(iter(stage.compiled(territory).scheme.workflow.bodies))
        for role, group in stage.recipe.agents.items():
            for number in range(1, group.count + 1):
                body = group.body or first_body
                what = body if groups[group.body] == 1 and group.body is not None else role
                first, last = person(rng)
                yield Staff("", f"{what}-{number}.{territory}@exemple.fr", f"{first} {last}", role, body, territory)
