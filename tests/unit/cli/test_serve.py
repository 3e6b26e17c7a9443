"""`guichet serve`: a real process answers, does the background work, and ends when told, nothing lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from databases import sqlite_url
from guichet.settings import Settings
from guichet.storage import outbox
from guichet.web.serving import PortTaken, listen
from guichet_cli.main import run
from instances import an_instance
from smtp_sink import smtp_sink

_PATIENCE_S = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an instance that serves one scheme."""
    url = sqlite_url(tmp_path)
    (tmp_path / url.rpartition("/")[2]).rename(tmp_path / "guichet.sqlite3")
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"], settings=Settings()):
        pass
    return tmp_path


@pytest.fixture
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a port of its own, and its address."""
    with _serving(folder) as made:
        yield made


@contextmanager
def _serving(folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    folders = os.pathsep.join(path for path in sys.path if path)
    program = "from guichet_cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", "0", "--folder", str(folder), "--lang", "fr"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": folders, "PYTHONUNBUFFERED": "1"} | environment,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip().removeprefix("Site : ").rstrip("/")
        finally:
            process.kill()


def answers(url: str) -> httpx.Response:
    limit = monotonic() + _PATIENCE_S
    while True:
        try:
            return httpx.get(f"{url}/sante/pret")
        except httpx.TransportError:
            if monotonic() > limit:
                raise
            sleep(0.1)


def test_it_answers_works_and_ends_when_told(serving: tuple[subprocess.Popen[str], str], folder: Path) -> None:
    process, url = serving
    told = answers(url).json()
    assert (told["status"], told["mode"], told["work"]) == ("ok", "sandbox", "done")
    with httpx.Client(base_url=url, follow_redirects=True) as client:
        page = client.get("/t/reg-53/connexion")
        token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
        assert (
            client.post("/t/reg-53/connexion", data={"_csrf_token": token, "email": "a@exemple.fr"}).status_code == 200
        )
    limit = monotonic() + _PATIENCE_S
    while not list(folder.rglob("*.eml")) and monotonic() < limit:
        sleep(0.1)
    (mail,) = folder.rglob("*.eml")
    assert f"{url}/t/reg-53/connexion/lien/" in mail.read_text(encoding="utf-8").replace("=\n", "")
    process.send_signal(signal.SIGTERM)
    assert process.wait(_PATIENCE_S) in (0, -signal.SIGTERM)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) != 0


def test_a_port_in_use_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run(["serve", "--port", port, "--folder", str(folder)], Settings(language="fr")) == 2
    assert f"impossible d'écouter sur 127.0.0.1, port {port} : un autre programme" in capsys.readouterr().err


@pytest.mark.parametrize(("host", "said"), [("192.0.2.7", "n'est pas de cette machine"), ("maison", "--host prend")])
def test_an_address_of_elsewhere_is_said_in_french(
    host: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--host", host, "--port", "0", "--folder", str(folder)], Settings(language="fr")) == 2
    assert said in capsys.readouterr().err


def test_the_site_is_announced_once_it_answers(serving: tuple[subprocess.Popen[str], str]) -> None:
    assert httpx.get(f"{serving[1]}/sante/pret", timeout=_PATIENCE_S).status_code == 200, "at the first try"


def test_a_port_is_taken_before_anything_is_served() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(PortTaken):
        listen("127.0.0.1", first.getsockname()[1])


def test_a_live_instance_asks_for_tls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with an_instance(tmp_path, mode="live", settings=Settings()):
        pass
    assert run(["serve", "--port", "0", "--folder", str(tmp_path)], Settings(language="fr")) == 2
    assert "a besoin d'une adresse https" in capsys.readouterr().err


def test_the_public_address_is_the_one_instance_yaml_says(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "var").mkdir(parents=True)
    (folder / "guichet.sqlite3").rename(own / "var/guichet.sqlite3")
    (own / "instance.yaml").write_text("format: 1\nmode: sandbox\nbase_url: https://aides.exemple.fr\n", "utf-8")
    with _serving(own) as (_, told):
        assert told == "https://aides.exemple.fr"


def test_the_message_being_sent_when_it_is_told_to_stop_is_sent_and_noted(folder: Path) -> None:
    """Told to stop in the middle of a duty, the worker ends it: nothing is left to do again under a lease."""
    with smtp_sink() as sink:
        sink.delay_s = 2
        mail = {"GUICHET_SMTP_HOST": "127.0.0.1", "GUICHET_SMTP_PORT": str(sink.port), "GUICHET_SMTP_SECURITY": "none"}
        with _serving(folder, **mail) as (process, url):
            answers(url)
            with httpx.Client(base_url=url, follow_redirects=True) as client:
                page = client.get("/t/reg-53/connexion")
                token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
                client.post("/t/reg-53/connexion", data={"_csrf_token": token, "email": "a@exemple.fr"})
            assert sink.taking.wait(_PATIENCE_S)
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE_S)
        assert len(sink.mails) == 1
    with an_instance_at(folder) as cases:
        (duty,) = [row for row in (cases.store.read(lambda tx: outbox.latest(tx, "sign_in_mail")),) if row is not None]
        assert (duty.state, duty.worker) == ("done", None)


def an_instance_at(folder: Path) -> Any:
    """Open what a server has left."""
    return an_instance(folder, settings=Settings(database_url=f"sqlite:///{folder / 'guichet.sqlite3'}"))
