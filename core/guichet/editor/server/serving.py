"""The server itself: what it answers to each request, and when it checks what is being written."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from guichet.editor.formatting import Dialect, format_text
from guichet.editor.formatting.folders import function_words
from guichet.editor.server import answers
from guichet.editor.server.places import Places
from guichet.editor.workspace import Workspace
from guichet.editor.workspace.checks import diagnose
from guichet.editor.workspace.completing import complete
from guichet.editor.workspace.hovering import hover
from guichet.editor.workspace.naming import name_at, reads_of, rename
from guichet.editor.workspace.outline import outline
from guichet.errors import GuichetError, Position, Problem, ProblemsFound, hint, sentence

__all__ = ["serve"]

T = TypeVar("T")
_PAUSE = 0.25  # seconds without a keystroke before a scheme is checked as a whole
_log = logging.getLogger(__name__)


def serve(make: Callable[[Path], Workspace], folder: Path, version: str) -> None:
    """Answers one editor over the standard streams until it says to stop.

    Args:
        make: What gives the workspace of the folder an editor opens.
        folder: The folder where an editor that names none works.
    """
    # The standard streams are the protocol's alone: whatever else is printed would break it.
    with os.fdopen(0, "rb", closefd=False) as asked, os.fdopen(1, "wb", closefd=False) as answered:
        _Server(make, folder, version).server.start_io(asked, answered)


class _Server:
    def __init__(self, make: Callable[[Path], Workspace], folder: Path, version: str) -> None:
        self.server = LanguageServer("guichet", version)
        self.make = make
        self.workspace = make(folder)
        self.places = Places(self.workspace)
        self._waiting: dict[Path, asyncio.TimerHandle] = {}
        self._told: dict[Path, set[Path]] = {}
        self._problems: dict[Path, list[Problem]] = {}
        self._checking = asyncio.Lock()
        self._running: set[asyncio.Task[None]] = set()
        self._answer_all()

    def _answer_all(self) -> None:
        typed = types.CompletionOptions(trigger_characters=[":", " ", "{", ".", "("])
        self._on(types.INITIALIZED, self.initialized)
        self._on(types.TEXT_DOCUMENT_DID_OPEN, self.opened)
        self._on(types.TEXT_DOCUMENT_DID_CHANGE, self.changed)
        self._on(types.TEXT_DOCUMENT_DID_SAVE, self.saved)
        self._on(types.TEXT_DOCUMENT_DID_CLOSE, self.closed)
        self._on(types.TEXT_DOCUMENT_COMPLETION, self.completion, typed)
        self._on(types.TEXT_DOCUMENT_HOVER, self.hover)
        self._on(types.TEXT_DOCUMENT_DEFINITION, self.definition)
        self._on(types.TEXT_DOCUMENT_REFERENCES, self.references)
        self._on(types.TEXT_DOCUMENT_RENAME, self.rename)
        self._on(types.TEXT_DOCUMENT_FORMATTING, self.formatting)
        self._on(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.symbols)
        self._on(types.TEXT_DOCUMENT_CODE_ACTION, self.mendings)

    def _on(self, method: str, answer: Callable[[Any], object], options: object = None) -> None:
        def answered(params: Any) -> object:  # the library marks what it is given, which a bound method refuses
            return answer(params)

        self.server.feature(method, options)(answered)

    def initialized(self, _: types.InitializedParams) -> None:
        """Takes the folder that the editor works in, and the units it counts in."""
        root = self.places.path(self.server.workspace.root_uri or "")
        if root is not None and root != self.workspace.folder:
            self.workspace = self.make(root)
        encoding = self.server.workspace.position_encoding
        self.places = Places(self.workspace, wide=encoding != types.PositionEncodingKind.Utf32)

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Takes an open text, and checks it."""
        self._take(params.text_document.uri, pause=0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Takes a text as it now is, and checks it once nobody types."""
        self._take(params.text_document.uri, pause=_PAUSE)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """Checks a text that was saved."""
        self._take(params.text_document.uri, pause=0)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Leaves a text to the disk, and checks what is there: what was typed and not saved is no more."""
        path = self.places.path(params.text_document.uri)
        if path is not None:
            self.workspace.files.drop(path)
            self._check_in(path, pause=0)

    def completion(self, params: types.CompletionParams) -> types.CompletionList:
        """What may be typed."""
        path = self.places.path(params.text_document.uri)
        found = self._safely(lambda file: complete(self.workspace, file, *self._place(file, params.position)), path, [])
        return types.CompletionList(is_incomplete=False, items=answers.items(found, params.position))

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is said of the thing under the cursor."""
        path = self.places.path(params.text_document.uri)
        said = self._safely(lambda file: hover(self.workspace, file, *self._place(file, params.position)), path, "")
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the name under the cursor is declared."""

        def find(file: Path) -> list[types.Location]:
            named = name_at(self.workspace, file, *self._place(file, params.position))
            return [self._location(where, site.position) for where, site in (named.declared if named else ())]

        return self._safely(find, self.places.path(params.text_document.uri), [])

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Where the name under the cursor stands."""

        def find(file: Path) -> list[types.Location]:
            named = name_at(self.workspace, file, *self._place(file, params.position))
            found = reads_of(self.workspace, file, named) if named is not None else ()
            asked = params.context.include_declaration
            return [self._location(where, site.position) for where, site in found if asked or not site.declares]

        return self._safely(find, self.places.path(params.text_document.uri), [])

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """The edits that give the name under the cursor another one; refused in words when it cannot be."""
        path = self.places.path(params.text_document.uri)
        if path is None:
            return None
        named = name_at(self.workspace, path, *self._place(path, params.position))
        if named is None:
            return None
        try:
            return answers.workspace_edit(self.places, rename(self.workspace, path, named, params.new_name))
        except ProblemsFound as error:
            raise JsonRpcInvalidParams(self._in_words(error)) from error

    def formatting(self, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        """The text in its canonical layout; nothing when it has a mistake, which its diagnostics say."""

        def lay_out(file: Path) -> list[types.TextEdit] | None:
            words = self.workspace.words(self.workspace.scheme_of(file))
            functions = function_words(self.workspace.plugins.rule_functions.values())
            before = self.workspace.files.text(file)
            after = format_text(before, self.workspace.shown(file), Dialect(words, words, functions))
            return [types.TextEdit(self.places.whole(file), after)] if after != before else []

        return self._safely(lay_out, self.places.path(params.text_document.uri), None)

    def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The outline of a file."""
        path = self.places.path(params.text_document.uri)
        return self._safely(lambda file: answers.symbols(self.places, file, outline(self.workspace, file)), path, [])

    def mendings(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """The nearest name for each misspelt one of the lines asked about, as long as these are what was checked."""
        path = self.places.path(params.text_document.uri)
        if path is None:
            return []
        first, last = params.range.start.line, params.range.end.line + 1
        now = dict(enumerate(self.places.lines(path)[first:last], first + 1))
        found = [one for one in self._problems.get(path, []) if _still_stands(one, now)]
        return self._safely(lambda file: answers.mendings(self.places, file, found), path, [])

    def _take(self, uri: str, *, pause: float) -> None:
        path = self.places.path(uri)
        if path is None:
            return
        self.workspace.files.put(path, self.server.workspace.get_text_document(uri).source)
        self._check_in(path, pause=pause)

    def _check_in(self, path: Path, *, pause: float) -> None:
        waiting = self._waiting.pop(path, None)
        if waiting is not None:
            waiting.cancel()
        self._waiting[path] = asyncio.get_running_loop().call_later(pause, self._start_check, path)

    def _start_check(self, path: Path) -> None:
        self._waiting.pop(path, None)
        task = asyncio.get_running_loop().create_task(self._check(path))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _check(self, path: Path) -> None:
        """Checks what a file belongs to beside the answers, and tells the editor."""
        async with self._checking:
            found = await asyncio.to_thread(self._safely, lambda file: diagnose(self.workspace, file), path, None)
        if path in self._waiting or found is None:
            return  # typed meanwhile: the next check says what is true then
        for file in self._told.get(path, set()) - set(found):
            found[file] = []
        self._told[path] = {file for file, problems in found.items() if problems}
        self._problems |= found
        for file, problems in found.items():
            shown = answers.diagnostics(self.places, file, problems, self.workspace.language)
            self.server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=self.places.uri(file), diagnostics=shown)
            )

    def _place(self, file: Path, place: types.Position) -> tuple[int, int]:
        return place.line + 1, self.places.column(file, place)

    def _location(self, file: Path, where: Position) -> types.Location:
        return types.Location(self.places.uri(file), self.places.range(file, where))

    def _in_words(self, error: ProblemsFound) -> str:
        language = self.workspace.language
        said = [(sentence(one.code, one.data, language), hint(one.code, one.data, language)) for one in error.problems]
        return "\n".join(f"{what}: {how}" if how else what for what, how in said)

    def _safely(self, answer: Callable[[Path], T], path: Path | None, nothing: T) -> T:
        """An answer, or nothing for a text of which nothing can be said: an editor sends anything, at any moment."""
        if path is None:
            return nothing
        try:
            return answer(path)
        except (GuichetError, OSError, ValueError, LookupError, TypeError, RecursionError):
            _log.info("no answer about %s", path, exc_info=True)
            return nothing


def _still_stands(problem: Problem, lines: Mapping[int, str]) -> bool:
    """Whether a problem stands on one of some lines, which nobody has typed in since it was found."""
    where = problem.position
    return where is not None and lines.get(where.line, "").rstrip("\r") == where.text
