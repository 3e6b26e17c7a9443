"""Fetching a list, showing calls, serving stand-ins, from the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from guichet.settings import Settings
from guichet_cli.main import run
from guichet_plugins.connect.demarches.stand_in import an_invented_service
from sandboxes import Sandbox, sandbox

Capture = pytest.CaptureFixture[str]
LIST = """\
lists:
  connus:
    plugin: demarches_simplifiees
    key: siren
    columns: {reference: text, amount: money}
    demarche: 1234
    champs: {reference: Référence du versement, amount: Montant versé}
    dossier: {siren: demandeur.entreprise.siren}
"""


def guichet(folder: Path, *words: str) -> int:
    return run([*words], Settings(language="en", instance=folder))


def an_instance(folder: Path, served: Sandbox) -> Path:
    """A folder with a scheme whose list is fetched from a stand-in, published in one territory."""
    assert run(["new", "instance", str(folder)], Settings(language="en")) == 0
    shipped = Path(__file__).parents[3] / "schemes" / "haute-savoie-1000"
    own = folder / "schemes" / "locale"
    own.mkdir(parents=True)
    text = (shipped / "scheme.yaml").read_text(encoding="utf-8").replace("\nid: haute-savoie-1000", "\nid: locale")
    head, form, rest = text.partition("\nform:")
    (own / "scheme.yaml").write_text(f"{head}\n{LIST}{form}{rest}", encoding="utf-8")
    (own / "examples.yaml").write_bytes((shipped / "examples.yaml").read_bytes())
    (folder / "secrets" / "ds").write_text("any", encoding="utf-8")
    services = {"demarches_simplifiees": {"base_url": served.url, "token": "secret:ds"}}
    with (folder / "instance.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"services: {json.dumps(services)}\n")
    assert guichet(folder, "publish", "locale", "--territory", "dep-74") == 0
    return folder


def test_a_list_is_fetched_and_its_calls_are_shown(tmp_path: Path, capsys: Capture) -> None:
    with sandbox(an_invented_service()) as served:
        folder = an_instance(tmp_path / "inst", served)
        capsys.readouterr()
        assert guichet(folder, "lists", "import", "locale", "connus") == 0
        assert "Rows read: 150 = added 150 + updated 0" in capsys.readouterr().out
        assert guichet(folder, "lists", "import", "locale", "connus", "--whole") == 0
        assert "unchanged 150" in capsys.readouterr().out
        assert guichet(folder, "calls", "--limit", "1") == 0
        told = capsys.readouterr().out
        assert "answered (200)" in told
        assert told.rstrip().endswith("liste de référence"), "whole on a screen of 80 columns too"
        assert "…" not in told


def test_a_silent_service_and_a_stray_file_are_said(tmp_path: Path, capsys: Capture) -> None:
    with sandbox(an_invented_service()) as served:
        folder = an_instance(tmp_path / "inst", served)
        served.fail("5xx")
        assert guichet(folder, "lists", "import", "locale", "connus") == 2
        assert "locale / connus: The service" in capsys.readouterr().err
        stray = folder / "instance.yaml"
        assert guichet(folder, "lists", "import", "locale", "connus", str(stray)) == 2
        assert "run again without naming one" in capsys.readouterr().err


def test_stand_ins_are_served_until_stopped() -> None:
    program = "from guichet_cli.main import main; main()"
    command = [sys.executable, "-u", "-c", program, "--lang", "en", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as made:
        assert made.stdout is not None
        lines = []
        while not lines or not lines[-1].startswith("Faults:"):
            lines.append(made.stdout.readline())
        addresses = dict(line.strip().split(": ", 1) for line in lines[:-1])
        fault = addresses["demarches_simplifiees"].replace("/demarches", "/_faults/demarches")
        assert httpx.post(fault, json={"kind": "5xx", "times": 1}).json()["kind"] == "5xx"
        assert httpx.post(addresses["demarches_simplifiees"] + "/api/v2/graphql", json={}).status_code == 503
        made.send_signal(signal.SIGINT)
        assert made.wait(20) == 130
