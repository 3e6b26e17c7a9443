"""Functions of plugins in a simulation: without a form over columns they work; a form that lies or breaks is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from declarations import SCHEME
from guichet import INTEGER, MONEY, TEXT, Signature, hookimpl
from guichet.errors import ProblemsFound, render_all
from guichet.language.bulk import EngineName
from guichet.loader.library import load_library
from guichet.plugin import PluginFailed
from guichet.services.simulation import Simulation, Where, simulate
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

BONUS = Signature(
    "bonus", {"fr": "prime", "en": "bonus"}, (TEXT, INTEGER), MONEY, lambda name, staff: len(name) * staff
)


def over_columns(name: Any, staff: Any) -> Any:
    return name.str.len_chars().cast(nw.Int64()) * staff


def simulated(tmp_path: Path, function: Signature, engine: EngineName = "polars") -> pl.DataFrame:
    """What each line is given by rules whose amount is what a plugin's function says."""
    written = SCHEME.replace("      - else: 100 €", "      - else: prime(titulaire, effectif)")
    (tmp_path / "schemes/essai").mkdir(parents=True)
    (tmp_path / "schemes/essai/scheme.yaml").write_text(
        written.replace("        when: annule", "        when: non annule")
    )
    module = SimpleNamespace(register_rule_functions=hookimpl(lambda: [function], specname="register_rule_functions"))
    library = load_library(
        (shipped_folder("schemes"), tmp_path / "schemes"),
        (shipped_folder("regions"),),
        shipped_plugins(extra={"guichet-primes": module}),
        only=["essai"],
    )
    lines = "titulaire,effectif,annule\nAdèle,3,non\n,3,non\nLéo,,non\nAdèle,5,non\n"
    (tmp_path / "cas.csv").write_text(lines, "utf-8")
    compiled, out = library.effective("essai", "").compiled, tmp_path / "r.parquet"
    simulation = Simulation(lambda _: compiled, [], None, date(2020, 5, 10))
    simulate(simulation, tmp_path / "cas.csv", out, where=Where(engine))
    return pl.read_parquet(out).sort("line")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("function", [BONUS, replace(BONUS, bulk=over_columns)], ids=["python", "columns"])
def test_a_function_works_with_and_without_a_form_over_columns(
    function: Signature, engine: EngineName, tmp_path: Path
) -> None:
    assert simulated(tmp_path, function, engine)["amount_cents"].to_list() == [15, None, None, 25]


def broken(*_: Any) -> Any:
    raise KeyError("bonus")


@pytest.mark.parametrize(
    ("bulk", "said"),
    [
        (lambda name, staff: name.str.len_chars().cast(nw.Int64()) + staff, "donne 8 au lieu de 15"),
        (lambda name, staff: staff.cast(nw.Float64()) * 5, "donne 15.0 au lieu de 15"),
        (lambda name, staff: staff.sum(), "donne"),
        (lambda name, staff: name, "donne"),
        (lambda name, staff: staff.drop_nulls(), "donne"),
        (lambda name, staff: name + staff, "donne"),
        (lambda name, staff: nw.when(staff > 3).then(staff * 5), "donne null au lieu de 15"),
        (lambda name, staff: 5, "donne int au lieu de narwhals.Expr"),
    ],
    ids=["wrong value", "float", "aggregate", "text", "another length", "nonsense", "null", "no expression"],
)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_form_over_columns_that_lies_is_named(
    bulk: Callable[..., Any], said: str, engine: EngineName, tmp_path: Path
) -> None:
    with pytest.raises(ProblemsFound) as refused:
        simulated(tmp_path, replace(BONUS, bulk=bulk), engine)
    told = render_all(refused.value.problems, "fr")
    assert 'la forme en colonnes de "bonus" (extension guichet-primes) ne dit pas ce que dit la fonction' in told
    assert said in told
    assert not (tmp_path / "r.parquet").exists()


@pytest.mark.parametrize(
    "function",
    [
        replace(BONUS, bulk=broken),
        replace(BONUS, call=broken),
        replace(BONUS, call=lambda name, staff: 1.5),
        replace(BONUS, call=lambda name, staff: [staff]),
    ],
    ids=["columns", "python", "a float", "a list"],
)
def test_a_function_that_breaks_stops_the_simulation_by_the_name_of_its_plugin(
    function: Signature, tmp_path: Path
) -> None:
    with pytest.raises(PluginFailed) as stopped:
        simulated(tmp_path, function)
    assert stopped.value.plugin == "guichet-primes"
    assert not (tmp_path / "r.parquet").exists()
