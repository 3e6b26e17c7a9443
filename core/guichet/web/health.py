"""Is it alive, is it ready: two addresses for the machine that watches."""

from __future__ import annotations

from litestar import Request, Response

from guichet.storage import instances, restorations
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get("/sante", name="health")
def health() -> Response[dict[str, str]]:
    """Says that the process answers."""
    return Response({"status": "ok"})


@get("/sante/pret", name="readiness")
def readiness(request: Request) -> Response[dict[str, str]]:
    """Says that the database answers too and that visitors may come; a failure or a quarantine gives 503."""
    store = cases_of(request).store
    instance = store.read(instances.get)
    if store.read(restorations.standing) is not None:
        return Response({"status": "quarantine", "mode": instance.mode}, status_code=503, headers={"retry-after": "60"})
    return Response({"status": "ok", "mode": instance.mode})


HANDLERS = (health, readiness)
