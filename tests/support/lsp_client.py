"""A text editor for tests: drives `guichet lsp` as a child, over its real protocol."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

_START = "import sys; from guichet_cli.main import main; sys.argv = ['guichet', 'lsp', '--lang', 'fr']; main()"


class Refused(Exception):  # noqa: N818  reads as the fact it states
    """What the server answered instead of a result."""


class Editor:
    """One editor with one server, in a folder."""

    def __init__(self, folder: Path, *, patience: float = 30) -> None:
        self.folder = folder
        self.patience = patience
        self.child = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        self._told: list[str] = []
        self._number = 0
        self._versions: dict[str, int] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._overhear, daemon=True).start()

    def __enter__(self) -> Self:
        self.capabilities = self.ask(
            "initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": {}}
        )["capabilities"]
        self.tell("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
        self.child.wait(timeout=self.patience)
        for stream in (self.child.stdin, self.child.stdout, self.child.stderr):
            if stream is not None:
                stream.close()

    def uri(self, name: str) -> str:
        """Give the address of a file of the folder."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        """Open a file, and give its text."""
        said = (self.folder / name).read_text("utf-8") if text is None else text
        self._versions[name] = 1
        document = {"uri": self.uri(name), "languageId": "yaml", "version": 1, "text": said}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return said

    def change(self, name: str, text: str) -> None:
        """Replace the whole text of an open file."""
        self._change(name, {"text": text})

    def type(self, name: str, line: int, column: int, text: str) -> None:
        """Type a text at a place, line and column counted from 0."""
        place = {"line": line, "character": column}
        self._change(name, {"range": {"start": place, "end": place}, "text": text})

    def at(self, method: str, name: str, line: int, column: int, **more: object) -> Any:
        """Ask something about a place."""
        asked = {"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", {**asked, **more})

    def problems(self, name: str, wanted: Any = None) -> list[dict[str, Any]]:
        """Wait until the server has said what is wrong in a file (and that it holds what is wanted), and give it."""
        uri = self.uri(name)
        while uri not in self.diagnostics or not (wanted is None or wanted(self.diagnostics[uri])):
            self._take()
        return self.diagnostics[uri]

    def ask(self, method: str, params: object) -> Any:
        """Ask something, and give the answer.

        Raises:
            Refused: The server answers with an error.
        """
        self._number += 1
        self.send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        while True:
            answer = self._take()
            if answer.get("id") == self._number and "method" not in answer:
                if "error" in answer:
                    raise Refused(answer["error"]["message"])
                return answer["result"]

    def tell(self, method: str, params: object) -> None:
        """Tell something that has no answer."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: object) -> None:
        """Send a message framed as the protocol asks."""
        body = json.dumps(message).encode()
        self.send_raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def send_raw(self, content: bytes) -> None:
        """Send bytes as they are."""
        assert self.child.stdin is not None
        self.child.stdin.write(content)
        self.child.stdin.flush()

    def _change(self, name: str, change: dict[str, Any]) -> None:
        self._versions[name] += 1
        document = {"uri": self.uri(name), "version": self._versions[name]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def _take(self) -> dict[str, Any]:
        try:
            message = self._arrived.get(timeout=self.patience)
        except queue.Empty:
            raise AssertionError(f"the server says nothing more: {''.join(self._told)[-2000:]}") from None
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _listen(self) -> None:
        stream = self.child.stdout
        assert stream is not None
        while True:
            try:
                length = 0
                while (line := stream.readline().strip()) != b"":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                if not length:
                    return
                self._arrived.put(json.loads(stream.read(length)))
            except ValueError:  # closed at the end of a test
                return

    def _overhear(self) -> None:
        stream = self.child.stderr
        assert stream is not None
        try:
            for line in stream:
                self._told.append(line.decode("utf-8", "replace"))
        except ValueError:  # closed at the end of a test
            return
