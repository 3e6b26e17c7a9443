"""A YAML text as pieces that know where they begin and end: what the layout moves about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guichet.loader.reader.events import Event, SyntaxFailure, events
from guichet.loader.reader.nodes import Style
from guichet.loader.reader.source import Source

__all__ = ["Piece", "read_pieces"]


@dataclass(slots=True)
class Piece:
    """A scalar, a mapping or a sequence, between two indexes of the text.

    A mapping holds its keys and values one after the other.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    style: Style = "plain"
    flow: bool = False
    inside: list[Piece] = field(default_factory=list["Piece"])

    def entries(self) -> Iterator[tuple[Piece, Piece]]:
        """The keys and values of a mapping, in the order of the file."""
        return zip(self.inside[::2], self.inside[1::2], strict=True)


def read_pieces(source: Source) -> Piece:
    """The pieces of a text that the reader has accepted."""
    try:
        return _read(events(source), source)
    except SyntaxFailure:  # the pure parser has the last word on a text the fast one refuses
        return _read(events(source, accelerated=False), source)


def _read(stream: Iterator[Event], source: Source) -> Piece:
    for event in stream:
        if event.kind not in ("document", "other"):
            return _piece(event, stream, source)
    raise ValueError(f"{source.file} holds nothing")


def _piece(event: Event, stream: Iterator[Event], source: Source) -> Piece:
    if event.kind == "scalar":
        raw = source.text[event.start : event.end]
        end = event.start + len(raw.rstrip()) if event.style in ("literal", "folded") else event.end
        return Piece("scalar", event.start, end, event.text, event.style)
    found = Piece(event.kind, event.start, event.end, flow=event.flow)
    for following in stream:
        if following.kind == "end":
            found.end = following.end if found.flow else following.start
            break
        found.inside.append(_piece(following, stream, source))
    return found
