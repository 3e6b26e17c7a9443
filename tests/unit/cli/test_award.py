"""`guichet award`: a dossier a row, none the second time; rows that give none are named and make it leave with 1."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from databases import each_address
from guichet.model.records import ListRow
from guichet.settings import Settings
from guichet.storage.list_imports import import_rows
from guichet_cli.main import run
from instances import an_instance

NAME, PLACE = "mayotte-chido", "reg-06"
GIVEN = {
    "raison_sociale": "Boutique", "courriel": "b@exemple.yt", "mois": "2025-01", "date_creation": "2015-03-01",
    "inscrite_rne": True, "a_jour": True, "procedure_collective": False, "exercice_2022": True,
    "ca_mensuel_2022": 3_000_000, "impots_dus": 0, "plan_de_reglement": False, "minimis_recus": 0,
}  # fmt: skip


@each_address
def test_the_command_awards_each_row_once_and_names_those_it_leaves(
    address: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with address(tmp_path) as url:
        settings = Settings(language="fr", database_url=url)
        rows = [ListRow("73282932000074", GIVEN), ListRow("12345678200010", {**GIVEN, "courriel": ""})]
        kwargs: Any = {"schemes": [NAME], "territories": [PLACE], "on": date(2025, 2, 3), "settings": settings}
        with an_instance(tmp_path / "i", **kwargs) as cases:
            assert run(("award", NAME, "--territory", PLACE), settings) == 2
            assert "entreprises" in capsys.readouterr().err, "the list is not imported yet"
            import_rows(cases.store, rows, scheme=NAME, list_="entreprises", as_of=date(2025, 1, 20), sha256="0" * 64)
        assert run(("award", NAME, "--territory", PLACE), settings) == 1
        told = capsys.readouterr()
        assert "Dossiers créés : 1. Déjà là : 0. Lignes laissées : 1." in told.out
        assert "12345678200010 : rien d'utilisable dans la colonne courriel" in told.err
        assert run(("award", NAME, "--territory", PLACE), settings) == 1
        assert "Dossiers créés : 0. Déjà là : 1." in capsys.readouterr().out
        assert run(("award", "aide-simple", "--territory", PLACE), settings) == 2
