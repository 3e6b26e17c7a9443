"""The authority of an inner network is believed where the operator says so, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from ssl import SSLContext
from threading import Thread

import pytest

from authorities import Authority, an_authority
from guichet.plugin.contracts import Call, Context, Message, Unavailable
from guichet.plugin.outside import AllowedHosts, OutsideClient
from guichet.runtime import build
from guichet.services.clocks import SystemClock
from guichet.settings import Settings
from guichet_plugins.notify.email import Email, EmailOptions
from shipped_plugins import shipped_plugins
from smtp_sink import smtp_sink

MESSAGE = Message(id="m1", to="anne@exemple.fr", subject="Bonjour", body="Voici.\n", sender_name="Région")


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Say nothing."""


@contextmanager
def inner_site(shown: SSLContext) -> Iterator[str]:
    """Serve one page over TLS on loopback."""
    server = HTTPServer(("127.0.0.1", 0), _Answer)
    server.socket = shown.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  a client that does not believe us hangs up
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def a_door(certificates: Path | None) -> OutsideClient:
    return OutsideClient(
        AllowedHosts((), "sandbox"), SystemClock(), lambda _: None, wait=lambda _: None, certificates=certificates
    )


def asked(door: OutsideClient, url: str) -> int:
    call = Call(service="s", method="GET", url=url, purpose="to see", repeatable=False)
    return door.ask(call, lambda reply: reply.status)


@pytest.fixture
def inner(tmp_path: Path) -> Authority:
    return an_authority(tmp_path)


def test_a_service_of_the_inner_network_is_called_once_its_authority_is_named(inner: Authority, tmp_path: Path):
    other = an_authority(tmp_path, "autre")
    with inner_site(inner.shown_by_server()) as url:
        for believed in (None, other.bundle):
            with pytest.raises(Unavailable, match="`certificates` of instance"):
                asked(a_door(believed), url)
        assert asked(a_door(inner.bundle), url) == 200


def test_an_instance_takes_the_authority_from_its_file(inner: Authority, tmp_path: Path):
    (tmp_path / "instance.yaml").write_text("format: 1\nmode: sandbox\ncertificates: interne.pem\n")
    cases = build(Settings(instance=tmp_path), folder=tmp_path / "var", plugins=shipped_plugins())
    try:
        with inner_site(inner.shown_by_server()) as url:
            call = Call(service="s", method="GET", url=url, purpose="to see")
            assert cases.outside.within().ask(call, lambda reply: reply.status) == 200
    finally:
        cases.store.close()


@pytest.mark.parametrize("named", [True, False])
def test_the_mail_server_of_the_inner_network_likewise(inner: Authority, named: bool):
    door = a_door(inner.bundle if named else None)
    context = Context(today=date(2020, 4, 20), mode="sandbox", outside=door.within())
    with smtp_sink(shown=inner.shown_by_server()) as sink:
        options = EmailOptions.model_validate(
            {"smtp_host": "127.0.0.1", "smtp_port": str(sink.port), "security": "tls"}
        )
        with nullcontext() if named else pytest.raises(Unavailable, match="`certificates`"):
            Email().send(MESSAGE, options, context)
    assert len(sink.mails) == named
