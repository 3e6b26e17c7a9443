"""What is wrong in the declarations being written: the very problems of `guichet check`, file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guichet.editor.workspace.workspace import SchemeFiles, Workspace
from guichet.editor.workspace.worth import worth_of
from guichet.errors import Problem, ProblemsFound, once
from guichet.loader.blocks import load_blocks
from guichet.loader.instances import read_instance
from guichet.services.checking import check

__all__ = ["diagnose"]


def diagnose(workspace: Workspace, path: Path) -> dict[Path, list[Problem]]:
    """The problems of what a file belongs to, by file; files without any are named with none."""
    workspace.look_again()
    scheme = workspace.scheme_of(path)
    if scheme is not None:
        looked_at = (*scheme.files, *scheme.texts, *scheme.overlays)
        problems = _of_scheme(workspace, scheme, path)
    else:
        looked_at, problems = (path,), _of_file(workspace, path)
    found: dict[Path, list[Problem]] = {one: [] for one in looked_at}
    for problem in problems:
        file = workspace.files.path_of(problem.position.file) if problem.position is not None else None
        found.setdefault(file or path, []).append(problem)
    return found


def _of_scheme(workspace: Workspace, scheme: SchemeFiles, path: Path) -> list[Problem]:
    problems: list[Problem] = []
    try:
        library = workspace.library(scheme)
        found = check(library, [scheme.name])
        problems += found.problems
        if found.passed:
            workspace.worth[scheme.name] = worth_of(library, scheme.name, workspace.language)
        if path.suffix == ".yaml":
            workspace.files.node(path, workspace.shown(path))  # the check reads no demonstration
    except ProblemsFound as error:
        problems += error.problems
    return once(problems)


def _of_file(workspace: Workspace, path: Path) -> list[Problem]:
    """The problems of a file that belongs to no scheme: a block, a territory, an instance."""
    kind = workspace.kind(path)
    name = kind.name if kind is not None else ""
    if name == "block":
        return _refused(lambda: load_blocks(list(workspace.schemes), workspace.folder, workspace.files))
    if name in ("territory", "authority", "defaults", "tribunals"):
        return _refused(workspace.territories)
    if name == "instance":
        return _refused(lambda: read_instance(path.parent, workspace.plugins, workspace.folder, workspace.files))
    return _refused(lambda: workspace.files.node(path, workspace.shown(path))) if path.suffix == ".yaml" else []


def _refused(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except ProblemsFound as error:
        return once(error.problems)
    return []
