"""The road to money of a Département: filed, decided, in a file with its statement, suspended, resumed, sent back for
its account, given another by its applicant, paid. Each step through the pages and the files that people use."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default as POLICY  # noqa: N812  a constant of the library
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from applying import HS1000, begin, file_it, fill_hs1000, work
from browsing import Browser, a_browser
from databases import postgres_url, sqlite_url
from drafting import an_instructor, the_dossier_of
from guichet.model.records import PaymentOrder
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payment_returns import Imported, import_returns
from guichet.services.payments import run_payments
from guichet.services.rulings import Ruling
from guichet.services.suspensions import resume_payments, suspend_payments
from guichet.settings import Settings
from guichet.storage import Tx, journal, later_filings, payments
from guichet.storage.tables import batch, event, outbox, outside_call, return_line
from guichet.web.app import create_app
from instances import an_instance
from served import free_port, served
from signing_in import sign_in_applicant

HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"
OTHER_IBAN = "FR14 2004 1010 0505 0001 3M02 606"
WRONG = "FR7630006000011234567890189"
BECAUSE = "Le payeur départemental vérifie la compétence du Département."


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
    else:
        with postgres_url() as url:
            yield url


@pytest.fixture
def cases(tmp_path: Path, address: str) -> Iterator[UseCases]:
    settings = Settings(database_url=address)
    with an_instance(
        tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20), settings=settings
    ) as made:
        yield made


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with served(create_app(cases), free_port()) as site, Browser(httpx.Client(base_url=site, timeout=30)) as made:
        yield made


def granted(browser: Browser, cases: UseCases) -> str:
    begin(browser, cases, "dep-74", HS1000)
    fill_hs1000(browser)
    file_it(browser)
    work(cases)
    reference = browser.path.split("/")[4]

    def selected() -> list[Selected]:
        dossier = the_dossier_of(cases, reference)
        return [Selected(dossier.id, dossier.revision)]

    assert give_opinions(cases, an_instructor(cases), selected(), Answers(favourable=True)).done
    head = ActHead("president", "2020-74-12", date(2020, 5, 20))
    assert decide_all(cases, an_instructor(cases, role="decider"), selected(), Ruling("grant"), head).done
    work(cases)
    return reference


def orders_of(cases: UseCases, reference: str) -> list[PaymentOrder]:
    dossier = the_dossier_of(cases, reference)
    return cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id))


def delivered(cases: UseCases, kind: str = "csv") -> list[Path]:
    return sorted((cases.folder / "payments").glob(f"*.{kind}"))


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def returned(cases: UseCases, tmp_path: Path, *rows: str) -> Imported:
    file = tmp_path / "retour.csv"
    file.write_text(HEAD + "".join(f"{row}\r\n" for row in rows), encoding="utf-8", newline="")
    return import_returns(cases, HS1000, "dep-74", file)


def mails(cases: UseCases) -> list[str]:
    work(cases)
    read = (message_from_bytes(path.read_bytes(), policy=POLICY) for path in (cases.folder / "mails").glob("*.eml"))
    return [f"{mail['Subject']}\n{mail.get_body().get_content()}" for mail in read]


def test_from_the_filing_to_the_account_suspended_resumed_sent_back_and_paid(
    cases: UseCases, browser: Browser, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def later(days: int) -> None:
        """Weeks go by, and sessions with them."""
        clock: Any = cases.clock
        clock.advance(days=days)
        browser.client.cookies.clear()
        sign_in_applicant(browser, cases, "dep-74", "anne@exemple.fr")

    reference = granted(browser, cases)
    page = f"/t/dep-74/dossiers/{reference}"

    # The day's file, with the statement of sums due behind it.
    report = run_payments(cases, date(2020, 5, 20), HS1000)
    assert (report.lines, report.cents) == (1, 100_000)
    (file,), (statement,) = delivered(cases), delivered(cases, "pdf")
    (line,) = lines(file)
    order = orders_of(cases, reference)[0]
    assert (line["reference_mandat"], line["titulaire"], line["montant"]) == (order.reference, "LUCIE FAVRE", "1000,00")
    text = PdfReader(BytesIO(statement.read_bytes())).pages[0].extract_text()
    assert line["piece_justificative"] in text
    assert "mille euros" in text
    assert "2020-74-12" in text
    assert "Bénéficiez-vous du chômage partiel ? : Non" in " ".join(text.split())

    # The accountant takes charge of it, then suspends everything: each applicant is told, nothing leaves any more.
    accepted = f"{order.reference};Pris en charge;20/05/2020;1000,00;4211;20/05/2020;"
    assert returned(cases, tmp_path, accepted).ledger.applied == 1
    later(49)
    moved = suspend_payments(cases, HS1000, "dep-74", BECAUSE)
    assert (moved.orders, moved.held) == (1, True)
    assert suspend_payments(cases, HS1000, "dep-74", BECAUSE).orders == 0
    assert browser.go(page).sees("Versement suspendu"), (browser.status, browser.path, browser.text)
    told = [mail for mail in mails(cases) if "suspendu" in mail]
    assert len(told) == 1
    assert BECAUSE in " ".join(told[0].split())
    assert "FR76" not in told[0]
    assert [hold.because for hold in run_payments(cases, date(2020, 7, 8), HS1000).held] == [BECAUSE]

    # Released: resumed once, in one later file that says so.
    later(12)
    assert resume_payments(cases, HS1000, "dep-74", "La nature sociale de l'aide est confirmée.").orders == 1
    assert resume_payments(cases, HS1000, "dep-74").orders == 0
    assert browser.go(page).sees("Versement repris")
    assert run_payments(cases, date(2020, 7, 20), HS1000).lines == 1
    assert run_payments(cases, date(2020, 7, 20), HS1000).lines == 0
    assert [row["reference_mandat"] for path in delivered(cases) for row in lines(path)] == [order.reference] * 2
    assert "Remise en paiement" in PdfReader(BytesIO(delivered(cases, "pdf")[1].read_bytes())).pages[0].extract_text()
    assert len([mail for mail in mails(cases) if "votre aide reprend" in mail]) == 1

    # The bank sends it back: another account is asked, by a link that opens nothing without signing in.
    later(2)
    again = f"{order.reference};rejeté;22/07/2020;1000,00;4211;20/05/2020;Compte clos"
    assert returned(cases, tmp_path, again).ledger.applied == 1
    assert returned(cases, tmp_path, again).ledger.unchanged == 1
    (asked,) = [mail for mail in mails(cases) if "Donnez-nous votre compte" in mail]
    assert "FR76" not in asked
    assert "Favre" not in asked
    assert "FAVRE" not in asked
    assert f"/t/dep-74/dossiers/{reference}" in asked
    with a_browser(create_app(cases)) as stranger:
        assert "connexion" in stranger.go(f"{page}/formulaires/new_iban").path
    browser.go(page)
    assert browser.sees("À remplir :", "nous referons le versement")
    browser.go(browser.links()["Remplir ce formulaire"])
    browser.go(f"{page}/formulaires/new_iban")  # reading it twice consumes nothing
    browser.form(action="formulaires").fill({"titulaire": "LUCIE FAVRE", "iban": WRONG}).send("Envoyer")
    assert browser.sees("C’est le compte qui n’a pas pu être payé")
    wrong_key = {"titulaire": "LUCIE FAVRE", "iban": "FR7630006000011234567890188"}
    browser.form(action="formulaires").fill(wrong_key).send("Envoyer")
    assert not browser.sees("Un accusé de réception vous est envoyé")
    browser.form(action="formulaires").fill({"titulaire": "LUCIE FAVRE", "iban": OTHER_IBAN}).send("Envoyer")
    assert browser.sees("Un accusé de réception vous est envoyé", "n° ")
    assert browser.go(f"{page}/formulaires/new_iban").path == page
    assert len([mail for mail in mails(cases) if "Nous avons reçu votre compte" in mail]) == 1

    # The order that took its place leaves in the next file, and is paid.
    first, second = orders_of(cases, reference)
    assert (first.state, second.state, second.decision) == ("rejected", "ordered", first.decision)
    assert second.reference != first.reference
    assert run_payments(cases, date(2020, 7, 22), HS1000).lines == 1
    (line,) = lines(delivered(cases)[2])
    assert (line["reference_mandat"], line["iban"]) == (second.reference, OTHER_IBAN.replace(" ", ""))
    paid = f"{second.reference};payé;22/07/2020;1000,00;4350;22/07/2020;"
    assert returned(cases, tmp_path, paid).ledger.applied == 1
    assert browser.go(page).sees("Aide versée", "22 juillet 2020")

    # What remains: both accounts, each step in the journal, no account in it.
    dossier = the_dossier_of(cases, reference)
    (change,) = cases.store.read(lambda tx: later_filings.changes_of(tx, dossier.id))
    assert (change.iban_before, change.iban) == (WRONG, OTHER_IBAN.replace(" ", ""))
    events = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    kinds = [event.kind for event in events]
    wanted = ["payment_ordered", "payment_accepted", "payment_suspended", "payment_resumed", "later_asked"]
    assert [kind for kind in kinds if kind in wanted] == wanted
    assert {"payment_rejected", "later_filed", "later_accepted", "account_replaced", "payment_paid"} <= set(kinds)
    assert kept_apart(cases, caplog) == []


def kept_apart(cases: UseCases, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give where an account, an address or a name can be read that is neither the dossier, its order nor its mail."""
    private = (WRONG, OTHER_IBAN, OTHER_IBAN.replace(" ", ""), "anne@exemple.fr", "Favre", "FAVRE", "rue du Lac")

    def look(tx: Tx) -> dict[str, str]:
        told = {f"journal {row.territory} {row.number}": f"{row.kind} {row.body}" for row in tx.all(select(event))}
        told |= {f"call {row.id}": str(row) for row in tx.all(select(outside_call))}
        told |= {f"error of {row.kind}": row.last_error or "" for row in tx.all(select(outbox))}
        told |= {f"return line {row.line}": row.because for row in tx.all(select(return_line))}
        told |= {f"frozen {row.id}": str(row.frozen) for row in tx.all(select(batch))}
        return told

    told = {**cases.store.read(look), "logs": caplog.text}
    assert len([place for place in told if place.startswith("journal")]) > 15
    return [place for place, text in told.items() if any(word in text for word in private)]
