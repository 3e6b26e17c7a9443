"""The applicant's pages, generated from published schemes. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = ()
