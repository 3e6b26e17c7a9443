"""Everything an instance declares, read once: schemes with their blocks, territories, overlays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ParamSpec

from guichet.catalogue import CompiledScheme, PluginsNeeded, compile_scheme, unwritten_payment
from guichet.errors import Position, Problem, ProblemsFound, guess, once
from guichet.loader.blocks import load_blocks
from guichet.loader.checked import Checked
from guichet.loader.collector import collector_at_rest
from guichet.loader.compiled_checks import check_compiled
from guichet.loader.crosschecks import cross_check
from guichet.loader.declaration import declare, find, place
from guichet.loader.law import restated
from guichet.loader.overlays import Overlay, apply_overlay, read_overlay
from guichet.loader.places import shown
from guichet.loader.reader import DISK, Files, Mapping, Node, Scalar
from guichet.loader.repairs import Guess, guess_past
from guichet.loader.schemes import SchemeSource, read_scheme, scheme_folders, with_extra_attachments
from guichet.loader.strays import misplaced_schemes
from guichet.loader.territories import load_regions
from guichet.model.examples import Examples
from guichet.model.scheme import Scheme
from guichet.model.territories import Territories

P = ParamSpec("P")
Regions = tuple[Territories, dict[str, Mapping]]
"""Territories, and the tree of each, which knows where its values stand."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The effective scheme of one territory: the value, the tree with its places, and the compiled form."""

    scheme: Scheme
    node: Node
    compiled: CompiledScheme
    notes: tuple[Problem, ...] = ()
    """What deserves a second look and forbids nothing."""


@dataclass(frozen=True, slots=True)
class Library:
    """The schemes, territories and overlays of an installation, read and joined, not yet compiled."""

    sources: dict[str, SchemeSource]
    territories: Territories
    overlays: dict[tuple[str, str], Overlay]
    plugins: PluginsNeeded
    trees: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    """Territory → the tree of its files, which knows where each value stands."""
    met: tuple[Problem, ...] = ()
    """Mistakes met and gone past while reading; some schemes and overlays may be missing for them."""
    known: dict[tuple[str, str], Effective] = field(
        default_factory=dict[tuple[str, str], Effective], repr=False, compare=False
    )
    """What was compiled already: a library never changes, and a check asks for the same scheme several times."""

    def source(self, scheme: str) -> SchemeSource:
        """One scheme's source; raises ProblemsFound with the nearest names when there is none."""
        if scheme not in self.sources:
            raise ProblemsFound([Problem("unknown_scheme", guess(scheme, sorted(self.sources)))])
        return self.sources[scheme]

    def effective(self, scheme: str, territory: str = "") -> Effective:
        """The scheme of a territory (of none: as shared), compiled; raises ProblemsFound with every mistake."""
        key = (scheme, territory)
        if key not in self.known:
            with collector_at_rest():
                self.known[key] = self._compiled(scheme, territory)
        return self.known[key]

    def _compiled(self, scheme: str, territory: str) -> Effective:
        source = self.source(scheme)
        problems = list(source.met)
        declared, meant = _declared(with_extra_attachments(source.node), problems)
        overlay = self.overlays.get((scheme, territory))
        unknown = self.territories.problem(territory) if territory else None
        if unknown is not None:
            raise ProblemsFound([unknown])
        if territory and not declared.is_meant_for(territory):
            where = Position(overlay.shown_as, 1, 1) if overlay is not None else None
            data = {"value": territory, "scheme": scheme, "meant": declared.territories}
            raise ProblemsFound([Problem("territory_not_meant", data, where)])
        if overlay is not None:
            laid = apply_overlay(source.node, overlay, declared.overlay_may_set, problems)
            declared, meant = _declared(with_extra_attachments(laid), problems)
        node = meant.tree
        if declared.id != source.id:
            where = place(node, ("id",))
            other = Problem("id_is_not_folder", {"value": declared.id, "folder": source.id}, where)
            problems += meant.told([other])
        checked = Checked(declared, node, self.territories, self.plugins)
        problems += meant.told(once(cross_check(checked)))
        try:
            compiled = compile_scheme(declared, self.plugins, territory=territory, locate=locator(node), advised=True)
        except ProblemsFound as error:
            found = (_at_its_key(problem, node) for problem in error.problems)
            raise ProblemsFound([*problems, *meant.told(found)]) from error
        if any(problem.severity == "error" for problem in problems):
            raise ProblemsFound(problems)
        problems += once(check_compiled(replace(checked, compiled=compiled)))
        if any(problem.severity == "error" for problem in problems):
            raise ProblemsFound(problems)
        return Effective(declared, node, compiled, tuple(problems))

    def warnings(self, effective: Effective) -> list[Problem]:
        """What is allowed but deserves a second look."""
        of_rules = [
            problem
            for version in effective.compiled.versions
            for program in (version.program, *version.passages.values())
            for problem in program.warnings
        ]
        given = {
            key: text
            for territory in self.territories
            if territory.imputation and effective.compiled.territory in ("", territory.id)
            if effective.scheme.is_meant_for(territory.id)
            for key, text in territory.imputation.items()
        }
        unwritten = unwritten_payment(effective.scheme, given, self.plugins, locator(effective.node))
        found = [*effective.notes, *of_rules]
        return once(found if unwritten is None else [*found, unwritten])

    def examples(self, scheme: str) -> Examples | None:
        """The examples beside a scheme; None when it has none."""
        tree = self.source(scheme).examples
        return declare(Examples, tree) if tree is not None else None

    def territories_of(self, scheme: Scheme) -> list[str]:
        """The ids of the territories that may run a scheme."""
        return [territory.id for territory in self.territories if scheme.is_meant_for(territory.id)]


