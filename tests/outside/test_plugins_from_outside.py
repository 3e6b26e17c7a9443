"""Plugins that know the public contract only, installed as by a stranger; two carry a scheme to its payment file."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import market_story
from environments import Environment, an_environment
from served import free_port

HERE = Path(__file__).parent
PACKAGES = (HERE / "guichet-stallholders", HERE / "guichet-markets", HERE / "guichet-texting")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    made = an_environment(tmp_path_factory.mktemp("fresh") / "env")
    for package in PACKAGES:
        copied = tmp_path_factory.mktemp("package") / package.name
        shutil.copytree(package, copied, ignore=shutil.ignore_patterns("__pycache__"))
        made.install(copied)
    return made


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_it_imports_public_names_only(package: Path) -> None:
    files = list(package.rglob("*.py"))
    assert files
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            inside = [name for name in names if name.startswith(("guichet.", "guichet_plugins"))]
            assert set(inside) <= {"guichet.testing"}, f"{path.name}: {inside}"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_its_own_tests_pass_where_it_is_installed(package: Path, environment: Environment) -> None:
    tried = environment.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", cwd=package)
    assert tried.returncode == 0, tried.stdout


def test_a_scheme_is_played_with_them_from_check_to_payment_file(environment: Environment, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    assert environment.guichet("new", "instance", str(folder), cwd=tmp_path).returncode == 0
    shutil.copytree(HERE / "instance/schemes", folder / "schemes", dirs_exist_ok=True)
    with the_services(environment, tmp_path) as address:
        settings = folder / "instance.yaml"
        told = f"\nservices:\n  stallholders:\n    base_url: {address}/stallholders\n"
        settings.write_text(settings.read_text(encoding="utf-8") + told, encoding="utf-8")
        for command in (
            ["check"],
            ["test", "aide-marches"],
            ["publish", "aide-marches", "--territory", "dep-29"],
            ["lists", "import", "aide-marches", "registre"],
        ):
            done = environment.guichet(*command, cwd=folder, GUICHET_LANG="en")
            assert done.returncode == 0, done.stdout
        assert "Rows read: 5 = added 3 + updated 0 + unchanged 0 + rejected 2" in done.stdout
        data = folder / "var"
        folders = os.pathsep.join([str(Path(market_story.__file__).parent)])
        played = environment.python(
            market_story.__file__, str(data), cwd=folder, GUICHET_INSTANCE=str(folder), PYTHONPATH=folders
        )
    assert played.returncode == 0, played.stdout
    story = json.loads(played.stdout.splitlines()[-1])
    assert story["dossiers"] == {
        "29-00017": ["eligible", 105_000],
        "29-00042": ["eligible", 105_000],
        "29-99999": ["not_eligible", None],
    }
    assert story["failures"] == []
    assert story["paid"] == [2, 210_000]
    (file,) = story["files"]
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "reference|payee|iban|cents|label"
    assert lines[-1] == "total|2||210000|"
    assert [line.split("|")[1] for line in lines[1:-1]] == ["ANNE GUIVARC'H"] * 2


@contextmanager
def the_services(environment: Environment, folder: Path) -> Iterator[str]:
    """The stand-ins of every connector of the environment, at their address."""
    port = str(free_port())
    program = "from guichet_cli.main import main; main()"
    with subprocess.Popen(
        [environment.program("python"), "-c", program, "sandbox", "--port", port, "--lang", "en"],
        cwd=folder, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
