"""`guichet lists`: reference lists brought in from files, or fetched from the services that keep them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from guichet.errors import Problem, ProblemsFound, guess
from guichet.locale import Text, format_day, format_number
from guichet.model.scheme import ReferenceList
from guichet.plugin import PluginFailed, PluginSetAside
from guichet.plugin.contracts import PluginError
from guichet.services.cases import UseCases
from guichet.services.list_fetches import fetch_list
from guichet.services.list_imports import Imported, import_list, published_list
from guichet.services.list_imports import Progress as Told
from guichet.services.pulling import pull, refused_rows
from guichet.services.quarantine import require_released
from guichet.services.refusals import NotFound, Refused
from guichet.storage.errors import StorageError
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY, EXISTING

__all__ = ["command"]

_ABOUT = Text(fr="Listes de référence : ce que les règles consultent.", en="Reference lists: what rules consult.")
_IMPORT = Text(
    fr="Importe un fichier comme la liste entière à son jour. Le même fichier deux fois ne change rien ; les lignes"
    " rejetées sont écrites à côté du fichier, avec leur motif. Sans fichier, prend la liste auprès du service qui la"
    " tient : ce qui a changé depuis la dernière fois, ou tout.",
    en="Import a file as the whole list on its day. The same file twice changes nothing; rejected rows are written"
    " beside the file, with their reason. Without a file, fetch the list from the service that keeps it: what changed"
    " since the last time, or all of it.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_LIST = Text(fr="Identifiant de la liste.", en="Id of the list.")
_FILE = Text(
    fr="Fichier de la liste ; aucun pour la prendre auprès de son service.",
    en="File of the list; none to fetch it from its service.",
)
_AS_OF = Text(fr="Jour auquel la liste est arrêtée (aujourd'hui sinon).", en="Day the list was settled (else today).")
_TERRITORY = Text(
    fr="Territoire, pour une liste propre à un territoire.", en="Territory, for a list of one territory's own."
)
_SHRINK = Text(
    fr="Permet un fichier de moins de la moitié des lignes de la liste (refusé sinon : il est peut-être coupé).",
    en="Allow a file of less than half of the list's rows (else refused: it may be cut short).",
)
_WHOLE = Text(
    fr="Sans fichier : reprend toute la liste, et pas seulement ce qui a changé.",
    en="Without a file: fetch all of the list again, and not only what changed.",
)
_FETCHING = Text(fr="lignes reçues", en="rows received")
_READING = Text(fr="lecture", en="reading")
_MERGING = Text(fr="fusion", en="merging")
_DONE = Text(
    fr="{list}, arrêtée au {day}. Lignes lues : {read} = ajoutées {added} + modifiées {updated}"
    " + inchangées {unchanged} + rejetées {rejected}. Lignes retirées : {removed}.",
    en="{list}, settled on {day}. Rows read: {read} = added {added} + updated {updated} + unchanged {unchanged}"
    " + rejected {rejected}. Rows removed: {removed}.",
)
_REJECTED = Text(fr="Lignes rejetées et leur motif : {path}", en="Rejected rows and their reason: {path}")
_PULL = Text(
    fr="Dépose les dossiers qu'apporte la liste d'un dispositif (`pull`) et montre ceux qui ne peuvent pas l'être, avec"
    " leurs motifs. Chaque dossier est déposé une fois, quoi qu'il arrive.",
    en="File the dossiers that the list of a scheme brings (`pull`), and show those that cannot be, with their reasons."
    " Each is filed once, whatever happens.",
)
_AGAIN = Text(
    fr="Réessaie aussi ceux qui ont été refusés et n'ont pas changé.", en="Also try those refused and unchanged."
)
_PULLED = Text(fr="Déposés : {filed}. Refusés : {refused}.", en="Filed: {filed}. Refused: {refused}.")
_WHY = Text(fr="{number} : {reasons}", en="{number}: {reasons}")
_PLACES = {
    "territory": Text(fr="propre à chaque territoire", en="each territory's own"),
    "all_territories": Text(fr="commune à tous les territoires", en="common to all territories"),
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The list to bring in, and whether it may lose most of its rows."""

    cases: UseCases
    scheme: str
    name: str
    declared: ReferenceList
    territory: str | None
    shrinks: bool


@bilingual.group("lists", text=_ABOUT)
def command() -> None:
    """Groups the commands about reference lists."""