def _at_its_key(problem: Problem, node: Node) -> Problem:
    """A problem about an unknown key, where the key stands: a compiler knows the places of values only."""
    if problem.code not in ("unknown_key", "unknown_column"):
        return problem
    value = str(problem.data["value"])
    where = problem.path if problem.path[-1:] == (value,) else (*problem.path, value)
    return replace(problem, position=place(node, where, of_key=True) if find(node, where) else problem.position)


def _declared(node: Node, problems: list[Problem]) -> tuple[Scheme, Guess]:
    """The scheme a tree declares; past mistakes that can be guessed, so that what follows is checked as well."""
    met: list[Problem] = []
    found = guess_past(lambda tree: declare(Scheme, tree), node, met)
    problems += restated(met)
    if found is None:
        raise ProblemsFound(problems)
    return found


def locator(node: Node) -> Callable[[tuple[str, ...]], Callable[[int, int], Position] | None]:
    """What gives, for the path of a value, the place of a slice of its text."""

    def locate(path: tuple[str, ...]) -> Callable[[int, int], Position] | None:
        found = find(node, path)
        if isinstance(found, Scalar):
            lead = len(found.text) - len(found.text.lstrip())
            return lambda offset, length: found.locate(offset + lead, length)
        if found is None:
            return None
        key = place(node, path, of_key=True)
        return lambda _offset, _length: key

    return locate


@collector_at_rest()
def survey_library(
    scheme_roots: Sequence[Path],
    region_roots: Sequence[Path],
    plugins: PluginsNeeded,
    *,
    shown_from: Path | None = None,
    only: Iterable[str] | None = None,
    files: Files = DISK,
    regions: Regions | None = None,
) -> Library:
    """What is declared below the roots, later ones lying over earlier, as far as it can be made out: for a check.

    Args:
        files: What reads a file, when it is not read from the disk.
        regions: The territories, when they are read already.

    Raises:
        ProblemsFound: When the blocks or the territories cannot be read: nothing can be said without them.
    """
    problems: list[Problem] = []
    blocks = load_blocks(list(scheme_roots), shown_from, files)
    wanted = set(only) if only is not None else None
    sources: dict[str, SchemeSource] = {}
    folders = scheme_folders(scheme_roots)
    if wanted is None:
        problems += misplaced_schemes(scheme_roots, shown_from)
    for name, folder in folders.items():
        if wanted is not None and name not in wanted:
            continue
        source = read_scheme(folder, shown(folder, shown_from), blocks, problems, files)
        if source is not None:
            sources[name] = source
    try:
        territories, trees = regions or load_regions(region_roots, files)
    except ProblemsFound as error:
        raise ProblemsFound([*problems, *error.problems]) from error
    places = [
        (path, Position(shown(path, shown_from), 1, 1))
        for root in region_roots
        for path in sorted(root.glob("*/overlays/*.yaml"))
        if wanted is None or path.stem in wanted or path.stem not in folders
    ]
    meant = [str(problem.data["value"]) for problem in problems if problem.code == "folder_without_scheme"]
    overlays = _read_overlays(places, sorted([*folders, *meant]), territories, problems, files)
    return Library(sources, territories, overlays, plugins, trees, tuple(problems))


def _whole(survey: Callable[P, Library]) -> Callable[P, Library]:
    def load(*args: P.args, **kwargs: P.kwargs) -> Library:
        library = survey(*args, **kwargs)
        if library.met:
            raise ProblemsFound(library.met)
        return library

    return load


load_library = _whole(survey_library)
"""What `survey_library` gives, for those who use it: raises ProblemsFound with every mistake met."""


def _read_overlays(
    places: Iterable[tuple[Path, Position]],
    schemes: list[str],
    territories: Territories,
    problems: list[Problem],
    files: Files,
) -> dict[tuple[str, str], Overlay]:
    found: dict[tuple[str, str], Overlay] = {}
    for path, where in places:
        folder = path.parent.parent.name
        territory = _territory_of(folder)
        unknown = territories.problem(territory)
        if unknown is not None:
            data = {"value": folder, "nearest": unknown.data.get("nearest")}
            problems.append(Problem("unknown_territory_folder", data, where))
        elif path.stem not in schemes:
            problems.append(Problem("unknown_scheme", guess(path.stem, schemes), where))
        else:
            try:
                found[path.stem, territory] = read_overlay(path, where.file, path.stem, territory, files)
            except ProblemsFound as error:
                problems += error.problems
    return found


def _territory_of(folder: str) -> str:
    """The territory id that begins a folder's name: `reg-53-bretagne` → `reg-53`."""
    return "-".join(folder.split("-")[:2])
