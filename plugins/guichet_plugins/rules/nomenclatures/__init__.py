"""Official nomenclatures, by which lists of codes are checked and codes are named."""

from __future__ import annotations

from collections.abc import Sequence
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


class Nomenclatures(DataPackage):
    """`naf_rev2_label(code, day)`, and the nomenclature `naf_rev2` of code lists."""

    key = "nomenclatures"

    def __init__(self) -> None:
        self._tables = (naf_rev2(),)

    def tables(self) -> Sequence[DataTable]:
        """Give the nomenclatures."""
        return self._tables


@hookimpl
def register_data() -> list[DataPackage]:
    """Give the data to Guichet."""
    return [Nomenclatures()]
