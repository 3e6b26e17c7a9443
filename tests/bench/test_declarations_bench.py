"""All schemes × all territories, read, checked and compiled cold, against reading the same bytes as YAML."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

COLD = """
from time import perf_counter
start = perf_counter()
from guichet.runtime import read_library
from guichet.settings import Settings
library = read_library(Settings())
count = 0
for name in library.sources:
    shared = library.effective(name)
    for territory in library.territories_of(shared.scheme):
        library.effective(name, territory) if (name, territory) in library.overlays else shared
        count += 1
print(count, perf_counter() - start)
"""


def test_all_schemes_and_territories_are_checked_cold_under_three_seconds() -> None:
    start = perf_counter()
    done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
    whole = perf_counter() - start
    count, inside = done.stdout.split()
    print(f"\n{count} scheme × territory pairs: {float(inside):.2f} s inside, {whole:.2f} s with the interpreter")
    assert whole < 3
