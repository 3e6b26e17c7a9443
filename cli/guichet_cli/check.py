"""`guichet check`: every mistake of the declarations at once, each with its place and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from guichet.demo.recipes import check_recipe, schemes_with_recipe
from guichet.errors import Problem, ProblemsFound
from guichet.loader.instances import INSTANCE_FILE, read_instance
from guichet.loader.library import Library, survey_library
from guichet.loader.supplies import Supply, to_supply
from guichet.locale import Text
from guichet.plugin import load_plugins
from guichet.runtime import read_library_of
from guichet.services.checking import Checked, check
from guichet.settings import shipped_folder
from guichet_cli import bilingual
from guichet_cli.declarations import library_of, settings_here
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DECLARED

__all__ = ["command", "show_supplies"]

_ABOUT = Text(
    fr="Vérifie les dispositifs et les territoires (ceux du dossier courant, ou les chemins donnés) : toutes les"
    " erreurs d'un coup, avec fichier, ligne, colonne et conseil. Code de sortie 0, ou 2 s'il reste une erreur.",
    en="Check schemes and territories (those of this folder, or the paths given): every mistake at once, with file,"
    " line, column and a hint. Exit code 0, or 2 while a mistake is left.",
)
_PATHS = Text(fr="Dossiers ou fichiers de dispositifs.", en="Folders or files of schemes.")
_STRICT = Text(
    fr="Prend les avertissements pour des erreurs (ou GUICHET_STRICT=on).",
    en="Take warnings for errors (or GUICHET_STRICT=on).",
)
_VERIFIED = Text(
    fr="Vérifié : dispositifs {schemes}, territoires {territories}, adaptations {overlays}, expressions {expressions},"
    " exemples {examples}.",
    en="Verified: schemes {schemes}, territories {territories}, overlays {overlays}, expressions {expressions},"
    " examples {examples}.",
)
_READ = Text(
    fr="Lu, non validé : dispositifs {schemes}, territoires {territories}, adaptations {overlays},"
    " expressions {expressions}, exemples {examples}.\n",
    en="Read, not valid: schemes {schemes}, territories {territories}, overlays {overlays},"
    " expressions {expressions}, examples {examples}.\n",
)
_TO_SUPPLY = Text(
    fr="À compléter avant d'ouvrir ({count} lignes) :",
    en="To be supplied before opening ({count} lines):",
    fr_one="À compléter avant d'ouvrir (une ligne) :",
    en_one="To be supplied before opening (one line):",
)
_SUPPLY = Text(fr="  {file}:{line}  {what}", en="  {file}:{line}  {what}")
_UNVERIFIED = Text(
    fr="À confirmer : les sources ne l'établissent pas ({count} valeurs).",
    en="To be confirmed: the sources do not settle it ({count} values).",
    fr_one="À confirmer : les sources ne l'établissent pas (une valeur).",
    en_one="To be confirmed: the sources do not settle it (one value).",
)
_UNVERIFIED_VALUE = Text(fr="  {file}:{line}  {path} : {why}", en="  {file}:{line}  {path}: {why}")
_UNVERIFIED_SHIPPED = Text(
    fr="Les dispositifs fournis ont {count} valeurs que leurs sources n'établissent pas : guichet check schemes/<nom>.",
    en="The shipped schemes have {count} values that their sources do not settle: guichet check schemes/<name>.",
    fr_one="Les dispositifs fournis ont une valeur que leurs sources n'établissent pas : guichet check schemes/<nom>.",
    en_one="The shipped schemes have one value that their sources do not settle: guichet check schemes/<name>.",
)
_ONLY_SHIPPED = Text(
    fr="{folder} n'a ni schemes/ ni regions/ : seules les déclarations fournies avec Guichet sont vérifiées.",
    en="{folder} has neither schemes/ nor regions/: only the declarations shipped with Guichet are checked.",
)


@bilingual.command("check", text=_ABOUT)
@bilingual.argument("paths", nargs=-1, type=DECLARED, text=_PATHS)
@bilingual.option("--strict", is_flag=True, text=_STRICT)
@pass_terminal
def command(terminal: Terminal, paths: tuple[Path, ...], strict: bool) -> int:
    """Checks declarations; exits with 2 when a mistake is left."""
    strict = strict or terminal.settings.strict
    if paths:
        library, names = _library_at(terminal, paths)
    else:
        library, names = library_of(terminal, read=survey_library), None
        if settings_here(terminal).instance is None:
            terminal.note(_ONLY_SHIPPED, folder=Path.cwd())
    found = check(library, names)
    wrong = [] if paths else _instance_problems(terminal)
    declared = [*found.problems, *_recipes(library, names, found.problems)]
    problems = [*wrong, *_of_ours(library, names, declared)]
    if strict:
        problems = [replace(problem, severity="error") for problem in problems]
    refused = any(problem.severity == "error" for problem in problems)
    if problems and not refused:
        terminal.refuse(problems)
    (terminal.note if refused else terminal.say)(
        _READ if refused else _VERIFIED,
        schemes=found.schemes,
        territories=found.territories,
        overlays=found.overlays,
        expressions=found.expressions,
        examples=found.examples,
    )
    if refused:
        terminal.refuse(problems)
    _show_unverified(terminal, found, _own(library, names))
    show_supplies(terminal, _supplies(library, names))
    return 2 if refused else 0


def show_supplies(terminal: Terminal, supplies: Sequence[Supply]) -> None:
    """Shows what schemes leave to be supplied, line by line."""
    if supplies:
        terminal.say(_TO_SUPPLY, count=len(supplies))
    for one in supplies:
        terminal.say(_SUPPLY, file=one.file, line=one.line, what=one.text)


def _show_unverified(terminal: Terminal, found: Checked, own: set[str]) -> None:
    """Shows what one's own schemes assert without a source; of the shipped ones, how much."""
    mine = [one for name, marked in found.unverified.items() if name in own for one in marked]
    if mine:
        terminal.say(_UNVERIFIED, count=len(mine))
    for one in mine:
        terminal.say(_UNVERIFIED_VALUE, file=one.file, line=one.line, path=one.path, why=one.why)
    if others := sum(len(marked) for name, marked in found.unverified.items() if name not in own):
        terminal.say(_UNVERIFIED_SHIPPED, count=others)


