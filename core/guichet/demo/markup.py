"""The forms of a page as a browser reads them: fields with their values, choices, buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast

__all__ = ["Form", "Page", "read_page"]


@dataclass(slots=True)
class Form:
    """A form in the main part of a page.

    Args:
        values: What it posts as it stands, in order: hidden fields, typed texts, what is ticked.
        choices: Radio buttons and boxes: name → the values they offer.
        names: Every name that can be filled.
    """

    action: str
    method: str
    upload: bool = False
    values: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    choices: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    names: list[str] = field(default_factory=list[str])

    def fill(self, typed: Mapping[str, Any]) -> None:
        """Type what this form asks for and leave out the rest; named parts go to `field.part`.

        Rows beyond the first are added, as its button does; a list of texts ticks as many boxes.
        """
        flat = [pair for name, value in typed.items() for pair in _pairs(name, value)]
        known = [(name, text) for name, text in flat if name in self.names or _first_row(name) in self.names]
        again = {name for name, _ in known}
        self.values = [pair for pair in self.values if pair[0] not in again] + known

    def tick_all(self, name: str) -> None:
        """Tick every box of a name."""
        self.values = [pair for pair in self.values if pair[0] != name]
        self.values += [(name, value) for value in self.choices.get(name, ())]


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        parts = cast("Mapping[str, Any]", value)
        return [pair for part, text in parts.items() for pair in _pairs(f"{name}.{part}", text)]
    if not isinstance(value, list):
        return [(name, str(value))]
    items = cast("list[Any]", value)
    if all(isinstance(item, Mapping) for item in items):
        return [pair for number, row in enumerate(items) for pair in _pairs(f"{name}.{number}", row)]
    return [(name, str(item)) for item in items]


def _first_row(name: str) -> str:
    """The same cell of the first row: `devis.3.nature` → `devis.0.nature`."""
    return re.sub(r"\.\d+\.", ".0.", name, count=1)


@dataclass(slots=True)
class Page:
    """The forms in the main part of a page, and what stands as an error."""

    forms: list[Form] = field(default_factory=list[Form])
    errors: list[str] = field(default_factory=list[str])

    def posting(self, with_name: str = "") -> Form | None:
        """The first form that posts, and asks for a name when one is given."""
        for one in self.forms:
            if one.method == "post" and (not with_name or with_name in one.names):
                return one
        return None


def read_page(text: str) -> Page:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._main = False
        self._form: Form | None = None
        self._select = ""
        self._area: tuple[str, list[str]] | None = None
        self._error: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._main = self._main or tag == "main"
        if "ds-validation-message" in given.get("class", ""):
            self._error = []
        if tag == "form" and self._main:
            upload = given.get("enctype") == "multipart/form-data"
            self._form = Form(given.get("action", ""), given.get("method", "get").lower(), upload)
            self.page.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._field(tag, given, self._form)
        elif tag == "option" and self._select and self._form is not None and "selected" in given:
            self._form.values.append((self._select, given.get("value", "")))

    def _field(self, tag: str, given: Mapping[str, str], form: Form) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = (name, [])
        elif tag != "input" or kind in ("submit", "button", "image"):
            return
        if kind != "hidden" and name not in form.names:
            form.names.append(name)
        if tag != "input" or kind == "file":
            return
        value = given.get("value", "on" if kind in ("checkbox", "radio") else "")
        if kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(value)
            if "checked" not in given:
                return
        form.values.append((name, value))

    def handle_data(self, data: str) -> None:
        for heard in (self._area[1] if self._area else None, self._error):
            if heard is not None:
                heard.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main = False
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            if self._form is not None:
                self._form.values.append((self._area[0], "".join(self._area[1])))
            self._area = None
        elif self._error is not None and tag in ("div", "p"):
            self.page.errors.append(" ".join("".join(self._error).split()))
            self._error = None
