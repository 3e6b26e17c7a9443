"""A list that a service keeps, for tests: numbered rows at a plain HTTP service, changed and forgotten at will."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from threading import Lock
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

from guichet.plugin import hookimpl
from guichet.plugin.contracts import (
    Call,
    Context,
    FetchedList,
    ListPage,
    ListRow,
    Options,
    Reason,
    RejectedRow,
    Reply,
    Unavailable,
)

__all__ = ["Ledger", "NumberedList", "numbered_plugin"]


class Ledger:
    """The service: rows in the order of their last change, each stamped with a growing mark.

    `told` is called with the number of each request before it is answered.
    """

    def __init__(self, rows: Iterable[tuple[int, dict[str, Any]]] = (), page: int = 3) -> None:
        self.page = page
        self.mark = 0
        self.rows: dict[int, dict[str, Any] | None] = {}
        self.marks: dict[int, int] = {}
        self.lock = Lock()
        self.asked: list[str] = []
        self.told: Callable[[int], None] = lambda _: None
        for number, values in rows:
            self.put(number, **values)

    def put(self, number: int, **values: Any) -> None:
        """Keep a row, as new or changed."""
        self.mark += 1
        self.rows[number], self.marks[number] = values, self.mark

    def forget(self, number: int) -> None:
        """Say that a row is gone."""
        self.mark += 1
        self.rows[number], self.marks[number] = None, self.mark

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer `?since=…&after=…`."""
        asked = {name: int(values[0]) for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        with self.lock:
            self.asked.append(environ["QUERY_STRING"])
            self.told(len(self.asked))
            since, after = asked["since"], asked["after"]
            numbers = sorted(
                (n for n, mark in self.marks.items() if mark > max(since, after)), key=self.marks.__getitem__
            )
            if since == 0:
                numbers = [n for n in numbers if self.rows[n] is not None]
            shown = numbers[: self.page]
            body = {
                "rows": [{"number": n, **(self.rows[n] or {})} for n in shown if self.rows[n] is not None],
                "gone": [n for n in shown if self.rows[n] is None],
                "next": self.marks[shown[-1]] if len(numbers) > self.page else None,
                "mark": self.mark,
            }
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]


class NumberedOptions(Options):
    """Where the service is."""

    base_url: str = ""


class NumberedList(FetchedList[NumberedOptions]):
    """Reads the service; its cursor is `since:after:mark`."""

    key = "numbered"
    Options = NumberedOptions

    def fetch(self, cursor: str, key: str, columns: Any, options: NumberedOptions, context: Context) -> ListPage:
        """Give a page."""
        since, after, mark = (int(part) for part in (cursor or "0:0:0").split(":"))
        params = {"since": str(since), "after": str(after)}
        call = Call("numbered", "GET", options.base_url, "a list of tests", params=params, timeout_s=2, patience_s=30)
        said = context.outside.ask(call, _read)
        mark = mark or said["mark"]
        rows = tuple(_row(one, key, columns) for one in said["rows"])
        gone = tuple(str(number) for number in said["gone"])
        if said["next"] is None:
            return ListPage(rows, f"{mark}:0:0", last=True, gone=gone)
        return ListPage(rows, f"{since}:{said['next']}:{mark}", last=False, gone=gone)


def _read(reply: Reply) -> Any:
    said = reply.json()
    if not isinstance(said, dict) or "errors" in said:
        raise Unavailable(fr="Le service est en panne.", en="The service is failing.")
    return said


def _row(one: dict[str, Any], key: str, columns: Any) -> ListRow | RejectedRow:
    number = one["number"]
    if not one.get(key):
        return RejectedRow(number, key, Reason(fr="La clé est vide.", en="The key is empty."), str(number))
    return ListRow(number, {name: one.get(name) for name in (key, *columns)}, str(number))


def numbered_plugin() -> ModuleType:
    """Give the plugin that brings this source."""
    module = ModuleType("numbered")

    def register_list_sources() -> list[Any]:
        return [NumberedList()]

    module.register_list_sources = hookimpl(register_list_sources)  # type: ignore[attr-defined]  a plugin made here
    return module
