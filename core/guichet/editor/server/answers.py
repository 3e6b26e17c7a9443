"""What the workspace says, as the protocol says it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from guichet.editor.server.places import Places
from guichet.editor.workspace.completing import Kind, Offer
from guichet.editor.workspace.naming import Edit, mending
from guichet.editor.workspace.outline import Entry
from guichet.errors import Language, Position, Problem, hint, sentence

__all__ = ["diagnostics", "items", "mendings", "symbols", "workspace_edit"]

_KINDS: dict[Kind, types.CompletionItemKind] = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "field": types.CompletionItemKind.Field,
    "name": types.CompletionItemKind.Variable,
    "function": types.CompletionItemKind.Function,
    "keyword": types.CompletionItemKind.Keyword,
}
_SOURCE = "guichet"


def diagnostics(places: Places, path: Path, problems: Iterable[Problem], language: Language) -> list[types.Diagnostic]:
    """The problems of a file: sentence and hint, code, range."""
    found: list[types.Diagnostic] = []
    for problem in problems:
        advice = hint(problem.code, problem.data, language)
        said = sentence(problem.code, problem.data, language)
        level = types.DiagnosticSeverity.Warning if problem.severity == "warning" else types.DiagnosticSeverity.Error
        found.append(
            types.Diagnostic(
                range=places.range(path, problem.position or Position("", 1, 1)),
                message=f"{said}\n{advice}" if advice else said,
                severity=level,
                code=problem.code,
                source=_SOURCE,
            )
        )
    return found


def items(offers: Iterable[Offer], place: types.Position) -> list[types.CompletionItem]:
    """What may be typed, each with the edit that types it."""
    found: list[types.CompletionItem] = []
    for number, offer in enumerate(offers):
        start = types.Position(place.line, max(place.character - offer.replaces, 0))
        note = types.MarkupContent(types.MarkupKind.Markdown, offer.note) if offer.note else None
        found.append(
            types.CompletionItem(
                label=offer.label,
                kind=_KINDS[offer.kind],
                detail=offer.detail or None,
                documentation=note,
                text_edit=types.TextEdit(types.Range(start, place), offer.insert),
                filter_text=offer.label,
                sort_text=f"{number:05}",
            )
        )
    return found


def symbols(places: Places, path: Path, entries: Iterable[Entry]) -> list[types.DocumentSymbol]:
    """The outline of a file."""
    found: list[types.DocumentSymbol] = []
    for entry in entries:
        own = places.range(path, entry.position)
        last = places.place(path, max(entry.last_line, entry.position.line), 1_000_000)
        found.append(
            types.DocumentSymbol(
                name=entry.name,
                detail=entry.detail,
                kind=types.SymbolKind.Namespace if entry.inside else types.SymbolKind.Property,
                range=types.Range(own.start, max(last, own.end, key=lambda one: (one.line, one.character))),
                selection_range=own,
                children=symbols(places, path, entry.inside),
            )
        )
    return found


def mendings(places: Places, path: Path, problems: Iterable[Problem]) -> list[types.CodeAction]:
    """The edits that mend problems, each as an action an editor offers."""
    found: list[types.CodeAction] = []
    for problem in problems:
        edit = mending(problem)
        if edit is not None:
            found.append(
                types.CodeAction(
                    title=f"→ {edit.text}",
                    kind=types.CodeActionKind.QuickFix,
                    edit=workspace_edit(places, {path: [edit]}),
                    is_preferred=True,
                )
            )
    return found


def workspace_edit(places: Places, edits: dict[Path, list[Edit]]) -> types.WorkspaceEdit:
    """The edits of several files."""
    return types.WorkspaceEdit(
        changes={
            places.uri(path): [
                types.TextEdit(places.range(path, Position("", one.line, one.column, one.length)), one.text)
                for one in found
            ]
            for path, found in edits.items()
        }
    )
