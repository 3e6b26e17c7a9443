"""Serves WSGI applications on loopback over real sockets: threads, kept-alive connections, one write per answer."""

from __future__ import annotations

import socket
import struct
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from sys import stderr
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.types import WSGIApplication

from guichet.plugin.sandboxes.faults import RESET

_CUT_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER of zero seconds: closing sends a reset


class SandboxServer(ThreadingHTTPServer):
    """A server on 127.0.0.1; port 0 takes any free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        self.app = app
        super().__init__(("127.0.0.1", port), _Dialogue)

    @property
    def url(self) -> str:
        """The address it answers at, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Dialogue(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: SandboxServer  # pyright: ignore[reportIncompatibleVariableOverride]  its own kind of server

    def handle_one_request(self) -> None:
        """Answer one request; a line cut by the other side, or by a fault, ends the dialogue."""
        with suppress(ConnectionError, TimeoutError):
            super().handle_one_request()
            return
        self.close_connection = True

    def answer(self) -> None:
        """Run the application and send its whole answer in one write."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:  # noqa: ARG001  WSGI's
            started.append((status, headers))

        parts = self.server.app(self._environ(), start_response)
        body = b"".join(parts)
        if not started:  # the line was cut
            self.close_connection = True
            return
        status, headers = started[-1]
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        names = {name.lower() for name, _ in headers}
        lines += [] if "content-length" in names else [f"Content-Length: {len(body)}"]
        sent = b"" if self.command == "HEAD" else body
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + sent)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815  the names the library calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's signature
        """Stay silent."""

    def _environ(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        host, port = self.server.server_address[:2]
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(parts.path, "latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": str(host),
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(size),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.rfile.read(size)),
            "wsgi.errors": stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            RESET: self._reset,
        }
        for name, value in self.headers.items():
            environ.setdefault(f"HTTP_{name.upper().replace('-', '_')}", value)
        return environ

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CUT_AT_ONCE)
        self.connection.close()
        raise ConnectionAbortedError


@contextmanager
def serve_sandbox(app: WSGIApplication) -> Generator[SandboxServer]:
    """Serve an application on loopback while the block runs, at `server.url`."""
    with SandboxServer(app) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="sandbox", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
