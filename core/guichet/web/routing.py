"""`@get` and `@post`: Litestar's own, for plain functions that wait for the database in a thread.

Litestar 2.25 wraps a `sync_to_thread` handler twice when its path has another method, and the second call gives a
coroutine as the answer; the thread is entered here instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import litestar
from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.types import Empty, EmptyType

__all__ = ["get", "post"]

Handler = Callable[..., Any]


def get(path: str | list[str], *, name: str) -> Callable[[Handler], HTTPRouteHandler]:
    """Makes a handler of a function; `name` is its line in the access matrix."""
    return lambda function: litestar.get(path, name=name)(_in_thread(function))


def post(
    path: str, *, name: str, body_limit: int | EmptyType = Empty, status: int = 200, takes: str = ""
) -> Callable[[Handler], HTTPRouteHandler]:
    """Makes a handler of a function; what was posted is read beforehand (`form_of`), at most `body_limit` bytes.

    Args:
        takes: for a route of the API, the type of its body when it is not JSON.
    """
    opt = {"takes": takes} if takes else {}
    made = litestar.post(path, name=name, request_max_body_size=body_limit, status_code=status, opt=opt)
    return lambda function: made(_in_thread(function))


def _in_thread(function: Handler) -> Handler:
    @wraps(function)
    async def run(**arguments: Any) -> Any:
        return await sync_to_thread(function, **arguments)

    return run
