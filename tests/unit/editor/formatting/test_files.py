"""Declarations laid out: what stays, what changes, and that the meaning never does."""

import random
import re
from pathlib import Path

import pytest

from guichet.editor.formatting import Dialect, format_text
from guichet.editor.formatting.folders import function_words
from guichet.editor.formatting.pieces import read_pieces
from guichet.errors import ProblemsFound
from guichet.loader.reader.source import Source
from shipped_plugins import shipped_plugins
from yaml_corruption import corrupted

ROOT = Path(__file__).parents[4]
SHIPPED = sorted(path for folder in ("schemes", "plugins") for path in (ROOT / folder).rglob("*.yaml"))
REGIONS = sorted((ROOT / "regions").rglob("*.yaml"))
SAME = Dialect("fr", "fr")


def laid(text: str, file: str = "schemes/essai/rules.yaml", dialect: Dialect = SAME) -> str:
    return format_text(text, file, dialect)


@pytest.mark.parametrize("path", [*SHIPPED, *REGIONS[::12]], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_laid_out_is_laid_out_for_good(path: Path) -> None:
    once = laid(path.read_text("utf-8"), str(path))
    assert laid(once, str(path)) == once


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_layout_does_not_hang_on_how_it_was_typed(path: Path) -> None:
    once = laid(path.read_text("utf-8"), str(path))
    typed = spoilt(spoilt(spoilt(once, "wider"), "spaces"), "blank lines")
    assert typed != once
    assert laid(typed, str(path)) == once


def spoilt(text: str, how: str) -> str:
    """Give the text as a hurried hand types it; the lines of texts keep what they say."""
    said = lines_of_texts(text)
    typed: list[str] = []
    for place, line in enumerate(text.split("\n")):
        own = len(line) - len(line.lstrip(" "))
        if how == "wider":
            wide = " " * said.get(place, own) + line
            typed.append(wide if place in said else re.sub(r"^( *)- (?=\w+:)", r"\1-   ", wide))
        elif how == "spaces":
            typed.append(line if place in said else line + " " * random.Random(line).randrange(3))
        else:
            typed.append(line if line or place in said else "\n\n")
    return "\n".join(typed)


def lines_of_texts(text: str) -> dict[int, int]:
    """Give the lines that texts over several lines hold, each with the indentation of its text."""
    source = Source("file.yaml", text)
    found: dict[int, int] = {}
    waiting = [read_pieces(source)]
    while waiting:
        piece = waiting.pop()
        waiting += piece.inside
        first, last = source.line_of(piece.start), source.line_of(piece.end)
        if piece.kind == "scalar" and last > first:
            own = [len(line) - len(line.lstrip()) for line in source.lines[first + 1 : last + 1] if line.strip()]
            found |= dict.fromkeys(range(first + 1, last + 1), min(own))
    return found


def test_every_comment_stays_where_it_belongs() -> None:
    text = """\
#head
2020-04-01:   # of the key
    legal: Décret  # of the line
    # of the criteria
    criteria:
        un:
            label: Un
            when: effectif>=1
            # at the end of the criterion
        # at the end of the criteria
    # at the end of the version
# of the next version
2020-05-01:
    legal: Autre
# at the end of the file
"""
    assert (
        laid(text)
        == """\
# head
2020-04-01:  # of the key
  legal: Décret  # of the line
  # of the criteria
  criteria:
    un:
      label: Un
      when: effectif >= 1
      # at the end of the criterion
    # at the end of the criteria
  # at the end of the version

# of the next version
2020-05-01:
  legal: Autre
# at the end of the file
"""
    )


def test_an_expression_leaves_the_braces() -> None:
    text = "2020-04-01:\n  legal: Décret\n  criteria: {un: {label: Un, when: effectif>=1}} # court\n"
    assert laid(text) == (
        "2020-04-01:\n  legal: Décret\n  criteria:  # court\n    un:\n      label: Un\n      when: effectif >= 1\n"
    )


def test_an_expression_in_a_list_leaves_the_braces() -> None:
    text = "2020-04-01:\n  legal: Décret\n  amount:\n    - {if: a>1 €, then: 2000 €} # court\n    - {else: 3 €}\n"
    written = laid(text)
    assert written.endswith("    - if: a > 1 €\n      then: 2 000 €  # court\n    - else: 3 €\n")
    assert laid(written) == written


def test_long_data_takes_lines_of_its_own() -> None:
    names = ", ".join(f"{70000 + number}" for number in range(30))
    written = laid(f"acts_for:\n  dep-69:\n    communes: [{names}]\n", "regions/col-x/authority.yaml")
    assert max(map(len, written.splitlines())) <= 120
    assert written.startswith("acts_for:\n  dep-69:\n    communes: [\n      70000, 70001")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ('"Décret"', "Décret"),
        ("'Décret'", "Décret"),
        ("'L''arrêté'", "L'arrêté"),
        ('"2020-04-01"', '"2020-04-01"'),
        ("'oui : non'", '"oui : non"'),
        ("'no'", '"no"'),
        ('"12"', '"12"'),
        ("'dit \"oui\"'", "'dit \"oui\"'"),
        ('"à côté : #3"', '"à côté : #3"'),
    ],
)
def test_quotes_stay_where_they_say_something(typed: str, written: str) -> None:
    assert laid(f"2020-04-01:\n  legal: {typed}\n") == f"2020-04-01:\n  legal: {written}\n"


