"""Pages drawn by typst from a fixed template and plain data; no plugin of its own: letters and statements use it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["NotLaidOutError", "drawn"]


class NotLaidOutError(Exception):
    """A page that cannot be drawn; its text is what typst says, empty where a character has no shape."""


def drawn(
    template: Path,
    data: Mapping[str, Any],
    day: date,
    unshown: Sequence[re.Pattern[str]],
    *,
    name: str,
    untouched: Collection[str] = (),
) -> bytes:
    """Give a page as tagged PDF (PDF/UA-1): the same bytes for the same data, whatever fonts the machine has.

    Args:
        unshown: Characters that a mark stands for, tried one after the other until the embedded fonts show the rest:
            a name in another writing keeps no page from leaving.
        name: The input under which the template reads the data.
        untouched: Keys whose text is left as it is.

    Raises:
        NotLaidOutError: It cannot be drawn.
    """
    for pattern in unshown:
        try:
            return _compiled(template, _without(pattern, data, untouched), day, name)
        except _MissingGlyph:
            continue
    raise NotLaidOutError


class _MissingGlyph(Exception):  # noqa: N818  not a failure: the next step does without the character
    """The embedded fonts cannot show a character."""


def _without(unshown: re.Pattern[str], data: Any, untouched: Collection[str]) -> Any:
    """Give the same data, each character its texts cannot show replaced."""
    if isinstance(data, str):
        return unshown.sub("\ufffd", data)
    if isinstance(data, list):
        return [_without(unshown, item, untouched) for item in data]
    if isinstance(data, Mapping):
        return {name: item if name in untouched else _without(unshown, item, untouched) for name, item in data.items()}
    return data


def _compiled(template: Path, data: Any, day: date, name: str) -> bytes:
    import typst  # a large binary, loaded when a page is first drawn

    try:
        pdf = typst.compile(
            template,
            root=template.parent,  # what a picture may name lies here, and nothing does
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={name: json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards="ua-1",
            timestamp=datetime.combine(day, time(12), tzinfo=UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise _MissingGlyph from error
        raise NotLaidOutError(error.message) from error
    return bytes(pdf)


@cache  # constant: reading the embedded fonts again for each page takes a third of its time
def _fonts() -> Any:
    """The fonts that come with the renderer, and none of the machine's."""
    import typst  # as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