@command.command("import", cls=bilingual.Command, text=_IMPORT, options_metavar="[OPTIONS]")
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.argument("name", metavar="LIST", text=_LIST)
@bilingual.argument("file", type=EXISTING, required=False, text=_FILE)
@bilingual.option("--as-of", type=DAY, default=None, text=_AS_OF)
@bilingual.option("--territory", default=None, text=_TERRITORY)
@bilingual.option("--shrink", is_flag=True, text=_SHRINK)
@bilingual.option("--whole", is_flag=True, text=_WHOLE)
@pass_terminal
def import_(
    terminal: Terminal,
    scheme: str,
    name: str,
    file: Path | None,
    as_of: date | None,
    territory: str | None,
    shrink: bool,
    whole: bool,
) -> None:
    """Imports a file, or fetches the list, and says what became of each row."""
    with open_instance(terminal) as cases:
        where = cases.territories.find(territory).id if territory else None
        wanted = _Wanted(cases, scheme, name, _declared(terminal, cases, scheme, name, where), where, shrink)
        imported = _fetched(terminal, wanted, whole) if file is None else _imported(terminal, wanted, file, as_of)
    ledger, language = imported.ledger, terminal.language
    counts = ("read", "added", "updated", "unchanged", "rejected", "removed")
    numbers = {count: format_number(getattr(ledger, count), 0, language) for count in counts}
    terminal.say(_DONE, list=name, day=format_day(ledger.as_of, language), **numbers)
    if imported.rejected is not None:
        terminal.say(_REJECTED, path=imported.rejected)


@command.command("pull", cls=bilingual.Command, text=_PULL, options_metavar="[OPTIONS]")
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@bilingual.option("--again", is_flag=True, text=_AGAIN)
@pass_terminal
def pull_(terminal: Terminal, scheme: str, territory: str, again: bool) -> None:
    """Files what a list brings, and says what could not be."""
    with open_instance(terminal) as cases:
        require_released(cases)
        where = cases.territories.find(territory).id
        try:
            done = pull(cases, scheme, where, again=again, language=terminal.language)
        except NotFound as error:
            raise ProblemsFound([Problem("run.pulls_nothing", {"scheme": scheme, "territory": where})]) from error
        refused = refused_rows(cases, scheme, where)
    terminal.say(_PULLED, filed=done.filed, refused=len(refused))
    for row in refused:
        terminal.say(_WHY, number=row.number, reasons=" ; ".join(row.reasons))


def _fetched(terminal: Terminal, wanted: _Wanted, whole: bool) -> Imported:
    with _counting(terminal) as counted:
        return _shown(
            terminal,
            wanted.declared,
            f"{wanted.scheme} / {wanted.name}",
            lambda: fetch_list(
                wanted.cases,
                wanted.scheme,
                wanted.name,
                wanted.declared,
                territory=wanted.territory,
                whole=whole,
                shrinks=wanted.shrinks,
                progress=counted,
                language=terminal.language,
            ),
        )


def _imported(terminal: Terminal, wanted: _Wanted, file: Path, as_of: date | None) -> Imported:
    with _progress(terminal, file) as told:
        return _shown(
            terminal,
            wanted.declared,
            file,
            lambda: import_list(
                wanted.cases,
                wanted.scheme,
                wanted.name,
                wanted.declared,
                file,
                as_of=as_of,
                territory=wanted.territory,
                progress=told,
                language=terminal.language,
                shrinks=wanted.shrinks,
            ),
        )


def _declared(terminal: Terminal, cases: UseCases, scheme: str, name: str, territory: str | None) -> ReferenceList:
    """The list as published, else as declared: a list may come in before its scheme is published."""
    try:
        return published_list(cases, scheme, name, territory)
    except NotFound:
        lists = library_of(terminal).effective(scheme, territory or "").scheme.lists
    if name not in lists:
        raise ProblemsFound([Problem("run.unknown_list", {"scheme": scheme, "list": name, **guess(name, lists)})])
    return lists[name]


def _shown(terminal: Terminal, declared: ReferenceList, source: Path | str, bring: Callable[[], Imported]) -> Imported:
    """What an import gives; its refusals as ours."""
    try:
        return bring()
    except PluginError as error:
        problem = Problem("run.list_refused", {"path": source, "reason": error.text(terminal.language)})
    except (PluginFailed, PluginSetAside) as error:
        problem = Problem("run.plugin_failed", {"plugin": error.plugin, "error": str(error)})
    except Refused as error:
        place = terminal.text(_PLACES[declared.across])
        problem = Problem("run.list_place", {"list": error.data["list"], "place": place})
    except StorageError as error:
        problem = error.problem
    raise ProblemsFound([problem])


@contextmanager
def _counting(terminal: Terminal) -> Generator[Callable[[int], None]]:
    """A count of the rows fetched; on a terminal only."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.err, disable=not terminal.err.is_terminal, transient=True) as bar:
        task = bar.add_task(terminal.text(_FETCHING), total=None)
        yield lambda rows: bar.update(task, completed=rows)


@contextmanager
def _progress(terminal: Terminal, file: Path) -> Generator[Told]:
    """A bar of the bytes read, then of the merge; on a terminal only."""
    size = file.stat().st_size
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.err, disable=not terminal.err.is_terminal, transient=True) as bar:
        task = bar.add_task(terminal.text(_READING), total=size)

        def told(rows: int, place: int) -> None:  # noqa: ARG001  the bar follows the bytes
            bar.update(task, completed=place)
            if place >= size:
                bar.update(task, description=terminal.text(_MERGING), total=None)

        yield told
