"""Data that ships as a plugin: rules look its tables up, schemes use its blocks, an instance lies over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import narwhals as nw
import pytest

from guichet import MONEY, DataPackage, DataTable, TableVersion, hookimpl
from guichet.errors import ProblemsFound, render
from guichet.plugin import PluginFailed, Plugins, answers_needed
from guichet.runtime import read_library
from guichet.services.checking import check
from guichet.settings import Settings
from guichet.testing import assert_data
from instances import TEST_SCHEMES
from shipped_plugins import shipped_plugins


class Shipped(DataPackage):
    """A table and a folder of declarations."""

    key = "ours"

    def __init__(self, folder: Path | None = None, *tables: DataTable, key: str = "ours") -> None:
        self.folder, self.own, self.key = folder, tables, key

    def tables(self) -> tuple[DataTable, ...]:
        return self.own

    def declarations(self) -> Path | None:
        return self.folder


def plugins_with(*packages: Shipped) -> Plugins:
    modules = {}
    for package in packages:
        module = modules[package.key] = ModuleType(package.key)
        vars(module)["register_data"] = _giving(package)
    return shipped_plugins(extra=modules)


def _giving(package: Shipped) -> object:
    return hookimpl(lambda: [package])


def a_scheme_folder(folder: Path) -> Path:
    """A folder of declarations that holds the small scheme of the tests."""
    shutil.copytree(TEST_SCHEMES / "aide-simple", folder / "aide-simple")
    return folder


def a_table(*days: date, cents: object = 500) -> DataTable:
    versions = tuple(TableVersion(day, "Délibération", {"a": {"amount": cents}}) for day in days)
    return DataTable("scale", {"amount": MONEY}, versions)


def test_a_scheme_that_a_plugin_ships_is_in_the_library(tmp_path: Path):
    plugins = plugins_with(Shipped(a_scheme_folder(tmp_path / "shipped")))
    library = read_library(Settings(), plugins)
    assert library.source("aide-simple").folder == tmp_path / "shipped/aide-simple"
    assert check(library, ["aide-simple"]).passed


def test_an_instance_lies_over_what_a_plugin_ships(tmp_path: Path):
    a_scheme_folder(tmp_path / "instance/schemes")
    plugins = plugins_with(Shipped(a_scheme_folder(tmp_path / "shipped")))
    library = read_library(Settings(instance=tmp_path / "instance"), plugins)
    assert library.source("aide-simple").folder == tmp_path / "instance/schemes/aide-simple"


def test_two_plugins_that_ship_the_same_scheme_are_refused_by_name(tmp_path: Path):
    one = Shipped(a_scheme_folder(tmp_path / "one"), key="one")
    two = Shipped(a_scheme_folder(tmp_path / "two"), key="two")
    with pytest.raises(ProblemsFound) as refused:
        read_library(Settings(), plugins_with(one, two))
    assert render(refused.value.problems[0], "en").startswith(
        'plugin "two": it brings "aide-simple", which the plugin "one" brings as well'
    )


def test_rules_look_up_a_table_and_a_form_uses_a_block_of_the_shipped_plugin(tmp_path: Path):
    folder = a_scheme_folder(tmp_path / "instance/schemes") / "aide-simple"
    scheme = folder / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    text = text.replace("form:\n", "form:\n  minimis: {use: de_minimis}\n", 1)
    text = text.replace(
        "    criteria:\n",
        "    criteria:\n      plafond:\n        label: Plafond\n"
        '        when: de_minimis_ceiling("general", filed_on) > 100 000 €\n        otherwise: Non.\n',
        1,
    )
    scheme.write_text(text, encoding="utf-8")
    library = read_library(Settings(instance=tmp_path / "instance"), shipped_plugins())
    effective = library.effective("aide-simple")
    assert "aides_de_minimis" in effective.compiled.fields
    assert [problem for problem in check(library, ["aide-simple"]).problems if problem.severity == "error"] == []


def test_a_table_knows_its_days():
    table = a_table(date(2020, 1, 1), date(2021, 1, 1))
    assert table.value("amount", "a", date(2019, 12, 31)) is None
    assert table.value("amount", "a", date(2020, 12, 31)) == 500
    assert table.value("amount", "b", date(2021, 1, 1)) is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (a_table(date(2021, 1, 1), date(2020, 1, 1)), "follow each other"),
        (a_table(date(2020, 1, 1), cents=5.0), "is no money"),
        (a_table(), "has no version"),
    ],
)
def test_a_table_that_does_not_add_up_is_told(table: DataTable, told: str):
    with pytest.raises(AssertionError, match=told):
        assert_data(Shipped(None, table))


class Late(Mapping[str, Any]):
    """A mapping of a class of its own, as one that reads a large file row by row: nothing is looked at before."""

    def __init__(self, held: dict[str, Any]) -> None:
        self.held = held

    def __getitem__(self, key: str) -> Any:
        return self.held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


WRONG_ROWS = [
    (3.5, "scale, b: a row is a mapping of columns, not float"),
    (["amount", 5], "scale, b: a row is a mapping of columns, not list"),
    (Late({"amount": 3.5}), "scale_amount gives float, which its contract does not"),
    (Late({"amount": "5"}), "scale_amount gives str, which its contract does not"),
    ({"amount": True}, "scale_amount gives bool, which its contract does not"),
]


@pytest.mark.parametrize(("row", "told"), WRONG_ROWS)
def test_a_row_of_a_wrong_type_is_unknown_to_rules_and_its_plugin_is_named(row: Any, told: str):
    rows = Late({"a": {"amount": 500}, "b": row})
    table = DataTable("scale", {"amount": MONEY}, (TableVersion(date(2020, 1, 1), "Délibération", rows),))
    plugins = plugins_with(Shipped(None, table))
    look = plugins.rule_functions["scale_amount"]
    assert look.call("a", date(2020, 4, 20)) == 500
    assert look.call("b", date(2020, 4, 20)) is None
    assert (plugins.health.of("ours").failures, told in plugins.health.of("ours").last_error) == (1, True)
    with answers_needed(), pytest.raises(PluginFailed, match="plugin ours failed"):
        look.call("b", date(2020, 4, 20))


@pytest.mark.parametrize(("row", "told"), WRONG_ROWS)
def test_a_row_of_a_wrong_type_stops_a_simulation_by_the_name_of_its_plugin(row: Any, told: str):
    rows = Late({"a": {"amount": 500}, "b": row})
    table = DataTable("scale", {"amount": MONEY}, (TableVersion(date(2020, 1, 1), "Délibération", rows),))
    look = plugins_with(Shipped(None, table)).rule_functions["scale_amount"]
    assert look.bulk is not None
    with pytest.raises(PluginFailed, match="plugin ours failed: TypeError: scale, b"):
        look.bulk(nw.col("key"), nw.col("on"))


def test_two_tables_of_one_name_are_refused_at_start():
    table = a_table(date(2020, 1, 1))
    with pytest.raises(ProblemsFound) as refused:
        plugins_with(Shipped(None, table, key="one"), Shipped(None, table, key="two"))
    assert 'the key "scale_amount" of "register_rule_functions" is already taken' in render(
        refused.value.problems[0], "en"
    )
