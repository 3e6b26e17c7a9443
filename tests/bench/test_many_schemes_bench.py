"""Three hundred schemes read, checked against everything, compiled; each a scheme of its own."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter, process_time

import pytest

from declarations import SCHEME
from guichet.loader.library import load_library
from guichet.loader.territories import load_regions
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

SCHEMES = 300
ASKED = 2.0


def a_scheme(number: int) -> str:
    """Give the small scheme under another id, with thresholds, ceilings and names of its own."""
    text = SCHEME.replace("id: essai", f"id: aide-{number}").replace("Aide d'essai", f"Aide d'essai {number}")
    text = re.sub(r"\b(effectif|annule|perte|retenu|plafond)\b(?!:? ?é)", rf"\1_{number}", text)
    return text.replace("<= 10", f"<= {10 + number % 7}").replace("else: 100 €", f"else: {100 + number} €")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(SCHEMES):
        path = tmp_path / f"schemes/aide-{number}/scheme.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(a_scheme(number), "utf-8")
    return tmp_path


def test_three_hundred_schemes_are_read_and_checked_in_two_seconds(folder: Path) -> None:
    plugins, regions = shipped_plugins(), load_regions([shipped_folder("regions")])
    start, worked = perf_counter(), process_time()
    roots = (shipped_folder("schemes"), folder / "schemes")
    names = [f"aide-{number}" for number in range(SCHEMES)]
    library = load_library(roots, (shipped_folder("regions"),), plugins, only=names, regions=regions)
    read = process_time() - worked
    problems = [problem for name in names for problem in library.warnings(library.effective(name))]
    whole = process_time() - worked
    lasted = perf_counter() - start
    print(f"\n{SCHEMES} schemes: read {read:.2f} s, read and checked {whole:.2f} s of work, {lasted:.2f} s in all")
    assert problems == []
    assert whole < ASKED
