"""`guichet fmt`: declarations in their canonical layout, comments and order kept, meaning unchanged."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from guichet.editor.formatting.folders import (
    Laid,
    declarations_in,
    function_words,
    lay_out,
    scheme_of,
    write_over,
)
from guichet.errors import Problem, ProblemsFound
from guichet.language.words import Words
from guichet.loader.instances import INSTANCE_FILE
from guichet.locale import Text
from guichet.plugin import load_plugins
from guichet.runtime import read_library_of
from guichet_cli import bilingual
from guichet_cli.declarations import settings_here
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import EXISTING

__all__ = ["command"]

_ABOUT = Text(
    fr="Met en forme les déclarations (celles du dossier courant, ou les chemins donnés) : indentation, guillemets,"
    " espaces, milliers, mots des expressions. Commentaires et ordre restent ; le sens est comparé avant d'écrire."
    " Un fichier qui a une erreur est laissé tel quel.",
    en="Lay out declarations (those of this folder, or the paths given): indentation, quotes, spaces, thousands, words"
    " of expressions. Comments and order stay; the meaning is compared before anything is written. A file with a"
    " mistake is left alone.",
)
_PATHS = Text(fr="Fichiers ou dossiers.", en="Files or folders.")
_CHECK = Text(
    fr="N'écrit rien ; code de sortie 1 si un fichier changerait.",
    en="Write nothing; exit code 1 when a file would change.",
)
_DIFF = Text(fr="N'écrit rien et montre ce qui changerait.", en="Write nothing and show what would change.")
_LANGUAGE = Text(
    fr="Réécrit les expressions de dispositifs entiers dans les mots de cette langue.",
    en="Rewrite the expressions of whole schemes in the words of this language.",
)
_LAID = Text(fr="mis en forme : {path}", en="laid out: {path}")
_WOULD = Text(fr="à mettre en forme : {path}", en="to be laid out: {path}")
_DONE = Text(
    fr="{count} fichiers lus, {changed} à changer.",
    en="{count} files read, {changed} to change.",
    fr_one="{count} fichier lu, {changed} à changer.",
    en_one="{count} file read, {changed} to change.",
)


@bilingual.command("fmt", text=_ABOUT)
@bilingual.argument("paths", nargs=-1, type=EXISTING, text=_PATHS)
@bilingual.option("--check", "only_check", is_flag=True, text=_CHECK)
@bilingual.option("--diff", "show_diff", is_flag=True, text=_DIFF)
@bilingual.option("--language", type=click.Choice(["fr", "en"]), default=None, text=_LANGUAGE)
@pass_terminal
def command(
    terminal: Terminal, paths: tuple[Path, ...], only_check: bool, show_diff: bool, language: Words | None
) -> int:
    """Writes what changes; exits with 2 when a file has a mistake, with 1 when a check finds something to change."""
    roots = paths or _own_folders(terminal)
    plugins = load_plugins(disabled=terminal.settings.plugins_off)
    functions = function_words(plugins.rule_functions.values())
    files = declarations_in(roots)
    if language is not None:
        files = _whole_schemes(files)
    laid = [lay_out(path.absolute(), functions, language, Path.cwd()) for path in files]
    if language is not None:
        _refuse_broken(terminal, laid)
    changed = [one for one in laid if one.changes]
    for one in changed if show_diff else ():
        _show(terminal, one)
    for one in changed if only_check and not show_diff else ():
        terminal.say(_WOULD, path=_named(one.path))
    if not (only_check or show_diff):
        for path in write_over(changed):
            terminal.say(_LAID, path=_named(path))
    refused = [problem for one in laid for problem in one.problems]
    if refused:
        terminal.refuse(refused)
    terminal.note(_DONE, count=len(laid), changed=len(changed))
    if refused:
        return 2
    return 1 if only_check and changed else 0


def _own_folders(terminal: Terminal) -> tuple[Path, ...]:
    folder = settings_here(terminal).instance or Path.cwd()
    own = [folder / name for name in ("schemes", "regions", INSTANCE_FILE) if (folder / name).exists()]
    return tuple(own) or (folder,)


def _whole_schemes(files: Sequence[Path]) -> list[Path]:
    """The files of schemes alone; a scheme is converted whole or not at all."""
    chosen = {path.absolute(): scheme_of(path.absolute()) for path in files}
    folders = {folder for folder in chosen.values() if folder is not None}
    left = [path for folder in sorted(folders) for path in declarations_in([folder]) if path not in chosen]
    if left:
        raise ProblemsFound([Problem("fmt.whole_scheme", {"folder": _named(left[0].parent), "file": _named(left[0])})])
    return [path for path, folder in chosen.items() if folder is not None]


def _refuse_broken(terminal: Terminal, laid: Sequence[Laid]) -> None:
    """Refuses a conversion after which a scheme could not be read: a block of it keeps the other words."""
    if any(one.problems for one in laid):
        return
    for folder in sorted({scheme_of(one.path) for one in laid} - {None}, key=str):
        assert folder is not None  # noqa: S101  None was taken away
        with tempfile.TemporaryDirectory() as name:
            copy = Path(name) / folder.name
            shutil.copytree(folder, copy)
            for one in laid:
                if one.path.is_relative_to(folder):
                    (copy / one.path.relative_to(folder)).write_text(one.after, encoding="utf-8")
            library = read_library_of(settings_here(terminal), (copy,), shown_from=Path(name))
            library.effective(folder.name)


def _show(terminal: Terminal, one: Laid) -> None:
    name = _named(one.path)
    lines = difflib.unified_diff(
        one.before.splitlines(keepends=True), one.after.splitlines(keepends=True), f"{name}", f"{name}"
    )
    terminal.out.file.writelines(lines)


def _named(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
