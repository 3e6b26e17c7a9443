"""All stand-ins under one address, each below its key, and the page that sets their faults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import shift_path_info

from guichet.plugin.contracts import Contract
from guichet.plugin.plugins import Plugins
from guichet.plugin.registry import FAMILIES
from guichet.plugin.sandboxes.faults import Fault, Faults

_LONGEST = 10_000
_FAULTS_PATH = "_faults"


def sandboxes_of(plugins: Plugins) -> dict[str, WSGIApplication]:
    """Give a fresh stand-in of each connector by key; the first family that gives one under a key has it."""
    found: dict[str, WSGIApplication] = {}
    for family in FAMILIES:
        things: Mapping[str, object] = getattr(plugins, family.name)
        for key, thing in sorted(things.items()):
            app = thing.sandbox() if isinstance(thing, Contract) else None
            if app is not None:
                found.setdefault(key, app)
    return found


def mounted(apps: Mapping[str, Faults]) -> WSGIApplication:
    """Give one application: `/<key>/…` is the stand-in of that key, `/_faults/<key>` sets and shows its fault."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        first = shift_path_info(environ) or ""
        if first == _FAULTS_PATH:
            return _set_fault(apps, environ, start_response)
        if first in apps:
            return apps[first](environ, start_response)
        listed = {key: f"/{key}/" for key in sorted(apps)}
        return _json(start_response, "200 OK" if not first else "404 Not Found", {"sandboxes": listed})

    return app


def _set_fault(apps: Mapping[str, Faults], environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    key = shift_path_info(environ) or ""
    if key not in apps:
        return _json(start_response, "404 Not Found", {"sandboxes": sorted(apps)})
    if environ["REQUEST_METHOD"] == "POST":
        try:
            size = min(int(environ.get("CONTENT_LENGTH") or 0), _LONGEST)
            apps[key].set(Fault(**json.loads(environ["wsgi.input"].read(size) or b"{}")))
        except (ValueError, TypeError) as error:
            return _json(start_response, "422 Unprocessable Content", {"error": str(error)})
    fault = apps[key].fault
    told = {name: getattr(fault, name) for name in ("kind", "seconds", "status", "times")}
    return _json(start_response, "200 OK", {**told, "requests": apps[key].requests})


def _json(start_response: StartResponse, status: str, body: dict[str, Any]) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]
