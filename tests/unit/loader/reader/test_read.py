"""Reading files: caps, names shown, files that cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.errors import Problem, ProblemsFound, render
from guichet.loader.reader import Caps, Mapping, read_file, read_text


def _problems(content: str | bytes, caps: Caps | None = None) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as caught:
        read_text(content, "a.yaml", caps)
    return caught.value.problems


def test_a_file_is_shown_under_the_name_given(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("a:\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        read_file(tmp_path / "a.yaml", "schemes/a.yaml")
    assert render(caught.value.problems[0], "fr").startswith("schemes/a.yaml:1:1  rien après « a: »")


def test_a_missing_file_is_a_problem(tmp_path: Path):
    with pytest.raises(ProblemsFound) as caught:
        read_file(tmp_path / "absent.yaml", "absent.yaml")
    assert render(caught.value.problems[0], "fr") == (
        "absent.yaml:1:1  le fichier n'existe pas\n  aide  vérifiez le nom, les majuscules et le dossier."
        "\n  code  yaml.no_such_file, core/docs/reference/messages/yaml.no_such_file.md"
    )


def test_a_folder_is_not_a_file(tmp_path: Path):
    with pytest.raises(ProblemsFound) as caught:
        read_file(tmp_path, "dossier")
    assert caught.value.problems[0].code == "yaml.unreadable"


def test_a_file_larger_than_the_cap_is_not_read_whole(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes(b"# " + b"x" * 100)
    with pytest.raises(ProblemsFound) as caught:
        read_file(tmp_path / "a.yaml", "a.yaml", Caps(size=10))
    assert caught.value.problems[0].data == {"size": 102, "max": 10}


def test_problems_are_capped_too():
    assert len(_problems("".join(f"k{number}:\n" for number in range(200)))) == 50


def test_all_problems_of_a_file_come_in_its_order():
    found = _problems("a: x : y\nb:\nc: 'l'aide'\nb: 1\nd: @x\n")
    assert [(problem.position.line, problem.code) for problem in found if problem.position] == [
        (1, "yaml.colon_in_value"),
        (2, "yaml.empty_value"),
        (3, "yaml.quote_inside"),
        (4, "yaml.duplicate_key"),
        (5, "yaml.special_start"),
    ]


def test_a_problem_of_a_value_says_its_path():
    assert _problems("a:\n  b:\n    - c: 1 # x\n")[0].path == ("a", "b", "1", "c")


def test_comments_after_two_spaces_and_short_data_in_braces_are_fine():
    root = read_text("---\na: b  # oui\nc: {d: e, f: [g, h]} # oui\ni: 'j # k' # oui\n", "a.yaml")
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["a", "c", "i"]


@pytest.mark.parametrize(
    "text",
    [
        "url: https://example.org/a\n",
        "heure: 08:30\n",
        "texte: « Attention »\n",
        "texte: l’aide d'urgence\n",
        "texte: Décret n°2020-371, art. 4 (2°)\n",
        "texte: C#\n",
        "when: solde < 0 €\n",
        "texte: ''\n",
        "clé accentuée : x\n",
        "lignes:\n- a\n- b\n",
        "texte:\n  sur sa propre ligne\n",
    ],
)
def test_what_people_write_rightly_is_accepted(text: str):
    assert isinstance(read_text(text, "a.yaml"), Mapping)
