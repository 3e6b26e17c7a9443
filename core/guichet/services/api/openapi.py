"""The OpenAPI 3.1 description of what is published: one path per scheme and territory, each with its own schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from threading import Lock
from typing import Any, get_args

from guichet.catalogue import CompiledScheme
from guichet.model.api import Verb
from guichet.model.records import End, Phase
from guichet.services.api.reading import MOST
from guichet.services.api.schemas import Applications
from guichet.services.api.shapes import SHAPES
from guichet.services.api.submissions import LONGEST_KEY
from guichet.services.api.uploads import file_fields
from guichet.services.cases import UseCases

__all__ = ["Descriptions", "describe"]

_PROBLEM = {"$ref": "#/components/responses/problem"}
_RESPONSES: Mapping[str, Any] = dict.fromkeys(("400", "401", "403", "404", "429", "503"), _PROBLEM)


class Descriptions:
    """The descriptions of an instance, made again only when something is published."""

    def __init__(self, cases: UseCases, applications: Applications) -> None:
        self._cases = cases
        self._applications = applications
        self._known: dict[str, tuple[str, dict[str, Any]]] = {}
        self._lock = Lock()

    def of(self, territory: str = "") -> tuple[str, dict[str, Any]]:
        """Give the description of a territory, or of every one, with a mark that changes when it does."""
        current = [one.hash for one in _published(self._cases, territory)]
        mark = sha256(" ".join(current).encode()).hexdigest()[:32]
        found = self._known.get(territory)
        if found is None or found[0] != mark:
            found = (mark, describe(self._cases, self._applications, territory))
            with self._lock:
                self._known[territory] = found
        return found


def describe(cases: UseCases, applications: Applications, territory: str = "") -> dict[str, Any]:
    """Give the description of the API of a territory, or of every one."""
    published = _published(cases, territory)
    schemas = {_name(one): applications.schema(one) for one in published}
    title = f"Guichet – {cases.territory(territory).name}" if territory else "Guichet"
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": _ABOUT, "x-mode": cases.mode},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": cases.base_url or "/"}],
        "security": [{"token": []}],
        "tags": [{"name": name} for name in dict.fromkeys(one.scheme.id for one in published)],
        "paths": {"/api/token": _token(), **_paths(published)},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _TOKEN}},
            "schemas": {**SHAPES, **schemas},
            "responses": {
                "problem": {
                    "description": "What is wrong, and what to do (RFC 9457).",
                    "content": {"application/problem+json": {"schema": _ref("Problem")}},
                }
            },
        },
    }


def _published(cases: UseCases, territory: str) -> list[CompiledScheme]:
    return [
        compiled
        for scheme, where in cases.snapshots.all_current()
        if territory in ("", where) and (compiled := cases.snapshots.current(scheme, where)) is not None
    ]


def _paths(published: Iterable[CompiledScheme]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in published:
        root = f"/api/t/{one.territory}/{one.scheme.id}"
        found[f"{root}/dossiers"] = {"get": _list(one), "post": _submit(one)}
        if file_fields(one):
            found[f"{root}/files"] = {"post": _send_file(one)}
        found[f"{root}/dossiers/{{reference}}"] = {"get": _read(one)}
        found[f"{root}/gone-dossiers"] = {"get": _gone(one)}
        found[f"{root}/schema"] = {"get": _schema(one)}
    return found


def _submit(one: CompiledScheme) -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Of this filing alone; the same when it is sent again, within seven days.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    }
    content: dict[str, Any] = {"application/json": {"schema": _ref(_name(one))}}
    if file_fields(one):
        content["multipart/form-data"] = _with_files(one)
    body = {"required": True, "content": content}
    return {
        **_operation(one, "file", "Files an application, and answers as the review page would.", "submit"),
        "parameters": [key],
        "requestBody": body,
        "responses": {
            "201": _json("Filed.", _ref("Filed")),
            "200": _json("Filed before with the same key: the same answer.", _ref("Filed")),
            **_RESPONSES,
            **dict.fromkeys(("409", "413", "415", "422"), _PROBLEM),
        },
    }


def _with_files(one: CompiledScheme) -> dict[str, Any]:
    """The application in a part of its own, and each file it names as `part:NAME` in a part of that name."""
    return {
        "schema": {
            "type": "object",
            "required": ["application"],
            "properties": {"application": _ref(_name(one))},
            "additionalProperties": {"type": "string", "format": "binary"},
            "maxProperties": 21,
        },
        "encoding": {"application": {"contentType": "application/json"}},
    }


def _send_file(one: CompiledScheme) -> dict[str, Any]:
    fields = {"type": "string", "enum": list(file_fields(one))}
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        **_operation(one, "send_file", "Keeps a file for a day, for the application that will name it.", "submit"),
        "parameters": [
            _query("field", fields, required=True),
            _query("name", {"type": "string", "minLength": 1, "maxLength": 255}, required=True),
        ],
        "requestBody": {"required": True, "content": content},
        "responses": {
            "201": _json("Kept.", _ref("SentFile")),
            **_RESPONSES,
            **dict.fromkeys(("409", "413", "415", "422"), _PROBLEM),
        },
    }


def _list(one: CompiledScheme) -> dict[str, Any]:
    phases = [phase for phase in get_args(Phase) if phase != "draft"]
    return {
        **_operation(one, "list", "Filed dossiers, the earliest change first.", "read"),
        "parameters": [
            _query("phase", {"type": "array", "items": {"enum": phases}}),
            _query("end", {"type": "array", "items": {"enum": list(get_args(End))}}),
            _query("to_complete", {"type": "boolean"}),
            _query("practice", {"type": "boolean"}),
            _query("updated_since", {"type": "string", "format": "date-time"}),
            *_paging(),
        ],
        "responses": {"200": _json("A page.", _ref("Dossiers")), **_RESPONSES},
    }


def _gone(one: CompiledScheme) -> dict[str, Any]:
    return {
        **_operation(one, "list_gone", "Filed dossiers deleted since: forget them too.", "read"),
        "parameters": [_query("gone_since", {"type": "string", "format": "date-time"}), *_paging()],
        "responses": {"200": _json("A page.", _ref("GoneDossiers")), **_RESPONSES},
    }


def _read(one: CompiledScheme) -> dict[str, Any]:
    reference = {"name": "reference", "in": "path", "required": True, "schema": {"type": "string"}}
    seen = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
    return {
        **_operation(one, "read", "One dossier, with its ETag.", "read", "submit"),
        "parameters": [reference, seen],
        "responses": {
            "200": _json("The dossier.", _ref("Dossier")),
            "304": {"description": "It has not changed."},
            **_RESPONSES,
        },
    }


def _schema(one: CompiledScheme) -> dict[str, Any]:
    return {
        **_operation(one, "schema", "The JSON Schema of an application, as published now."),
        "security": [],
        "responses": {"200": {"description": "A JSON Schema.", "content": {"application/schema+json": {}}}},
    }


def _token() -> dict[str, Any]:
    return {
        "get": {
            "operationId": "token",
            "summary": "What the token may do, where and until when.",
            "responses": {"200": _json("The token.", _ref("Token")), "401": _PROBLEM, "429": _PROBLEM},
        }
    }


def _operation(one: CompiledScheme, name: str, summary: str, *verbs: Verb) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": f"{name}_{one.scheme.id}_{one.territory}".replace("-", "_"),
        "summary": summary,
        "tags": [one.scheme.id],
    }
    return {**made, "x-verbs": list(verbs)} if verbs else made


def _paging() -> list[dict[str, Any]]:
    return [
        _query("cursor", {"type": "string"}),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST}),
    ]


def _query(name: str, schema: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "in": "query", "schema": schema}
    if schema.get("type") == "array":
        made |= {"style": "form", "explode": False}
    return {**made, "required": True} if required else made


def _json(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _name(one: CompiledScheme) -> str:
    return f"Application.{one.scheme.id}.{one.territory}"


_ABOUT = (
    "Files and follows dossiers from another software. Amounts are text in euros (`2000.00`), days `2020-04-20`, "
    "instants in UTC. Errors are `application/problem+json`, in French unless `Accept-Language` prefers English."
)
_TOKEN = "Made by `guichet tokens create`; `x-verbs` says which verb each operation needs."  # noqa: S105  a sentence, not a secret
