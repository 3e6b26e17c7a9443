#!/usr/bin/env python3
"""Verify an exported Guichet journal with the Python standard library alone.

    python verify_journal.py JOURNAL.jsonl [--checkpoint NUMBER:HASH ...]

The first line of the file is the header (format, territory, head); each other line is an event: number, kind, at,
salt, body, inner_hash, hash. For each line, in order:

    inner_hash = SHA-256(salt ‖ body)                     when salt and body are there (a purged line has neither)
    hash       = SHA-256(previous ‖ number ‖ inner_hash)  previous of line 1: SHA-256("guichet-journal:" + territory)

`salt`, `previous` and `inner_hash` are the bytes their hexadecimal text stands for, `number` is eight bytes big-endian,
`body` is UTF-8. A checkpoint is a number and a hash written down elsewhere earlier: it shows that the chain was not
rewritten whole. Exit code: 0 the journal is whole, 1 it is not, 2 the file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = "guichet-journal/1"


def genesis(territory: str) -> str:
    """Give the hash before the first line of a territory's chain."""
    return sha256(f"guichet-journal:{territory}".encode()).hexdigest()


def inner_hash(salt: str, body: str) -> str:
    """Give the hash that stays when salt and body are purged."""
    return sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def link_hash(previous: str, number: int, inner: str) -> str:
    """Give the hash of a line from the one before it."""
    return sha256(bytes.fromhex(previous) + number.to_bytes(8, "big") + bytes.fromhex(inner)).hexdigest()


class Chain:
    """Follows a territory's lines in order and gathers what is wrong with them."""

    def __init__(self, territory: str, checkpoints: Mapping[int, str] | None = None) -> None:
        self.territory = territory
        self.number = 0
        self.hash = genesis(territory)
        self.purged = 0
        self.faults: list[str] = []
        self._checkpoints = dict(checkpoints or {})

    def add(self, line: Mapping[str, Any]) -> None:
        """Check the next line; after a wrong one the chain goes on from its own hash, so that each fault shows once."""
        number = line["number"]
        if number != self.number + 1:
            self._fault(number, f"expected line {self.number + 1}")
        if (line["salt"] is None) != (line["body"] is None):
            self._fault(number, "salt and body are purged together or not at all")
        elif line["body"] is None:
            self.purged += 1
        else:
            self._check_body(line)
        if link_hash(self.hash, number, line["inner_hash"]) != line["hash"]:
            self._fault(number, "its hash does not follow from the line before")
        if self._checkpoints.pop(number, line["hash"]) != line["hash"]:
            self._fault(number, "it is not the line of the checkpoint")
        self.number, self.hash = number, line["hash"]

    def end(self, head: Mapping[str, Any]) -> list[str]:
        """Give every fault, once the last line is compared with the head."""
        if (head["number"], head["hash"]) != (self.number, self.hash):
            self.faults.append(f"{self.territory}: the chain ends at line {self.number}, its head is {head['number']}")
        self.faults.extend(f"{self.territory} line {number}: missing checkpoint" for number in self._checkpoints)
        return self.faults

    def _check_body(self, line: Mapping[str, Any]) -> None:
        number = line["number"]
        if inner_hash(line["salt"], line["body"]) != line["inner_hash"]:
            self._fault(number, "its body is not what was hashed")
            return
        said = json.loads(line["body"])
        for name, value in (("territory", self.territory), ("number", number), ("kind", line["kind"])):
            if said.get(name) != value:
                self._fault(number, f"its {name} is not the one in its body")

    def _fault(self, number: int, what: str) -> None:
        self.faults.append(f"{self.territory} line {number}: {what}")


def verify_lines(lines: Iterable[str], checkpoints: Mapping[int, str] | None = None) -> Chain:
    """Give the chain of an exported journal, its faults gathered."""
    source = iter(lines)
    header = json.loads(next(source))
    if header.get("format") != FORMAT:
        raise ValueError(f"the first line does not say {FORMAT}")
    chain = Chain(header["territory"], checkpoints)
    for line in source:
        if line.strip():
            chain.add(json.loads(line))
    chain.end(header["head"])
    return chain


def main(arguments: list[str]) -> int:
    """Verify the file named on the command line and say what was found."""
    parser = argparse.ArgumentParser(description="Verify an exported Guichet journal.")
    parser.add_argument("journal", type=Path)
    parser.add_argument("--checkpoint", action="append", default=[], metavar="NUMBER:HASH")
    options = parser.parse_args(arguments)
    try:
        pairs = (text.split(":", 1) for text in options.checkpoint)
        checkpoints = {int(number): hash_ for number, hash_ in pairs}
        with options.journal.open(encoding="utf-8") as lines:
            chain = verify_lines(lines, checkpoints)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        sys.stderr.write(f"cannot read {options.journal}: {error or 'empty file'}\n")
        return 2
    for fault in chain.faults:
        sys.stdout.write(f"{fault}\n")
    found = "NOT whole" if chain.faults else "whole"
    sys.stdout.write(f"{chain.territory}: {chain.number} lines, {chain.purged} purged, {found}, head {chain.hash}\n")
    return 1 if chain.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
