"""No two shipped schemes paste the same lines: what they share is a block."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from guichet.loader.schemes import scheme_folders

ROOT = Path(__file__).parents[3]
RUN = 6
TOLD_APART = {"examples.yaml", "demo.yaml"}
"""Cases and recipes are data of their own: two schemes may well try the same person."""


def runs_of(path: Path) -> set[tuple[str, ...]]:
    """Every run of lines of a file, comments and blank lines left out."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    return {tuple(kept[at : at + RUN]) for at in range(len(kept) - RUN + 1)}


def pasted(files: dict[str, list[Path]]) -> dict[tuple[str, ...], set[str]]:
    """Run of lines → the schemes that hold it, for those that several do."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for scheme, paths in files.items():
        for path in paths:
            for run in runs_of(path):
                holders[run].add(scheme)
    return {run: schemes for run, schemes in holders.items() if len(schemes) > 1}


def test_no_two_shipped_schemes_paste_the_same_lines() -> None:
    folders = scheme_folders([ROOT / "schemes"])
    files = {
        name: [path for path in sorted(folder.rglob("*.yaml")) if path.name not in TOLD_APART]
        for name, folder in folders.items()
    }
    assert len(files) >= 9
    assert pasted(files) == {}


def test_the_measure_sees_what_is_pasted(tmp_path: Path) -> None:
    """Sabotage: six lines in two schemes are found, five are not."""
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("\n".join(f"key_{number}: x" for number in range(6)), "utf-8")
    other.write_text("# seen\n" + "\n".join(f"  key_{number}: x" for number in range(6)), "utf-8")
    assert len(pasted({"one": [one], "other": [other]})) == 1
    other.write_text("\n".join(f"key_{number}: x" for number in range(5)), "utf-8")
    assert pasted({"one": [one], "other": [other]}) == {}
