"""The files of a stand-in's dossiers: told with a checksum, opened by links that live a moment."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import md5, sha256
from typing import Any
from urllib.parse import parse_qs, quote, unquote

PREFIX = "/rails/files/"
LIVES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a champ; `virus` is what the service found when it looked it over."""

    name: str
    content: bytes
    media_type: str = "application/pdf"
    virus: str = "safe"


class FileStore:
    """Gives a file's links and opens them: one that is too old, or was made up, opens nothing.

    Args:
        key: What links are signed with.
    """

    def __init__(self, now: Callable[[], datetime], key: bytes = b"stand-in") -> None:
        self._now = now
        self._key = key
        self._files: dict[str, HeldFile] = {}

    def shown(self, file: HeldFile, base_url: str) -> dict[str, Any]:
        """Give a file as the schema shows it, with a fresh link."""
        name = sha256(file.content + file.name.encode()).hexdigest()[:32]
        self._files[name] = file
        until = int((self._now() + LIVES).timestamp())
        signed = f"until={until}&signature={self._signature(name, until)}"
        address = f"{base_url}{PREFIX}{name}/{quote(file.name, safe='')}?{signed}"
        return {
            "filename": file.name,
            "contentType": file.media_type,
            "byteSizeBigInt": str(len(file.content)),  # a BigInt travels as text
            "checksum": b64encode(md5(file.content, usedforsecurity=False).digest()).decode(),
            "url": address,
            "virusScanResult": file.virus,
            "createdAt": self._now().isoformat(),
        }

    def opened(self, path: str, query: str) -> HeldFile | None:
        """Give the file of a link; None for a link that opens nothing any more."""
        name = unquote(path).removeprefix(PREFIX).partition("/")[0]
        said = {key: values[0] for key, values in parse_qs(query).items()}
        until = said.get("until", "")
        if not until.isdecimal() or int(until) < self._now().timestamp():
            return None
        if not hmac.compare_digest(self._signature(name, int(until)), said.get("signature", "")):
            return None
        return self._files.get(name)

    def _signature(self, name: str, until: int) -> str:
        return hmac.new(self._key, f"{name}:{until}".encode(), sha256).hexdigest()


def invented_pdf(text: str) -> bytes:
    """Give a small PDF of one page that says a text in ASCII."""
    drawn = f"BT /F1 12 Tf 72 770 Td ({text}) Tj ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return b"".join(_written(objects))


def _written(objects: list[bytes]) -> Iterator[bytes]:
    yield b"%PDF-1.4\n"
    at, places = len(b"%PDF-1.4\n"), list[int]()
    for number, one in enumerate(objects, 1):
        body = b"%d 0 obj\n%s\nendobj\n" % (number, one)
        places.append(at)
        at += len(body)
        yield body
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        yield b"%010d 00000 n \n" % place
    yield b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
