"""Reading `instance.yaml`: what it gives, and what its author is told, all mistakes at once.

`tests/data/invalid/instances/<name>.txt` holds a broken file, then the texts expected in French and in English.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.errors import ProblemsFound, render_all
from guichet.errors.messages.instance import MESSAGES
from guichet.loader.instances import INSTANCE_FILE, data_folder, find_instance, read_instance
from guichet.plugin import load_plugins
from guichet_plugins.connect import folder as folder_delivery
from guichet_plugins.notify import email

CASES = sorted((Path(__file__).parents[2] / "data/invalid/instances").glob("*.txt"))
TOLD_ELSEWHERE = {"instance.other_mode"}
PLUGINS = load_plugins(installed=False, extra={"email": email, "folder": folder_delivery})


def written(folder: Path, text: str) -> Path:
    (folder / INSTANCE_FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_says_where_what_and_what_to_do(case: Path, tmp_path: Path) -> None:
    text, french, english = case.read_text("utf-8").split("=====\n")
    with pytest.raises(ProblemsFound) as found:
        read_instance(written(tmp_path, text), PLUGINS, tmp_path)
    assert render_all(found.value.problems, "fr") + "\n" == french
    assert render_all(found.value.problems, "en") + "\n" == english


def test_every_message_of_the_area_has_its_case(tmp_path: Path) -> None:
    told: set[str] = set()
    for case in CASES:
        with pytest.raises(ProblemsFound) as found:
            read_instance(written(tmp_path, case.read_text("utf-8").split("=====\n")[0]), PLUGINS)
        told |= {problem.code for problem in found.value.problems}
    assert set(MESSAGES) - told == TOLD_ELSEWHERE


def test_a_full_file_gives_its_values(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        "format: 1\nmode: live\nname: Aides de la Bretagne\nbase_url: https://aides.exemple.fr/\n"
        "hosts: [entreprise.api.gouv.fr, mail.interne:8025, 'http://10.0.0.5:8080']\n"
        "services:\n  email: {smtp_host: mail.exemple.fr, password: secret:mail}\n",
    )

    file = read_instance(folder, PLUGINS).file

    assert (file.mode, file.name, file.base_url) == ("live", "Aides de la Bretagne", "https://aides.exemple.fr")
    assert file.hosts == ("entreprise.api.gouv.fr", "mail.interne:8025", "http://10.0.0.5:8080")
    assert file.services == {"email": {"smtp_host": "mail.exemple.fr", "password": "secret:mail"}}


def test_an_instance_gives_some_options_of_a_plugin_that_schemes_complete(tmp_path: Path) -> None:
    folder = written(tmp_path, "format: 1\nmode: sandbox\nservices:\n  folder: {folder: remises}\n")

    assert read_instance(folder, PLUGINS).file.services == {"folder": {"folder": "remises"}}


def test_an_instance_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    inside = tmp_path / "schemes" / "essai"
    inside.mkdir(parents=True)
    assert find_instance(inside) is None

    written(tmp_path, "format: 1\nmode: sandbox\n")

    assert find_instance(inside) == tmp_path
    assert data_folder(tmp_path) == tmp_path / "var"
    assert data_folder(inside) == inside
