"""The folders of `regions/` become territories; an instance's own lie over the shipped ones, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from guichet.errors import Position, Problem, ProblemsFound, guess
from guichet.loader.authority_checks import check_authority
from guichet.loader.declaration import declare, find, place
from guichet.loader.reader import DISK, Entry, Files, Mapping, Node
from guichet.loader.strays import strays
from guichet.loader.territory_files import AuthorityFile, Council, TerritoryFile, TribunalFile
from guichet.model.authorities import Acting, Authority, Tribunal
from guichet.model.base import Value
from guichet.model.territories import Territories
from guichet.model.territory import Territory
from guichet.model.territory_ids import kind_of, territory_problem

__all__ = ["load_regions", "load_territories"]

_FOLDER = re.compile(
    r"(?P<id>(?:reg|dep)-(?:\d{2,3}|2[ab]))(?:-[a-z0-9-]+)?|(?P<authority>col-[a-z0-9]+(?:-[a-z0-9]+)*)"
)
_DEFAULTS, _TRIBUNALS = "_defaults.yaml", "_tribunals.yaml"
V = TypeVar("V", bound=Value)


def load_territories(roots: Sequence[Path]) -> Territories:
    """The territories of some `regions/` folders, later ones lying over earlier ones.

    Raises:
        ProblemsFound: every mistake of every file, each with its place.
    """
    return load_regions(roots)[0]


def load_regions(roots: Sequence[Path], files: Files = DISK) -> tuple[Territories, dict[str, Mapping]]:
    """The territories, and by id the tree each was declared by, which knows its places; raises ProblemsFound."""
    sources = _Sources(files)
    for root in roots:
        if root.is_dir():
            _read_root(root, sources)
    assembly = _Assembly(sources)
    return assembly.territories(), assembly.nodes


@dataclass(slots=True)
class _Sources:
    """The node trees found, laid over one another by id, and what was wrong on the way."""

    files: Files = DISK
    defaults: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    tribunals: dict[str, Entry] = field(default_factory=dict[str, Entry])
    territories: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    authorities: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    problems: list[Problem] = field(default_factory=list[Problem])

    def read(self, path: Path, shown_as: str) -> Mapping | None:
        """The mapping of a file, or None when there is no such file or nothing to make of it."""
        if not path.is_file():
            return None
        try:
            node = self.files.node(path, shown_as)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        if isinstance(node, Mapping):
            return node
        self.problems.append(Problem("mapping_expected", {}, node.position))
        return None

    def sections(self, path: Path, shown_as: str, names: tuple[str, ...]) -> Iterator[tuple[str, Mapping]]:
        """The sections of a file that has only these; any other key is refused."""
        node = self.read(path, shown_as)
        for name, entry in node.entries.items() if node else ():
            if name == "format":
                continue
            if name not in names:
                self.problems.append(Problem("unknown_key", guess(name, ("format", *names)), entry.key.position))
            elif isinstance(entry.value, Mapping):
                yield name, entry.value
            else:
                self.problems.append(Problem("mapping_expected", {}, entry.value.position, (name,)))

    def declared(self, model: type[V], node: Node, path: tuple[str, ...] = ()) -> V | None:
        """The value of a node, or None when its problems were noted."""
        try:
            return declare(model, node, path)
        except ProblemsFound as found:
            # A mistake of the defaults shows in each territory that takes them: it is said once.
            self.problems += [problem for problem in found.problems if problem not in self.problems]
            return None


def _read_root(root: Path, sources: _Sources) -> None:
    shown = root.name
    for name, section in sources.sections(root / _DEFAULTS, f"{shown}/{_DEFAULTS}", ("all", "region", "departement")):
        sources.defaults[name] = _over(sources.defaults.get(name), section)
    for _, section in sources.sections(root / _TRIBUNALS, f"{shown}/{_TRIBUNALS}", ("tribunals",)):
        sources.tribunals |= section.entries
    seen: dict[str, str] = {}
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and folder.name[0] not in "._":
            _read_folder(folder, f"{shown}/{folder.name}", seen, sources)


def _read_folder(folder: Path, shown_as: str, seen: dict[str, str], sources: _Sources) -> None:
    found = _FOLDER.fullmatch(folder.name)
    if found is None:
        sources.problems.append(Problem("territory.folder", {"value": folder.name}, Position(shown_as, 1, 1)))
        return
    name: str = found["id"] or found["authority"]
    if name in seen:
        data = {"id": name, "first": seen[name], "second": folder.name}
        sources.problems.append(Problem("territory.two_folders", data, Position(shown_as, 1, 1)))
        return
    seen[name] = folder.name
    kept, file = (sources.territories, "territory.yaml") if found["id"] else (sources.authorities, "authority.yaml")
    sources.problems += strays(folder, shown_as, (file,), ("overlays", "texts"))
    sources.problems += strays(folder / "overlays", f"{shown_as}/overlays", (), ending=".yaml")
    node = sources.read(folder / file, f"{shown_as}/{file}")
    if node is None:
        return
    written = find(node, ["id"])
    if written is not None and getattr(written, "text", None) != name:
        data = {"value": getattr(written, "text", ""), "id": name}
        sources.problems.append(Problem("territory.other_id", data, place(node, ["id"]), ("id",)))
    kept[name] = _over(kept.get(name), node)


def _over(below: Mapping | None, above: Mapping) -> Mapping:
    """The upper mapping, with the keys it leaves out taken from the lower one."""
    return above if below is None else Mapping({**below.entries, **above.entries}, above.position)


class _Assembly:
    """Declared files tied together: courts, Régions and their Départements, authorities that act."""

    def __init__(self, sources: _Sources) -> None:
        self.sources = sources
        self.problems = sources.problems
        self.nodes = {name: self._with_defaults(name, node) for name, node in sources.territories.items()}
        self.files = self._declared(TerritoryFile, self.nodes)
        self.authority_files = self._declared(AuthorityFile, sources.authorities)
        self.names = {name: file.name for name, file in self.files.items()}
        self.tribunals = {
            key: Tribunal.model_validate(file.model_dump())
            for key, entry in sources.tribunals.items()
            if (file := sources.declared(TribunalFile, entry.value, ("tribunals", key)))
        }

    def territories(self) -> Territories:
        """The whole, or ProblemsFound."""
        authorities = {
            name: authority
            for name, file in self.authority_files.items()
            if (authority := self._authority(file.id, file, file.legal, sources_of=self.sources.authorities[name]))
        }
        acting = self._acting(authorities)
        territories = [self._territory(name, file, acting.get(name, [])) for name, file in self.files.items()]
        if self.problems:
            raise ProblemsFound(self.problems)
        ordered = sorted((t for t in territories if t), key=lambda t: (t.kind != "region", t.code))
        return Territories({territory.id: territory for territory in ordered}, authorities)

    def _with_defaults(self, name: str, node: Mapping) -> Mapping:
        layers = [self.sources.defaults.get("all"), self.sources.defaults.get(kind_of(name) or "all")]
        for below in reversed([layer for layer in layers if layer is not None]):
            node = _over(below, node)
        return node

    def _declared(self, model: type[V], nodes: dict[str, Mapping]) -> dict[str, V]:
        found = {name: self.sources.declared(model, node) for name, node in nodes.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _tribunal(self, key: str, node: Mapping, path: tuple[str, ...]) -> Tribunal | None:
        found = self.tribunals.get(key)
        if found is None and key not in self.sources.tribunals:
            self._note(Problem("territory.unknown_tribunal", guess(key, self.tribunals), place(node, path), path))
        return found

    def _authority(
        self, name: str, file: AuthorityFile | Council, legal: str, sources_of: Mapping, path: tuple[str, ...] = ()
    ) -> Authority | None:
        tribunal = self._tribunal(file.tribunal or "", sources_of, (*path, "tribunal"))
        if tribunal is None:
            return None
        return Authority(
            id=name,
            name=file.name,
            council=file.council,
            city=file.city,
            tribunal=tribunal,
            legal=legal,
            verified=file.verified,
        )

    def _acting(self, authorities: dict[str, Authority]) -> dict[str, list[Acting]]:
        """By territory, the authorities kept apart: those of some communes first, then the latest."""
        acting: dict[str, list[Acting]] = {}
        regions = {name: file.region for name, file in self.files.items()}
        for name, authority in authorities.items():
            for problem in check_authority(self.authority_files[name], self.sources.authorities[name], regions):
                self._note(problem)
            for territory, held in self.authority_files[name].acts_for.items():
                path = ("acts_for", territory)
                position = place(self.sources.authorities[name], path, of_key=True)
                problem = territory_problem(territory, self.names, position, path)
                if problem is not None and territory not in self.nodes:
                    self._note(problem)
                values = {"from": held.first, "until": held.until, "authority": authority, "communes": held.communes}
                acting.setdefault(territory, []).append(Acting.model_validate(values))
        for found in acting.values():
            found.sort(key=lambda item: (not item.communes, -(item.first.toordinal() if item.first else 0)))
        return acting

    def _territory(self, name: str, file: TerritoryFile, acting: Iterable[Acting]) -> Territory | None:
        node = self.nodes[name]
        self._check_region(name, file, node)
        self._check_forms(file, node)
        tribunal = self._tribunal(file.tribunal, node, ("tribunal",))
        council = file.authority.model_copy(update={"tribunal": file.authority.tribunal or file.tribunal})
        own = self._authority(name, council, "", node, ("authority",)) if tribunal else None
        if tribunal is None or own is None:
            return None
        kept = {key: getattr(file, key) for key in TerritoryFile.model_fields if key not in ("format", "authority")}
        departements = sorted(other for other, it in self.files.items() if it.region == name)
        return Territory.model_validate(
            kept
            | {
                "tribunal": tribunal,
                "departements": tuple(departements),
                "authorities": (*acting, Acting(authority=own)),
            }
        )

    def _check_region(self, name: str, file: TerritoryFile, node: Mapping) -> None:
        position = place(node, ["region"])
        if kind_of(name) == "region":
            if file.region is not None:
                self._note(Problem("territory.region_of_region", {"id": name}, position, ("region",)))
        elif file.region is None:
            self._note(Problem("missing_key", {"key": "region"}, position))
        elif file.region not in self.nodes or kind_of(file.region) != "region":
            regions = {known: text for known, text in self.names.items() if kind_of(known) == "region"}
            problem = territory_problem(file.region, regions, position, ("region",))
            if problem is not None:
                self._note(problem)

    def _check_forms(self, file: TerritoryFile, node: Mapping) -> None:
        """Each form holds the name itself."""
        for key, form in file.forms.model_dump(by_alias=True).items():
            if file.name.casefold() not in form.casefold():
                path = ("forms", key)
                data = {"value": form, "name": file.name}
                self._note(Problem("territory.form_without_name", data, place(node, path), path))

    def _note(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)
