"""A new plugin works at once: installed as a stranger would, its contract suites pass and Guichet lists it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from environments import Environment, an_environment
from guichet.errors import ProblemsFound, render
from guichet.plugin.registry import FAMILIES, HOOKS, Family
from guichet.testing.skeleton import SKELETONS, plan_plugin, write_plugin
from house import run, tool


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return an_environment(tmp_path_factory.mktemp("fresh") / "env")


def test_a_plugin_of_every_hook_installs_passes_its_suites_and_is_listed(environment: Environment, tmp_path: Path):
    made = environment.guichet(
        "new", "plugin", "ours-of-all", *(part for hook in HOOKS for part in ("--hook", hook)), cwd=tmp_path
    )
    assert made.returncode == 0, made.stdout
    package = tmp_path / "guichet-ours-of-all"
    environment.install(package)
    tried = environment.python("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=package)
    assert tried.returncode == 0, tried.stdout
    passed = re.search(r"(\d+) passed", tried.stdout)
    assert passed is not None
    assert int(passed[1]) >= len(HOOKS)
    listed = json.loads(environment.guichet("plugins", "--json", cwd=tmp_path).stdout)
    (ours,) = [plugin for plugin in listed if plugin["name"] == "ours_of_all"]
    assert ours["version"] == "0.1.0"
    assert set(ours["keys"]) == set(HOOKS)


def test_a_test_of_the_new_plugin_can_fail(environment: Environment, tmp_path: Path):
    planned = plan_plugin("broken", ["rule_functions"], tmp_path)
    write_plugin(planned)
    module = planned.folder / "guichet_broken/rule_functions.py"
    module.write_text(module.read_text(encoding="utf-8").replace("month in SUMMER", "3.5"), encoding="utf-8")
    environment.install(planned.folder)
    tried = environment.python("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=planned.folder)
    assert tried.returncode == 1, tried.stdout


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_hook_has_its_first_files(family: Family):
    assert (SKELETONS / f"{family.name}.py.tmpl").is_file()
    assert (SKELETONS / f"test_{family.name}.py.tmpl").is_file()


def test_a_list_that_a_service_keeps_has_first_files_of_its_own(environment: Environment, tmp_path: Path):
    planned = plan_plugin("served", ["fetched_lists"], tmp_path)
    write_plugin(planned)
    environment.install(planned.folder)
    tried = environment.python("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=planned.folder)
    assert tried.returncode == 0, tried.stdout
    listed = json.loads(environment.guichet("plugins", "--json", cwd=tmp_path).stdout)
    (ours,) = [plugin for plugin in listed if plugin["name"] == "served"]
    assert ours["keys"] == {"register_list_sources": ["served"]}


def test_two_beginnings_of_one_family_are_not_mixed(tmp_path: Path):
    with pytest.raises(ProblemsFound) as refused:
        plan_plugin("served", ["fetched_lists", "list_sources"], tmp_path)
    assert "the two would bear one name" in render(refused.value.problems[0], "en")


def test_one_hook_makes_five_files(tmp_path: Path):
    planned = plan_plugin("guichet-open-companies", ["register_list_sources"], tmp_path)
    assert planned.folder == tmp_path / "guichet-open-companies"
    assert list(planned.files) == [
        "pyproject.toml",
        "README.md",
        "guichet_open_companies/__init__.py",
        "guichet_open_companies/list_sources.py",
        "tests/test_open_companies_list_sources.py",
    ]


@pytest.mark.parametrize(
    ("name", "hook", "told"),
    [
        ("Été 2020", "list_sources", '"Été 2020" cannot name a plugin'),
        ("ours", "list_source", 'there is no hook "list_source"\n  hint  did you mean "list_sources"?'),
        ("taken", "list_sources", "already holds something"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(tmp_path: Path, name: str, hook: str, told: str):
    (tmp_path / "guichet-taken").mkdir()
    (tmp_path / "guichet-taken/x").touch()
    with pytest.raises(ProblemsFound) as refused:
        plan_plugin(name, [hook], tmp_path)
    assert told in render(refused.value.problems[0], "en")
    assert [path.name for path in tmp_path.iterdir()] == ["guichet-taken"]


def test_the_imports_of_the_first_files_are_sorted(tmp_path: Path):
    planned = plan_plugin(
        "our-example", [family.name for family in FAMILIES if family.name != "list_sources"], tmp_path
    )
    write_plugin(planned)
    sorter = ("check", "--isolated", "--no-cache", "--select=I", "--line-length=120", ".")
    done = run(tool("ruff"), *sorter, cwd=planned.folder)
    assert done.returncode == 0, done.stdout
