"""Lists given as files: each line has the answer of the single back end that looked the same rows up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from declarations import SCHEME, a_library
from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts, consult, evaluate
from guichet.errors import ProblemsFound, render_all
from guichet.language.bulk import EngineName
from guichet.loader.library import Library
from guichet.plugin.contracts import Context
from guichet.services.simulation import GivenList, Simulation, Summary, Where, bulk_of, read_lists, simulate

DAY = date(2020, 5, 10)
CHAIN = """\
lists:
  registre:
    label: Registre
    plugin: csv
    key: siren
    columns: {groupe: text, depuis: date, effectif: integer}
  groupes:
    label: Groupes aidés
    plugin: csv
    key: groupe
    across: territory
    columns: {recu: money, mois: month, fini: boolean}
form:
  demande:
    title: Votre demande
    fields:
      etablissement: {type: text, label: Établissement}
      perte: {type: money, label: Perte, min: 0}
      titulaire: {type: text, label: Titulaire}
      iban: {type: iban, label: IBAN}
rules:
  2020-05-01:
    legal: Délibération
    define:
      entreprise: {label: Entreprise, value: siren(etablissement)}
      groupe: {label: Groupe, value: "lookup(registre, entreprise, groupe)"}
    criteria:
      ancienne:
        label: Inscrite avant mars
        when: entreprise dans liste registre et lookup(registre, entreprise, depuis) < 2020-03-01
        otherwise: Trop récente.
      groupe_libre:
        label: Groupe que rien n'a aidé depuis mars
        when: >-
          non (groupe dans liste groupes) ou
          (lookup(groupes, groupe, fini) et lookup(groupes, groupe, mois) = "2020-02")
        otherwise: Votre groupe est aidé.
    amount:
      - if: lookup(registre, entreprise, effectif) > 5
        then: min(perte, 500 €)
      - else: max(perte - 100 €, 0 €)
