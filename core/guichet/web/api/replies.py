"""JSON answers, and problems (RFC 9457): what happened, where in the body, what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from litestar import Request, Response

from guichet.services.api.faults import Fault

__all__ = ["Reply", "problem", "reply", "reply_unless_known", "written_reply"]

Reply = Response[bytes]


def reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Gives an answer of JSON."""
    return written_reply(_json(value), status, headers)


def written_reply(written: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Gives an answer of JSON that is written already."""
    return Response(written, status_code=status, media_type="application/json", headers=dict(headers or {}))


def reply_unless_known(request: Request, mark: str, value: object) -> Reply:
    """Gives an answer of JSON with its ETag; nothing but 304 to who names it in `If-None-Match`."""
    if mark in (one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")):
        return Response(b"", status_code=304, headers={"ETag": mark})
    return reply(value, headers={"ETag": mark})


def problem(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Reply:
    """Gives a problem; `code` is stable, its sentences are for people."""
    told: dict[str, object] = {"type": f"urn:guichet:problem:{code}", "title": title, "status": status, **more}
    if detail:
        told["detail"] = detail
    if faults:
        told["errors"] = [{"pointer": f"#{one.pointer}", "code": one.code, "detail": one.detail} for one in faults]
    return Response(_json(told), status_code=status, media_type="application/problem+json", headers=dict(headers or {}))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False).encode()


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is not written by the API")
