"""The events of a YAML text: ruamel's pure parser is the law, libyaml's the accelerator that gives the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

try:
    from ruamel.yaml.cyaml import CParser
except ImportError:  # no binary wheel for this platform
    CParser: Any = None

from guichet.loader.reader.disguises import disguised, undisguised
from guichet.loader.reader.nodes import Style
from guichet.loader.reader.source import Source

_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}


class Event(NamedTuple):
    """One step of the reading: `kind` is scalar, alias, mapping, sequence, end, document or other."""

    kind: str
    start: int
    end: int
    text: str = ""
    style: Style = "plain"
    anchor: str | None = None
    tag: str | None = None
    flow: bool = False
    explicit: bool = False
    directives: bool = False


class SyntaxFailure(Exception):  # noqa: N818  internal: it never leaves the reader
    """YAML cannot be read further: what the parser says, and where (an index of the text)."""

    def __init__(self, said: str, index: int, context_index: int | None) -> None:
        super().__init__(said)
        self.said = said
        self.index = index
        self.context_index = context_index


def events(source: Source, *, accelerated: bool = True) -> Iterator[Event]:
    """The events of a text one by one; raises SyntaxFailure where it stops being YAML."""
    try:
        for event in _fast(source.text) if accelerated and CParser is not None else _pure(source.text):
            yield _simplified(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        context = error.context_mark
        raise SyntaxFailure(
            f"{error.context or ''}; {error.problem or ''}",
            _index(source, mark),
            None if context is None else _index(source, context),
        ) from error
    except YAMLError as error:
        raise SyntaxFailure(str(error), 0, None) from error


def _fast(text: str) -> Iterator[Any]:
    shown = disguised(text)
    parser: Any = CParser(shown)
    event: Any = None
    while not isinstance(event, StreamEndEvent):
        event = parser.get_event()
        if shown is not text and isinstance(event, ScalarEvent):
            event.value = undisguised(event.value)
        yield event


def _pure(text: str) -> Iterator[Any]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def _simplified(event: Any) -> Event:  # the two parsers share classes without declared attributes
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, ScalarEvent):
        tag = event.tag and str(event.tag)
        return Event("scalar", start, end, event.value, _STYLES.get(event.style, "plain"), event.anchor, tag)
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        kind = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
        tag = event.tag and str(event.tag)
        return Event(kind, start, end, anchor=event.anchor, tag=tag, flow=bool(event.flow_style))
    if isinstance(event, MappingEndEvent | SequenceEndEvent):
        return Event("end", start, end)
    if isinstance(event, DocumentStartEvent):
        return Event("document", start, end, explicit=event.explicit, directives=bool(event.version or event.tags))
    if isinstance(event, AliasEvent):
        return Event("alias", start, end, text=str(event.anchor))
    return Event("other", start, end)


def _index(source: Source, mark: Any) -> int:
    if mark is None:
        return 0
    return min(mark.index, len(source.text))
