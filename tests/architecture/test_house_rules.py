"""Each rule of the house goes red on what it forbids, and only on that."""

import re
from collections.abc import Callable, Iterable

import pytest

from house_rules import (
    Fault,
    addresses,
    environment_readers,
    imports_of_the_folder,
    missing_docstring,
    special_words,
    too_long,
    unfinished,
    unreasoned_waivers,
)

Rule = Callable[[str], Iterable[Fault]]

# The forbidden words are joined here, so that this file does not break the rules it tests.
REFUSED: list[tuple[Rule, str]] = [
    (unfinished, "x = 1  # TO" + "DO: later"),
    (addresses, "folder = '/wor" + "k/main'"),
    (addresses, "see /hom" + "e/someone/guichet"),
    (addresses, "pip install --inde" + "x-url https://example.org"),
    (addresses, "https://pyp" + "i.org/simple"),
    (unreasoned_waivers, "import x  # noq" + "a"),
    (unreasoned_waivers, "import x  # noq" + "a: F401"),
    (unreasoned_waivers, "import x  # noq" + "a  because"),
    (unreasoned_waivers, "x = y  # type: ignor" + "e[assignment]"),
    (unreasoned_waivers, "x = y  # pyright: ignor" + "e  the library lies"),
    (unreasoned_waivers, '"""Doc."""\n# pyrigh' + "t: reportAny=false"),
    (too_long, "x = 1\n" * 451),
    (missing_docstring, "import os"),
    (imports_of_the_folder, "import core.guichet"),
    (imports_of_the_folder, "from cli.guichet_cli import main"),
    (environment_readers, "import os\nos.environ['LANG']"),
    (environment_readers, "from os import getenv"),
    (lambda text: special_words(text, re.compile("volet", re.IGNORECASE)), "def volet_amount(): ..."),
]

ACCEPTED: list[tuple[Rule, str]] = [
    (addresses, "https://example.org/tmp"),
    (addresses, "uv pip compile --no-emit-inde" + "x-url"),
    (addresses, "the network / the framework/workflow"),
    (unreasoned_waivers, "import x  # noq" + "a: F401, E402  read by the plugin manager"),
    (unreasoned_waivers, "import x  # noq" + "a: F401  # read by the plugin manager"),
    (unreasoned_waivers, "x = y  # type: ignor" + "e[assignment]  the library's stub is wrong"),
    (unreasoned_waivers, "x = y  # pyright: ignor" + "e[reportAny, reportUnknownMemberType]  no stub"),
    (unreasoned_waivers, "# The library has no types.\n# pyrigh" + "t: reportAny=false"),
    (too_long, "x = 1\n" * 450),
    (missing_docstring, '"""What it is."""'),
    (imports_of_the_folder, "from guichet.core import x\nfrom .core import y"),
]


@pytest.mark.parametrize(("rule", "text"), REFUSED)
def test_what_a_rule_forbids_is_found(rule: Rule, text: str) -> None:
    assert list(rule(text)) != []


@pytest.mark.parametrize(("rule", "text"), ACCEPTED)
def test_what_a_rule_allows_passes(rule: Rule, text: str) -> None:
    assert list(rule(text)) == []
