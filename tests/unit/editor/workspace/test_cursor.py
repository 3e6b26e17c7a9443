"""Where a cursor stands, told from a text that is still being written; `|` marks the cursor."""

import pytest

from guichet.editor.workspace.cursor import Cursor, cursor_at

CASES = {
    "a key at the root": ("format: 1\ni|", Cursor((), None, "i", ("format",))),
    "a key under keys": (
        "form:\n  demande:\n    title: T\n    in|\n",
        Cursor(("form", "demande"), None, "in", ("title",)),
    ),
    "a value": ("legal:\n  competence: eco|", Cursor(("legal",), "competence", "eco")),
    "a value not begun": ("legal:\n  competence: |", Cursor(("legal",), "competence", "")),
    "an expression": ("define:\n  a: b + c|", Cursor(("define",), "a", "b + c")),
    "a branch of a cascade": ("amount:\n  - if: a|", Cursor(("amount", "*"), "if", "a")),
    "the second key of a branch": (
        "amount:\n  - if: a\n    th|",
        Cursor(("amount", "*"), None, "th", ("if",)),
    ),
    "a second branch": (
        "amount:\n  - if: a\n    then: 1 €\n  - el|",
        Cursor(("amount", "*"), None, "el"),
    ),
    "inside braces, a key": ("helpdesk: {name: A, ph|", Cursor(("helpdesk",), None, "ph")),
    "inside braces, a value": ("payee: {name: ti|", Cursor(("payee",), "name", "ti")),
    "inside nested braces": ("a: {b: {c: d|", Cursor(("a", "b"), "c", "d")),
    "inside brackets": ("columns: [a, b|", Cursor(("columns", "*"), None, "b")),
    "a text over several lines": ("define:\n  a: >-\n    b +\n    c|", Cursor(("define",), "a", "c")),
    "past comments and blank lines": ("a:\n  # no\n\n  b:\n    c: |", Cursor(("a", "b"), "c", "")),
    "with an accent": ("règles:\n  été: x|", Cursor(("règles",), "été", "x")),
    "a colon inside quotes": ('a: {b: "x: y", c: z|', Cursor(("a",), "c", "z")),
    "a list at the column of its key": ("amount:\n- if: a|", Cursor(("amount", "*"), "if", "a")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_place_is_told_from_the_lines_above(case: str) -> None:
    marked, expected = CASES[case]
    before = marked[: marked.index("|")]
    lines = marked.replace("|", "", 1).split("\n") if case != "a text over several lines" else marked[:-1].split("\n")
    if case == "a text over several lines":
        before = marked[:-1]
    place = cursor_at(lines, before.count("\n"), len(before) - (before.rfind("\n") + 1))
    assert (place.path, place.key, place.typed) == (expected.path, expected.key, expected.typed)
    assert set(expected.siblings) <= set(place.siblings)


@pytest.mark.parametrize(
    "text", ["", "{", "[[[[", "- - - -", ":", "\t", "}}}}", "'", '"' * 9, "a:" * 99, "{a: [" * 400]
)
def test_any_text_has_a_place(text: str) -> None:
    for column in range(len(text) + 2):
        cursor_at(text.split("\n"), 0, column)
    cursor_at([text], 5, 3)
