"""Nodes know their place: each character of a value points at the file, whatever the way it is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.loader.reader import Mapping, Node, Scalar, Sequence, read_text


def _value(text: str, key: str = "a") -> Scalar:
    root = read_text(text, "a.yaml")
    assert isinstance(root, Mapping)
    value = root.entries[key].value
    assert isinstance(value, Scalar)
    return value


def _places(value: Scalar) -> list[tuple[str, int, int]]:
    return [
        (char, place.line, place.column)
        for offset, char in enumerate(value.text)
        for place in [value.locate(offset)]
        if not char.isspace()
    ]


def test_every_scalar_is_text():
    root = read_text("a: NO\nb: 1_000\nc: 2020-04-01\nd: ~\ne: 012\nf: [yes, 1e3]\n", "a.yaml")
    assert isinstance(root, Mapping)
    values = [entry.value for entry in root.entries.values()]
    assert [value.text for value in values if isinstance(value, Scalar)] == ["NO", "1_000", "2020-04-01", "~", "012"]
    assert isinstance(values[-1], Sequence)
    assert [item.text for item in values[-1].items if isinstance(item, Scalar)] == ["yes", "1e3"]


def test_entries_keep_the_order_of_the_file_and_their_keys_have_a_place():
    root = read_text("b: 1\na: 2\n", "a.yaml")
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["b", "a"]
    assert (root.entries["a"].key.position.line, root.entries["a"].key.position.column) == (2, 1)


def test_items_of_a_list_have_their_place():
    root = read_text("a:\n  - x\n  - {y: z}\n", "a.yaml")
    assert isinstance(root, Mapping)
    items = root.entries["a"].value
    assert isinstance(items, Sequence)
    assert [(item.position.line, item.position.column) for item in items.items] == [(2, 5), (3, 5)]


@pytest.mark.parametrize(
    ("text", "style", "places"),
    [
        ("a: xy\n", "plain", [("x", 1, 4), ("y", 1, 5)]),
        ("a: x\n  y\n\n  z\n", "plain", [("x", 1, 4), ("y", 2, 3), ("z", 4, 3)]),
        ("a: 'x''y'\n", "single", [("x", 1, 5), ("'", 1, 6), ("y", 1, 8)]),
        ("a: 'x\n\n   y'\n", "single", [("x", 1, 5), ("y", 3, 4)]),
        ('a: "\\u00e9\\"y"\n', "double", [("é", 1, 5), ('"', 1, 11), ("y", 1, 13)]),
        ('a: "x\\\n   y z"\n', "double", [("x", 1, 5), ("y", 2, 4), ("z", 2, 6)]),
        ("a: |\n   x\n    y\n\n   z\n", "literal", [("x", 2, 4), ("y", 3, 5), ("z", 5, 4)]),
        ("a: |2-\n    x\n   y\n", "literal", [("x", 2, 5), ("y", 3, 4)]),
        ("a: >\n  x\n  y\n\n  z\n", "folded", [("x", 2, 3), ("y", 3, 3), ("z", 5, 3)]),
        ("a: >-\n\n  x\n    y\n  z\n", "folded", [("x", 3, 3), ("y", 4, 5), ("z", 5, 3)]),
        ("a:\n  - b\nc: d\n", None, []),
    ],
)
def test_each_character_points_at_the_file(text: str, style: str | None, places: list[tuple[str, int, int]]):
    if style is None:
        return
    value = _value(text)
    assert value.style == style
    assert _places(value) == places


def test_a_place_after_the_end_stands_behind_the_last_character():
    place = _value("a: xy\n").locate(2)
    assert (place.line, place.column) == (1, 6)


def test_a_part_of_a_text_is_marked_on_its_line_only():
    place = _value("a: |\n  un deux\n  trois\n").locate(3, 9)
    assert (place.line, place.column, place.length, place.text) == (2, 6, 4, "  un deux")


def test_windows_line_ends_and_a_byte_order_mark_change_no_place():
    text = "\ufeffa: x\r\nb: |\r\n  y\r\n  z\r\n"
    assert _value(text, "b").text == "y\nz\n"
    assert _places(_value(text, "b")) == [("y", 3, 3), ("z", 4, 3)]
    assert read_text(text.encode(), "a.yaml") == read_text(text, "a.yaml")


_WORDS = st.lists(st.sampled_from(["un", "deux", "l'aide", "né", '"x"', "3 €"]), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=200)
@given(lines=st.lists(_WORDS | st.just(""), min_size=1, max_size=6), style=st.sampled_from("|>"), more=st.booleans())
def test_block_texts_point_at_their_own_characters(lines: list[str], style: str, *, more: bool):
    deeper = {number for number, line in enumerate(lines) if more and line and number % 3 == 2}
    body = "".join(
        f"    {'  ' if number in deeper else ''}{line}\n" for number, line in enumerate(["début", *lines], -1)
    )
    raw = f"k:\n  a: {style}\n{body}b: 1\n"
    root = read_text(raw, "a.yaml")
    assert isinstance(root, Mapping)
    inner = root.entries["k"].value
    assert isinstance(inner, Mapping)
    value = inner.entries["a"].value
    assert isinstance(value, Scalar)
    _check_each_character(value, raw)


@settings(max_examples=200)
@given(lines=st.lists(_WORDS | st.just(""), min_size=1, max_size=5), quote=st.sampled_from("'\""))
def test_quoted_texts_over_several_lines_point_at_their_own_characters(lines: list[str], quote: str):
    escaped = [line.replace("'", "''") if quote == "'" else line.replace('"', '\\"') for line in lines]
    raw = f"a: {quote}{chr(10).join('   ' + line for line in escaped)}{quote}\n"
    value = _value(raw)
    _check_each_character(value, raw)


def _check_each_character(value: Node, raw: str) -> None:
    assert isinstance(value, Scalar)
    lines = raw.split("\n")
    for char, line, column in _places(value):
        found = lines[line - 1][column - 1]
        assert found in {char, "\\"}, (char, line, column, raw)
