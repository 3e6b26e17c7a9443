"""The columns a scheme declares: what they hold, as agents read it."""

from pathlib import Path

import pytest

from databases import sqlite_store
from declarations import SCHEME, a_library
from guichet.locale import Language
from guichet.model.records import Dossier
from guichet.services.work_columns import Row, declared_columns
from stored import a_dossier

ASKED = """\
      statut: {type: choice, label: Statut, choices: {sas: Société par actions, ei: Seul}}
      loyer: {type: money, label: Loyer, per: month, min: 0}
      activites: {type: multiple_choice, label: Activités, choices: {bar: Un bar, hotel: Un hôtel}}
      titulaire:"""
DEFINED = "      vu: statut\n      du: loyer\n      tout: activites\n      retenu:"
HELD = {"vu": "sas", "du": 500_00, "tout": ["bar", "hotel"]}


@pytest.mark.parametrize(("language", "du"), [("fr", "500 € par mois"), ("en", "€500 a month")])
def test_a_definition_is_shown_as_the_question_it_reads(tmp_path: Path, language: Language, du: str) -> None:
    text = SCHEME.replace("      titulaire:", ASKED, 1).replace("      retenu:", DEFINED, 1)
    text = text.replace(
        "  use: instructeur_puis_valideur", "  use: instructeur_puis_valideur\n  columns: [vu, du, tout]"
    )
    compiled = a_library(tmp_path / "essai", text).effective("essai").compiled
    with sqlite_store(tmp_path) as store:
        dossier: Dossier = store.act(lambda tx: a_dossier(tx, columns=HELD))
    row = Row(dossier, (), dossier.created_at.date())
    shown = [column.cell(row).text.replace("\xa0", " ") for column in declared_columns(compiled, language)]
    assert shown == ["Société par actions", du, "Un bar, Un hôtel"]
