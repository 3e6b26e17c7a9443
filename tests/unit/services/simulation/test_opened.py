"""Data files as each engine reads them: the same cells on all three, quoted ones included."""

from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from guichet.errors import ProblemsFound
from guichet.language.bulk import EngineName
from guichet.services.simulation.files import batches
from guichet.services.simulation.opened import opened

TEXT = 'nom,effectif\n"dite ""La Halle"", SARL",3\n"deux\nlignes",4\n"C:\\",5\n,6\n'


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_quoted_cell_is_read_alike_by_every_engine(engine: EngineName, tmp_path: Path) -> None:
    data = tmp_path / "cas.csv"
    data.write_text(TEXT, "utf-8")
    here = pl.concat(batches(data, ",")).rows()
    with opened(engine, "local[1]" if engine == "spark" else "") as at_work:
        read = nw.from_native(at_work.read(data, ",")).select("nom", "effectif").lazy().collect("pyarrow").to_native()
        found = [(row["nom"] or None, row["effectif"]) for row in read.to_pylist()]
        assert found == here
        data.write_text("nom,effectif\nA,3,plus\n", "utf-8")
        with pytest.raises(ProblemsFound), opened(engine, "local[1]" if engine == "spark" else "") as again:
            nw.from_native(again.read(data, ",")).select("nom").lazy().collect("pyarrow")
