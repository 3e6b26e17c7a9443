"""Is it alive, is it ready: two addresses for the machine that watches."""

from __future__ import annotations

from litestar import Request, Response

from guichet.services.heartbeats import workers
from guichet.storage import instances, restorations
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]


@get("/sante", name="health")
def health() -> Response[dict[str, str]]:
    """Says that the process answers."""
    return Response({"status": "ok"})


@get("/sante/pret", name="readiness")
def readiness(request: Request) -> Response[dict[str, str | int]]:
    """Says that the database answers too and that visitors may come; a failure or a quarantine gives 503.

    A worker that is missing is told and keeps nobody out: what is filed meanwhile is accepted, and done later.
    """
    cases = cases_of(request)
    store = cases.store
    instance = store.read(instances.get)
    if store.read(restorations.standing) is not None:
        held: dict[str, str | int] = {"status": "quarantine", "mode": instance.mode}
        return Response(held, status_code=503, headers={"retry-after": "60"})
    found = workers(cases)
    told: dict[str, str | int] = {
        "status": "ok",
        "mode": instance.mode,
        "workers": len(found.alive),
        "work": "stuck" if found.stuck else "done" if found.alive else "nobody",
        "oldest_duty_s": max(0, int(found.waited.total_seconds())),
    }
    return Response(told)


HANDLERS = (health, readiness)
