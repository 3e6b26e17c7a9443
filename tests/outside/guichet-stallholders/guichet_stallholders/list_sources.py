"""The register of stallholders, read page by page from the service that keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication

from guichet import (
    Call,
    Context,
    FetchedList,
    ListColumns,
    ListPage,
    ListRow,
    ListValue,
    Options,
    Reason,
    Refused,
    RejectedRow,
    Reply,
    Secret,
    Text,
    Unavailable,
    Whole,
)

EXAMPLES: tuple[Mapping[str, ListValue], ...] = (
    {"licence": "29-00017", "holder": "Anne Guivarc'h", "since": "2018-04-01"},
    {"licence": "29-00042", "holder": "Louis Kerdoncuff", "since": "2019-09-15"},
    {"licence": "", "holder": "Nobody", "since": "2019-09-15"},
    {"licence": "35-00009", "holder": "Maëlle Riou", "since": "yesterday"},
    {"licence": "35-00010", "holder": "Yann Le Bihan", "since": None},
)
"""What the stand-in holds when nothing else is given; two rows nobody can take."""


class StallholdersOptions(Options):
    """What a scheme sets beside `plugin: stallholders`, or the operator under `services.stallholders`."""

    base_url: Text = ""
    """The address of the service: what a sandbox and the real one differ in, so that the operator gives it."""
    token: Secret = ""
    """The name of the secret the service asks for, written `secret:stallholders`."""
    page_size: Whole = 100
    """How many rows are asked for at a time."""


class Stallholders(FetchedList[StallholdersOptions]):
    """Asks for the rows after the last one seen. The service cannot tell what changed: the list is read whole."""

    key = "stallholders"
    Options = StallholdersOptions

    def fetch(
        self, cursor: str, key: str, columns: ListColumns, options: StallholdersOptions, context: Context
    ) -> ListPage:
        """Give one page."""
        token = context.secret(options.token)
        call = Call(
            service="stallholders",
            method="GET",
            url=f"{options.base_url}/stallholders",
            purpose="read the register of stallholders",
            params={"after": cursor, "limit": str(options.page_size)},
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )
        body = context.outside.ask(call, _answered)
        rows = tuple(_row(one, key, columns) for one in body["rows"])
        return ListPage(rows=rows, cursor=body["next"] or "", last=body["next"] is None)

    def sandbox(self) -> WSGIApplication:
        """Give a stand-in that holds the examples."""
        return _service(EXAMPLES)

    def stand_in(
        self, rows: Sequence[Mapping[str, ListValue]], key: str, columns: ListColumns, options: StallholdersOptions
    ) -> WSGIApplication:
        """Give a stand-in that holds these rows."""
        return _service(rows)


def _answered(reply: Reply) -> dict[str, Any]:
    """The body of an answer; one that is none is a failure of the service, tried again later."""
    if reply.status in (401, 403):
        raise Refused(
            fr="Le registre ne connaît pas ce jeton : vérifiez le secret « token ».",
            en='The register does not know this token: check the secret "token".',
        )
    body: Any = reply.json()
    if reply.status != 200 or not isinstance(body, dict) or "rows" not in body:
        raise Unavailable(fr="Le registre ne répond pas comme prévu.", en="The register does not answer as expected.")
    return body


def _row(found: Mapping[str, Any], key: str, columns: ListColumns) -> ListRow | RejectedRow:
    line, identity = int(found["id"]), str(found["id"])
    if not found.get(key):
        return RejectedRow(line, key, Reason(fr="Donnez un numéro.", en="Give a number."), identity)
    values: dict[str, ListValue] = {key: str(found[key])}
    for column, kind in columns.items():
        cell: ListValue = found.get(column)
        try:
            values[column] = date.fromisoformat(str(cell)) if kind == "date" and cell is not None else cell
        except ValueError:
            return RejectedRow(line, column, Reason(fr="Donnez une date.", en="Give a date."), identity)
    return ListRow(line, values, identity)


def _service(rows: Sequence[Mapping[str, ListValue]]) -> WSGIApplication:
    """The service as its documentation describes it, over some rows."""

    def app(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        asked = parse_qs(environ["QUERY_STRING"])
        after, limit = int(asked.get("after", ["0"])[0] or 0), int(asked["limit"][0])
        page = [{"id": number, **row} for number, row in enumerate(rows, start=1)][after : after + limit]
        following = str(after + limit) if after + limit < len(rows) else None
        return _said(start_response, {"rows": page, "next": following})

    return app


def _said(start_response: Callable[..., Any], body: dict[str, Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(body, ensure_ascii=False).encode()]
