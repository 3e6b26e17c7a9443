"""The histogram of amounts: round bars, nothing lost, said to a screen reader."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from guichet.services.simulation.histogram import amounts_as_svg, bars


@pytest.mark.parametrize("bins", [{0: 1}, {3: 2, 4: 5}, {200: 3, 350: 1}, {1: 1, 123_456: 2, 9_999_999: 4}])
def test_bars_are_few_round_and_lose_nobody(bins: dict[int, int]) -> None:
    found = bars(Counter(bins))
    assert len(found) <= 25
    assert sum(count for _, _, count in found) == sum(bins.values())
    assert all(low < high and low % (high - low) == 0 for low, high, _ in found)


def test_the_drawing_is_an_image_with_a_name_and_a_description() -> None:
    root = ET.fromstring(amounts_as_svg(Counter({200: 3, 350: 1}), "fr"))  # a text of ours
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title about"
    assert root.find(f"{space}title").text == "Montants accordés par la simulation"
    assert root.find(f"{space}desc").text.startswith("4 dossiers aidés, de 2\u202f000 à 3\u202f600 euros.")
    assert "De 2\u202f000 à 2\u202f100 € : 3 dossiers" in {each.text for each in root.iter(f"{space}title")}


def test_nobody_granted_is_drawn_and_said() -> None:
    assert "No dossier granted." in amounts_as_svg(Counter(), "en")
