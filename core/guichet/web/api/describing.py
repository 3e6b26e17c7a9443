"""What the API is: its OpenAPI description and the JSON Schema of each application, open to all as JSON."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.catalogue import CompiledScheme
from guichet.services.drafts import published
from guichet.storage.errors import NotFoundError
from guichet.web.api.replies import Reply, reply, reply_unless_known
from guichet.web.errors import NotVisible
from guichet.web.routing import get
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]

_SCHEMA = {"Content-Type": "application/schema+json"}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@get("/api/openapi.json", name="api_description")
def whole(request: Request) -> Reply:
    """Describes the API of every territory."""
    return _description(request, "")


@get("/api/t/{territory:str}/openapi.json", name="api_territory_description")
def of_territory(request: Request, territory: FromPath[str]) -> Reply:
    """Describes the API of a territory."""
    return _description(request, territory)


@get("/api/t/{territory:str}/{scheme:str}/schema", name="api_schema")
def schema(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Reply:
    """Gives the schema of an application as published now."""
    compiled = published(cases_of(request), scheme, territory)
    return reply(site_of(request).applications.schema(compiled), headers={**_SCHEMA, "ETag": f'"{compiled.hash}"'})


@get("/api/t/{territory:str}/{scheme:str}/schemas/{snapshot:str}", name="api_past_schema")
def past_schema(request: Request, territory: FromPath[str], scheme: FromPath[str], snapshot: FromPath[str]) -> Reply:
    """Gives the schema of an application as some publication had it: it never changes."""
    compiled = _snapshot(request, snapshot)
    if compiled.territory != territory or compiled.scheme.id != scheme:
        raise NotVisible
    return reply(site_of(request).applications.schema(compiled), headers={**_SCHEMA, **_FOR_EVER})


def _description(request: Request, territory: str) -> Reply:
    mark, document = site_of(request).descriptions.of(territory)
    return reply_unless_known(request, f'"{mark}"', document)


def _snapshot(request: Request, digest: str) -> CompiledScheme:
    try:
        return cases_of(request).snapshots.by_hash(digest)
    except NotFoundError as error:
        raise NotVisible from error


HANDLERS = (whole, of_territory, schema, past_schema)
