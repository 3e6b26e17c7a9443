"""`@get` and `@post`: Litestar's own, for plain functions that wait for the database in a thread.

A thread costs a page more than reading a few rows of a local file: a `quick` handler runs where it is asked when the
store has nothing to wait for (SQLite), and in a thread like the others when it has (a server). What it waits for it
gives back: an act as `Acting`, anything else as `Later`.

Litestar 2.25 wraps a `sync_to_thread` handler twice when its path has another method, and the second call gives a
coroutine as the answer; the thread is entered here instead.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import wraps
from typing import Any

import litestar
from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler
from litestar.types import Empty, EmptyType

from guichet.storage import Store, Tx
from guichet.web.site import site_of

__all__ = ["Acting", "Later", "get", "post"]

Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Later:
    """The rest of a quick handler's work, which waits for something: it is done in a thread."""

    rest: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Acting:
    """An act a quick handler asks for; `answered`, given it once ended, makes the answer, quickly as well.

    `result()` of what is given tells the act's value or raises what it raised.
    """

    act: Callable[[Tx], Any]
    answered: Callable[[Future[Any]], Any]


def get(path: str | list[str], *, name: str, quick: bool = False) -> Callable[[Handler], HTTPRouteHandler]:
    """Makes a handler of a function; `name` is its line in the access matrix.

    Args:
        quick: it takes `request` and only reads a few rows found by their key: other pages wait meanwhile. What takes
            longer it gives back as `Later`.
    """
    run = _where_it_is_quickest if quick else _in_thread
    return lambda function: litestar.get(path, name=name)(run(function))


def post(
    path: str,
    *,
    name: str,
    body_limit: int | EmptyType = Empty,
    status: int = 200,
    takes: str = "",
    quick: bool = False,
) -> Callable[[Handler], HTTPRouteHandler]:
    """Makes a handler of a function; what was posted is read beforehand (`form_of`), at most `body_limit` bytes.

    Args:
        takes: for a route of the API, the type of its body when it is not JSON.
        quick: as for `get`; its one act it gives back as `Acting`.
    """
    run = _where_it_is_quickest if quick else _in_thread
    opt = {"takes": takes} if takes else {}
    made = litestar.post(path, name=name, request_max_body_size=body_limit, status_code=status, opt=opt)
    return lambda function: made(run(function))


def _where_it_is_quickest(function: Handler) -> Handler:
    @wraps(function)
    async def run(request: Request, **arguments: Any) -> Any:
        site = site_of(request)
        store = site.cases.store
        if not store.local:
            return await sync_to_thread(_to_the_end, store, function, request, **arguments)
        answer = function(request, **arguments)
        if isinstance(answer, Acting):
            ended = store.submit(answer.act)
            await site.endings.of(ended)
            answer = answer.answered(ended)
        return await sync_to_thread(answer.rest) if isinstance(answer, Later) else answer

    return run


def _to_the_end(store: Store, function: Handler, request: Request, **arguments: Any) -> Any:
    """What a quick handler answers, all of it waited for here."""
    answer = function(request, **arguments)
    if isinstance(answer, Acting):
        answer = answer.answered(store.submit(answer.act))
    return answer.rest() if isinstance(answer, Later) else answer


def _in_thread(function: Handler) -> Handler:
    @wraps(function)
    async def run(**arguments: Any) -> Any:
        return await sync_to_thread(function, **arguments)

    return run
