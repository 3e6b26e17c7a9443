"""The contract of data that ships as a plugin: tables that add up, declarations that load with their examples green."""

from __future__ import annotations

from types import ModuleType

from guichet.loader.library import load_library
from guichet.plugin import Plugins, hookimpl, load_plugins
from guichet.plugin.contracts import DataPackage, DataTable
from guichet.plugin.contracts.data import lookups_of
from guichet.plugin.contracts.rule_values import fits_rules
from guichet.services.checking import check
from guichet.settings import shipped_folder
from guichet.testing.context import assert_registers

__all__ = ["assert_data"]


def assert_data(package: DataPackage) -> None:
    """Check data: dated, typed and sourced tables; blocks and schemes that pass `guichet check`."""
    assert_registers("register_data", package)
    tables = package.tables()
    names = [table.name for table in tables]
    assert len(set(names)) == len(names), "two tables bear one name"
    for table in tables:
        _assert_table(table)
    assert package.tables() == tables, "the tables are the same each time"
    folder = package.declarations()
    if folder is None:
        assert tables, "neither tables nor declarations: it ships nothing"
        return
    assert folder.is_dir(), f"there is no folder {folder}"
    with_them = load_library([shipped_folder("schemes"), folder], [shipped_folder("regions")], _with(package))
    own = [path.parent.name for path in folder.glob("*/scheme.yaml")]
    problems = [str(problem) for problem in check(with_them, own).problems if problem.severity == "error"]
    assert not problems, problems
    for scheme in own:
        assert with_them.examples(scheme) is not None, f"{scheme} has no example"


def _assert_table(table: DataTable) -> None:
    assert table.versions, f"{table.name} has no version"
    days = [version.first_day for version in table.versions]
    assert days == sorted(set(days)), f"{table.name}: versions follow each other by their first days"
    for version in table.versions:
        assert version.legal, f"{table.name}: nobody says which text sets the version of {version.first_day}"
        ends = version.last_day is None or version.last_day >= version.first_day
        assert ends, f"{table.name}: a version ends on {version.last_day}, before it begins"
        for key, row in version.rows.items():
            unknown = set(row) - set(table.columns)
            assert not unknown, f"{table.name}, {key}: no such column {unknown}"
            for column, value in row.items():
                fits = value is None or fits_rules(value, table.columns[column])
                assert fits, f"{table.name}, {key}, {column}: {value!r} is no {table.columns[column].kind}"
    for function in lookups_of(table):
        assert function.name.isidentifier(), f"rules cannot name {function.name}"
        assert function.call("", days[0]) is None, "what the table does not hold is unknown"


def _with(package: DataPackage) -> Plugins:
    """The plugins of this environment, and the package's own where it is not installed."""
    installed = load_plugins()
    if package.key in installed.data:
        return installed
    module = ModuleType("under_test")
    vars(module)["register_data"] = hookimpl(lambda: [package])
    return load_plugins(extra={"under_test": module})