def test_texts_keep_their_lines() -> None:
    text = (
        "2020-04-01:\n    legal: |\n        Un\n          deux\n\n        trois\n"
        "    define:\n        a: >-\n            1 +\n            2\n"
    )
    assert laid(text) == "2020-04-01:\n  legal: |\n    Un\n      deux\n\n    trois\n  define:\n    a: 1 + 2\n"


def test_an_amount_has_its_thousands_apart() -> None:
    assert laid("ceiling: 100000 €\n", "schemes/a/envelope.yaml") == "ceiling: 100000 €\n"
    assert "ceiling: 2 000 €" in laid("envelope: {ceiling: 2000€}\n", "schemes/a/scheme.yaml")
    assert "2 000,50 €" in laid("envelope: {ceiling: '2000,50€'}\n", "schemes/a/scheme.yaml")
    assert "ceiling: 1 200 000 €" in laid("envelope: {ceiling: 1200000 €}\n", "schemes/a/scheme.yaml")


def test_a_whole_scheme_changes_its_words() -> None:
    words = function_words(shipped_plugins().rule_functions.values())
    expression = "si non b et années_entre(c, 2020-01-01) > 1 alors 2 mois sinon 3 ans"
    text = f"2020-04-01:\n  legal: Décret\n  define:\n    a: {expression}\n"
    english = laid(text, dialect=Dialect("fr", "en", words))
    assert "if not b and years_between(c, 2020-01-01) > 1 then 2 months else 3 years" in english
    assert laid(english, dialect=Dialect("en", "fr", words)) == text


@pytest.mark.parametrize("text", ["a: [1, 2\n", "2020-04-01:\n  define:\n    a: 1 +\n", "a: 1\na: 2\n", "\t- x\n"])
def test_a_file_with_a_mistake_is_left_alone(text: str) -> None:
    with pytest.raises(ProblemsFound):
        laid(text)


@pytest.mark.parametrize("seed", range(30))
def test_a_corrupted_file_is_laid_out_for_good_or_refused(seed: int) -> None:
    path = ROOT / "schemes/haute-savoie-1000/scheme.yaml"
    text = corrupted(path.read_text("utf-8"), seed)
    once = laid_or_none(text, str(path))
    assert once is None or laid(once, str(path)) == once


def laid_or_none(text: str, file: str) -> str | None:
    """Give the text laid out, None for one that is refused; anything else ends the test."""
    try:
        return laid(text, file)
    except ProblemsFound:
        return None
