"""Shipped declarations damaged at random: bytes flipped, lost, repeated, lines moved, signs put anywhere."""

from __future__ import annotations

import random
import resource
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from mutations import Trial

_SIGNS = (
    b"\t", b"%", b"&a ", b"*a", b"!!x ", b"- ", b": ", b"{", b"}", b"[", b"]", b'"', b"'", b"|\n", b">\n", b"#", b"\0",
    b"\xff", b"\xe2\x80\xae", b"? ", b"<<: *a\n", b"---\n", b"(" * 60, b"\r", b"9" * 400, b"\xc2\xa0", b"<=",
    b" et ",
)  # fmt: skip


@dataclass(frozen=True)
class Ordeal:
    """What the worst of some damaged files cost: seconds of work, memory."""

    tried: int
    refused: int
    slowest: float
    memory_mb: float


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four damages."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        long = chance.choice((1, 2, 8, 60, 400))
        match chance.randrange(7):
            case 0:
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + long :]
            case 2:
                content = content[:at] + content[at : at + long] * chance.choice((2, 30)) + content[at + long :]
            case 3:
                content = content[:at] + chance.choice(_SIGNS) + content[at:]
            case 4:
                content = content[:at]
            case 5:
                lines = content.split(b"\n")
                chance.shuffle(lines[: min(len(lines), 5)])
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                content = b"\n".join(lines)
            case _:
                content = content[:at] + bytes(chance.randrange(256) for _ in range(long)) + content[at:]
    return content


def endure(trial: Trial, files: list[Path], count: int, seed: int) -> Ordeal:
    """Tries damaged files one after the other; what is not a refusal, or a scheme still good, is raised."""
    chance = random.Random(seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest, refused = 0.0, 0
    for _ in range(count):
        path = chance.choice(files)
        content = damaged(path.read_bytes(), chance)
        start = process_time()
        refused += bool(trial.problems(path, content))
        slowest = max(slowest, process_time() - start)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Ordeal(count, refused, slowest, grown)
