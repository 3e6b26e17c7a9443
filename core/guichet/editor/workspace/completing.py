"""What may be typed at a place: keys of the models, values of their kinds, names inside expressions."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from guichet.catalogue import COMPUTED_AMOUNT
from guichet.catalogue.environment import FACTS
from guichet.editor.declared import UNKNOWN, at, is_expression, model_in
from guichet.editor.schemas.notes import note_of_key, note_of_model
from guichet.editor.schemas.uses import OPTIONS_BESIDE, UNDER
from guichet.editor.workspace.cursor import Cursor, cursor_at
from guichet.editor.workspace.functions import function_names, function_note
from guichet.editor.workspace.sites import READ, READ_BY_NAME, READ_IN_RULES, Role, Site
from guichet.editor.workspace.workspace import SchemeFiles, Workspace
from guichet.language.words import KEYWORDS, Words
from guichet.loader.reader import Mapping as MappingNode
from guichet.loader.reader import Scalar
from guichet.model.letters import MAIL, Letter, Notice
from guichet.model.types import Flag
from guichet.model.workflow import Stage

__all__ = ["Offer", "complete"]

Kind = Literal["key", "value", "field", "name", "function", "keyword"]

_LAST_WORD = re.compile(r"[^\W\d]?[\w.]*$")
_COMPARED = re.compile(r"([^\W\d]\w*)\s*(?:=|!=|dans\s*\(|in\s*\()\s*(?:[\w\", ]*,\s*)?[^\W\d]?\w*$")
_ROW = re.compile(r"([^\W\d]\w*)\s+(?:dans|in)\s+(?!liste\b|list\b)([^\W\d]\w*)")  # `d dans dettes`


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be typed: what is inserted in the place of `replaces` characters, what it is."""

    label: str
    kind: Kind
    insert: str
    note: str = ""
    detail: str = ""
    replaces: int = 0


def complete(workspace: Workspace, path: Path, line: int, column: int) -> list[Offer]:
    """What may be typed at a place, line and column counted from 1."""
    kind = workspace.kind(path)
    if kind is None:
        return []
    scheme = workspace.scheme_of(path)
    lines = workspace.files.text(path).split("\n")
    cursor = cursor_at(lines, line - 1, column - 1)
    annotation = at(kind.name, cursor.whole)
    if cursor.key is None:
        if _is_item(cursor, annotation):
            return list(_values(workspace, scheme, kind.name, cursor, annotation))
        return list(_keys(workspace, kind.name, cursor, lines, line - 1))
    if cursor.key == "use":
        return list(_blocks(workspace, cursor.typed))
    parent = cursor.path[-1] if cursor.path else ""
    if is_expression(annotation, cursor.key, parent):
        offers = list(_in_expression(workspace, scheme, cursor.typed, lines[line - 1] if line <= len(lines) else ""))
        amount = [Offer(COMPUTED_AMOUNT, "name", COMPUTED_AMOUNT, replaces=offers[-1].replaces)] if offers else []
        return [*offers, *amount] if model_in(at(kind.name, cursor.path)) is Stage else offers
    return list(_values(workspace, scheme, kind.name, cursor, annotation))


def _is_item(cursor: Cursor, annotation: Any) -> bool:
    """Whether a plain value of a list is being typed, rather than a key."""
    plain = annotation is not UNKNOWN and annotation is not None and model_in(annotation) is None
    return plain and cursor.path[-1:] == ("*",)


def _keys(workspace: Workspace, kind: str, cursor: Cursor, lines: list[str], line: int) -> Iterator[Offer]:
    owner = at(kind, cursor.path)
    model = model_in(owner) if owner is not UNKNOWN else None
    if model is None:
        yield from _channels(workspace, kind, cursor)
        return
    shown = {field.alias or name: note_of_key(model, name, workspace.language) for name, field in _fields(model)}
    chosen = _chosen(workspace, model, lines, line)
    if chosen is not None:
        shown |= {field.alias or name: note_of_key(chosen, name, workspace.language) for name, field in _fields(chosen)}
    for key, note in shown.items():
        if key not in cursor.siblings and not (key == "options" and model in OPTIONS_BESIDE):
            yield Offer(key, "key", f"{key}: ", note, replaces=len(cursor.typed))


