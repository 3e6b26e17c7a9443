"""What an editor shows of the thing under the cursor: a name, a key, a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from guichet.editor.declared import UNKNOWN, at, model_in
from guichet.editor.schemas.notes import note_of_key
from guichet.editor.workspace.cursor import cursor_at
from guichet.editor.workspace.functions import function_note
from guichet.editor.workspace.naming import Named, name_at
from guichet.editor.workspace.sites import Role
from guichet.editor.workspace.workspace import Workspace
from guichet.errors import Language
from guichet.loader.reader import Mapping as MappingNode
from guichet.loader.reader import Scalar
from guichet.locale import Text

__all__ = ["hover"]

_ROLES: Mapping[Role, Text] = {
    "field": Text(fr="champ", en="field"),
    "column": Text(fr="colonne", en="column"),
    "definition": Text(fr="définition", en="definition"),
    "criterion": Text(fr="critère", en="criterion"),
    "indicator": Text(fr="indicateur", en="indicator"),
    "parameter": Text(fr="paramètre", en="parameter"),
    "list": Text(fr="liste", en="list"),
    "text": Text(fr="texte", en="text"),
    "body": Text(fr="instance d'instruction", en="body"),
    "stage": Text(fr="étape", en="stage"),
    "example": Text(fr="exemple", en="example"),
    "block": Text(fr="bloc", en="block"),
    "name": Text(fr="choix", en="choice"),
}
_TYPE = Text(fr="Type : {type}", en="Type: {type}")
_VALUES = Text(fr="Dans les exemples :", en="In the examples:")
_VERSION = Text(fr=", version du {day}", en=", version of {day}")
_REPLACED = Text(fr="Remplacé par {place}", en="Replaced by {place}")
_FACT = Text(fr="fait que les règles connaissent", en="fact that the rules know")
_SHOWN_VALUES = 4


def hover(workspace: Workspace, path: Path, line: int, column: int) -> str:
    """The Markdown shown for a place, line and column counted from 1; empty when there is nothing to say."""
    named = name_at(workspace, path, line, column)
    if named is not None:
        return "\n\n".join(_of_name(workspace, path, named))
    return _of_key(workspace, path, line, column)


def _of_name(workspace: Workspace, path: Path, named: Named) -> Iterator[str]:
    language, name = workspace.language, named.site.name
    if named.site.role == "function":
        yield function_note(name, workspace.plugins, language)
        return
    scheme = workspace.scheme_of(path)
    worth = workspace.worth.get(scheme.name) if scheme is not None else None
    role = _ROLES.get(named.role) if named.declared or named.site.role != "name" else _FACT
    label = _label(named)
    yield f"**{name}** ({role.form(language, None) if role else named.role})" + (f": {label}" if label else "")
    said = _said(named)
    if said:
        yield f"```\n{said}\n```"
    kind = worth.types.get(name) if worth is not None else None
    if kind:
        yield _TYPE.form(language, None).format(type=kind)
    values = worth.values.get(name, ()) if worth is not None else ()
    if values:
        shown = [f"- {example}: {value}" for example, value in values[:_SHOWN_VALUES]]
        yield "\n".join([_VALUES.form(language, None), "", *shown])
    yield from _places(workspace, path, named)


def _places(workspace: Workspace, path: Path, named: Named) -> Iterator[str]:
    """Where the name is declared, version by version, and the overlays that replace a part of it."""
    places: list[str] = []
    for file, site in named.declared:
        day = next((step for step in site.path if step[:4].isdigit()), "")
        version = _VERSION.form(workspace.language, None).format(day=day) if day else ""
        places.append(f"`{workspace.shown(file)}:{site.position.line}`{version}")
    if places:
        yield "  \n".join(places)
    scheme = workspace.scheme_of(path)
    for overlay in scheme.overlays if scheme is not None else ():
        for site in workspace.sites(overlay, workspace.words(scheme)):
            if site.name == named.site.name and site.role == named.role:
                place = f"`{workspace.shown(overlay)}:{site.position.line}`"
                yield _REPLACED.form(workspace.language, None).format(place=place)


def _label(named: Named) -> str:
    for _, site in named.declared:
        if isinstance(site.node, MappingNode):
            for key in ("label", "title", "name"):
                entry = site.node.entries.get(key)
                if entry is not None and isinstance(entry.value, Scalar):
                    return entry.value.text
        elif isinstance(site.node, Scalar) and site.role in ("name", "body"):
            return site.node.text
    return ""


def _said(named: Named) -> str:
    """What declares the name: the expression of a definition, the condition of a criterion, the type of a field."""
    if not named.declared:
        return ""
    node = named.declared[-1][1].node
    if isinstance(node, Scalar):
        return node.text if named.role == "definition" else ""
    if not isinstance(node, MappingNode):
        return ""
    shown = ("type", "min", "max", "asked_when", "when", "attested", "checked_by", "value", "plugin", "use")
    entries = ((key, node.entries[key].value) for key in shown if key in node.entries)
    return "\n".join(f"{key}: {value.text}" for key, value in entries if isinstance(value, Scalar))


def _of_key(workspace: Workspace, path: Path, line: int, column: int) -> str:
    """What the key of this line is."""
    kind = workspace.kind(path)
    lines = workspace.files.text(path).split("\n")
    if kind is None or not 0 < line <= len(lines):
        return ""
    text = lines[line - 1]
    end = text.find(":")
    if end < 0 or column - 1 > end:
        return ""
    cursor = cursor_at(lines, line - 1, end + 1)
    return _note(kind.name, cursor.path, cursor.key or "", workspace.language)


def _note(kind: str, path: tuple[str, ...], key: str, language: Language) -> str:
    owner = at(kind, path)
    model = model_in(owner) if owner is not UNKNOWN else None
    for name, field in model.model_fields.items() if model is not None else ():
        if key in (name, field.alias):
            assert model is not None  # noqa: S101  it has the field
            note = note_of_key(model, name, language)
            return f"**{key}**: {note}" if note else ""
    return ""
