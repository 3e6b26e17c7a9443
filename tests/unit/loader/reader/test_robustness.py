"""No text, however broken, gives anything but a tree or problems that can be read, and quickly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.errors import Problem, ProblemsFound, render_all
from guichet.loader.reader import Mapping, Node, Scalar, Sequence, read_text
from yaml_corruption import SAMPLE, corrupted

_ROOT = Path(__file__).parents[4]
_TEXTS = [SAMPLE, *(path.read_text(encoding="utf-8") for path in sorted(_ROOT.glob("schemes/**/*.yaml")))]

_HOSTILE = [
    "[" * 200_000,
    "a: " * 100_000,
    "- " * 100_000,
    "{a: " * 50_000,
    "a\n" * 100_000,
    "? " * 100_000,
    '"\\' * 50_000,
    "a: 'x\n" * 20_000,
    "a: {x\n" * 20_000,
    "a: {\n  x: '\n" * 20_000,
    "a: [\n" + "  x: {\n" * 20_000,
    "x: a: b\n" * 20_000,
    "\t#\n#\n" * 30_000,
    "a: |\n" + " \n" * 100_000 + "b",
    " :" * 100_000,
    "a " * 200_000 + "\n:",
    "\t" * 300_000,
    "“" * 100_000 + ": “",
    "a: &a [*a, *a]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    " " * 900_000 + "a",
    "a: b\n" + "  c\n" * 40_000,
]


def _read(content: str | bytes) -> Node | None:
    """The tree, or None when there are problems, which must then be printable in both languages."""
    outcome = _outcome(content)
    if not isinstance(outcome, tuple):
        return outcome
    assert outcome
    assert render_all(outcome, "fr") != render_all(outcome, "en")
    return None


def _outcome(content: str | bytes) -> Node | tuple[Problem, ...]:
    try:
        return read_text(content, "a.yaml")
    except ProblemsFound as found:
        return found.problems


def _all_scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in _all_scalars(item)]
        case Mapping():
            entries = node.entries.values()
            return [scalar for entry in entries for scalar in (entry.key, *_all_scalars(entry.value))]


@settings(max_examples=400)
@given(which=st.integers(0, len(_TEXTS) - 1), seed=st.integers(0, 10**9))
def test_a_corrupted_declaration_gives_a_tree_or_problems(which: int, seed: int):
    node = _read(corrupted(_TEXTS[which], seed))
    for scalar in [] if node is None else _all_scalars(node):
        assert all(scalar.locate(offset).line for offset in range(0, len(scalar.text), 7))


@settings(max_examples=200)
@given(text=st.text(max_size=60) | st.text(alphabet="ab: -{}[]'\"|>#,\n&*!%", max_size=60))
def test_any_text_gives_a_tree_or_problems(text: str):
    _read(text)


@settings(max_examples=100)
@given(content=st.binary(max_size=60))
def test_any_bytes_give_a_tree_or_problems(content: bytes):
    _read(content)


@pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_hostile_text_is_answered_quickly(text: str):
    began = time.process_time()
    _read(text)
    assert time.process_time() - began < 3, "about half a second alone on one core; the rest is for busy machines"
