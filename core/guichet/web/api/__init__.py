"""The HTTP API: what other software asks for, in JSON. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from guichet.web.api import describing, filing, reading

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = (*describing.HANDLERS, *filing.HANDLERS, *reading.HANDLERS)
