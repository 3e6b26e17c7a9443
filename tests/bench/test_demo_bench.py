"""The whole story at its true size, against its limits. Run: pytest tests/bench/test_demo_bench.py -s"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DOSSIERS, BENEFICIARIES = 4_737, 900_000
MOST_S = {"import": 60, "pre_instruction": 60, "opinions": 60, "decisions": 60, "payment": 60}
MOST_MB = 1_024


@pytest.mark.timeout(3_600)
def test_the_whole_story_keeps_its_limits(tmp_path: Path) -> None:
    size = ["--dossiers", str(DOSSIERS), "--beneficiaries", str(BENEFICIARIES)]
    command = "import sys; from guichet_cli.main import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(  # apart, so that the peak of memory is the story's own
        [sys.executable, "-c", command, "demo", "--headless", *size, "--out", str(tmp_path / "out"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    print()
    for step, seconds in figures["elapsed_s"].items():
        print(f"{step:<16} {seconds:>8.1f} s   {f'< {MOST_S[step]} s' if step in MOST_S else ''}")
    print(f"{'peak':<16} {figures['peak_mb']:>8} MB  < {MOST_MB} MB")
    for name in ("attempts", "filed", "granted", "refused", "open", "letters", "notices", "journal_events"):
        print(f"{name:<16} {figures[name]:>8}")
    assert {step: figures["elapsed_s"][step] for step in MOST_S if figures["elapsed_s"][step] >= MOST_S[step]} == {}
    assert figures["peak_mb"] < MOST_MB
    assert figures["filed"] == DOSSIERS
    assert figures["granted_cents"] == figures["committed_cents"] == figures["payment_cents"]
