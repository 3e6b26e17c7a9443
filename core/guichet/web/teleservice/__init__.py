"""The applicant's pages, generated from published schemes. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from guichet.web.teleservice import (
    form_pages,
    gate_pages,
    later_form_pages,
    later_pages,
    list_pages,
    review_pages,
    scheme_pages,
    tracking_pages,
)

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = (
    *scheme_pages.HANDLERS,
    *list_pages.HANDLERS,
    *gate_pages.HANDLERS,
    *form_pages.HANDLERS,
    *review_pages.HANDLERS,
    *tracking_pages.HANDLERS,
    *later_pages.HANDLERS,
    *later_form_pages.HANDLERS,
)
