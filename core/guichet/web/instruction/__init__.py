"""The agents' pages. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = ()
