"""`guichet simulate`: a scheme over a whole file of dossiers, and what it would cost."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guichet.catalogue import CompiledScheme
from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.model.territories import Territories
from guichet.plugin import PluginFailed, PluginSetAside
from guichet.plugin.contracts import Context
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.simulated import as_json, described
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY, FILE

if TYPE_CHECKING:  # the libraries of the extra are only loaded by the command itself
    from guichet.services.simulation import GivenList, Simulation, Summary

__all__ = ["LIST", "command", "require_bulk", "simulation_of", "tell"]

_ABOUT = Text(
    fr="Applique un dispositif à un fichier entier (Parquet ou CSV, une ligne par dossier), écrit une réponse par ligne"
    " et dit ce que cela coûterait. Colonnes par identifiant de champ, faits et avis par « @nom », comme guichet eval ;"
    " montants en euros, ou en centimes dans une colonne nommée « …_cents ». Une case vide : sans réponse. Une colonne"
    " « filed_on » (2020-04-17) : chaque ligne est jugée par les règles et les paramètres de son jour.",
    en="Apply a scheme to a whole file (Parquet or CSV, one line a dossier), write one answer a line and say what it"
    " would cost. Columns by field id, facts and checks as “@name”, as for guichet eval; amounts in euros, or in cents"
    " in a column named “…_cents”. An empty cell: unanswered. A column “filed_on” (2020-04-17): each line is judged by"
    " the rules and the parameters of its own day.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_DATA = Text(fr="Fichier .parquet ou .csv des dossiers.", en=".parquet or .csv file of the dossiers.")
_OUT = Text(fr="Fichier Parquet des réponses, à écrire.", en="Parquet file of the answers, to be written.")
_TERRITORY = Text(
    fr="Territoire de tous les dossiers (sinon celui de la colonne « territory »).",
    en="Territory of all dossiers (else that of the column “territory”).",
)
_ON = Text(
    fr="Jour dont les règles jugent toutes les lignes (sinon celui de la colonne « filed_on », ou aujourd'hui).",
    en="Day whose rules judge every line (else that of the column “filed_on”, or today).",
)
_ENGINE = Text(fr="Moteur de calcul.", en="Computing engine.")
_MASTER = Text(fr="Adresse du cluster Spark.", en="Address of the Spark cluster.")
_SEPARATOR = Text(fr="Séparateur du CSV.", en="Separator of the CSV file.")
LIST = Text(
    fr="Fichier d'une liste de référence, écrit comme pour « lists import » (ou .parquet) ; LISTE@TERRITOIRE pour celle"
    " d'un territoire ; peut être répété.",
    en="File of a reference list, written as for “lists import” (or .parquet); LIST@TERRITORY for that of one"
    " territory; may be repeated.",
)
_KEEP = Text(
    fr="Colonne à retrouver à côté des réponses ; peut être répété.",
    en="Column to find beside the answers; may be repeated.",
)
_IGNORE = Text(fr="Colonne à laisser de côté ; peut être répété.", en="Column to leave out; may be repeated.")
_HISTOGRAM = Text(fr="Histogramme des montants, en SVG.", en="Histogram of the amounts, as SVG.")
_JSON = Text(fr="Résumé en JSON.", en="Summary as JSON.")


@bilingual.command("simulate", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--data", type=FILE, required=True, text=_DATA)
@bilingual.option("--out", type=click.Path(path_type=Path), required=True, text=_OUT)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--on", type=DAY, default=None, text=_ON)
@bilingual.option("--engine", type=click.Choice(["polars", "duckdb", "spark"]), default="polars", text=_ENGINE)
@bilingual.option("--master", default="", text=_MASTER)
@bilingual.option("--separator", default=",", text=_SEPARATOR)
@bilingual.option("--list", "lists", multiple=True, metavar="LIST=FILE", text=LIST)
@bilingual.option("--keep", multiple=True, text=_KEEP)
@bilingual.option("--ignore", "ignored", multiple=True, text=_IGNORE)
@bilingual.option("--histogram", type=click.Path(path_type=Path, dir_okay=False), default=None, text=_HISTOGRAM)
@bilingual.option("--json", "wants_json", is_flag=True, text=_JSON)
@pass_terminal
def command(
    terminal: Terminal,
    scheme: str,
    data: Path,
    out: Path,
    territory: str,
    on: date | None,
    engine: str,
    master: str,
    separator: str,
    lists: tuple[str, ...],
    keep: tuple[str, ...],
    ignored: tuple[str, ...],
    histogram: Path | None,
    *,
    wants_json: bool,
) -> int:
    """Simulates, then shows the summary."""
    require_bulk(engine)
    if master and engine != "spark":
        raise ProblemsFound([Problem("data.master_without_spark")])
    if out.is_dir() and not (engine == "spark" and _is_answers(out)):
        raise ProblemsFound([Problem("data.out_is_folder", {"value": out})])
    separator = separator.replace("\\t", "\t")
    if len(separator.encode()) != 1:
        raise ProblemsFound([Problem("data.separator_form", {"value": separator})])
    _refuse_to_lose(out, histogram, [data, *(Path(each.partition("=")[2]) for each in lists)])
    from guichet.services.simulation import Where, amounts_as_svg, simulate  # needs the extra

    simulation = simulation_of(terminal, scheme, territory, on, lists)
    where = Where(engine, master)  # pyright: ignore[reportArgumentType]  one of the choices of the option
    try:
        summary = simulate(simulation, data, out, where=where, separator=separator, keep=keep, ignored=ignored)
    except (PluginFailed, PluginSetAside) as error:
        found = Problem("run.plugin_failed", {"plugin": error.plugin, "error": error.error})
        raise ProblemsFound([found]) from error
    if histogram is not None:
        histogram.write_text(amounts_as_svg(summary.bins, terminal.language), encoding="utf-8")
    tell(terminal, simulation, summary, wants_json=wants_json)
    return 0


def _refuse_to_lose(out: Path, histogram: Path | None, read: Iterable[Path]) -> None:
    """Refuses to write over what is read, in a folder that is replaced too, or twice at one place."""
    written = [one.resolve() for one in (out, histogram) if one is not None]
    for file in read:
        if {file.resolve(), *file.resolve().parents} & {*written}:
            raise ProblemsFound([Problem("data.out_is_data", {"value": file})])
    if len(written) != len({*written}):
        raise ProblemsFound([Problem("data.out_twice", {"value": out})])


def _is_answers(folder: Path) -> bool:
    """Whether a folder holds the answers of an earlier run on Spark, or nothing: what may be replaced."""
    parts = ("part-", ".part-", "_SUCCESS", "._SUCCESS", "_guichet.json")
    return all(entry.name.startswith(parts) for entry in folder.iterdir())


def require_bulk(engine: str = "polars") -> None:
    """Refuses with the extra to install, rather than with a traceback."""
    needed = {"polars": "bulk", "narwhals": "bulk", "pyarrow": "bulk"}
    needed |= {"duckdb": "bulk"} if engine == "duckdb" else {"pyspark": "spark"} if engine == "spark" else {}
    for library, extra in needed.items():
        if find_spec(library) is None:
            raise ProblemsFound([Problem("bulk.extra_missing", {"library": library, "extra": extra})])


def simulation_of(
    terminal: Terminal, scheme: str, territory: str, on: date | None, lists: tuple[str, ...]
) -> Simulation:
    """What to simulate, as a command says it; raises ProblemsFound."""
    from guichet.services.simulation import Simulation, read_lists  # needs the extra

    library = library_of(terminal)
    day = on or date.today()  # noqa: DTZ011  the author's own day, on the machine in front of them
    where = library.territories.find(territory).id if territory else None

    @cache
    def compiled(place: str) -> CompiledScheme:
        return library.effective(scheme, place).compiled

    context = Context(today=day, language=terminal.language, territory=where or "", mode="sandbox")
    named = [_given_list(each, library.territories) for each in lists]
    given = read_lists(compiled(where or ""), named, library.plugins.list_sources, context)
    places = sorted(each.id for each in library.territories)
    return Simulation(compiled, places, where, day, fixed=on is not None, lists=given)


def _given_list(text: str, territories: Territories) -> GivenList:
    """`NAME=FILE` or `NAME@TERRITORY=FILE`; the file must exist."""
    from guichet.services.simulation import GivenList  # needs the extra

    name, equal, path = text.partition("=")
    name, _, territory = name.partition("@")
    if not (name and equal and path):
        raise ProblemsFound([Problem("data.list_form", {"value": text})])
    if not Path(path).is_file():
        raise ProblemsFound([Problem("data.list_absent", {"value": name, "file": path})])
    return GivenList(name, Path(path), territories.find(territory).id if territory else "")


def _ceiling(simulation: Simulation, summary: Summary) -> int | None:
    """The envelope declared, where the whole file draws on one: the same for all, or of a single territory."""
    places = list(summary.territories)
    envelope = simulation.scheme(places[0] if len(places) == 1 else "").scheme.envelope
    shared = envelope is not None and (envelope.across == "all_territories" or len(places) < 2)
    return envelope.ceiling if envelope is not None and shared else None


def tell(terminal: Terminal, simulation: Simulation, summary: Summary, *, wants_json: bool) -> None:
    """Writes a summary, in words or as JSON."""
    if wants_json:
        sys.stdout.write(json.dumps(as_json(summary), ensure_ascii=False, indent=2) + "\n")
        return
    compiled, ceiling = simulation.scheme(simulation.territory or ""), _ceiling(simulation, summary)
    for text, values in described(summary, compiled, simulation.on, terminal.language, ceiling):
        terminal.say(text, **values)
