"""What an applicant reads once the dossier is decided: the result, its reasons, the letter, the payment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from applying import HS1000, begin, file_it, fill_hs1000, work
from browsing import Browser, a_browser
from drafting import an_instructor, the_dossier_of
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.rulings import Ruling
from guichet.storage import payments
from guichet.web.app import create_app
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(cases)) as made:
        yield made


def filed(browser: Browser, cases: UseCases, **changed: Any) -> str:
    begin(browser, cases, "dep-74", HS1000)
    fill_hs1000(browser, **changed)
    file_it(browser)
    work(cases)
    return browser.path.split("/")[4]


def decided(cases: UseCases, reference: str, ruling: Ruling, *, favourable: bool = True) -> None:
    """An instructor gives an opinion, another agent decides, the worker does what follows."""

    def selected() -> list[Selected]:
        dossier = the_dossier_of(cases, reference)
        return [Selected(dossier.id, dossier.revision)]

    opinion = Answers(favourable=favourable, reason="" if favourable else "Conditions non remplies.")
    assert give_opinions(cases, an_instructor(cases), selected(), opinion).done
    head = ActHead("president", "2020-74-12", date(2020, 5, 20))
    result = decide_all(cases, an_instructor(cases, role="decider"), selected(), ruling, head)
    assert result.done, result
    work(cases)


def test_a_grant_shows_the_amount_the_letter_and_the_payment(cases: UseCases, browser: Browser) -> None:
    reference = filed(browser, cases)
    decided(cases, reference, Ruling("grant"))
    browser.go(f"/t/dep-74/dossiers/{reference}")
    assert browser.sees("Acceptée", "Demande acceptée", "1 000 €", "Décision n° 2020-74-12 du 20 mai 2020")
    assert browser.sees("Versement demandé", "Courrier du 20 mai 2020")
    for unsaid in ("Sans réponse de notre part", "Retirer ma demande", "Vous n’êtes pas d’accord"):
        assert not browser.sees(unsaid)
    letter = browser.client.get(browser.links()["Lire le courrier de décision"])
    assert letter.content.startswith(b"%PDF")
    assert browser.go(f"/t/dep-74/dossiers/{reference}/se-desister").path == f"/t/dep-74/dossiers/{reference}"


def test_a_payment_is_followed_to_the_account(cases: UseCases, browser: Browser) -> None:
    reference = filed(browser, cases)
    decided(cases, reference, Ruling("grant"))
    dossier = the_dossier_of(cases, reference)
    order = cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id))[0]
    assert order.cents == 100_000
    cases.store.act(lambda tx: payments.move(tx, order.id, "rejected", reason="compte clos"))
    browser.go(f"/t/dep-74/dossiers/{reference}")
    assert browser.sees("Versement rejeté", "Le compte n’a pas pu être crédité.")
    assert not browser.sees("compte clos")


def test_a_refusal_gives_each_reason_and_how_the_rules_came_out(cases: UseCases, browser: Browser) -> None:
    reference = filed(browser, cases, etablissement={"chomage_partiel": "true"})
    decided(cases, reference, Ruling("refuse", reason="Dossier examiné le 20 mai."), favourable=False)
    browser.go(f"/t/dep-74/dossiers/{reference}")
    assert browser.sees("Refusée", "Demande refusée", "Vous déclarez bénéficier du chômage partiel.")
    assert browser.sees("Dossier examiné le 20 mai.", "Lire le courrier de décision")
    assert browser.sees(
        "Vous n’êtes pas d’accord ?", "2 mois, à partir du jour où", "tribunal administratif de Grenoble"
    )
    assert not browser.sees("Versement")
    browser.click("Comment les règles")
    assert browser.sees("Condition non remplie", "Pas de chômage partiel")


def test_what_agents_think_before_the_decision_is_not_shown(cases: UseCases, browser: Browser) -> None:
    reference = filed(browser, cases)
    dossier = the_dossier_of(cases, reference)
    unfavourable = Answers(favourable=False, reason="Situation douteuse.")
    assert give_opinions(cases, an_instructor(cases), [Selected(dossier.id, dossier.revision)], unfavourable).done
    for part in ("", "/explication"):
        browser.go(f"/t/dep-74/dossiers/{reference}{part}")
        assert not browser.sees("douteuse")
        assert "défavorable" not in browser.whole_text
