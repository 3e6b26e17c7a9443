"""A loopback server for the gallery, with the security headers of the real one."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from gallery_pages import PAGES, gallery_page
from guichet.web.rendering import PACKAGED_STATIC
from guichet.web.theme import theme_css

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_BRAND = ("#27563f", "#9472bb")
_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="6" fill="#27563f"/>'
    '<path d="M10 34 24 12l14 22z" fill="#fff"/></svg>'
)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answers with a page of the gallery, a static file, the theme or the logo."""
        found = _content(urlsplit(self.path).path)
        if found is None:
            self.send_error(404)
            return
        kind, body = found
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Keeps the test's output quiet."""


def _content(path: str) -> tuple[str, bytes] | None:
    name = path.strip("/")
    language = "en" if name.startswith("en/") else "fr"
    if name.removeprefix("en/") in PAGES:
        return "text/html; charset=utf-8", gallery_page(name.removeprefix("en/"), language).encode()
    if name == "theme.css":
        return "text/css", theme_css(_BRAND).encode()
    if name == "logo.svg":
        return "image/svg+xml", _LOGO.encode()
    file = PACKAGED_STATIC / Path(name).relative_to("static") if name.startswith("static/") else None
    if file is None or not file.is_file():
        return None
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()


@contextmanager
def gallery_server() -> Iterator[str]:
    """Gives the address of a running gallery."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
