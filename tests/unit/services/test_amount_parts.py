"""Several amounts in one decision: each is charged to its own account, and every sum is the sum of its amounts."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from databases import each_address
from guichet.model.records import AmountPart
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payment_returns import import_returns
from guichet.services.payments import run_payments
from guichet.services.rulings import Ruling
from guichet.storage import Tx, holds, journal, parts, payment_runs
from guichet.storage import payments as orders
from guichet.storage.errors import ConstraintError, PartsDifferError
from guichet.storage.tables import order_part
from instructing import an_agents_browser, selected
from pdfs import text_of
from settling import PLACE, SCHEME, Life, a_life

LINES = Counter[tuple[str, str]]
BOTH: dict[str, Any] = {"demandes": ["tresorerie", "loyer"], "devis": None, "besoin_tresorerie": 1_200_000}


def lines_of(life: Life) -> LINES:
    """(order, nature) → its cents, read from the bytes of the files that left."""
    found: LINES = Counter()
    for path in sorted((life.cases.folder / "payments").glob("*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter=";"):
            found[row["reference_mandat"], row["nature"]] += int(row["montant"].replace(",", ""))
    return found


def frozen(life: Life) -> dict[str, dict[str, int]]:
    """Order → what each amount is of it, in the database."""
    made = life.orders()
    kept = life.cases.store.read(lambda tx: parts.of_orders(tx, [one.id for one in made]))
    return {one.reference: {part.amount: part.cents for part in kept.get(one.id, ())} for one in made}


def faults(life: Life) -> list[str]:
    """What is wrong between orders, their amounts and the files; empty when every cent is where it belongs."""
    found: list[str] = []
    in_files: dict[str, int] = defaultdict(int)
    for (order, _), cents in lines_of(life).items():
        in_files[order] += cents
    kept = frozen(life)
    for one in life.orders():
        if sum(kept[one.reference].values()) != one.cents:
            found.append(f"amounts of {one.instalment} make {sum(kept[one.reference].values())}")
        if in_files.get(one.reference, 0) != one.cents:
            found.append(f"{one.instalment} leaves as {in_files.get(one.reference, 0)}")
    return found


@each_address
def test_an_order_of_two_amounts_leaves_as_two_lines_each_on_its_own_account(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_life(tmp_path, url=url, **BOTH) as life:
        life.decide(Ruling("grant"))
        (order,) = life.orders()
        report = run_payments(life.cases, life.cases.today(PLACE))
        assert (report.lines, report.cents, report.failed) == (1, 690_000, ())
        assert lines_of(life) == {(order.reference, "2764"): 600_000, (order.reference, "65742"): 90_000}
        assert faults(life) == []
        decided = next(
            one for one in life.cases.store.read(lambda tx: journal.page(tx, PLACE)) if one.kind == "decided"
        )
        assert json.loads(decided.body or "{}")["data"]["parts"] == {"avance": 600_000, "aide_loyer": 90_000}
        (statement,) = (life.cases.folder / "payments").glob("*.pdf")
        told = text_of(statement.read_bytes())
        assert "1.1" in told
        assert "1.2" in told
        assert "nature 2764" in told
        assert "Ce que l'entreprise peut encore recevoir" in " ".join(told.split())


@each_address
def test_what_is_paid_on_proofs_keeps_its_own_amount_and_a_grant_in_part_is_shared(
    address: Any, tmp_path: Path
) -> None:
    with address(tmp_path) as url, a_life(tmp_path, url=url) as life:
        life.decide(Ruling("grant_in_part", cents=500_001, reason="Crédits partagés."))
        decision = life.orders()[0].decision
        granted = life.cases.store.read(lambda tx: parts.of_decision(tx, decision))
        assert granted == (
            AmountPart("subvention", "Volet 2, investissements", 443_039),
            AmountPart("aide_loyer", "Volet 3, un mois de loyer", 56_962),
        )
        assert life.paid() == [(1, 56_962)]
        for sums in ("4 000", "20 000"):
            life.request(sums)
            life.settle("payment_request", accept=True)
        run_payments(life.cases, life.cases.today(PLACE))
        assert [set(one) for one in frozen(life).values()] == [{"aide_loyer"}, {"subvention"}, {"subvention"}]
        assert sum(cents for _, cents in life.paid()) == 500_001
        assert faults(life) == []


def test_a_grant_in_part_is_what_was_typed_of_each_amount_to_the_cent(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        typed = {"subvention": 410_001, "aide_loyer": 90_000}
        life.decide(Ruling("grant_in_part", cents=500_001, reason="Le loyer en entier.", parts=typed))
        decision = life.orders()[0].decision
        granted = life.cases.store.read(lambda tx: parts.of_decision(tx, decision))
        assert {part.amount: part.cents for part in granted} == typed
        assert life.paid() == [(1, 90_000)]
        (decided,) = [one for one in life.cases.store.read(lambda tx: journal.page(tx, PLACE)) if one.kind == "decided"]
        assert json.loads(decided.body or "{}")["data"]["parts"] == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"subvention": 409_999, "aide_loyer": 90_001}, "amount_out_of_bounds"),
        ({"subvention": 500_000, "inconnu": 0, "aide_loyer": -1}, "amount_out_of_bounds"),
        ({"subvention": 499_999, "autre": 1}, "amount_out_of_bounds"),
        ({"subvention": 410_000, "aide_loyer": 89_999}, "amounts_do_not_add_up"),
    ],
)
def test_sums_typed_above_what_is_computed_or_that_do_not_add_up_are_left(
    typed: dict[str, int], code: str, tmp_path: Path
) -> None:
    with a_life(tmp_path) as life, pytest.raises(AssertionError, match=code):
        life.decide(Ruling("grant_in_part", cents=500_000, reason="En partie.", parts=typed))


def test_an_agent_types_what_is_granted_of_each_amount_and_sees_the_proportion_first(tmp_path: Path) -> None:
    with a_life(tmp_path) as life:
        answers = Answers(favourable=True, reason="Vu.")
        give_opinions(life.cases, life.instructor, selected([life.dossier]), answers)
        with an_agents_browser(life.cases, life.decider) as browser:
            browser.go(life.desk)
            browser.form(action="/decision").send()
            assert browser.sees("Répartition entre les montants", "Calculé : 900 €")
            signatory = browser.document.xpath("//select[@name='signataire']/option[@value!='']/@value")[0]
            act = {"choix_decision": "grant_in_part", "numero": "7", "signataire": signatory, "motif": "En partie."}
            browser.fill(**act, montant="5 000,01").send()
            assert browser.sees("4 430,39 €", "569,62 €")
            browser.press("Modifier")
            fields = {name: f"montant.{name}" for name in ("subvention", "aide_loyer")}
            shown = {name: browser.document.xpath(f"//input[@name='{one}']/@value")[0] for name, one in fields.items()}
            assert {name: " ".join(text.split()) for name, text in shown.items()} == {
                "subvention": "4 430,39",
                "aide_loyer": "569,62",
            }
            browser.fill(**{fields["subvention"]: "4 100,01", fields["aide_loyer"]: "899"}).send()
            assert browser.sees("Les montants saisis font 4 999,01 €, et non la somme accordée, 5 000,01 €.")
            browser.fill(**{fields["aide_loyer"]: "900"}).send()
            browser.press("Accorder en partie")
        decision = life.orders()[0].decision
        granted = life.cases.store.read(lambda tx: parts.of_decision(tx, decision))
        assert {part.amount: part.cents for part in granted} == {"subvention": 410_001, "aide_loyer": 90_000}


def test_without_its_trigger_an_order_whose_amounts_do_not_make_it_would_leave(tmp_path: Path) -> None:
    """Sabotage: the service asks, the database holds; with both off the file is found out by its own count."""
    with a_life(tmp_path, **BOTH) as life:
        life.decide(Ruling("grant"))
        (order,) = life.orders()

        def less(tx: Tx) -> None:
            where = (order_part.c.payment_order == order.id, order_part.c.amount == "aide_loyer")
            tx.run(update(order_part).where(*where).values(cents=1))

        with pytest.raises(ConstraintError):
            life.cases.store.act(less)
        life.cases.store.act(lambda tx: tx.run(text("DROP TRIGGER order_part_fixed")))
        life.cases.store.act(less)
        assert faults(life) != []
        report = run_payments(life.cases, life.cases.today(PLACE))
        assert [one.reason for one in report.set_aside] == [
            "Les montants qui font cette mise en paiement n'en donnent pas le total."
        ]
        assert lines_of(life) == {}


@each_address
def test_the_database_lets_no_order_into_a_file_whose_amounts_do_not_make_it(address: Any, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_life(tmp_path, url=url, **BOTH) as life:
        life.decide(Ruling("grant"))
        (order,) = life.orders()

        def again(tx: Tx) -> None:
            parts.keep(tx, "payment_order", order.id, [AmountPart("subvention", "Plus", 1)], 1)

        with pytest.raises(ConstraintError):
            life.cases.store.act(again)

        def short(tx: Tx) -> None:
            parts.keep(tx, "payment_order", order.id, [AmountPart("a", "A", 1)], 2)

        with pytest.raises(PartsDifferError):
            life.cases.store.act(short)


def test_a_return_is_read_per_order_and_says_so_of_a_line_that_bears_one_amount(tmp_path: Path) -> None:
    with a_life(tmp_path, **BOTH) as life:
        life.decide(Ruling("grant"))
        run_payments(life.cases, life.cases.today(PLACE))
        (order,) = life.orders()
        head = "reference_mandat;etat;date_etat;montant"
        for amount, state in (("6 000,00", "transmitted"), ("6 900,00", "paid")):
            file = tmp_path / "retour.csv"
            file.write_text(f"{head}\n{order.reference};payé;15/07/2020;{amount}\n", encoding="utf-8")
            imported = import_returns(life.cases, SCHEME, PLACE, file)
            assert life.orders()[0].state == state
            assert [one.reason.fr.partition(" ; ")[2][:24] for one in imported.rejected] == (
                ["le retour parle de son t"] if state == "transmitted" else []
            )


def test_another_account_and_a_second_sending_keep_the_same_amounts(tmp_path: Path) -> None:
    with a_life(tmp_path, **BOTH) as life:
        life.decide(Ruling("grant"))
        today = life.cases.today(PLACE)
        run_payments(life.cases, today)
        (order,) = life.orders()
        life.cases.store.act(lambda tx: orders.move(tx, order.id, "suspended"))
        life.cases.store.act(lambda tx: orders.move(tx, order.id, "resumed"))
        assert life.cases.store.read(lambda tx: holds.standing(tx, SCHEME, PLACE)) is None
        run_payments(life.cases, today)
        assert lines_of(life) == {(order.reference, "2764"): 1_200_000, (order.reference, "65742"): 180_000}
        (line,) = life.cases.store.read(lambda tx: payment_runs.waiting(tx, [order]))
        assert [(part.amount, part.cents) for part in line.parts] == [("avance", 600_000), ("aide_loyer", 90_000)]
