"""The commands about what the accountant does after the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from guichet.model.records import PaymentOrder
from guichet.runtime import build
from guichet.settings import Settings
from guichet.storage import Tx, instances
from guichet_cli.main import run
from paying import HS, local_order
from worked import opened_cases, publish_snapshot, snapshot_of

HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"


@pytest.fixture
def owed(tmp_path: Path) -> PaymentOrder:
    """An order of the Département, in an instance on its business day."""
    cases = opened_cases(f"sqlite:///{tmp_path / 'guichet.sqlite3'}", tmp_path)

    def act(tx: Tx) -> None:
        instances.set_business_day(tx, date(2020, 4, 20))
        publish_snapshot(tx, snapshot_of(HS, "dep-74"))

    cases.store.act(act)
    order = local_order(cases)
    cases.store.close()
    return order


def test_a_batch_left_behind_is_settled_with_a_name(
    owed: PaymentOrder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "payments").write_text("a file where the folder should be", encoding="utf-8")
    assert guichet(tmp_path, "pay", "run", "--date", "2020-04-20") == 1
    (tmp_path / "payments").unlink()
    said(capsys)
    words = (
        "pay",
        "settle",
        HS,
        "--territory",
        "dep-74",
        "--date",
        "2020-04-20",
        "--because",
        "Paierie",
        "--by",
        "Hery",
    )
    assert guichet(tmp_path, *words, "--number", "2", "--not-received") == 2
    assert "aucun lot n° 2" in "".join(said(capsys)[1])
    assert guichet(tmp_path, *words, "--number", "1", "--not-received") == 0
    assert said(capsys)[0] == ["Lot clos : 1 mise en paiement part avec le prochain fichier."]
    assert guichet(tmp_path, *words, "--number", "1", "--received") == 2
    assert "Ce lot est parti, réglé" in "".join(said(capsys)[1])
    assert guichet(tmp_path, "pay", "run", "--date", "2020-04-20") == 0
    said(capsys)
    assert guichet(tmp_path, "pay", "show") == 0
    assert [line.split("  ")[4] for line in said(capsys)[0]] == ["clos", "remis"]


def guichet(folder: Path, *words: str) -> int:
    return run(words, Settings(language="fr", instance=folder))


def said(capsys: pytest.CaptureFixture[str]) -> tuple[Sequence[str], Sequence[str]]:
    found = capsys.readouterr()
    return tuple(  # pyright: ignore[reportReturnType]  two streams, two lists
        stream.replace("\u202f", " ").replace("\u00a0", " ").splitlines() for stream in (found.out, found.err)
    )


def test_payments_are_suspended_shown_and_resumed(
    tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(tmp_path, "pay", "run", "--date", "2020-04-20") == 0
    said(capsys)
    assert guichet(tmp_path, "pay", "suspend", HS, "--territory", "dep-74", "--because", "Compétence à vérifier.") == 0
    out, _ = said(capsys)
    assert out == [
        "Mises en paiement suspendues : 1, 1 000 €.",
        "dep-74 : aucun fichier ne part plus, jusqu'à « guichet pay resume ».",
    ]
    assert guichet(tmp_path, "pay", "run", "--date", "2020-04-20") == 0
    assert any("Compétence à vérifier." in line for line in said(capsys)[1])
    assert guichet(tmp_path, "pay", "show") == 0
    assert any("paiements suspendus depuis" in line for line in said(capsys)[1])
    assert guichet(tmp_path, "pay", "resume", HS, "--territory", "dep-74") == 0
    assert said(capsys)[0][0] == "Mises en paiement reprises : 1, 1 000 €. Elle part avec le prochain fichier."
    assert guichet(tmp_path, "pay", "run", "--date", "2020-04-20") == 0
    assert said(capsys)[0][-1].endswith("(fichiers : 1, mises en paiement : 1)")
    assert guichet(tmp_path, "pay", "resume", HS, "--territory", "dep-74") == 0
    assert said(capsys)[0] == ["Aucune mise en paiement n'était suspendue : rien n'est repris."]


@pytest.mark.usefixtures("owed")
def test_a_day_that_has_not_come_is_not_paid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet(tmp_path, "pay", "run", "--date", "2020-05-20") == 2
    out, err = said(capsys)
    assert out == []
    assert "le 2020-05-20 n'est pas venu : nous sommes le 2020-04-" in err[0]


def test_an_order_that_cannot_be_moved_is_named(
    tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(tmp_path, "pay", "resume", HS, "--territory", "dep-74", "--order", owed.reference) == 1
    assert said(capsys)[1] == [f"{owed.reference} : laissée, à transmettre."]


def test_a_return_says_its_ledger_and_each_rejected_line(
    tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    guichet(tmp_path, "pay", "run", "--date", "2020-04-20")
    said(capsys)
    file = tmp_path / "retour.csv"
    good = f"{owed.reference};payé;20/04/2020;1000,00;4211;20/04/2020;\r\n"
    file.write_text(
        HEAD + good + "X;payé;20/04/2020;;;;\r\n" + "X;perdu;20/04/2020;;;;\r\n", encoding="utf-8", newline=""
    )
    assert guichet(tmp_path, "pay", "returns", HS, str(file), "--territory", "dep-74") == 1
    out, err = said(capsys)
    assert out == ["retour.csv : lignes lues 3 = appliquées 1 + inchangées 0 + rejetées 2."]
    assert guichet(tmp_path, "pay", "show", "--rejected") == 0
    kept = [line for line in said(capsys)[0] if "rejetée" in line]
    assert len(kept) == 2
    assert kept[0].startswith(f"{HS}  dep-74  retour.csv, lu le 20")
    assert "ligne 3 rejetée : Aucune mise en paiement ne porte la référence « X »" in kept[0]
    assert [line.partition(" : ")[0] for line in err] == ["ligne 3", "ligne 4, colonne etat"]
    file.write_text(HEAD + good, encoding="utf-8", newline="")
    assert guichet(tmp_path, "pay", "returns", HS, str(file), "--territory", "dep-74") == 0
    assert said(capsys)[0] == ["retour.csv : lignes lues 1 = appliquées 0 + inchangées 1 + rejetées 0."]
    assert guichet(tmp_path, "pay", "show", "--rejected") == 0
    assert said(capsys)[0][-1] == "Aucune ligne de retour rejetée."


def test_what_cannot_be_done_is_said_with_its_reason(
    tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(tmp_path, "pay", "suspend", HS, "--territory", "dep-74", "--because", " ") == 2
    assert any("Dites pourquoi" in line for line in said(capsys)[1])
    assert guichet(tmp_path, "pay", "suspend", HS, "--territory", "dep-73", "--because", "x") == 2
    assert any("n'est publié pour aucun territoire" in line for line in said(capsys)[1])
    file = tmp_path / "autre.csv"
    file.write_bytes(b"a;b\r\n")
    assert guichet(tmp_path, "pay", "returns", HS, str(file), "--territory", "dep-74") == 2
    assert any("Colonnes absentes du fichier" in line for line in said(capsys)[1])


def test_a_suspension_is_dated_in_the_time_of_its_territory(
    tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(tmp_path, "pay", "suspend", HS, "--territory", "dep-74", "--because", "Opposition reçue.") == 0
    cases = build(Settings(instance=tmp_path), folder=tmp_path)
    late = "UPDATE payment_hold SET begun_at = '2020-04-20 22:30:00.000000'"  # past midnight in Annecy
    cases.store.act(lambda tx: tx.run(text(late)))
    cases.store.close()
    said(capsys)
    for words in (("run", "--date", "2020-04-20"), ("show",)):
        assert guichet(tmp_path, "pay", *words) == 0
        assert any("suspendus depuis le 21 avril 2020" in line for line in said(capsys)[1])


@pytest.mark.parametrize("words", [("run", "--date", "2020-04-20"), ("show",)])
def test_a_scheme_misspelt_is_no_day_without_payments(
    words: tuple[str, ...], tmp_path: Path, owed: PaymentOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(tmp_path, "pay", *words, "--scheme", HS[:-1]) == 2
    assert f'vouliez-vous dire "{HS}"' in "".join(said(capsys)[1])


def test_a_folder_is_no_return(tmp_path: Path, owed: PaymentOrder) -> None:
    assert guichet(tmp_path, "pay", "returns", HS, str(tmp_path), "--territory", "dep-74") == 2
