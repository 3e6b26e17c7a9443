"""The pages of the documentation as data: links, headings, and the blocks a mark makes playable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARK = re.compile(r"^<!--\s*(?P<kind>run|prints|file)(?::\s*(?P<value>.*?))?\s*-->$")
_EXIT = re.compile(r"exit (\d+)")
_START = re.compile(r"^<!--\s*starts from: (\S+\.md)\s*-->$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block to play: a command to run, what it must print, or a file to write."""

    kind: Literal["run", "prints", "file"]
    content: str
    line: int
    file: str = ""
    exit_code: int = 0


def blocks(text: str) -> Iterator[Block]:
    """Yields the marked blocks of a page in order.

    Raises:
        ValueError: a mark has no block under it, or says something unknown.
    """
    mark: re.Match[str] | None = None
    for token in MarkdownIt().parse(text):
        if mark and token.type != "fence":
            raise ValueError(f"no block under {mark[0]}")
        if mark and token.type == "fence":
            yield _block(mark, token)
            mark = None
        elif token.type == "html_block":
            mark = _MARK.match(token.content.strip())


def starts_from(text: str) -> str | None:
    """The page whose files this page starts from, relative to it; None for a page that starts from nothing."""
    found = _START.search(text)
    return found[1] if found else None


def links(text: str) -> Iterator[str]:
    """Yields the targets of links and images."""
    for token in MarkdownIt().parse(text):
        for inner in token.children or ():
            target = inner.attrGet("href") or inner.attrGet("src")
            if inner.type in ("link_open", "image") and target:
                yield str(target)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    tokens = MarkdownIt().parse(text)
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def is_found_in_order(expected: str, printed: str) -> bool:
    """Tells whether each line of a text stands in the other, in the same order, spaces apart."""
    remaining = iter(" ".join(line.split()) for line in printed.splitlines())
    wanted = [" ".join(line.split()) for line in expected.splitlines() if line.strip()]
    return all(any(want in line for line in remaining) for want in wanted)


def _block(mark: re.Match[str], token: Token) -> Block:
    value = mark["value"] or ""
    line = token.map[0] + 1 if token.map else 0
    match mark["kind"]:
        case "run":
            code = _EXIT.fullmatch(value)
            if value and not code:
                raise ValueError(f"unknown mark {mark[0]}")
            return Block("run", token.content, line, exit_code=int(code[1]) if code else 0)
        case "file" if value:
            return Block("file", token.content, line, file=value)
        case "prints" if not value:
            return Block("prints", token.content, line)
        case _:
            raise ValueError(f"unknown mark {mark[0]}")
