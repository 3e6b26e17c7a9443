"""Fourteen territories enabled from one base scheme, by the command, in a new instance; again; after one overlay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

FOURTEEN = (
    "reg-01", "reg-11", "reg-24", "reg-27", "reg-28", "reg-32", "reg-44", "reg-52", "reg-53", "reg-75", "reg-76",
    "reg-84", "reg-93", "reg-94",
)  # fmt: skip
OVERLAY = "format: 1\nset:\n  helpdesk: {name: Bretagne, phone: 0299, email: a@exemple.fr, hours: 9 h}\n"


def guichet(folder: Path, *words: str) -> tuple[list[str], float]:
    """Run the command in a process of its own, as an operator does; give what it says and the seconds it took."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GUICHET_")}
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", "from guichet_cli.main import main; main()", *words],
        cwd=folder,
        env={**environment, "GUICHET_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), perf_counter() - start


def test_fourteen_territories_are_enabled_from_one_scheme_in_under_a_minute(tmp_path: Path) -> None:
    guichet(tmp_path, "new", "instance", "aides")
    folder = tmp_path / "aides"

    made, first = guichet(folder, "territory", "enable", "fds-volet-2", *FOURTEEN)
    again, second = guichet(folder, "territory", "enable", "fds-volet-2", *FOURTEEN)
    overlay = folder / "regions" / "reg-53-bretagne" / "overlays" / "fds-volet-2.yaml"
    overlay.parent.mkdir(parents=True)
    overlay.write_text(OVERLAY, "utf-8")
    changed, third = guichet(folder, "territory", "enable", "fds-volet-2", *FOURTEEN)

    print(f"\n14 territories enabled: {first:.2f} s; again: {second:.2f} s; one overlay changed: {third:.2f} s")
    assert sum("publication no. 1" in line for line in made) == 14
    assert again == [f"{territory}: nothing to do" for territory in FOURTEEN]
    assert [line for line in changed if "nothing to do" in line] == [
        f"{territory}: nothing to do" for territory in FOURTEEN if territory != "reg-53"
    ]
    assert first < 60