def _channels(workspace: Workspace, kind: str, cursor: Cursor) -> Iterator[Offer]:
    """The channels that are installed, where a message names those it also leaves by."""
    above = at(kind, cursor.path[:-1])
    if cursor.path[-1:] != ("also",) or above is UNKNOWN or model_in(above) is not Notice:
        return
    for key, plugin in sorted(workspace.plugins.notification_channels.items()):
        if key != MAIL and key not in cursor.siblings:
            made: Any = type(plugin)
            yield Offer(key, "key", f"{key}: ", note_of_model(made, workspace.language), replaces=len(cursor.typed))


def _fields(model: type[BaseModel]) -> Iterable[tuple[str, Any]]:
    return model.model_fields.items()


def _chosen(workspace: Workspace, model: type[BaseModel], lines: list[str], line: int) -> type[BaseModel] | None:
    """The options of the plugin that a sibling key has chosen."""
    if model not in OPTIONS_BESIDE:
        return None
    chooser, family = OPTIONS_BESIDE[model]
    value = _sibling_value(lines, line, chooser)
    plugin: Any = getattr(workspace.plugins, family).get(value)
    return getattr(plugin, "Use", None) or plugin.Options if plugin is not None else None


def _sibling_value(lines: list[str], line: int, key: str) -> str:
    own = len(lines[line]) - len(lines[line].lstrip())
    for step in (-1, 1):
        number = line + step
        while 0 <= number < len(lines):
            text = lines[number]
            indent = len(text) - len(text.lstrip())
            if text.strip() and indent < own:
                break
            if indent == own and text.strip().startswith(f"{key}:"):
                return text.partition(":")[2].split("#")[0].strip().strip("\"'")
            number += step
    return ""


def _values(
    workspace: Workspace, scheme: SchemeFiles | None, kind: str, cursor: Cursor, annotation: Any
) -> Iterator[Offer]:
    owner = model_in(at(kind, cursor.path)) if at(kind, cursor.path) is not UNKNOWN else None
    typed = len(cursor.typed)
    for plugin, note in _plugins(workspace, owner, cursor):
        yield Offer(plugin, "value", plugin, note, replaces=typed)
    if annotation == Flag:
        yield from (Offer(word, "value", word, replaces=typed) for word in ("true", "false"))
    for value in _literals(annotation):
        yield Offer(str(value), "value", str(value), replaces=typed)
    role = _role(kind, cursor)
    if role is not None and scheme is not None:
        wanted = READ_BY_NAME if role == "name" else {role}
        for site in _declared(workspace, scheme):
            if site.role in wanted:
                yield Offer(site.name, "name", site.name, detail=_label(site), replaces=typed)


def _plugins(workspace: Workspace, owner: type[BaseModel] | None, cursor: Cursor) -> Iterator[tuple[str, str]]:
    family = ""
    if owner is not None and OPTIONS_BESIDE.get(owner, ("",))[0] == cursor.key:
        family = OPTIONS_BESIDE[owner][1]
    elif owner is Letter and cursor.key == "renderer":
        family = "document_renderers"
    elif cursor.key == "plugin" and cursor.path:
        family = next((found for (_, name), found in UNDER.items() if name == cursor.path[-1]), "")
    for key, plugin in sorted(getattr(workspace.plugins, family).items()) if family else ():
        made: Any = type(plugin)
        yield key, note_of_model(made, workspace.language)


def _role(kind: str, cursor: Cursor) -> Role | None:
    """What is named at a place whose value names something of the scheme."""
    steps = [step for step in cursor.whole if step != "*"]
    for length in (1, 2):
        above = steps[: len(steps) - length]
        owner = at(kind, above)
        model = model_in(owner) if owner is not UNKNOWN else None
        key = steps[-length] if len(steps) >= length else ""
        if model is not None and (model, key) in READ:
            return READ[model, key]
    return READ.get((model_in(at("scheme", ())) or BaseModel, steps[0])) if len(steps) == 1 else None


