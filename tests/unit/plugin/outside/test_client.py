"""The door to other services, against real sockets: slow, refusing, failing, cut, lying."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from databases import SteppedClock
from guichet.plugin.contracts import Call, NoOutside, Refused, Reply, Unavailable
from guichet.plugin.outside.breaker import FAILURES_BEFORE_OPEN, Breaker
from sandboxes import Calls, Sandbox, a_door, sandbox


def hello(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer what was asked, and misbehave by path."""
    path = environ["PATH_INFO"]
    if path == "/elsewhere":
        start_response("302 Found", [("Location", "http://127.0.0.1:1/taken")])
        return []
    if path == "/moved":
        start_response("302 Found", [("Location", "/new")])
        return []
    if path == "/absent":
        start_response("404 Not Found", [])
        return [b'{"errors": []}']
    if path == "/big":
        start_response("200 OK", [])
        return [b"x" * 200_000]
    start_response("200 OK", [("Content-Type", "application/json")])
    size = int(environ["CONTENT_LENGTH"])
    said = {"path": path, "query": environ["QUERY_STRING"], "body": environ["wsgi.input"].read(size).decode()}
    return [json.dumps(said).encode()]


def a_call(served: Sandbox, path: str = "/", **changes: Any) -> Call:
    plain = Call(service="hello", method="GET", url=served.url + path, purpose="to see")
    return replace(plain, **changes)


def as_json(reply: Reply) -> Any:
    return reply.json()


def strict_json(reply: Reply) -> Any:
    found = reply.json()
    if "errors" in found:
        raise Unavailable(fr="Le service répond une panne.", en="The service answers a failure.")
    return found


def test_a_call_reaches_the_service_and_its_reply_is_read():
    with sandbox(hello) as served:
        said = a_door().ask(a_call(served, "/a", params={"q": "é 1"}), as_json)
    assert said == {"path": "/a", "query": "q=%C3%A9+1", "body": ""}


def test_a_body_is_posted():
    with sandbox(hello) as served:
        assert a_door().ask(a_call(served, method="POST", body=b"{}"), as_json)["body"] == "{}"


def test_a_404_is_an_answer_and_not_a_failure():
    calls = Calls()
    door = a_door(log=calls)
    with sandbox(hello) as served:
        for _ in range(6):
            assert door.ask(a_call(served, "/absent"), lambda reply: reply.status) == 404
        assert not calls.kept[-1].breaker_open


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad_json", "error_in_200"])
def test_what_fails_once_is_asked_again(kind: str):
    with sandbox(hello) as served:
        served.fail(kind, times=2)
        assert a_door().ask(a_call(served), strict_json)["path"] == "/"
        assert served.requests == 3


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad_json", "error_in_200", "429"])
def test_what_keeps_failing_is_unavailable(kind: str):
    with sandbox(hello) as served:
        served.fail(kind, seconds=60)
        with pytest.raises(Unavailable):
            a_door().ask(a_call(served), strict_json)
        assert served.requests <= 3


def test_what_changes_something_is_not_sent_twice_unless_it_says_it_may():
    with sandbox(hello) as served:
        served.fail("5xx")
        with pytest.raises(Unavailable):
            a_door().ask(a_call(served, method="POST"), as_json)
        assert served.requests == 1
        with pytest.raises(Unavailable):
            a_door().ask(a_call(served, method="POST", repeatable=True), as_json)
        assert served.requests == 4


def test_a_slow_service_is_unavailable_in_time():
    with sandbox(hello) as served, served.silent(), pytest.raises(Unavailable):
        a_door().ask(a_call(served, timeout_s=0.3, method="POST"), as_json)


def test_a_service_that_answers_drop_by_drop_is_unavailable_in_time():
    def dripping(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "100")])
        return [b"x"]  # the line stays open: the rest never comes

    with sandbox(dripping) as served:
        calls = Calls()
        with pytest.raises(Unavailable):
            a_door(log=calls).ask(a_call(served, timeout_s=0.3, method="POST"), as_json)
        assert [call.outcome for call in calls.kept] == ["timeout"]


def test_the_breaker_opens_after_five_failures_and_closes_when_the_service_is_back():
    clock = SteppedClock()
    calls = Calls()
    door = a_door(clock=clock, log=calls)
    with sandbox(hello) as served:
        served.fail("5xx")
        for _ in range(4):
            with pytest.raises(Unavailable):
                door.ask(a_call(served, repeatable=False), as_json)
        assert not calls.kept[-1].breaker_open
        with pytest.raises(Unavailable):
            door.ask(a_call(served), as_json)
        assert calls.kept[-1].breaker_open
        assert served.requests == 5
        served.fail("none")
        with pytest.raises(Unavailable, match="failed too often"):
            door.ask(a_call(served), as_json)
        assert served.requests == 5
        clock.move(seconds=31)
        assert door.ask(a_call(served), as_json)["path"] == "/"
        assert not calls.kept[-1].breaker_open


