"""Pages anyone may read, and the two sign-ins. `HANDLERS` are served by `create_app`."""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from guichet.web.public import (
    accounts,
    agent_identity_sign_in,
    agent_sign_in,
    files,
    homes,
    identity_sign_in,
    legal,
    sandbox,
    sign_in,
)

__all__ = ["HANDLERS"]

HANDLERS: tuple[ControllerRouterHandler, ...] = (
    *homes.HANDLERS,
    *legal.HANDLERS,
    *files.HANDLERS,
    *sign_in.HANDLERS,
    *identity_sign_in.HANDLERS,
    *agent_sign_in.HANDLERS,
    *agent_identity_sign_in.HANDLERS,
    *accounts.HANDLERS,
    *sandbox.HANDLERS,
)
