"""Every shipped file with one typo at a time, and damaged at random: what is refused, where, and what survives.

`mutations.md` lists the survivors of the last full run, and `survivors.toml` holds the sentence of each: one that
has none makes the bench fail. To write the list again:
`PYTHONPATH=tests/support python tests/bench/test_mutations_bench.py`.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from corruptions import endure
from mutations import Mutant, Trial, Verdict, mutants_of, reason_of, shipped_files

MUTANTS, CORRUPTIONS, SEED = 5_000, 5_000, 20_260_101
LEAST_HERE = 0.99
"""The part of typos refused or warned of at the right line; colours and free texts count like all others."""
LISTED = Path(__file__).with_name("mutations.md")


def sample(count: int) -> list[Mutant]:
    """Give typos of every shipped file, no more than a few of each so that all are met."""
    chance = random.Random(SEED)
    found = [mutant for path in shipped_files() for mutant in mutants_of(path, chance)]
    chance.shuffle(found)
    return found[:count]


def judged(count: int = MUTANTS) -> list[Verdict]:
    """Give the verdicts on as many typos as wanted, those that change nothing left out."""
    trial = Trial()
    verdicts: list[Verdict] = []
    for mutant in sample(count + count // 5):
        verdict = trial.judge(mutant)
        if verdict.how != "same":
            verdicts.append(verdict)
        if len(verdicts) == count:
            break
    return verdicts


@pytest.mark.timeout(3_600)
def test_a_typo_is_refused_at_its_line() -> None:
    verdicts = judged()
    how = Counter(verdict.how for verdict in verdicts)
    print(f"\n{len(verdicts)} typos: {dict(how)}")
    left = [verdict.mutant for verdict in verdicts if verdict.how in ("survives", "elsewhere")]
    assert [(one.name, one.line, one.before, one.after) for one in left if not reason_of(one)] == []
    assert (how["here"] + how["example"]) / len(verdicts) >= LEAST_HERE


@pytest.mark.timeout(3_600)
def test_a_damaged_file_crashes_nothing() -> None:
    ordeal = endure(Trial(), shipped_files(), CORRUPTIONS, SEED)
    print(f"\n{ordeal}")
    assert ordeal.slowest < 1
    assert ordeal.memory_mb < 256


def main() -> None:
    """Write the list of survivors again."""
    verdicts = judged()
    how = Counter(verdict.how for verdict in verdicts)
    lines = [
        "# Typos that survive",
        "",
        "Written by `PYTHONPATH=tests/support python tests/bench/test_mutations_bench.py`.",
        "",
    ]
    lines += [
        f"{len(verdicts)} typos, one at a time: " + ", ".join(f"{name} {number}" for name, number in how.most_common())
    ]
    lines += ["", "| where | kind | from | to | what became of it |", "| --- | --- | --- | --- | --- |"]
    for verdict in sorted(verdicts, key=lambda one: (one.how, one.mutant.name, one.mutant.line)):
        if verdict.how in ("survives", "elsewhere"):
            one = verdict.mutant
            said = " ".join([f"Told at {verdict.said}." if verdict.said else "", reason_of(one)]).strip()
            lines.append(f"| {one.name}:{one.line} | {one.kind} | `{one.before}` | `{one.after}` | {said} |")
    LISTED.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
