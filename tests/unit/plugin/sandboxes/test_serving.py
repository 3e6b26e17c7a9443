"""Stand-ins under one address, with faults set over HTTP, and the log of calls kept by an instance."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from guichet.plugin import hookimpl, load_plugins
from guichet.plugin.contracts import Call, Delivered, Delivery, NoOptions
from guichet.plugin.sandboxes import Faults, mounted, sandboxes_of, serve_sandbox
from guichet.runtime import build
from guichet.settings import Settings
from guichet.storage import outside_calls
from sandboxes import sandbox
from shipped_plugins import shipped_plugins


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["PATH_INFO"].encode()]


class Carrier(Delivery[NoOptions]):
    """A delivery that has a stand-in."""

    key = "carrier"
    Options = NoOptions

    def deliver(self, file: Any, options: NoOptions, context: Any) -> Delivered:
        """Hand over."""
        return Delivered(reference=file.name)

    def sandbox(self) -> Any:
        """Give the stand-in."""
        return echo


def with_a_carrier() -> ModuleType:
    module = ModuleType("carrier")
    module.register_deliveries = hookimpl(lambda: [Carrier()])  # type: ignore[attr-defined]  a plugin made here
    module.register_deliveries.__name__ = "register_deliveries"
    return module


def test_the_stand_ins_of_all_connectors_are_found_by_key():
    plugins = load_plugins(extra={"carrier": with_a_carrier()}, installed=False)
    assert sandboxes_of(plugins) == {"carrier": echo}


def test_each_stand_in_answers_below_its_key_over_one_kept_connection():
    with serve_sandbox(mounted({"a": Faults(echo)})) as server, httpx.Client() as client:
        assert client.get(f"{server.url}/a/x/y").text == "/x/y"
        assert client.post(f"{server.url}/a/z", content=b"{}").text == "/z"
        assert client.get(f"{server.url}/b/").status_code == 404
        assert client.get(server.url).json() == {"sandboxes": {"a": "/a/"}}


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ({"kind": "5xx", "status": 502}, 502, None),
        ({"kind": "429", "seconds": 7}, 429, None),
        ({"kind": "bad_json"}, 200, None),
        ({"kind": "error_in_200"}, 200, {"errors": [{"message": "sandbox fault"}], "data": None}),
    ],
)
def test_a_fault_is_ordered_over_http_for_some_requests(fault: dict[str, Any], status: int, body: Any):
    with serve_sandbox(mounted({"a": Faults(echo)})) as server, httpx.Client() as client:
        told = client.post(f"{server.url}/_faults/a", json={**fault, "times": 1}).json()
        assert told["kind"] == fault["kind"]
        answer = client.get(f"{server.url}/a/x")
        assert answer.status_code == status
        if status == 429:
            assert answer.headers["retry-after"] == "7"
        if fault["kind"] == "bad_json":
            with pytest.raises(json.JSONDecodeError):
                answer.json()
        if body is not None:
            assert answer.json() == body
        assert client.get(f"{server.url}/a/x").text == "/x"
        assert client.get(f"{server.url}/_faults/a").json()["requests"] == 2


def test_a_reset_cuts_the_line():
    with serve_sandbox(mounted({"a": Faults(echo)})) as server, httpx.Client() as client:
        client.post(f"{server.url}/_faults/a", json={"kind": "reset", "times": 1})
        with pytest.raises(httpx.TransportError):
            client.get(f"{server.url}/a/x")
        assert client.get(f"{server.url}/a/x").text == "/x"


@pytest.mark.parametrize("order", [b'{"kind": "fire"}', b'{"sort": 1}', b"not json", b"[]"])
def test_a_fault_that_does_not_exist_is_refused(order: bytes):
    with serve_sandbox(mounted({"a": Faults(echo)})) as server, httpx.Client() as client:
        assert client.post(f"{server.url}/_faults/a", content=order).status_code == 422
        assert client.post(f"{server.url}/_faults/b", content=b"{}").status_code == 404


def test_an_instance_gives_plugins_the_door_and_keeps_the_log(tmp_path: Path):
    cases = build(Settings(), folder=tmp_path, plugins=shipped_plugins())
    try:
        with sandbox(echo) as served:
            door = cases.context("reg-53", dossier="D1").outside
            said = door.ask(Call("echo", "GET", f"{served.url}/x", "to see"), lambda reply: reply.body)
        assert said == b"/x"
        (kept,) = cases.store.read(lambda tx: outside_calls.latest(tx, dossier="D1"))
        assert (kept.service, kept.territory, kept.outcome, kept.status) == ("echo", "reg-53", "answered", 200)
        assert cases.store.read(lambda tx: outside_calls.latest(tx, service="other")) == ()
    finally:
        cases.store.close()