def test_a_half_open_breaker_opens_again_on_the_first_failure():
    clock = SteppedClock()
    calls = Calls()
    door = a_door(clock=clock, log=calls)
    with sandbox(hello) as served:
        served.fail("5xx")
        for _ in range(2):
            with pytest.raises(Unavailable):
                door.ask(a_call(served), as_json)
        clock.move(seconds=31)
        with pytest.raises(Unavailable):
            door.ask(a_call(served), as_json)
        assert served.requests == 6
        assert calls.kept[-1].breaker_open


def test_a_breaker_that_closes_while_it_is_looked_at_is_open_or_closed():
    others: list[Callable[[], None]] = []

    def at() -> datetime:
        for call in others:
            call()
        return datetime(2026, 3, 2, tzinfo=UTC)

    breaker = Breaker("s", at)
    for _ in range(FAILURES_BEFORE_OPEN):
        breaker.failed()
    others.append(breaker.succeeded)  # another thread's call, between the two looks
    assert breaker.is_open
    assert not breaker.is_open


def test_services_have_breakers_of_their_own():
    door = a_door()
    with sandbox(hello) as served:
        served.fail("5xx", times=5)
        for _ in range(2):
            with pytest.raises(Unavailable):
                door.ask(a_call(served), as_json)
        assert door.ask(a_call(served, service="other"), as_json)["path"] == "/"


def test_an_error_is_never_kept_for_the_next_call():
    door = a_door()
    with sandbox(hello) as served:
        served.fail("error_in_200", times=1)
        with pytest.raises(Unavailable):
            door.ask(a_call(served, repeatable=False), strict_json)
        assert door.ask(a_call(served, repeatable=False), strict_json)["path"] == "/"


@pytest.mark.parametrize(
    ("hosts", "url"),
    [
        ((), "https://api.example.org/x"),
        (("api.example.org",), "http://api.example.org/x"),
        (("api.example.org",), "https://api.example.org:8443/x"),
        (("api.example.org",), "https://api.example.org.evil.example/x"),
        (("api.example.org",), "https://api.example.org@evil.example/x"),
        (("api.example.org",), "https://user@api.example.org/x"),
        (("api.example.org",), "//api.example.org/x"),
        (("api.example.org",), "https://[bad/x"),
        ((), "http://127.0.0.1:1/x"),
        ((), "http://localhost:1/x"),
    ],
)
def test_a_host_that_is_not_allowed_is_refused(hosts: tuple[str, ...], url: str):
    calls = Calls()
    with pytest.raises(Refused, match="may call"):
        a_door(hosts=hosts, mode="live", log=calls).ask(Call("x", "GET", url, "to see"), as_json)
    assert calls.kept == []


def test_a_password_in_an_address_is_told_to_nobody():
    door = a_door(hosts=("api.example.org",), mode="live")
    with pytest.raises(Refused) as refused:
        door.ask(Call("x", "GET", "https://agent:sesame@api.example.org/x", "to see"), as_json)
    assert "sesame" not in refused.value.text("fr") + refused.value.text("en")
    assert "devant « @ »" in refused.value.text("fr")


def test_a_live_instance_calls_an_inner_service_written_whole():
    with sandbox(hello) as served:
        assert a_door(hosts=[served.url], mode="live").ask(a_call(served), as_json)["path"] == "/"


def test_a_redirect_to_another_host_is_refused():
    calls = Calls()
    with sandbox(hello) as served, pytest.raises(Refused, match="redirects"):
        a_door(log=calls).ask(a_call(served, "/elsewhere"), as_json)
    assert [call.outcome for call in calls.kept] == ["refused"]


def test_a_redirect_within_the_host_is_followed_for_a_question_only():
    with sandbox(hello) as served:
        assert a_door().ask(a_call(served, "/moved"), as_json)["path"] == "/new"
        with pytest.raises(Refused):
            a_door().ask(a_call(served, "/moved", method="POST"), as_json)


def test_an_answer_longer_than_expected_is_not_taken():
    calls = Calls()
    with sandbox(hello) as served, pytest.raises(Unavailable, match="longer"):
        a_door(log=calls).ask(a_call(served, "/big", most_bytes=100_000, repeatable=False), as_json)
    assert [call.outcome for call in calls.kept] == ["too_big"]


