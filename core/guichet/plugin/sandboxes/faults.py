"""Faults on demand: a stand-in made slow, refusing, failing, cutting the line or lying, for a while or until told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import Lock
from time import sleep
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FAULTS = ("none", "latency", "429", "5xx", "reset", "bad_json", "error_in_200")

RESET = "guichet.reset"
"""Key of the environ under which the server gives a function that cuts the line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong.

    Args:
        kind: One of `FAULTS`.
        seconds: How slow, for latency; how long to wait, told by a 429.
        status: The status of a 5xx.
        times: For how many requests; None until another fault is set.
    """

    kind: str = "none"
    seconds: float = 1.0
    status: int = 503
    times: int | None = None


class Faults:
    """A stand-in with its fault of the moment; counts the requests that reach it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._lock = Lock()
        self._fault = Fault()
        self.requests = 0

    @property
    def fault(self) -> Fault:
        """The fault in force."""
        return self._fault

    def set(self, fault: Fault) -> None:
        """Put a fault in force; kind `none` ends it.

        Raises:
            ValueError: No fault is called so.
        """
        if fault.kind not in FAULTS:
            raise ValueError(f"kind: one of {', '.join(FAULTS)}")
        with self._lock:
            self._fault = fault

    def order(self, kind: str, *, seconds: float = 1.0, status: int = 503, times: int | None = None) -> None:
        """Put a fault in force by its kind."""
        self.set(Fault(kind, seconds, status, times))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the stand-in does, or as the fault makes it."""
        fault = self._next()
        match fault.kind:
            case "latency":
                sleep(fault.seconds)
                return self._app(environ, start_response)
            case "429":
                return _answer(start_response, "429 Too Many Requests", [("Retry-After", f"{fault.seconds:g}")], {})
            case "5xx":
                return _answer(start_response, f"{fault.status} Failing", [], {"error": "sandbox fault"})
            case "reset":
                environ[RESET]()
                return ()
            case "bad_json":
                start_response("200 OK", [("Content-Type", "application/json")])
                return [b'{"data": {"cut short']
            case "error_in_200":
                return _answer(start_response, "200 OK", [], {"errors": [{"message": "sandbox fault"}], "data": None})
            case _:
                return self._app(environ, start_response)

    def _next(self) -> Fault:
        with self._lock:
            self.requests += 1
            fault = self._fault
            if fault.times is not None:
                left = fault.times - 1
                self._fault = replace(fault, times=left) if left > 0 else Fault()
            return fault


def _answer(
    start_response: StartResponse, status: str, headers: list[tuple[str, str]], body: dict[str, Any]
) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json"), *headers])
    return [json.dumps(body).encode()]
