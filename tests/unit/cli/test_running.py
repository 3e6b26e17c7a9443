"""The commands that work on an instance: lists, worker, pay, journal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from guichet.services import payment_orders
from guichet.settings import Settings
from guichet.storage import Tx, instances, outbox
from guichet_cli.main import run
from worked import SCHEME, a_filed_dossier, decided, opened_cases, publish_snapshot, snapshot_of

FILE = "siren;reference;amount;month\n732829320;FDS1-1;1500,00;2020-03\n12;FDS1-2;1,00;2020-03\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an instance that owes a receipt and a payment, on its business day."""
    cases = opened_cases(f"sqlite:///{tmp_path / 'guichet.sqlite3'}", tmp_path)

    def act(tx: Tx) -> None:
        instances.set_business_day(tx, date(2020, 4, 20))
        publish_snapshot(tx, snapshot_of(SCHEME, "reg-53"))

    cases.store.act(act)
    dossier = a_filed_dossier(cases)

    def grant(tx: Tx) -> None:
        granted = decided(cases, tx, dossier)
        compiled = cases.snapshots.by_hash(dossier.snapshot_hash)
        payment_orders.order_payment(cases, tx, compiled, granted.dossier, granted.decision)
        outbox.put(tx, "receipt", {"dossier": dossier.id})

    cases.store.act(grant)
    cases.store.close()
    return tmp_path


def guichet(folder: Path, *words: str) -> int:
    return run(words, Settings(language="fr", instance=folder))


def said(capsys: pytest.CaptureFixture[str]) -> Sequence[str]:
    return capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def test_a_list_comes_in_with_its_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "volet1.csv"
    file.write_text(FILE)
    assert guichet(folder, "lists", "import", SCHEME, "volet1", str(file), "--as-of", "2020-04-14") == 0
    ledger, rejected = said(capsys)
    assert ledger.startswith("volet1, arrêtée au 14 avril 2020. Lignes lues : 2 = ajoutées 1 + modifiées 0")
    assert ledger.endswith(" + inchangées 0 + rejetées 1. Lignes retirées : 0.")
    assert rejected == f"Lignes rejetées et leur motif : {file}.rejected.csv"


def test_an_unknown_list_is_refused_with_the_nearest_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "volet1.csv"
    file.write_text(FILE)
    assert guichet(folder, "lists", "import", SCHEME, "volet2", str(file)) == 2
    assert "vouliez-vous dire « volet1 » ?" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused_in_our_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "volet1.csv"
    file.write_text("siren,montant\n1,2\n")
    assert guichet(folder, "lists", "import", SCHEME, "volet1", str(file)) == 2
    assert "Colonnes absentes du fichier" in capsys.readouterr().err


def test_the_worker_drains_and_says_how_it_went(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(folder, "worker", "--drain", "--url", "https://aides.exemple.fr/") == 0
    assert said(capsys) == ["Tâches faites : 2, remises à plus tard : 0, abandonnées : 0."]
    (mail,) = (folder / "mails").glob("*.eml")
    assert b"https://aides.exemple.fr/t/reg-53/dossiers/" in mail.read_bytes().replace(b"=\r\n", b"")


def test_payments_are_run_once_and_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(folder, "pay", "run", "--date", "2020-04-20") == 0
    name = "BAC-A-SABLE_pivot_fds-volet-2_reg-53_2020-04-20_0001.csv"
    assert said(capsys) == [
        f"reg-53 : 1 mise en paiement, 2 000 €, {name}",
        "Total du 20 avril 2020 : 2 000 € (fichiers : 1, mises en paiement : 1)",
    ]
    assert (folder / "payments" / name).exists()
    assert guichet(folder, "pay", "run", "--date", "2020-04-20") == 0
    assert said(capsys) == ["20 avril 2020 : rien à payer"]
    assert guichet(folder, "pay", "show") == 0
    assert said(capsys) == [f"2020-04-20  fds-volet-2  reg-53  n° 1  remis  1 mise en paiement  2 000 €  {name}"]


def test_the_journal_is_verified_here_and_elsewhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guichet(folder, "pay", "run", "--date", "2020-04-20")
    said(capsys)
    assert guichet(folder, "journal", "verify") == 0
    assert said(capsys) == ["reg-53 : chaîne entière (lignes : 3, purgées : 0)"]
    assert guichet(folder, "journal", "export", "--to", str(folder / "out")) == 0
    (line,) = said(capsys)
    checkpoint = line.rsplit(" ", 1)[1]
    assert guichet(folder, "journal", "verify", "--checkpoint", checkpoint) == 0
    forged = checkpoint[:-4] + ("0000" if not checkpoint.endswith("0000") else "1111")
    assert guichet(folder, "journal", "verify", "--checkpoint", forged) == 1
    program = [sys.executable, "-I", str(folder / "out" / "verify_journal.py"), str(folder / "out" / "reg-53.jsonl")]
    alone = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (alone.returncode, "3 lines, 0 purged, whole" in alone.stdout) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("journal", "verify", "reg-54"), "vouliez-vous dire « reg-53 » ?"),
        (("journal", "verify", "--checkpoint", "reg-53"), "un repère s'écrit"),
    ],
)
def test_a_journal_that_is_not_there_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert guichet(folder, *words) == 2
    assert told in capsys.readouterr().err


def test_a_folder_without_an_instance_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(tmp_path / "nowhere", "pay", "show") == 2
    assert "ne contient pas d'installation" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
