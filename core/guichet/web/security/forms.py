"""What a browser posted: fields in order and files on disk, read as a stream, refused early."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import unquote_plus

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

__all__ = ["TOKEN_FIELD", "BadBody", "Form", "UploadedPart", "read_multipart", "read_urlencoded"]

TOKEN_FIELD = "_csrf_token"  # noqa: S105  the name of a field, not a secret
MOST_FIELDS = 2000
_IN_MEMORY = 1 << 20
_LONGEST_FIELD = 1 << 20

Check = Callable[[str], Coroutine[Any, Any, None]]


class BadBody(Exception):  # noqa: N818  reads as the fact it states
    """The body is not what its headers say, or holds what no form sends."""


@dataclass(frozen=True, slots=True)
class UploadedPart:
    """A file as it came; its bytes are in a temporary file, gone when the request ends."""

    name: str
    file_name: str
    claimed_type: str
    size: int
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted, in the order of the page."""

    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[UploadedPart, ...] = ()

    def __contains__(self, name: object) -> bool:
        return any(found == name for found, _ in self.fields)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self.fields))

    def get(self, name: str, default: str = "") -> str:
        """Gives the first value of a field."""
        return next((value for found, value in self.fields if found == name), default)

    def all(self, name: str) -> list[str]:
        """Gives every value of a field."""
        return [value for found, value in self.fields if found == name]

    def mapping(self) -> dict[str, list[str]]:
        """Gives every field but the token, with its values."""
        return {name: self.all(name) for name in self if name != TOKEN_FIELD}

    def files_of(self, name: str) -> list[UploadedPart]:
        """Gives the files of a field; a file input left empty gives none."""
        return [part for part in self.files if part.name == name]

    def close(self) -> None:
        """Lets the temporary files go."""
        for part in self.files:
            part.content.close()


def read_urlencoded(body: bytes) -> Form:
    """Gives the fields of a form posted without files; raises BadBody."""
    if not body:
        return Form()
    pieces = body.split(b"&")
    if len(pieces) > MOST_FIELDS:
        raise BadBody("too many fields")
    fields: list[tuple[str, str]] = []
    for piece in pieces:
        name, _, value = piece.partition(b"=")
        fields.append((_decoded(name), _decoded(value)))
    return Form(tuple(fields))


async def read_multipart(content_type: str, chunks: AsyncIterator[bytes], check: Check) -> Form:
    """Gives the fields and files of a form; `check` is awaited with the token before any file is read.

    Raises:
        BadBody: the body is malformed.
        Exception: whatever `check` raises; the rest of the body is then left unread.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not boundary:
        raise BadBody("no boundary")
    reading = _Reading(check)
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS, strict=True) as parser:
            async for chunk in chunks:
                for event in parser.parse(chunk):
                    await reading.take(event)
            parser.close(check_complete=True)
    except (MultipartError, UnicodeDecodeError, LookupError) as error:
        reading.close()
        raise BadBody(str(error)) from error
    except BaseException:
        reading.close()
        raise
    return Form(tuple(reading.fields), tuple(reading.files))


@dataclass(slots=True)
class _Reading:
    """The parts met so far."""

    check: Check
    fields: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    files: list[UploadedPart] = field(default_factory=list[UploadedPart])
    checked: bool = False
    segment: MultipartSegment | None = None
    text: bytearray = field(default_factory=bytearray)
    file: SpooledTemporaryFile[bytes] | None = None

    async def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Takes what the parser gives: the head of a part, some of its bytes, or its end."""
        if isinstance(event, MultipartSegment):
            self.segment = event
            if event.filename is not None:
                await self._check_first()
                self.file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed with the form
        elif event is not None:
            self._write(event)
        elif self.segment is not None:
            await self._end(self.segment)

    async def _check_first(self) -> None:
        """The token comes first in our forms: a file before it is a forged post."""
        if not self.checked:
            await self.check("")

    def _write(self, data: bytes | bytearray) -> None:
        if self.file is not None:
            self.file.write(data)
            return
        self.text += data
        if len(self.text) > _LONGEST_FIELD:
            raise BadBody("a field too long")

    async def _end(self, segment: MultipartSegment) -> None:
        if self.file is not None:
            self._keep_file(segment, self.file)
        else:
            value = _clean(self.text.decode())
            self.fields.append((_clean(segment.name or ""), value))
            if segment.name == TOKEN_FIELD and not self.checked:
                await self.check(value)
                self.checked = True
        self.segment, self.file, self.text = None, None, bytearray()

    def _keep_file(self, segment: MultipartSegment, content: SpooledTemporaryFile[bytes]) -> None:
        size = content.tell()
        name = (segment.filename or "").replace("\\", "/").rpartition("/")[2]
        if not name and not size:
            content.close()  # a file input left empty
            return
        content.seek(0)
        part = UploadedPart(
            _clean(segment.name or ""), _clean(name), segment.content_type or "", size, cast("BinaryIO", content)
        )
        self.files.append(part)

    def close(self) -> None:
        for part in self.files:
            part.content.close()
        if self.file is not None:
            self.file.close()


def _decoded(piece: bytes) -> str:
    try:
        text = piece.decode("ascii")
        return _clean(unquote_plus(text, errors="strict") if "%" in text or "+" in text else text)
    except UnicodeDecodeError as error:
        raise BadBody("not UTF-8") from error


def _clean(text: str) -> str:
    if "\0" in text:
        raise BadBody("a null character")
    return text
