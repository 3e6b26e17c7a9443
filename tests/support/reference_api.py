"""The generated part of the API's page: routes, verbs, answers, problems, events, and the body of each scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guichet.loader.library import load_library
from guichet.model.webhooks import EVENT_OF, EVENTS
from guichet.services.api.schemas import application_schema
from guichet.services.api.shapes import SHAPES
from guichet.settings import shipped_folder
from guichet.web.access import MATRIX
from guichet.web.api import HANDLERS
from shipped_plugins import shipped_plugins

__all__ = ["http_api"]

_PROBLEMS = Path(__file__).parents[2] / "core/guichet/web/api/problems.py"


def http_api() -> Iterator[str]:
    """Yield every section."""
    yield from _routes()
    yield from _shapes()
    yield from _problems()
    yield from _events()
    yield from _schemes()


def _routes() -> Iterator[str]:
    yield from ["## Routes", "", "| method | address | takes one of the verbs | does |", "| --- | --- | --- | --- |"]
    for handler in HANDLERS:
        rule = MATRIX[str(handler.name)]  # pyright: ignore[reportAttributeAccessIssue]  every one is a route
        verbs = "anyone" if "anonymous" in rule.roles else ", ".join(f"`{verb}`" for verb in sorted(rule.verbs))
        verbs = "any token" if len(rule.verbs) > 2 else verbs
        for path in sorted(handler.paths):  # pyright: ignore[reportAttributeAccessIssue]  as above
            address = re.sub(r"\{(\w+):\w+\}", r"{\1}", path)
            (method,) = handler.http_methods - {"OPTIONS", "HEAD"}  # pyright: ignore[reportAttributeAccessIssue]  as above
            words = (handler.fn.__doc__ or "").split("\n")[0]  # pyright: ignore[reportAttributeAccessIssue]  as above
            yield f"| {method} | `{address}` | {verbs} | {words} |"
    yield ""


def _shapes() -> Iterator[str]:
    yield from ["## Answers", ""]
    for name, schema in SHAPES.items():
        yield from [f"### {name}", "", "| key | is | |", "| --- | --- | --- |"]
        for key, value in schema["properties"].items():
            always = "" if key in schema["required"] else "sometimes. "
            yield f"| `{key}` | {_kind(value)} | {always}{value.get('description', '')} |"
        yield ""


def _problems() -> Iterator[str]:
    text = _PROBLEMS.read_text(encoding="utf-8")
    yield from ["## Problems", "", "`type` is `urn:guichet:problem:` and one of:", ""]
    found = set(re.findall(r'problem\(\s*(\d{3}), "(\w+)"', text))
    yield from ["| status | type |", "| --- | --- |"]
    yield from (f"| {status} | `{code}` |" for status, code in sorted(found))
    yield from ["| 400 | `malformed_…`: the body, or a part of the query, by what is wrong with it |", ""]


def _events() -> Iterator[str]:
    yield from ["## Events of webhooks", "", "| event | of these lines of the journal |", "| --- | --- |"]
    for event in EVENTS:
        kinds = ", ".join(f"`{kind}`" for kind, found in EVENT_OF.items() if found == event)
        yield f"| `{event}` | {kinds or 'any other of a payment'} |"
    yield ""


def _schemes() -> Iterator[str]:
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins())
    yield from ["## Applications of the shipped schemes", ""]
    for scheme in sorted(library.sources):
        schema = application_schema(library.effective(scheme).compiled)
        yield from [f"### {schema['title']} (`{scheme}`)", "", "| key | takes | needed | the question |"]
        yield "| --- | --- | --- | --- |"
        answers = schema["properties"]["answers"]
        for name, question in answers["properties"].items():
            yield f"| `answers.{name}` | {_kind(question)} | {_needed(name, question, answers)} | {question['title']} |"
        for name, quoted in schema["properties"].get("proofs", {"properties": {}})["properties"].items():
            for column, asked in quoted["properties"].items():
                yield f"| `proofs.{name}.{column}` | {_kind(asked)} | at the gate | {asked.get('title', '')} |"
        for one in schema["properties"].get("attested", {"items": {"oneOf": []}})["items"]["oneOf"]:
            yield f"| `attested` | `{one['const']}` | yes | {_short(one['description'])} |"
        yield ""


def _needed(name: str, question: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    if name in answers.get("required", ()):
        return "yes"
    if "x-asked-when" not in question:
        return "no"
    conditions = " and ".join(f"`{' '.join(one.split())}`" for one in question["x-asked-when"])
    return f"{'when asked' if question['x-required-when-asked'] else 'no; asked'} ({conditions})"


def _kind(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"][:12]) + ("…" if len(schema["enum"]) > 12 else "")
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    kind = schema.get("type", "anything")
    named = "text" if kind == "string" else " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{named} ({schema['format']})" if "format" in schema else named


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
