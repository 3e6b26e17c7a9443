"""Style, format, types and layers hold: the same tools as at a developer's desk, run as tests."""

import shutil
import tomllib
from pathlib import Path

import pytest

from house import ROOMS, ROOT, read, run, tool


def test_the_code_follows_the_lint_rules() -> None:
    done = run(tool("ruff"), "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_the_code_is_formatted() -> None:
    done = run(tool("ruff"), "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.timeout(600)
def test_the_types_hold() -> None:
    done = run(tool("basedpyright"))
    assert done.returncode == 0, done.stdout


def test_the_layers_hold() -> None:
    done = run(tool("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout


# One forbidden import per contract, and the module that would do it.
SABOTAGES = {
    "the layers of the core, top to bottom": ("core/guichet/model", "guichet.web"),
    "the command line stands on the core": ("core/guichet/errors", "guichet_cli.main"),
    "plugins use the public names only": ("plugins/guichet_plugins", "guichet.engine"),
    "families of plugins never import each other": ("plugins/guichet_plugins/payments", "guichet_plugins.connect"),
    "core and command line name no plugin": ("cli/guichet_cli", "guichet_plugins"),
    "pluggy lives in guichet.plugin only": ("core/guichet/services", "pluggy"),
    "ruamel.yaml lives in guichet.loader only": ("core/guichet/engine", "ruamel.yaml"),
    "the database library lives in guichet.storage only": ("core/guichet/services", "sqlalchemy"),
    "the language server's library lives in guichet.editor only": ("core/guichet/services", "pygls"),
    "the engine is pure: no I/O, no web": ("core/guichet/engine", "httpx"),
}


def contracts() -> set[str]:
    """The names of the contracts in force."""
    declared = tomllib.loads(read(Path("pyproject.toml")))["tool"]["importlinter"]
    return {contract["name"] for contract in declared["contracts"]}


def test_every_contract_has_its_sabotage() -> None:
    assert contracts() == set(SABOTAGES)


def test_a_forbidden_import_breaks_its_contract(tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "docs"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for number, (folder, forbidden) in enumerate(SABOTAGES.values()):
        (tmp_path / folder / f"sabotage_{number}.py").write_text(f"import {forbidden}\n", encoding="utf-8")

    done = run(
        tool("lint-imports"), "--no-cache", cwd=tmp_path,
        PYTHONPATH=":".join(str(tmp_path / room) for room in ROOMS), COLUMNS="200",
    )  # fmt: skip

    broken = {line.rpartition(" BROKEN")[0].strip() for line in done.stdout.splitlines() if " BROKEN" in line}
    assert broken == contracts(), done.stdout
    assert done.returncode == 1
