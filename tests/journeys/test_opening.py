"""From an empty folder to two Régions open for real, by commands alone: red items mended, then only what changed."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from guichet.settings import Settings
from guichet_cli.main import run
from opening_scheme import BOTH, DEFAULTS, EXAMPLES, SCHEME, agents_file
from smtp_sink import smtp_sink


class Desk:
    """Somebody who types commands in a folder and reads what comes back."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def types(self, *words: str, leaves: int = 0) -> str:
        """Types a command, which must leave with this code, and gives what it said."""
        code = run(words, Settings(language="fr"))
        said = "".join(self._capsys.readouterr())
        assert code == leaves, said
        return said

    def writes(self, name: str, text: str) -> None:
        """Writes a file of the instance."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def red(self, territory: str) -> set[str]:
        """The items of a territory's list that are red."""
        run(("ready", "artisans", "--territory", territory), Settings(language="fr"))
        return set(re.findall(r"^ +rouge +(\w+)", self._capsys.readouterr().out, re.MULTILINE))


def test_two_regions_open_for_real_once_nothing_is_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, capsys)
    desk.types("new", "instance", ".", "--mode", "live", "--url", "https://aides.exemple-region.fr")
    desk.writes("schemes/artisans/scheme.yaml", SCHEME)
    desk.writes("schemes/artisans/examples.yaml", EXAMPLES)
    desk.types("check")
    desk.types("test", "artisans")

    assert "rien n'est publié" in desk.types("territory", "enable", "artisans", *BOTH, leaves=2)
    wanted = {"signatory", "data_protection", "accessibility", "sender", "helpdesk", "agents", "payer", "letters"}
    assert desk.red("reg-53") == wanted
    desk.types("publish", "artisans", leaves=2)

    desk.writes("regions/_defaults.yaml", DEFAULTS)
    assert desk.red("reg-53") == {"sender", "agents"}
    desk.writes("agents.csv", agents_file())
    assert "ajoutées 8" in desk.types("agents", "import", "agents.csv", "--out", "mots-de-passe.csv")
    assert desk.red("reg-28") == desk.red("reg-53") == {"sender"}

    with smtp_sink() as mails:
        mail = f"{{smtp_host: 127.0.0.1, smtp_port: {mails.port}, security: none, sender: aides@exemple.fr}}"
        desk.writes("instance.yaml", (tmp_path / "instance.yaml").read_text("utf-8") + f"services:\n  email: {mail}\n")
        desk.types("ready", "artisans", "--territory", "reg-53", "--send-test", "essai@exemple.fr", leaves=2)
        code = re.search(
            r"\b[A-HJ-NP-Z2-9]{8}\b", message_from_bytes(mails.mails[-1], policy=policy.default).get_content()
        )
        assert code is not None
        signed = ("--by", "Camille Martin")
        desk.types("ready", "artisans", "--territory", "reg-53", "--acknowledge", code[0], *signed)
        why = ("--waive", "sender", "--because", "La même messagerie, essayée en Bretagne")
        assert desk.types("ready", "artisans", "--all", *why, *signed).count("rien n'est rouge") == 2

        first = desk.types("territory", "enable", "artisans", *BOTH)
        assert first.count("publication n° 1") == 2
        assert desk.types("territory", "enable", "artisans", *BOTH).count("rien à faire") == 2

        desk.writes("regions/reg-53/overlays/artisans.yaml", "format: 1\nset:\n  parameters.plafond: 2 500 €\n")
        again = desk.types("territory", "enable", "artisans", *BOTH)
        assert "reg-28 : rien à faire" in again
        assert "publication n° 2" in again

        desk.writes("regions/reg-28/overlays/artisans.yaml", "format: 1\nset:\n  grants.across: territory\n")
        refused = desk.types("territory", "enable", "artisans", "reg-28", leaves=2)
        assert 'regions/reg-28/overlays/artisans.yaml:3:3  le dispositif "artisans" ne laisse pas' in refused
        assert "reg-53 : rien de changé" in desk.types("publish", "artisans", "--territory", "reg-53")
