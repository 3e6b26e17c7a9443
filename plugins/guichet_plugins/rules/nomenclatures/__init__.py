"""Official nomenclatures, by which lists of codes are checked and codes are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from guichet import TEXT, DataPackage, DataTable, TableVersion, hookimpl


def naf_rev2() -> DataTable:
    """Give the 732 subclasses of the French activity nomenclature, with their names."""
    # Codes and names are Insee's, as packaged in @socialgouv/codes-naf 1.1.1 (Apache-2.0).
    lines = (Path(__file__).parent / "naf_rev2.csv").read_text("utf-8").splitlines()
    rows = {code: {"label": label} for code, _, label in (line.partition(";") for line in lines)}
    version = TableVersion(date(2008, 1, 1), "Décret n° 2007-1888 du 26 décembre 2007", rows)
    return DataTable("naf_rev2", {"label": TEXT}, (version,))


def departements() -> DataTable:
    """Give the 101 Départements by their code, with their names: what communes' codes begin with."""
    rows = {code: {"label": name} for kind, code, name in _places() if kind == "dep"}
    return DataTable("departements", {"label": TEXT}, (TableVersion(_KNOWN_FROM, _PLACES_LEGAL, rows),))


def territories() -> DataTable:
    """Give the Régions and Départements by the ids that rules compare, with their names."""
    rows = {
        f"{kind}-{code.lower()}": {"label": name if kind == "reg" else f"{name} ({code})"}
        for kind, code, name in _places()
    }
    return DataTable("territories", {"label": TEXT}, (TableVersion(_KNOWN_FROM, _PLACES_LEGAL, rows),))


_KNOWN_FROM = date(2018, 1, 1)  # since then neither a Région nor a Département changed its code
_PLACES_LEGAL = "Code officiel géographique (Insee)"


def _places() -> Iterator[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "territories.csv").read_text("utf-8").splitlines()
    for line in lines:
        kind, code, name = line.split(";")
        yield kind, code, name


class Nomenclatures(DataPackage):
    """`naf_rev2_label(code, day)`, and the nomenclatures by which lists of codes are checked and codes named."""

    key = "nomenclatures"

    def __init__(self) -> None:
        self._tables = (naf_rev2(), departements(), territories())

    def tables(self) -> Sequence[DataTable]:
        """Give the nomenclatures."""
        return self._tables


@hookimpl
def register_data() -> list[DataPackage]:
    """Give the data to Guichet."""
    return [Nomenclatures()]
