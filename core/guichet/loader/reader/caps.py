"""How large a declaration may be; generous for people, small for a machine that attacks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits checked while reading: bytes of the file, levels, nodes, characters of one text, problems reported."""

    size: int = 1_000_000
    depth: int = 32
    nodes: int = 50_000
    scalar: int = 100_000
    problems: int = 50