workflow:
"""
REGISTER: Sequence[Mapping[str, Any]] = (
    {"siren": "732829320", "groupe": "A", "depuis": date(2010, 1, 1), "effectif": 6},
    {"siren": "732829320", "groupe": "B", "depuis": date(2020, 4, 1), "effectif": 1},  # the first row of a key counts
    {"siren": "552049447", "groupe": "B", "depuis": date(2020, 2, 29), "effectif": 2},
    {"siren": "111111111", "groupe": None, "depuis": date(2020, 2, 29), "effectif": None},
    {"siren": "222222222", "groupe": "Z", "depuis": None, "effectif": 9},
)
GROUPS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "dep-73": (
        {"groupe": "A", "recu": 100_50, "mois": "2020-02", "fini": True},
        {"groupe": "B", "recu": 5_00, "mois": "2020-03", "fini": True},
    ),
    "dep-74": ({"groupe": "Z", "recu": None, "mois": None, "fini": None},),
}
SIRETS = ("73282932000074", "55204944776279", "11111111100011", "22222222200022", "33333333300033", "")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("chaine")
    head, _, rest = SCHEME.partition("parameters:\n")
    head = head.partition("overlay_may_set:\n")[0]
    return a_library(folder, head + CHAIN + rest.partition("workflow:\n")[2])


def lines() -> list[dict[str, Any]]:
    return [
        {"etablissement": siret, "perte": loss, "territory": place}
        for siret in SIRETS
        for loss in (50_00, 900_00, None)
        for place in ("dep-73", "dep-74")
    ]


def in_csv(path: Path, rows: Sequence[Mapping[str, Any]], separator: str = ";") -> Path:
    """Rows as the CSV source reads them: days and amounts as French writes them."""

    def cell(name: str, value: Any) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "oui" if value else "non"
            case date():
                return value.strftime("%d/%m/%Y")
            case int() if name in {"recu", "perte"}:
                return f"{value // 100},{value % 100:02}"
            case _:
                return str(value)

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(rows[0])
        writer.writerows([cell(name, value) for name, value in row.items()] for row in rows)
    return path


def single(compiled: CompiledScheme, line: Mapping[str, Any]) -> Any:
    """What the single back end answers about a line, the lists looked up row by row."""
    tables: dict[str, tuple[str, Sequence[Mapping[str, Any]]]] = {
        "registre": ("siren", REGISTER),
        "groupes": ("groupe", GROUPS[line["territory"]]),
    }

    def look_up(name: str, key: str) -> Any:
        column, rows = tables[name]
        return next(({each: row[each] for each in row if each != column} for row in rows if row[column] == key), False)

    answers = {"etablissement": line["etablissement"] or None, "perte": line["perte"]}
    facts = consult(compiled, answers, Facts(DAY, DAY, line["territory"]), DAY, look_up)
    return evaluate(compiled, answers, facts, DAY).result


def simulated(
    library: Library, folder: Path, given: Sequence[GivenList], engine: EngineName
) -> tuple[Summary, pl.DataFrame]:
    context = Context(today=DAY, language="fr", territory="", mode="sandbox")
    lists = read_lists(library.effective("essai", "").compiled, given, library.plugins.list_sources, context)
    places = [each.id for each in library.territories]
    simulation = Simulation(lambda place: library.effective("essai", place).compiled, places, None, DAY, lists=lists)
    out = folder / "reponses.parquet"
    summary = simulate(simulation, in_csv(folder / "cas.csv", lines(), ","), out, where=Where(engine))
    return summary, pl.read_parquet(out / "*.parquet" if out.is_dir() else out).sort("line")


def given_files(folder: Path) -> Iterator[GivenList]:
    yield GivenList("registre", in_csv(folder / "registre.csv", REGISTER))
    for place, rows in GROUPS.items():
        yield GivenList("groupes", in_csv(folder / f"{place}.csv", rows), place)


def given_frames(folder: Path) -> Iterator[GivenList]:
    pl.DataFrame(REGISTER).write_parquet(folder / "registre.parquet")
    yield GivenList("registre", folder / "registre.parquet")
    for place, rows in GROUPS.items():
        types = {"groupe": pl.String, "recu_cents": pl.Int64, "mois": pl.String, "fini": pl.Boolean}
        pl.DataFrame([list(row.values()) for row in rows], types, orient="row").write_parquet(
            folder / f"{place}.parquet"
        )
        yield GivenList("groupes", folder / f"{place}.parquet", place)


@pytest.mark.parametrize(
    ("engine", "given"),
    [("polars", given_files), ("polars", given_frames), ("duckdb", given_files), ("spark", given_frames)],
)
def test_a_line_has_the_answer_of_the_single_back_end(
    library: Library, tmp_path: Path, engine: EngineName, given: Callable[[Path], Iterator[GivenList]]
) -> None:
    summary, found = simulated(library, tmp_path, list(given(tmp_path)), engine)
    assert summary.whole.count == len(lines())
    assert not summary.absent_lists
    for line, answer in zip(lines(), found.iter_rows(named=True), strict=True):
        compiled = library.effective("essai", line["territory"]).compiled
        expected = single(compiled, line)
        assert bulk_of(compiled, line["territory"], DAY).decode(answer) == expected, line
    assert set(found["outcome"]) == {"eligible", "not_eligible", "undetermined"}
    assert found["amount_cents"].n_unique() > 2


def test_a_list_of_another_territory_only_says_nothing_here(library: Library, tmp_path: Path) -> None:
    register, savoie, _ = given_files(tmp_path)
    summary, found = simulated(library, tmp_path, [register, savoie], "polars")
    assert list(summary.absent_lists) == ["groupes"]
    there = [answer for line, answer in zip(lines(), found["outcome"], strict=True) if line["territory"] == "dep-74"]
    assert "eligible" not in there


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "siren;groupe;depuis;effectif\n732829320;A;2020-01-01;3\n",
            'registre.csv:2:1  ligne de la liste refusée, colonne "depuis"',
        ),
        ("siren;groupe\n732829320;A\n", "Colonnes absentes du fichier : depuis, effectif"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(library: Library, tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "registre.csv").write_text(written, "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        simulated(library, tmp_path, [GivenList("registre", tmp_path / "registre.csv")], "polars")
    assert said in render_all(refused.value.problems, "fr")
    assert not (tmp_path / "reponses.parquet").exists()


def test_the_answers_of_one_simulation_are_the_list_of_the_next(tmp_path: Path) -> None:
    """A chain: who the first scheme finds eligible is in the list of its grants, with the amount it computed."""
    lists = "lists:\n  avant: {scheme: fds-volet-2, key: siren, columns: {amount: money, reference: text}}\n"
    scheme = SCHEME.replace("parameters:\n", f"{lists}parameters:\n", 1)
    scheme = scheme.replace("when: effectif <= 10", "when: titulaire dans liste avant", 1)
    scheme = scheme.replace("then: retenu", "then: min(retenu, lookup(avant, titulaire, amount))", 1)
    chained = a_library(tmp_path, scheme)
    columns = {"siren": ["1", "2", "3"], "outcome": ["eligible", "not_eligible", "eligible"]}
    first = pl.DataFrame({**columns, "amount_cents": [700, None, 300], "line": [1, 2, 3]})
    first.write_parquet(tmp_path / "avant.parquet")
    context = Context(today=DAY, language="fr", territory="", mode="sandbox")
    compiled = chained.effective("essai", "").compiled
    given = [GivenList("avant", tmp_path / "avant.parquet")]
    lists_given = read_lists(compiled, given, chained.plugins.list_sources, context)
    simulation = Simulation(lambda _: compiled, [], None, DAY, lists=lists_given)
    (tmp_path / "cas.csv").write_text("titulaire,annule,perte\n1,oui,5\n2,oui,5\n3,oui,5\n", "utf-8")
    simulate(simulation, tmp_path / "cas.csv", tmp_path / "r.parquet")
    found = pl.read_parquet(tmp_path / "r.parquet").sort("line")
    assert found["outcome"].to_list() == ["eligible", "not_eligible", "eligible"]
    assert found["amount_cents"].to_list() == [500, None, 300]
