"""Official nomenclatures, by which lists of codes are checked and codes are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from guichet import TEXT, DataPackage, DataTable, TableVersion, hookimpl
from guichet_plugins.rules.nomenclatures.lines import EarlierLines, Lines


def naf_rev2() -> DataTable:
    """Give the 732 subclasses of the French activity nomenclature, with their names."""
    # Codes and names are Insee's, as packaged in @socialgouv/codes-naf 1.1.1 (Apache-2.0).
    lines = (_FOLDER / "naf_rev2.csv").read_text("utf-8").splitlines()
    rows = {code: {"label": label} for code, _, label in (line.partition(";") for line in lines)}
    version = TableVersion(date(2008, 1, 1), "Décret n° 2007-1888 du 26 décembre 2007", rows)
    return DataTable(
        "naf_rev2",
        {"label": TEXT},
        (version,),
        {"label": {"fr": "l'activité dont le code est {0}", "en": "the activity whose code is {0}"}},
    )


def departements() -> DataTable:
    """Give the 101 Départements by their code, with their names: what communes' codes begin with."""
    rows = {code: {"label": name} for kind, code, name in _places() if kind == "dep"}
    return DataTable(
        "departements",
        {"label": TEXT},
        (TableVersion(_KNOWN_FROM, _PLACES_LEGAL, rows),),
        {"label": {"fr": "le nom du département {0}", "en": "the name of the Département {0}"}},
    )


def territories() -> DataTable:
    """Give the Régions and Départements by the ids that rules compare, with their names."""
    rows = {
        f"{kind}-{code.lower()}": {"label": name if kind == "reg" else f"{name} ({code})"}
        for kind, code, name in _places()
    }
    return DataTable(
        "territories",
        {"label": TEXT},
        (TableVersion(_KNOWN_FROM, _PLACES_LEGAL, rows),),
        {"label": {"fr": "le nom du territoire {0}", "en": "the name of the territory {0}"}},
    )


def communes() -> DataTable:
    """Give the communes of each year and the arrondissements of Paris, Lyon and Marseille, each with its EPCI."""
    legal = "Code officiel géographique au 1er janvier {year} (Insee)"
    return DataTable(
        "communes",
        {"label": TEXT, "epci": TEXT},
        _by_year("communes", ("epci", "label"), legal),
        {
            "label": {"fr": "le nom de la commune {0}", "en": "the name of the commune {0}"},
            "epci": {"fr": "l'intercommunalité de {0}", "en": "the EPCI of {0}"},
        },
    )


def epci() -> DataTable:
    """Give the groupings of communes with own taxation of each year, by their SIREN: kind and name."""
    legal = "Liste des EPCI à fiscalité propre publiée pour {year} (DGCL)"
    return DataTable(
        "epci",
        {"label": TEXT, "kind": TEXT},
        _by_year("epci", ("kind", "label"), legal),
        {
            "label": {"fr": "le nom de l'intercommunalité {0}", "en": "the name of the EPCI {0}"},
            "kind": {"fr": "la forme de l'intercommunalité {0}", "en": "the kind of the EPCI {0}"},
        },
    )


def _by_year(name: str, columns: tuple[str, ...], legal: str) -> tuple[TableVersion, ...]:
    """Give the versions of a table that changes on 1 January; the last holds until a next one is shipped."""
    # As packaged in @etalab/decoupage-administratif 1.1.1, 2.3.1, 3.1.1, 4.1.0, 5.3.0 and 6.0.0 (Licence Ouverte).
    # The EPCI it publishes for 2026 are those of 2025, to the byte. It has no whole year before 2021.
    rows = Lines(_FOLDER / f"{name}.csv", columns)
    versions = [TableVersion(date(_LAST_YEAR, 1, 1), legal.format(year=_LAST_YEAR), rows)]
    for year in range(_LAST_YEAR - 1, _FIRST_YEAR - 1, -1):
        rows = EarlierLines(_FOLDER / f"{name}_before.csv", columns, year, rows)
        versions.insert(0, TableVersion(date(year, 1, 1), legal.format(year=year), rows))
    return tuple(versions)


_FIRST_YEAR, _LAST_YEAR = 2021, 2026
_FOLDER = Path(__file__).parent
_KNOWN_FROM = date(2018, 1, 1)  # since then neither a Région nor a Département changed its code
_PLACES_LEGAL = "Code officiel géographique (Insee)"


def _places() -> Iterator[tuple[str, str, str]]:
    lines = (_FOLDER / "territories.csv").read_text("utf-8").splitlines()
    for line in lines:
        kind, code, name = line.split(";")
        yield kind, code, name


class Nomenclatures(DataPackage):
    """`naf_rev2_label(code, day)`, `communes_epci(code, day)`; what checks lists of codes and names their codes."""

    key = "nomenclatures"

    def __init__(self) -> None:
        self._tables = (naf_rev2(), departements(), territories(), communes(), epci())

    def tables(self) -> Sequence[DataTable]:
        """Give the nomenclatures."""
        return self._tables


@hookimpl
def register_data() -> list[DataPackage]:
    """Give the data to Guichet."""
    return [Nomenclatures()]
