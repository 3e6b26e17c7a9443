"""A browser without a screen: keeps cookies, reads forms by their labels, posts them whole, follows redirections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from lxml import html
from lxml.html import FormElement, HtmlElement

from in_process import InProcess

__all__ = ["Browser", "FilledForm", "Uploaded", "a_browser"]

Value = str | Sequence[str] | bool | None
Uploaded = tuple[str, bytes, str]
"""File name, content, claimed type."""


def a_browser(app: Any, base_url: str = "http://testserver.local", address: str = "192.0.2.1") -> Browser:
    """Give a browser that talks to an application in this process, from an address; `with` closes it."""
    return Browser(httpx.Client(transport=InProcess(app, (address, 50000)), base_url=base_url))


class Browser:
    """One person's browser: cookies, the page they look at, what they can do there."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.response: Any = None
        self._document: HtmlElement | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def go(self, url: str, **headers: str) -> Browser:
        """Open an address and give the browser, its page loaded."""
        return self._take(self.client.get(url, headers=headers, follow_redirects=True))

    def look(self, url: str, **options: Any) -> Browser:
        """Open an address and follow no redirection."""
        return self._take(self.client.get(url, **options))

    def post(self, url: str, data: Any = None, *, follow: bool = True, **options: Any) -> Browser:
        """Post what no form of the page holds, for attacks; nothing is added."""
        return self._take(self.client.post(url, data=data, follow_redirects=follow, **options))

    @property
    def status(self) -> int:
        """The status of the page."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """The path of the page, without its query."""
        return urlsplit(str(self.response.url)).path

    @property
    def url(self) -> str:
        """The path of the page with its query."""
        parts = urlsplit(str(self.response.url))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def body(self) -> str:
        """The text of the answer as it came."""
        return self.response.text

    @property
    def document(self) -> HtmlElement:
        """The page as a tree."""
        if self._document is None:
            self._document = html.fromstring(self.response.text or "<html></html>")
        return self._document

    @property
    def title(self) -> str:
        """The page's `h1`."""
        return _text(self.document.find(".//h1"))

    @property
    def text(self) -> str:
        """What a person reads in `main` and in the messages above it, blanks joined."""
        parts = self.document.xpath("//*[@role='status' or @role='alert'][not(ancestor::main)] | //main")
        return " ".join(_text(part) for part in parts) or _text(self.document)

    @property
    def whole_text(self) -> str:
        """What a person reads on the whole page."""
        return _text(self.document.find("body"))

    def sees(self, *texts: str) -> bool:
        """Whether the page says each text, whatever its blanks and apostrophes."""
        shown = _blanks(self.whole_text)
        return all(_blanks(text) in shown for text in texts)

    def links(self) -> dict[str, str]:
        """Give every link of the page: text → address."""
        return {_text(link): link.get("href", "") for link in self.document.xpath("//a[@href]")}

    def click(self, text: str) -> Browser:
        """Follow the link whose text contains this one."""
        for label, href in self.links().items():
            if text in label:
                return self.go(urljoin(str(self.response.url), href))
        raise AssertionError(f"no link {text!r} on {self.path}; links: {sorted(self.links())}")

    def forms(self) -> list[FormElement]:
        """Give the forms of the page that post."""
        return [form for form in self.document.forms if form.method == "POST"]

    def form(self, *, action: str = "", button: str = "") -> FilledForm:
        """Give the form whose action or a button of which contains a text; by default the page's own in `main`."""
        for form in self.forms():
            labels = [_text(one) for one in form.xpath(".//button")]
            if action and action not in (form.action or ""):
                continue
            if button and not any(button in label for label in labels):
                continue
            if not action and not button and not form.xpath("ancestor::main"):
                continue
            if not action and not button and form.xpath("ancestor::ul[contains(@class, 'g-providers')]"):
                continue  # a button to another site, not the page's own form
            return FilledForm(self, form)
        found = [(form.action, [_text(one) for one in form.xpath(".//button")]) for form in self.forms()]
        raise AssertionError(f"no form {action or button!r} on {self.path} ({self.status}); forms: {found}")

    def fill(self, **values: Value) -> FilledForm:
        """Fill the form in `main` by field names and give it, ready to `send()`."""
        return self.form().fill(values)

    def press(self, button: str) -> Browser:
        """Send the form that has this button, as it stands, pressing that button."""
        return self.form(button=button).send(button=button)

    def errors(self) -> dict[str, str]:
        """Give the error beside each field of the page: name → text."""
        found = self.document.xpath("//*[contains(@class,'ds-validation-message')][@id]")
        return {re.sub(r"^f-|-error$", "", node.get("id", "")): _text(node) for node in found}

    def token(self) -> str:
        """Give the CSRF token of the page's forms."""
        return self.document.xpath("string(//input[@name='_csrf_token']/@value)")

    def cookie(self, name: str) -> str:
        """Give a cookie by name, empty when there is none."""
        return self.client.cookies.get(name) or ""

    def plant(self, name: str, value: str) -> None:
        """Put a cookie into the browser, as somebody else might."""
        self.client.cookies.set(name, value, domain=urlsplit(str(self.client.base_url)).hostname or "", path="/")

    def _take(self, response: Any) -> Browser:
        self.response, self._document = response, None
        return self


