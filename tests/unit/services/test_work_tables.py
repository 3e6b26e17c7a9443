"""The work table: what an agent sees, filtered, sorted, by pages; and what a whole filter selects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from databases import SteppedClock, each_address
from guichet.services.acting import actor_of
from guichet.services.opinions import Answers, give_opinions
from guichet.services.refusals import NotFound
from guichet.services.selections import pack, read_selection, unpack
from guichet.services.work_tables import TableQuery, read_table, select_all
from instructing import a_siret, dossiers_to_instruct, instructing, selected
from worked import DAY, SCHEME

HERE = TableQuery(SCHEME, "reg-53")


def titles(cases: Any, agent: str, query: TableQuery = HERE) -> list[str]:
    return [row.title for row in read_table(cases, agent, query).rows]


@each_address
def test_every_filter_and_sort_gives_the_same_rows_on_both_databases(address: Any, tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with address(tmp_path) as url, instructing(tmp_path, url, clock=clock) as (cases, people):
        one = dossiers_to_instruct(cases, answers={"effectif": 5, "raison_sociale": "Café Œuvre"}, iban_hash="same")
        clock.move(days=7)
        two = dossiers_to_instruct(cases, first=2, answers={"pret": "sans_reponse", "effectif": 1}, iban_hash="same")
        three = dossiers_to_instruct(cases, first=3, answers={"actif_disponible": 9_000_000})
        give_opinions(cases, people.instructor, selected(three), Answers(favourable=True))
        first, second, third = "Café Œuvre", "Atelier 2", "Atelier 3"
        assert [one[0].title, two[0].title, three[0].title] == [first, second, third]
        who = people.decider

        assert titles(cases, who) == [first, second, third]
        assert titles(cases, who, replace(HERE, stages=("decision",))) == [third]
        assert titles(cases, who, replace(HERE, outcomes=("not_eligible",))) == [third]
        assert titles(cases, who, replace(HERE, opinion="favourable")) == [third]
        assert titles(cases, who, replace(HERE, opinion="none")) == [first, second]
        assert titles(cases, who, replace(HERE, late=True)) == [first]
        assert titles(cases, who, replace(HERE, flagged=True)) == [first, second]  # the one filed before too
        table = read_table(cases, who, HERE)
        place = [column.id for column in table.columns].index("others")
        said = [row.cells[place].text.replace("\xa0", " ") for row in table.rows]
        assert said == ["Même compte : 1", "Même compte : 1", ""]
        assert titles(cases, who, replace(HERE, text="cafe")) == [first]
        assert titles(cases, who, replace(HERE, text=a_siret(2)[:9])) == [second]
        assert titles(cases, who, replace(HERE, columns={"pret": "sans_reponse"})) == [second]
        assert titles(cases, who, replace(HERE, columns={"unknown": 1})) == [first, second, third]
        assert titles(cases, who, replace(HERE, filed_from=date(2020, 4, 27))) == [second, third]
        assert titles(cases, who, replace(HERE, filed_until=date(2020, 4, 26))) == [first]
        assert titles(cases, who, replace(HERE, to_complete=True)) == []
        assert titles(cases, who, replace(HERE, sort="-title")) == [first, third, second]
        assert titles(cases, who, replace(HERE, sort="effectif"))[0] == second
        assert titles(cases, who, replace(HERE, sort="amount"))[-1] == third
        assert titles(cases, who, replace(HERE, sort="nonsense")) == [first, second, third]


def test_the_columns_are_the_cores_then_the_schemes_with_their_labels(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases, iban_hash="x")

        table = read_table(cases, people.instructor, HERE)

        shown = {column.title: cell.text for column, cell in zip(table.columns, table.rows[0].cells, strict=True)}
        assert shown["Dossier"] == dossier.reference
        assert shown["Étape"] == "Avis de la Région"
        assert shown["Délai"] == "Dans 5 jours"
        assert shown["Résultat"] == "Sous réserve d’avis"
        assert shown["Montant calculé"] == "2\u202f000\u00a0€"
        assert shown["Solde à trente jours"] == "−3\u202f500\u00a0€"
        assert shown["Réponse de la banque"] == "La banque a refusé"


def test_one_stage_needs_no_column_of_stages(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        dossiers_to_instruct(cases)
        query = replace(HERE, phases=("instruction",), stages=("opinion",), to_complete=False)

        ids = [column.id for column in read_table(cases, people.instructor, query).columns]

        assert "stage" not in ids
        assert "granted" not in ids


def test_a_page_beyond_the_last_is_the_last(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        dossiers_to_instruct(cases, 3)

        table = read_table(cases, people.instructor, replace(HERE, size=2, page=9))

        assert (table.page, table.total, len(table.rows)) == (2, 3, 1)


@pytest.mark.parametrize("who", ["stranger", "helpdesk"])
def test_who_reads_no_dossier_here_finds_no_table(tmp_path: Path, who: str) -> None:
    with instructing(tmp_path) as (cases, people):
        dossiers_to_instruct(cases)

        with pytest.raises(NotFound):
            read_table(cases, getattr(people, who), HERE)
        with pytest.raises(NotFound):
            select_all(cases, getattr(people, who), HERE)


def test_a_draft_is_never_in_the_table(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        from worked import a_filed_dossier

        a_filed_dossier(cases, phase="draft", filed_at=None)

        assert titles(cases, people.instructor) == []


def test_a_whole_filter_is_selected_at_the_revisions_seen_and_survives_the_way(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        made = dossiers_to_instruct(cases, 3)

        pairs = select_all(cases, people.instructor, replace(HERE, size=1))
        selection = read_selection(cases, people.instructor, SCHEME, "reg-53", unpack(pack(pairs)))

        assert [one.dossier.reference for one in selection.chosen] == [one.reference for one in made]
        assert [one.revision for one in selection.chosen] == [one.revision for one in made]
        assert list(selection.chosen[0].asked) == ["pret_raisonnable", "risque_cessation", "lien_pret_risque"]


def test_a_selection_holds_nothing_of_another_territory(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (theirs,) = dossiers_to_instruct(cases, territory="reg-28")

        selection = read_selection(cases, people.instructor, SCHEME, "reg-53", [(theirs.reference, None)])

        assert (selection.chosen, selection.missing) == ((), 1)


def test_an_assignment_counts_on_the_business_day_of_its_territory(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        actor = cases.store.read(lambda tx: actor_of(cases, tx, people.double))

        assert actor.roles("reg-53", SCHEME) == {"instructor", "decider"}
        assert actor.roles("reg-28", SCHEME) == frozenset()
