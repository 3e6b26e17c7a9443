"""What a screen gave is looked at before it is shown: its own words hold no HTML, its cells are of their kinds."""

from __future__ import annotations

from typing import Any

import pytest

from guichet.plugin.contracts import (
    ExportColumn,
    ScreenContent,
    ScreenFact,
    ScreenFacts,
    ScreenFigures,
    ScreenNote,
    ScreenTable,
)
from guichet.services.screens.looking import fault_of


class Markup(str):
    """A text that says of itself that it is safe HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def a_table(cell: Any = "x", kind: Any = "text", title: str = "T", column: str = "C") -> ScreenContent:
    return ScreenContent((ScreenTable(title, (ExportColumn(column, kind),), ((cell,),)),))


WRONG: dict[str, tuple[ScreenContent, str]] = {
    "HTML in a title": (a_table(title="<b>T</b>"), "HTML in its words: <b>"),
    "HTML in a column": (a_table(column="a&nbsp;b"), "HTML in its words: &nbsp;"),
    "HTML in a note": (ScreenContent((ScreenNote('<script src="x">'),)), "HTML in its words"),
    "HTML in a label": (ScreenContent((ScreenFigures((ScreenFact("<i>", 1, "integer"),)),)), "HTML in its words: <i>"),
    "HTML in the title of facts": (ScreenContent((ScreenFacts("</dl>", ()),)), "HTML in its words: </dl>"),
    "a text that calls itself safe": (a_table(Markup("<b>")), "a cell of another type: Markup"),
    "a title that calls itself safe": (a_table(title=Markup("T")), "a text of another type: Markup"),
    "a text for a number": (a_table("12", "integer"), "str in a cell of kind integer"),
    "a float": (a_table(1.5, "decimal"), "a cell of another type: float"),
    "a boolean for an amount": (a_table(cell=True, kind="money"), "bool in a cell of kind money"),
    "a row too short": (ScreenContent((ScreenTable("T", (ExportColumn("C"),), ((),)),)), "a row of 0 cells under 1"),
    "no column": (ScreenContent((ScreenTable("T", (), ()),)), "0 columns"),
    "too many rows": (ScreenContent((ScreenTable("T", (ExportColumn("C"),), (("x",),) * 1001),)), "1001 rows"),
    "too many parts": (ScreenContent((ScreenNote("x"),) * 21), "21 parts"),
    "a text too long": (a_table("x" * 2001), "a cell of 2001 characters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_shown_is_said(case: str) -> None:
    content, fault = WRONG[case]
    assert fault in fault_of(content)


def test_a_cell_may_hold_what_an_applicant_typed_whatever_it_is() -> None:
    assert fault_of(a_table('<script>alert("x")</script> & <b>')) == ""
    assert fault_of(a_table("a < b", title="5 < 6 et R&D")) == ""
