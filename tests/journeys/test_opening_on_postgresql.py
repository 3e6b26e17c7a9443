"""From an empty folder and an empty PostgreSQL to a payment file, by commands and by the pages of a site served."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import httpx
import pytest
from pyotp.totp import TOTP

from browsing import Browser
from databases import empty_postgres_url
from guichet.settings import Settings
from guichet_cli.main import run
from opening_scheme import DEFAULTS, EXAMPLES, SCHEME, agents_file
from signing_in import PASSWORD, code_of

pytestmark = pytest.mark.postgres
T = TypeVar("T")
_PATIENCE_S = 60
_TABLE = "/agents/t/reg-53/artisans?phase=instruction&etape={stage}&a_completer=non&selection=tout"


def test_a_region_opens_serves_decides_and_pays_on_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with empty_postgres_url() as url:

        def types(*words: str, leaves: int = 0) -> str:
            assert run(words, Settings(language="fr", database_url=url)) == leaves, capsys.readouterr()
            return "".join(capsys.readouterr())

        types("new", "instance", ".")
        written = {
            "schemes/artisans/scheme.yaml": SCHEME, "schemes/artisans/examples.yaml": EXAMPLES,
            "regions/_defaults.yaml": DEFAULTS, "agents.csv": agents_file(),
        }  # fmt: skip
        for name, text in written.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        assert "publication n° 1" in types("territory", "enable", "artisans", "reg-53")
        assert "rien de changé" in types("publish", "artisans")
        types("agents", "import", "agents.csv", "--out", "mots-de-passe.csv")
        assert "1 point rouge" in types("ready", "artisans", "--territory", "reg-53", leaves=2), "only the sender"
        assert not list(tmp_path.rglob("*.sqlite3")), "everything is in PostgreSQL"

        with _serving(tmp_path, url) as site:
            _file(site, tmp_path)
            _act(site, tmp_path, "instructeur", "Donner un avis", {"avis": "favourable"}, "1 avis donné.")
            _decide(site, tmp_path)
        assert "1 000" not in types("calls")
        told = types("pay", "run", "--scheme", "artisans", "--date", date.today().isoformat())
        assert re.search(r"1 mise en paiement, 2\s000\s€", told), told
        (paid,) = (path for path in (tmp_path / "var").rglob("*.csv") if "pay" in str(path))
        assert "LE GOFF" in paid.read_text("utf-8-sig")
        types("journal", "verify")
        types("worker", "--drain")
        assert "rien n'attend le travail de fond" in types("doctor")


@contextmanager
def _serving(folder: Path, url: str) -> Iterator[str]:
    folders = os.pathsep.join(path for path in sys.path if path)
    settings = {"PYTHONPATH": folders, "PYTHONUNBUFFERED": "1", "GUICHET_DATABASE_URL": url}
    with subprocess.Popen(
        [sys.executable, "-c", "from guichet_cli.main import main; main()", "serve", "--port", "0", "--lang", "fr"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | settings,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().removeprefix("Site : ").rstrip("/")
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)


def _a_person(site: str) -> Browser:
    return Browser(httpx.Client(base_url=site, timeout=_PATIENCE_S))


def _once(look: Callable[[], T | None]) -> T:
    """What the worker of the site makes in a moment."""
    limit = monotonic() + _PATIENCE_S
    while (found := look()) is None or found == []:
        assert monotonic() < limit, "nothing came"
        sleep(0.1)
    return found


def _file(site: str, folder: Path) -> None:
    """An applicant signs in by the code of a mail, fills two pages, files, and has a receipt."""
    with _a_person(site) as anne:
        anne.go("/t/reg-53/artisans/demande").fill(email="anne@exemple.fr").send()
        mail = _once(lambda: sorted(folder.rglob("*.eml")))[0]
        anne.fill(code=code_of(message_from_bytes(mail.read_bytes(), policy=policy.default).get_content())).send()
        anne.form(action="/demande").send()
        company = {"siret": "732 829 320 00074", "raison_sociale": "Le Goff", "region_siege": "reg-53"}
        anne.form().fill({**company, "effectif": "3", "perte": "4 000"}).send("Enregistrer et continuer")
        account = {"titulaire": "LE GOFF", "iban": "FR76 3000 6000 0112 3456 7890 189"}
        anne.form().fill(account).send("Enregistrer et continuer")
        anne.form(button="Déposer").fill({"attested": ["sincerite"]}).send("Déposer")
        assert anne.title == "Votre demande est déposée"


def _agent(site: str, folder: Path, role: str) -> Browser:
    """An agent comes for the first time: the password of the file, a phone, a password of one's own."""
    with (folder / "mots-de-passe.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["email"]: row["password"] for row in csv.DictReader(stream, delimiter=";")}
    agent, email = _a_person(site), f"{role}-1.reg-53@exemple.fr"
    agent.go("/agents/connexion").fill(email=email, password=rows[email]).send()
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", agent.text)
    assert secret is not None, agent.text
    code = TOTP(secret[0].replace(" ", "")).now()
    agent.fill(code=code, password=PASSWORD, again=PASSWORD).send()
    assert agent.title == "Mes dispositifs"
    return agent


def _act(site: str, folder: Path, role: str, button: str, answers: dict[str, str], title: str) -> None:
    with _agent(site, folder, role) as agent:
        _once(lambda: agent.go(_TABLE.format(stage="instruction")).sees("Dossiers (1)") or None)
        agent.press(button)
        agent.form().fill(answers).send()
        assert agent.title == title


def _decide(site: str, folder: Path) -> None:
    with _agent(site, folder, "valideur") as agent:
        agent.go(_TABLE.format(stage="validation")).press("Décider")
        signatory = agent.document.xpath("//select[@name='signataire']/option[@value!='']/@value")[0]
        agent.fill(choix_decision="grant", numero="2026-1", signataire=signatory).send()
        agent.press("Accorder 1 dossier")
        assert agent.title == "1 décidé."