def test_each_call_is_logged_with_its_purpose_and_nothing_of_its_content():
    calls = Calls()
    with sandbox(hello) as served:
        served.fail("5xx", times=1)
        door = a_door(log=calls).within("reg-53", "D1")
        door.ask(a_call(served, "/siret/55204944776279", purpose="to check the seat"), as_json)
        host = served.url.removeprefix("http://")
    failed, answered = calls.kept
    assert (failed.outcome, failed.status) == ("unavailable", 503)
    assert (answered.outcome, answered.status) == ("answered", 200)
    assert (answered.service, answered.purpose, answered.territory, answered.dossier, answered.host) == (
        "hello", "to check the seat", "reg-53", "D1", host,
    )  # fmt: skip
    assert "55204944776279" not in repr(calls.kept)


def test_a_call_turned_away_by_the_breaker_is_not_logged():
    calls = Calls()
    door = a_door(log=calls)
    with sandbox(hello) as served:
        served.fail("5xx")
        for _ in range(4):
            with pytest.raises(Unavailable):
                door.ask(a_call(served), as_json)
    assert len(calls.kept) == 5


def test_what_read_refuses_on_purpose_passes_and_is_no_failure_of_the_service():
    def refuse(reply: Reply) -> None:
        raise Refused(fr="Non.", en="No.")

    calls = Calls()
    door = a_door(log=calls)
    with sandbox(hello) as served:
        for _ in range(6):
            with pytest.raises(Refused):
                door.ask(a_call(served), refuse)
        assert not calls.kept[-1].breaker_open


def test_numbers_are_read_without_floats():
    assert Reply(200, {}, b'{"a": 1.10, "b": 2}').json() == {"a": Decimal("1.10"), "b": 2}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": NaN}', b"1e" + b"9" * 20, b"[" * 100_000, b"\xff", b'{"a":'])
def test_a_body_that_is_not_json_is_unavailable(body: bytes):
    with pytest.raises(Unavailable):
        Reply(200, {}, body).json()


def test_without_a_door_every_call_is_refused():
    with pytest.raises(Refused):
        NoOutside().ask(Call("x", "GET", "https://a.example", "to see"), as_json)


def test_a_service_that_is_not_there_is_unavailable():
    calls = Calls()
    with pytest.raises(Unavailable):
        a_door(log=calls).ask(Call("x", "POST", "http://127.0.0.1:9/x", "to see"), as_json)
    assert [call.outcome for call in calls.kept] == ["no_connection"]


@pytest.mark.parametrize("token", ["", "jeton\u00a0collé", "jeton\n"])
def test_a_header_that_cannot_be_sent_is_our_mistake_and_not_the_services(token: str):
    calls = Calls()
    door = a_door(log=calls)
    with sandbox(hello) as served:
        for _ in range(6):
            with pytest.raises(Refused, match="cannot be written"):
                door.ask(a_call(served, headers={"Authorization": f"Bearer {token}"}), as_json)
        assert served.requests == 0
        assert not calls.kept[-1].breaker_open


def test_many_threads_share_one_open_breaker():
    door = a_door()

    def ask(_: int) -> str:
        try:
            return str(door.ask(a_call(served, repeatable=False), as_json))
        except Unavailable as error:
            return error.text("en")

    with sandbox(hello) as served, ThreadPoolExecutor(8) as pool:
        served.fail("5xx")
        said = list(pool.map(ask, range(40)))
        assert 5 <= served.requests <= 5 + 7  # those already under way when the fifth failed
    assert sum("too often" in one for one in said) == 40 - served.requests


def test_pauses_between_attempts_grow():
    waited: list[float] = []
    clock = SteppedClock()

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock.move(seconds=seconds)

    with sandbox(hello) as served:
        served.fail("5xx")
        with pytest.raises(Unavailable):
            a_door(clock=clock, wait=wait).ask(a_call(served), as_json)
    assert waited == pytest.approx([0.2, 0.4])


def test_no_attempt_starts_once_the_time_of_an_answer_has_passed():
    clock = SteppedClock()

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        clock.move(seconds=11)
        start_response("503 Failing", [])
        return []

    with sandbox(slow) as served, pytest.raises(Unavailable):
        a_door(clock=clock).ask(a_call(served), as_json)
    assert served.requests == 1
    assert clock.now() < SteppedClock().now() + timedelta(seconds=12)
