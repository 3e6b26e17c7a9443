"""A sample of the typos and damages that `tests/bench/test_mutations_bench.py` tries in full."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from corruptions import endure
from mutations import SCHEMES, Mutant, Trial, mutants_of, reason_of

SMALL = sorted((SCHEMES / "haute-savoie-1000").glob("*.yaml"))
SEED = 7


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial()


def typos(count: int) -> list[Mutant]:
    chance = random.Random(SEED)
    found = [mutant for path in SMALL for mutant in mutants_of(path, chance)]
    chance.shuffle(found)
    return found[:count]


def test_the_files_themselves_are_accepted(trial: Trial) -> None:
    assert [trial.problems(path, path.read_bytes()) for path in SMALL] == [[]] * len(SMALL)


def test_a_typo_is_refused_at_its_line_or_has_a_reason_to_pass(trial: Trial) -> None:
    verdicts = [verdict for mutant in typos(120) if (verdict := trial.judge(mutant)).how != "same"]
    how = Counter(verdict.how for verdict in verdicts)
    assert [verdict for verdict in verdicts if verdict.how == "survives" and not reason_of(verdict.mutant)] == []
    assert (how["here"] + how["example"]) / len(verdicts) >= 0.97, how


def test_without_the_checks_typos_would_pass(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: a check that finds nothing lets every typo that YAML accepts survive."""
    monkeypatch.setattr(Trial, "problems", lambda *_: [])
    assert {trial.judge(mutant).how for mutant in typos(120) if mutant.kind in ("name", "key")} == {"survives"}


def test_a_damaged_file_crashes_nothing(trial: Trial) -> None:
    ordeal = endure(trial, SMALL, 250, SEED)
    assert ordeal.refused > 200
    assert ordeal.memory_mb < 256
