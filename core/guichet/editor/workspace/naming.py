"""The name under a cursor: what it is, where it is declared, where it is read, and giving it another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guichet.editor.workspace.sites import READ_BY_NAME, Role, Site
from guichet.editor.workspace.workspace import SchemeFiles, Workspace
from guichet.errors import Position, Problem, ProblemsFound
from guichet.language.words import is_reserved
from guichet.loader.reader import Mapping, Scalar
from guichet.model.scalars import ScalarError, parse_identifier

__all__ = ["Edit", "Named", "declared_at", "mending", "name_at", "reads_of", "rename"]

_RENAMED: tuple[Role, ...] = ("field", "definition", "parameter", "criterion", "indicator")


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place, and where it is declared; nothing declares a choice, a fact or a function."""

    site: Site
    declared: tuple[tuple[Path, Site], ...]

    @property
    def role(self) -> Role:
        """What the name is, told by what declares it."""
        return self.declared[0][1].role if self.declared else self.site.role


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a line that becomes something else; line and column count from 1."""

    line: int
    column: int
    length: int
    text: str


def name_at(workspace: Workspace, path: Path, line: int, column: int) -> Named | None:
    """The name at a place of a file, line and column counted from 1; None where there is none."""
    scheme = workspace.scheme_of(path)
    for site in _sites(workspace, scheme, path):
        where = site.position
        if where.line == line and where.column <= column <= where.column + len(site.name):
            return Named(site, declared_at(workspace, scheme, site))
    return None


def declared_at(workspace: Workspace, scheme: SchemeFiles | None, site: Site) -> tuple[tuple[Path, Site], ...]:
    """Where a name is declared: a field, a text beside the scheme, a block, the choice of a field."""
    if site.role == "block":
        file = workspace.block_file(site.name)
        return ((file, _head(workspace, file, site)),) if file is not None else ()
    if scheme is None:
        return ()
    found = workspace.declarations(scheme, site.name, site.role)
    if found:
        return tuple(found)
    if site.role == "text":
        beside = scheme.folder / "texts" / f"{site.name}.md"
        return ((beside, _head(workspace, beside, site)),) if beside.is_file() else ()
    return tuple(_choices(workspace, scheme, site.name)) if site.role == "name" else ()


def reads_of(workspace: Workspace, path: Path, named: Named) -> Iterator[tuple[Path, Site]]:
    """Every place where the same name stands, its declarations included."""
    scheme = workspace.scheme_of(path)
    roles = {named.role, named.site.role} | ({"name"} if named.role in READ_BY_NAME else set[Role]())
    for file, site in _all(workspace, scheme, path):
        if site.name == named.site.name and site.role in roles:
            yield file, site


def rename(workspace: Workspace, path: Path, named: Named, new: str) -> dict[Path, list[Edit]]:
    """The edits that give a name another one everywhere it stands.

    Raises:
        ProblemsFound: The name cannot be changed from here, or the new one cannot be taken.
    """
    old = named.site.name
    _refuse_name(workspace, path, named, new)
    edits: dict[Path, dict[tuple[int, int], Edit]] = {}
    for file, site in reads_of(workspace, path, named):
        if workspace.is_shipped(file):
            raise _refused("rename.shipped", site.position, value=old, file=workspace.shown(file))
        where = site.position
        edits.setdefault(file, {})[where.line, where.column] = Edit(where.line, where.column, len(old), new)
    return {file: [found[place] for place in sorted(found)] for file, found in edits.items()}


def mending(problem: Problem) -> Edit | None:
    """The edit that mends a misspelt name: the nearest one, where the one at fault stands; None for what has none."""
    where, wrong, nearest = (
        problem.position,
        problem.data.get("value") or problem.data.get("name"),
        problem.data.get("nearest"),
    )
    if where is None or not isinstance(wrong, str) or not isinstance(nearest, str) or not nearest:
        return None
    said = where.text[where.column - 1 :]
    if not said.startswith(wrong):
        return None
    return Edit(where.line, where.column, len(wrong), nearest)


def _refuse_name(workspace: Workspace, path: Path, named: Named, new: str) -> None:
    where = named.site.position
    scheme = workspace.scheme_of(path)
    if scheme is None or not named.declared or named.role not in _RENAMED:
        raise _refused("rename.not_here", where, value=named.site.name)
    if len({file for file, _ in named.declared}) > 1 and named.role == "field":
        raise _refused("rename.declared_twice", where, value=named.site.name)
    try:
        parse_identifier(new)
    except ScalarError as error:
        raise ProblemsFound([Problem(error.code, error.data, where)]) from error
    if is_reserved(new):
        raise _refused("rename.reserved", where, value=new)
    if any(site.declares and site.name == new and site.role in _RENAMED for _, site in workspace.every_site(scheme)):
        raise _refused("rename.taken", where, value=new)


def _sites(workspace: Workspace, scheme: SchemeFiles | None, path: Path) -> list[Site]:
    return workspace.sites(path, workspace.words(scheme))


def _all(workspace: Workspace, scheme: SchemeFiles | None, path: Path) -> Iterator[tuple[Path, Site]]:
    if scheme is not None:
        yield from workspace.every_site(scheme)
    else:
        yield from ((path, site) for site in _sites(workspace, None, path))


def _head(workspace: Workspace, file: Path, site: Site) -> Site:
    return Site(site.name, site.role, Position(workspace.shown(file), 1, 1), declares=True)


def _choices(workspace: Workspace, scheme: SchemeFiles, value: str) -> Iterator[tuple[Path, Site]]:
    """The fields among whose choices a value stands."""
    for path, site in workspace.every_site(scheme):
        if site.declares and site.role == "field" and isinstance(site.node, Mapping):
            choices = site.node.entries.get("choices")
            inside = choices.value.entries if choices and isinstance(choices.value, Mapping) else {}
            if value in inside:
                label = inside[value].value
                shown = label if isinstance(label, Scalar) else None
                yield path, Site(value, "name", inside[value].key.position, declares=True, node=shown)


def _refused(code: str, where: Position, **data: object) -> ProblemsFound:
    return ProblemsFound([Problem(code, data, where)])