def _own(library: Library, names: list[str] | None) -> set[str]:
    """The schemes that were named, or those of one's own folder."""
    shipped = shipped_folder("schemes")
    return set(names or (name for name, one in library.sources.items() if not one.folder.is_relative_to(shipped)))


def _of_ours(library: Library, names: list[str] | None, problems: Sequence[Problem]) -> list[Problem]:
    """Without what a shipped scheme is only warned of, where one has schemes of one's own: nobody is opening it."""
    own = _own(library, names)
    if not own:
        return list(problems)
    others = tuple(f"{source.shown_as}/" for name, source in library.sources.items() if name not in own)
    return [
        problem
        for problem in problems
        if problem.severity == "error" or problem.position is None or not problem.position.file.startswith(others)
    ]


def _supplies(library: Library, names: list[str] | None) -> list[Supply]:
    """What one's own schemes leave to be supplied; the shipped ones are models, whose blanks are for who takes them."""
    own = [library.source(name).folder for name in sorted(_own(library, names))]
    return [supply for folder in own for supply in to_supply(folder, Path.cwd())]


def _recipes(library: Library, names: list[str] | None, found: Sequence[Problem]) -> list[Problem]:
    """What is wrong in the demonstrations that lie beside schemes; a scheme refused itself is left at that."""
    refused = {problem.position.file for problem in found if problem.position and problem.severity == "error"}
    problems: list[Problem] = []
    for name in names if names is not None else schemes_with_recipe(library):
        source = library.source(name)
        if not (source.folder / "demo.yaml").is_file() or any(file.startswith(source.shown_as) for file in refused):
            continue
        problems += check_recipe(library, name)
    return problems


def _instance_problems(terminal: Terminal) -> list[Problem]:
    """What is wrong in the `instance.yaml` of the instance one stands in."""
    settings = settings_here(terminal)
    if settings.instance is None or not (settings.instance / INSTANCE_FILE).is_file():
        return []
    try:
        read_instance(settings.instance, load_plugins(disabled=settings.plugins_off), Path.cwd())
    except ProblemsFound as error:
        return list(error.problems)
    return []


def _library_at(terminal: Terminal, paths: tuple[Path, ...]) -> tuple[Library, list[str]]:
    """The library with the schemes that the paths name lying over all others."""
    folders: dict[str, Path] = {}
    for path in paths:
        found = _scheme_folders(path.resolve())
        if not found:
            raise ProblemsFound([Problem("not_a_scheme", {"path": path})])
        folders |= {folder.name: folder for folder in found}
    own = tuple(folders.values())
    library = read_library_of(settings_here(terminal), own, shown_from=Path.cwd(), read=survey_library)
    return library, sorted(name for name in folders if name in library.sources)


def _scheme_folders(path: Path) -> list[Path]:
    """The scheme folders a path means: itself, those it holds, or the one it lies in."""
    inside = path if path.is_dir() else path.parent
    for folder in (inside, inside.parent):
        if (folder / "scheme.yaml").is_file():
            return [folder]
    return sorted(
        entry.parent for pattern in ("*/scheme.yaml", "schemes/*/scheme.yaml") for entry in inside.glob(pattern)
    )