def _literals(annotation: Any) -> Iterator[object]:
    for part in (annotation, *typing.get_args(annotation)):
        if typing.get_origin(part) is Literal:
            yield from (value for value in typing.get_args(part) if value != "")


def _in_expression(workspace: Workspace, scheme: SchemeFiles | None, typed: str, whole: str) -> Iterator[Offer]:
    words = workspace.words(scheme)
    found = _LAST_WORD.search(typed)
    word = found[0] if found else ""
    replaces = len(word.rpartition(".")[2])
    declared = {site.name: site for site in _declared(workspace, scheme)} if scheme is not None else {}
    rows = dict(_ROW.findall(whole))
    if typed[: len(typed) - len(word)].rstrip().endswith((" liste", " list")):
        yield from _named(declared.values(), {"list"}, replaces)
        return
    if "." in word:
        name = word.partition(".")[0]
        yield from _columns(declared.get(rows.get(name, name)), replaces)
        return
    compared = _COMPARED.search(typed)
    if compared is not None:
        yield from _choices(declared.get(compared[1]), replaces)
    yield from (Offer(name, "name", name, detail=field, replaces=replaces) for name, field in rows.items())
    yield from _named(declared.values(), READ_IN_RULES, replaces)
    yield from _words(workspace, words, replaces)


def _named(sites: Iterable[Site], roles: Iterable[str], replaces: int) -> Iterator[Offer]:
    wanted = frozenset(roles)
    for site in sites:
        if site.role in wanted:
            kind: Kind = "field" if site.role == "field" else "name"
            yield Offer(site.name, kind, site.name, _said(site), _label(site), replaces)


def _words(workspace: Workspace, words: Words, replaces: int) -> Iterator[Offer]:
    for name in function_names(workspace.plugins, words):
        yield Offer(name, "function", f"{name}(", function_note(name, workspace.plugins, workspace.language),
                    replaces=replaces)  # fmt: skip
    yield from (Offer(fact, "name", fact, replaces=replaces) for fact in FACTS)
    yield from (Offer(one[words][0], "keyword", one[words][0], replaces=replaces) for one in KEYWORDS.values())


def _choices(site: Site | None, replaces: int) -> Iterator[Offer]:
    for value, entry in _entries(site, "choices").items():
        label = entry.value.text if isinstance(entry.value, Scalar) else ""
        yield Offer(value, "value", value, detail=label, replaces=replaces)


def _columns(site: Site | None, replaces: int) -> Iterator[Offer]:
    group = "columns" if site is not None and site.role == "list" else "fields"
    for name in _entries(site, group):
        yield Offer(name, "field", name, replaces=replaces)


def _entries(site: Site | None, key: str) -> Mapping[str, Any]:
    found = site.node.entries.get(key) if site is not None and isinstance(site.node, MappingNode) else None
    return found.value.entries if found is not None and isinstance(found.value, MappingNode) else {}


def _blocks(workspace: Workspace, typed: str) -> Iterator[Offer]:
    for name, block in sorted(workspace.blocks().items()):
        yield Offer(name, "value", name, block.head.title, replaces=len(typed.rpartition(",")[2].strip(" [")))


def _declared(workspace: Workspace, scheme: SchemeFiles) -> Iterator[Site]:
    """The names that the scheme and its blocks declared when last read, each once: a keystroke waits for no reading."""
    seen: set[tuple[str, str]] = set()
    for _, site in workspace.every_site(scheme, fresh=False):
        if site.declares and (site.name, site.role) not in seen:
            seen.add((site.name, site.role))
            yield site


def _label(site: Site) -> str:
    if isinstance(site.node, MappingNode) and "label" in site.node.entries:
        label = site.node.entries["label"].value
        return label.text if isinstance(label, Scalar) else ""
    return site.node.text if isinstance(site.node, Scalar) else ""


def _said(site: Site) -> str:
    if not isinstance(site.node, MappingNode):
        return ""
    kind = site.node.entries.get("type")
    help_ = site.node.entries.get("help")
    parts = [entry.value.text for entry in (kind, help_) if entry is not None and isinstance(entry.value, Scalar)]
    return "\n\n".join(parts)
