"""A service that counts what it is asked in each window of time and tells what is left, as rate-limit headers do."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Any

__all__ = ["Counting"]


class Counting:
    """A service that counts the calls of each window of time and tells what is left; `worst` is the most it saw."""

    def __init__(self, limit: int, window_s: float, *, epoch: bool = False, now: Callable[[], datetime] | None = None):
        self.limit, self.window_s, self.epoch = limit, window_s, epoch
        self.now = now or (lambda: datetime.now(UTC))
        self.lock = Lock()
        self.counts: dict[int, int] = {}

    @property
    def worst(self) -> int:
        return max(self.counts.values())

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with self.lock:
            now = self.now().timestamp()
            window = int(now // self.window_s)
            used = self.counts[window] = self.counts.get(window, 0) + 1
            end = (window + 1) * self.window_s
        told = end if self.epoch else end - now
        start_response(
            "200 OK" if used <= self.limit else "429 Too Many Requests",
            [
                ("RateLimit-Limit", str(self.limit)),
                ("RateLimit-Remaining", str(max(0, self.limit - used))),
                ("RateLimit-Reset", str(int(-(-told // 1)))),
            ],
        )
        time.sleep(0.002)
        return [b"{}"]
