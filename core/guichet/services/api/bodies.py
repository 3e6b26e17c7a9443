"""JSON as a request brings it, read exactly: no float, nothing said twice, no text that cannot be kept."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any, cast

from guichet.model.exact_json import InexactError, read_exactly
from guichet.services.api.faults import MalformedBody

__all__ = ["digest_of", "read_object"]

_DEEPEST = 20
_BAD = re.compile("[\0\ud800-\udfff]")


def read_object(body: bytes) -> dict[str, Any]:
    """Give the object of a JSON body, its fractions as Decimals.

    Raises:
        MalformedBody: It is no JSON object, or holds what cannot be kept exactly.
    """
    try:
        found = read_exactly(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MalformedBody("not_utf8") from error
    except json.JSONDecodeError as error:
        raise MalformedBody("not_json", line=error.lineno, column=error.colno) from error
    except InexactError as error:
        if error.fault == "number":
            raise MalformedBody("number", value=error.value) from error
        raise MalformedBody("said_twice", name=error.value[:60]) from error
    except RecursionError as error:
        raise MalformedBody("too_deep", most=_DEEPEST) from error
    if not isinstance(found, dict):
        raise MalformedBody("not_object")
    if b"\\u" in body or body.count(b"{") + body.count(b"[") > _DEEPEST:  # otherwise there is nothing to find
        _check(cast("object", found), _DEEPEST)
    return cast("dict[str, Any]", found)


def digest_of(value: object) -> str:
    """Give a digest that two bodies share when they say the same, whatever the order of their keys."""
    return sha256(_ENCODER.encode(value).encode()).hexdigest()


def _as_text(value: object) -> list[str]:
    return ["number", str(value)]


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_as_text)


def _check(value: object, depth: int) -> None:
    """Refuse what a database or a page could not hold: depth, null characters, halves of a character."""
    if isinstance(value, str):
        if _BAD.search(value):
            raise MalformedBody("bad_character")
    elif isinstance(value, (dict, list)):
        if depth == 0:
            raise MalformedBody("too_deep", most=_DEEPEST)
        inside = cast("dict[str, object] | list[object]", value)
        for part in (*inside.keys(), *inside.values()) if isinstance(inside, dict) else inside:
            _check(part, depth - 1)
