"""Is it alive, is it ready: two addresses for the machine that watches."""

from __future__ import annotations

from litestar import Request, Response

from guichet.storage import instances
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get("/sante", name="health")
def health() -> Response[dict[str, str]]:
    """Says that the process answers."""
    return Response({"status": "ok"})


@get("/sante/pret", name="readiness")
def readiness(request: Request) -> Response[dict[str, str]]:
    """Says that the database answers too; a failure gives 503."""
    instance = cases_of(request).store.read(instances.get)
    return Response({"status": "ok", "mode": instance.mode})


HANDLERS = (health, readiness)
