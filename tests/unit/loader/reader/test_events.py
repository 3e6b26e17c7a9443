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
    # The accelerator refuses some texts of YAML 1.2, such as "?" inside braces; the pure one then reads them.
    assert fast is None or fast == pure


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_what_the_accelerator_accepts_the_pure_parser_reads_alike(seed: int):
    # Tabs and odd line ends are refused before parsing; anchors, aliases and tags are refused in any case.
    text = corrupted(SAMPLE, seed, without="\t!&*\x85\u2028")
    fast = _stream(text, accelerated=True)
    if fast is not None:
        assert fast == _stream(text, accelerated=False)
