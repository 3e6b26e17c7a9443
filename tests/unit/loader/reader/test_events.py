"""The accelerator reads what the pure parser reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.loader.reader.events import Event, SyntaxFailure, events
from guichet.loader.reader.source import Source
from yaml_corruption import SAMPLE, corrupted

_ROOT = Path(__file__).parents[4]
_PARTS = [
    "{",
    "}",
    "}",
    "[",
    "]",
    ",",
    ", ",
    ": ",
    ":",
    "?",
    " ?",
    " ",
    "\n  ",
    "a",
    "é",
    "1",
    "'",
    '"',
    "b: ",
    "8:00",
    "(z)",
    "\u00a0",
    "#",
    " #",
    "-",
]
_SHIPPED = sorted([*_ROOT.glob("schemes/**/*.yaml"), *_ROOT.glob("regions/**/*.yaml")])


def _stream(text: str, *, accelerated: bool) -> list[tuple[object, ...]] | None:
    """What the reader uses of each event; None when the text is not YAML."""
    try:
        return [_used(event) for event in events(Source("a.yaml", text), accelerated=accelerated)]
    except SyntaxFailure:
        return None


def _used(event: Event) -> tuple[object, ...]:
    place = (event.start, event.end) if event.kind == "scalar" and event.style == "plain" and event.text else None
    return (event.kind, event.text, event.style, event.anchor, event.tag, event.flow, place)


@pytest.mark.parametrize("path", _SHIPPED, ids=lambda path: "/".join(path.parts[-3:]))
def test_shipped_files_give_the_same_events(path: Path):
    text = path.read_text(encoding="utf-8")
    pure, fast = _stream(text, accelerated=False), _stream(text, accelerated=True)
    assert pure is not None
    assert fast == pure


@pytest.mark.parametrize(
    "text",
    [
        "{opens: 2020-05-04T08:00, closes: 2020-06-30}",
        "{label: Êtes-vous imposable ?}",
        "{label: Êtes-vous imposable\u202f?, help: Lequel\u00a0??}",
        "[https://example.org/a?b=c, 'fini ?', \"8:30 ?\"]",
        "{a: Combien (en €) ?}  # vraiment ? 8:30",
    ],
)
def test_signs_inside_braces_do_not_need_the_slower_parser(text: str):
    pure = _stream(text, accelerated=False)
    assert pure is not None
    assert _stream(text, accelerated=True) == pure


@settings(max_examples=300)
@given(parts=st.lists(st.sampled_from(_PARTS), max_size=12))
def test_signs_inside_braces_are_read_alike_by_both_parsers(parts: list[str]):
    text = "a: {" + "".join(parts)
    fast = _stream(text, accelerated=True)
    if fast is not None:
        assert fast == _stream(text, accelerated=False)


@settings(max_examples=100)
@given(seed=st.integers(0, 10**9))
def test_what_the_accelerator_accepts_the_pure_parser_reads_alike(seed: int):
    # Tabs and odd line ends are refused before parsing; anchors, aliases and tags are refused in any case.
    text = corrupted(SAMPLE, seed, without="\t!&*\x85\u2028")
    fast = _stream(text, accelerated=True)
    if fast is not None:
        assert fast == _stream(text, accelerated=False)
