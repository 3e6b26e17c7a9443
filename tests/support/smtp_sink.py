"""A mail server on loopback that keeps what it is given, and answers as it is told."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from ssl import SSLContext
from threading import Event, Thread
from time import sleep


class Sink(socketserver.ThreadingTCPServer):
    """The server: `mails` holds each message as bytes, `recipients` each address asked."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, **answers: str) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.answers = answers
        self.delay_s = 0.0
        self.taking = Event()
        self.mails: list[bytes] = []
        self.recipients: list[str] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Dialogue(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            command = line.decode("ascii", "replace").strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                self.server.recipients.append(command[8:].strip("<>"))
                self._say(self.server.answers["to_recipient"])
            elif verb == "DATA":
                self._say("354 go on")
                self._take_mail()
            elif verb == "EHLO":
                self._say("250-sink\r\n250 AUTH PLAIN")
            elif verb == "AUTH":
                if not (answer := self.server.answers["to_account"]):
                    return
                self._say(answer)
            elif verb == "QUIT":
                self._say(self.server.answers["to_quit"])
                return
            else:
                self._say("250 ok")

    def _take_mail(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.taking.set()
        sleep(self.server.delay_s)
        self.server.mails.append(b"".join(lines))
        self._say(self.server.answers["to_data"])

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode("ascii") + b"\r\n")


@contextmanager
def smtp_sink(
    answer_to_recipient: str = "250 ok",
    answer_to_data: str = "250 ok",
    answer_to_account: str = "235 ok",
    answer_to_quit: str = "221 bye",
    *,
    shown: SSLContext | None = None,
) -> Iterator[Sink]:
    """Serve while the block runs, over TLS when there is something to show; no answer to the account hangs up."""
    answers = {
        "to_recipient": answer_to_recipient,
        "to_data": answer_to_data,
        "to_account": answer_to_account,
        "to_quit": answer_to_quit,
    }
    with Sink(**answers) as server:
        if shown is not None:
            server.socket = shown.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]  who does not believe us hangs up
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
