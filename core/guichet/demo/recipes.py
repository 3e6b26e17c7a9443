"""Which schemes can be shown, and their recipes read and compared with what they declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from guichet.catalogue import CompiledField, CompiledScheme
from guichet.catalogue.uses import unknown_columns
from guichet.demo.list_samples import refused_cells
from guichet.demo.recipe import Draw, Recipe
from guichet.engine.stages import judged
from guichet.errors import Problem, ProblemsFound, guess
from guichet.loader.declaration import declare, place
from guichet.loader.doubtful_names import check_names
from guichet.loader.library import Library
from guichet.loader.reader import DISK, Files, Node
from guichet.model.examples import Examples
from guichet.model.scheme import Scheme
from guichet.plugin.contracts import Context, DataTable, Invalid
from guichet.services.example_codes import code_fault

__all__ = ["FILE", "check_recipe", "choose_scheme", "read_recipe", "schemes_with_recipe"]

FILE = "demo.yaml"
FORMAT = 1
_SPAN = ("from", "to")
_ENDS = {"fixed": ("value",), "integer": _SPAN, "money": _SPAN, "date": _SPAN, "lognormal": ("min", "max")}
"""Distribution → the keys that hold an answer as people write it."""


def schemes_with_recipe(library: Library) -> list[str]:
    """The schemes that can be shown, by id."""
    return sorted(name for name, source in library.sources.items() if (source.folder / FILE).is_file())


def choose_scheme(library: Library, wanted: str | None = None) -> str:
    """The scheme asked for; else the one whose recipe says `default: true`, else the first by id.

    Raises:
        ProblemsFound: No scheme of this name has a recipe, or none has any.
    """
    known = schemes_with_recipe(library)
    if wanted is not None:
        if wanted not in known:
            library.source(wanted)
            raise ProblemsFound([Problem("demo.no_recipe", {"scheme": wanted, "choices": tuple(known)})])
        return wanted
    if not known:
        raise ProblemsFound([Problem("demo.no_recipe_at_all", {})])
    chosen = [name for name in known if _read(library, name, DISK)[0].default]
    return (chosen or known)[0]


def read_recipe(library: Library, scheme: str, files: Files = DISK) -> Recipe:
    """The recipe of a scheme, every name in it known to the scheme.

    Raises:
        ProblemsFound: Every mistake of the file, each at its place.
    """
    recipe, node = _read(library, scheme, files)
    if problems := _mistakes(recipe, node, library, scheme):
        raise ProblemsFound(problems)
    return recipe


def check_recipe(library: Library, scheme: str, files: Files = DISK) -> list[Problem]:
    """Every mistake of a recipe, and the warnings of what looks like a slip."""
    try:
        recipe, node = _read(library, scheme, files)
    except ProblemsFound as found:
        return list(found.problems)
    source = library.source(scheme)
    beside = [source.node, *([source.examples] if source.examples is not None else [])]
    slips = check_names([node, *beside], only=node, models=(Recipe, Scheme, Examples))
    return [*_mistakes(recipe, node, library, scheme), *slips, *_closed(recipe, node, library.effective(scheme).scheme)]


def _closed(recipe: Recipe, node: Node, scheme: Scheme) -> Iterator[Problem]:
    """A warning when the day of the demonstration is one on which nobody can file."""
    opens, closes = scheme.calendar.opens.date(), scheme.calendar.closes
    if not opens <= recipe.business_day <= closes:
        data = {"day": recipe.business_day, "opens": opens, "closes": closes}
        path = ("business_day",)
        yield Problem("demo.closed_day", data, place(node, path), path, "warning")


def _mistakes(recipe: Recipe, node: Node, library: Library, scheme: str) -> list[Problem]:
    compiled = library.effective(scheme).compiled
    found = [*_names(recipe, compiled, library), *_order(recipe)]
    if not found:
        found = list(refused_cells(recipe, compiled.scheme.lists, library.plugins.list_sources))
    return [replace(problem, position=place(node, problem.path, of_key=True)) for problem in found]


def _read(library: Library, scheme: str, files: Files) -> tuple[Recipe, Node]:
    source = library.source(scheme)
    node = files.node(source.folder / FILE, f"{source.shown_as}/{FILE}")
    recipe = declare(Recipe, node)
    if recipe.format != FORMAT:
        data = {"value": recipe.format, "choices": (FORMAT,)}
        raise ProblemsFound([Problem("unknown_value", data, place(node, ("format",)), ("format",))])
    return recipe, node


def _names(recipe: Recipe, compiled: CompiledScheme, library: Library) -> Iterator[Problem]:
    """Every name that the scheme does not know."""
    scheme = compiled.scheme
    for territory in recipe.territories:
        if territory not in library.territories:
            yield Problem(
                "territory.unknown",
                guess(territory, [known.id for known in library.territories]),
                path=("territories", territory),
            )
        elif not scheme.is_meant_for(territory):
            data = {"value": territory, "scheme": scheme.id}
            yield Problem("territory_not_meant", data, path=("territories", territory))
    for role, group in recipe.agents.items():
        if group.body is not None:
            yield from _known(group.body, scheme.workflow.bodies, ("agents", role, "body"))
    yield from _names_of_lists(recipe, compiled, library)
    yield from _names_of_draws(recipe, compiled, library.plugins.tables)
    version = compiled.version_on(recipe.business_day) or compiled.versions[0]
    asked = {*judged(version.rules), *(n for n, c in version.rules.criteria.items() if c.answer == "attested")}
    for name in recipe.judgements:
        yield from _known(name, asked, ("judgements", name))


def _names_of_draws(recipe: Recipe, compiled: CompiledScheme, tables: Mapping[str, DataTable]) -> Iterator[Problem]:
    """What is drawn for no field, an answer it would refuse, columns it does not have."""
    for path, draw in _draws(recipe):
        yield from _known(path[-1], compiled.fields, path)
        field = compiled.fields.get(path[-1])
        if field is not None:
            for choice in draw.choices or ():
                where = (*path, "choices", choice)
                yield from _answers(choice, field, where, tables, recipe.business_day)
            for key, text in _ends(draw):
                yield from _answers(text, field, (*path, key), tables, recipe.business_day)
            offered: Mapping[str, object] = getattr(field.options, "choices", {})
            for value in draw.values or ():
                yield from _known(value, offered, (*path, "values"))
            columns: Mapping[str, object] = getattr(field.options, "fields", {})
            for column in draw.columns or ():
                yield from _known(column, columns, (*path, "columns", column))


def _ends(draw: Draw) -> Iterator[tuple[str, str]]:
    """The answers that a draw surely gives, or may give at the most: what is fixed, and both ends of a span."""
    written = {"from": draw.least, "to": draw.most, "min": draw.min, "max": draw.max, "value": draw.value}
    for key in _ENDS.get(draw.distribution, ()):
        if (text := written[key]) is not None:
            yield key, text


def _answers(
    choice: str, field: CompiledField, path: tuple[str, ...], tables: Mapping[str, DataTable], today: date
) -> Iterator[Problem]:
    """An answer that the form would refuse, or a code that nobody bears."""
    offered = getattr(field.options, "choices", None)
    if isinstance(offered, Mapping):
        yield from _known(choice, cast("Mapping[str, object]", offered), path)
        return
    try:
        field.type.read(choice, field.options, Context(today=today, mode="sandbox"))
    except Invalid as error:
        data = {"field": field.id, "value": choice, "reason_fr": error.text("fr"), "reason_en": error.text("en")}
        yield Problem("case_value_refused", data, path=path)
    fault = code_fault(field, choice, tables)
    if fault is not None:
        yield Problem(fault.code, fault.data, path=path)


def _names_of_lists(recipe: Recipe, compiled: CompiledScheme, library: Library) -> Iterator[Problem]:
    known, sources = compiled.scheme.lists, library.plugins.list_sources
    for name, declared in recipe.lists.items():
        yield from _known(name, known, ("lists", name))
        columns = tuple(dict.fromkeys((known[name].key, *known[name].columns))) if name in known else ()
        fetched, where = declared.fetched, ("lists", name, "fetched")
        if fetched is not None:
            yield from _known(fetched.plugin, sources, (*where, "plugin"))
            if name in known and fetched.plugin in sources:
                model = sources[fetched.plugin].Options
                for path, key in unknown_columns(model, fetched.options, columns, (*where, "options")):
                    yield Problem("unknown_column", guess(key, columns), path=path)
        if name not in known:
            continue
        for column in declared.columns:
            yield from _known(column, columns, ("lists", name, "columns", column))
        if known[name].key not in declared.columns:
            yield Problem("missing_key", {"key": known[name].key}, path=("lists", name, "columns"))


def _order(recipe: Recipe) -> Iterator[Problem]:
    """Draws that read a field nothing draws, or that wait for each other."""
    drawn: dict[str, set[str]] = {}
    for path, draw in _draws(recipe):
        drawn.setdefault(path[-1], set()).update(draw.reads)
    for path, draw in _draws(recipe):
        for name in draw.reads:
            if name not in drawn:
                yield Problem("demo.reads_nothing_drawn", guess(name, drawn), path=path)
        if path[-1] in _reached(path[-1], drawn):
            yield Problem("demo.draws_in_a_ring", {"field": path[-1]}, path=path)


def _reached(name: str, drawn: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(drawn.get(name, ()))
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += drawn.get(other, ())
    return found


def _draws(recipe: Recipe) -> Iterator[tuple[tuple[str, ...], Draw]]:
    for name, draw in recipe.fields.items():
        yield ("fields", name), draw
    for profile, cases in recipe.profiles.items():
        for case, declared in cases.items():
            for name, draw in declared.fields.items():
                yield ("profiles", profile, case, "fields", name), draw


def _known(name: str, choices: Iterable[str], path: tuple[str, ...]) -> Iterator[Problem]:
    if name not in choices:
        yield Problem("unknown_value", guess(name, choices), path=path)