@dataclass(slots=True)
class FilledForm:
    """A form of the page with its values; unknown names are mistakes of the test."""

    browser: Browser
    element: FormElement
    files: tuple[tuple[str, Uploaded], ...] = ()

    def fill(self, values: Mapping[str, Value]) -> FilledForm:
        """Type into fields, choose among radios, tick boxes; a name that the form has not fails."""
        for name, value in values.items():
            self._set(name, value)
        return self

    def upload(self, name: str, file_name: str, content: bytes, media_type: str = "application/pdf") -> FilledForm:
        """Choose a file; one more where the field takes several, in the place of the one before elsewhere."""
        if not self.element.xpath(f".//input[@type='file'][@name='{name}']"):
            raise AssertionError(f"no file field {name!r} in {self.element.action}")
        several = bool(self.element.xpath(f".//input[@type='file'][@multiple][@name='{name}']"))
        others = tuple(one for one in self.files if several or one[0] != name)
        self.files = (*others, (name, (file_name, content, media_type)))
        return self

    def names(self) -> list[str]:
        """Give the names of the fields, in order."""
        return list(dict.fromkeys(node.get("name", "") for node in self.element.xpath(".//*[@name]")))

    def values(self, button: str = "") -> list[tuple[str, str]]:
        """Give what a browser would post."""
        posted = [(name, value) for name, value in self.element.form_values() if name]
        for node in self.element.xpath(".//button[@name]"):
            if button and button in _text(node):
                posted.append((node.get("name", ""), node.get("value", "")))
        return posted

    def send(self, button: str = "", **changed: Value) -> Browser:
        """Post the form and give the browser on the page it leads to."""
        self.fill(changed)
        pressed = [node for node in self.element.xpath(".//button[@formaction]") if button and button in _text(node)]
        action = pressed[0].get("formaction") if pressed else self.element.action
        url = urljoin(str(self.browser.response.url), action or "")
        fields: dict[str, list[str]] = {}
        for name, value in self.values(button):
            fields.setdefault(name, []).append(value)
        if self.element.get("enctype") == "multipart/form-data":
            # Fields as parts, in order: the token first, as a browser sends it.
            parts: list[Any] = [(name, (None, value)) for name, values in fields.items() for value in values]
            parts += self.files
            return self.browser.post(url, files=parts)
        return self.browser.post(url, fields)

    def _set(self, name: str, value: Value) -> None:
        nodes = self.element.xpath(f".//*[@name='{name}']")
        if not nodes:
            raise AssertionError(f"no field {name!r} in {self.element.action}; fields: {self.names()}")
        kind = nodes[0].get("type", "")
        wanted = [value] if isinstance(value, str) else list(value) if isinstance(value, Sequence) else []
        if kind in ("checkbox", "radio"):
            self._tick(name, nodes, value, wanted)
        elif nodes[0].tag == "select":
            nodes[0].value = wanted[0] if wanted else None
        elif nodes[0].tag == "textarea":
            nodes[0].text = "".join(wanted)
        else:
            for node, text in zip(nodes, [*wanted, *[""] * len(nodes)], strict=False):
                node.set("value", text)

    def _tick(self, name: str, nodes: list[HtmlElement], value: Value, wanted: list[str]) -> None:
        choices = [node.get("value", "on") for node in nodes]
        if isinstance(value, bool):
            wanted = choices if value and len(nodes) == 1 else [str(value).lower()] if len(nodes) > 1 else []
        if unknown := set(wanted) - set(choices):
            raise AssertionError(f"field {name!r} has no choice {unknown}; choices: {choices}")
        for node in nodes:
            if node.get("value", "on") in wanted:
                node.set("checked", "checked")
            else:
                node.attrib.pop("checked", None)


def query_of(url: str) -> dict[str, str]:
    """Give the query of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def _text(node: HtmlElement | None) -> str:
    return "" if node is None else " ".join(str(node.text_content()).split())


def _blanks(text: str) -> str:
    return " ".join(text.replace("'", "’").split())
