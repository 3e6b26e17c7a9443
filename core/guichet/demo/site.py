"""A real server on loopback, and applicants who go through it with a browser's requests and nothing else."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import uvicorn

from guichet.demo.attempts import Attempt
from guichet.demo.drawing import Document
from guichet.demo.filing import File, NotAsDrawn
from guichet.demo.markup import Form, Page, read_page
from guichet.demo.stage import Stage
from guichet.services.cases import UseCases
from guichet.storage import dossiers
from guichet.web.app import create_app
from guichet.web.serving import listen
from guichet.worker.loop import drain

__all__ = ["by_http", "served"]

_MOST_PAGES = 40  # a form that leads nowhere must not be walked for ever
_SAME_PAGE = 3
_ANSWER_AGAIN = 422  # the page again, with what is wrong


@contextmanager
def served(cases: UseCases) -> Generator[str]:
    """Serve an instance on a free port of loopback, and give its address."""
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    config = uvicorn.Config(
        create_app(replace(cases, base_url=url)),
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [bound]}, name="guichet-demo-site", daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
            sleep(0.01)
        yield url
    finally:
        server.should_exit = True
        thread.join(20)
        bound.close()


def by_http(url: str) -> File:
    """What plays attempts through the server of an address."""
    mails = _Mails()

    def play(stage: Stage, attempt: Attempt) -> str | None:
        with httpx.Client(base_url=url, follow_redirects=True, timeout=60, headers=_visitor(attempt)) as client:
            reference = _Visit(stage, attempt, client, mails).file()
        if reference is None:
            return None
        found = stage.cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
        if found is None or found.filed_at is None:
            raise NotAsDrawn(attempt, f"{reference} is not filed")
        return found.id

    return play


def _visitor(attempt: Attempt) -> dict[str, str]:
    """Each applicant has an address of their own, as behind a proxy (RFC 5737: addresses for examples)."""
    return {"X-Forwarded-For": f"198.51.100.{attempt.number % 254 + 1}", "Accept-Language": "fr"}


class _Visit:
    """One applicant's way through the site, from the page that begins a request to the receipt."""

    def __init__(self, stage: Stage, attempt: Attempt, client: httpx.Client, mails: _Mails) -> None:
        self.stage, self.attempt, self.client, self.mails = stage, attempt, client, mails
        self.response = self._got(client.get(f"/t/{attempt.territory}/{stage.scheme}/demande"))

    def file(self) -> str | None:
        """The reference of the dossier filed; None when the gate stops the applicant."""
        self._sign_in()
        self._send(self._form(with_name=""))
        seen: dict[str, int] = {}
        for _ in range(_MOST_PAGES):
            path = urlsplit(str(self.response.url)).path
            part = path.rstrip("/").rpartition("/")[2]
            if part == "accuse":
                return path.split("/")[-2]
            page = read_page(self.response.text)
            seen[path] = seen.get(path, 0) + 1
            if part == "entree" and (seen[path] > 1 or page.posting() is None):
                return None
            if seen[path] > _SAME_PAGE:
                raise NotAsDrawn(self.attempt, f"{path}: {'; '.join(page.errors)}")
            self._answer(page)
        raise NotAsDrawn(self.attempt, "the form does not end")

    def _sign_in(self) -> None:
        self._send(self._form("email"), email=self.attempt.email)
        form = self._form("code")
        self._send(form, code=self.mails.code_for(self.stage.cases, self.attempt.email))

    def _answer(self, page: Page) -> None:
        form = page.posting()
        if form is None:
            raise NotAsDrawn(self.attempt, f"nothing to answer at {self.response.url}")
        proofs = {
            f"proof_{name}_{column}": text for name, row in self.attempt.proofs.items() for column, text in row.items()
        }
        sent = {name: value for name, value in self.attempt.posted.items() if isinstance(value, Document)}
        form.fill({**{name: value for name, value in self.attempt.posted.items() if name not in sent}, **proofs})
        form.tick_all("attested")
        self._send(form, files={name: value for name, value in sent.items() if name in form.names})

    def _form(self, with_name: str) -> Form:
        form = read_page(self.response.text).posting(with_name)
        if form is None:
            raise NotAsDrawn(self.attempt, f"no form with {with_name or 'a button'} at {self.response.url}")
        return form

    def _send(self, form: Form, *, files: Mapping[str, Document] | None = None, **typed: str) -> None:
        form.fill(typed)
        where = urljoin(str(self.response.url), form.action)
        if form.upload:
            parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in form.values]
            parts += [(name, (file.name, file.content, "application/pdf")) for name, file in (files or {}).items()]
            self.response = self._got(self.client.post(where, files=parts))
            return
        data: dict[str, list[str]] = {}
        for name, value in form.values:
            data.setdefault(name, []).append(value)
        self.response = self._got(self.client.post(where, data=data))

    def _got(self, response: httpx.Response) -> httpx.Response:
        if response.status_code >= 400 and response.status_code != _ANSWER_AGAIN:
            raise NotAsDrawn(self.attempt, f"{response.status_code} at {response.url}")
        return response


class _Mails:
    """The codes that the messages of sign-ins hold, read as they are written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: set[Path] = set()
        self._codes: dict[str, str] = {}

    def code_for(self, cases: UseCases, email: str) -> str:
        """The six digits sent to an address."""
        with self._lock:
            drain(cases, kinds=("sign_in_mail",), worker_name="demo")
            for path in sorted(cases.folder.rglob("*.eml")):
                if path not in self._read:
                    self._read.add(path)
                    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                    code = re.search(r"\b\d{6}\b", mail.get_content())
                    if code is not None:
                        self._codes[str(mail["To"])] = code[0]
        return self._codes[email]
