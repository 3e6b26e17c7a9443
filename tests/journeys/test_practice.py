"""An agent practises through the very pages of applicants, before the opening: marked everywhere, in nobody's books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from applying import HS1000, begin, file_it, fill_hs1000, work
from browsing import Browser, a_browser
from drafting import an_instructor, the_dossier_of
from guichet.services.act_heads import ActHead
from guichet.services.cases import UseCases
from guichet.services.decisions import decide_all
from guichet.services.documents import content_of
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.payments import run_payments
from guichet.services.practice import Purged, count_practice, purge_practice
from guichet.services.rulings import Ruling
from guichet.services.sessions import open_session
from guichet.storage import agents, counts, envelopes, files, grants, journal, notices, outbox, payments
from guichet.web.app import create_app
from instances import an_instance
from pdfs import text_of
from signing_in import sign_in_applicant

PLACE = f"/agents/t/dep-74/{HS1000}"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    """The aid is published; it opens on 5 May, in fifteen days."""
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 4, 20)) as made:
        yield made


@pytest.fixture
def browser(cases: UseCases) -> Iterator[Browser]:
    with a_browser(create_app(cases)) as made:
        yield made


def agent_of(cases: UseCases, browser: Browser, role: str = "instructor") -> str:
    agent_id = an_instructor(cases, role=role)
    app_cookie = "guichet-agent" if cases.mode == "sandbox" else "__Host-guichet-agent"
    browser.client.cookies.set(app_cookie, open_session(cases, "agent", agent_id))
    return agent_id


def practised(cases: UseCases, browser: Browser) -> str:
    """File a practice dossier as an agent does, from the button of their home."""
    browser.go("/agents").form(action=f"{PLACE}/exercice").send()
    assert browser.path == f"/t/dep-74/{HS1000}/demande"
    browser.form(action="/demande").send()
    fill_hs1000(browser)
    file_it(browser)
    work(cases)
    return browser.path.split("/")[4]


def granted(cases: UseCases, reference: str) -> None:
    def selected() -> list[Selected]:
        dossier = the_dossier_of(cases, reference)
        return [Selected(dossier.id, dossier.revision)]

    assert give_opinions(cases, an_instructor(cases), selected(), Answers(favourable=True)).done
    head = ActHead("president", "EX-1", date(2020, 4, 20))
    result = decide_all(cases, an_instructor(cases, role="decider"), selected(), Ruling("grant"), head)
    assert result.done, result
    work(cases)


def test_a_practice_dossier_goes_from_the_form_to_the_letter_and_is_marked_all_the_way(
    cases: UseCases, browser: Browser
) -> None:
    agent_id = agent_of(cases, browser)
    browser.go("/agents").form(action=f"{PLACE}/exercice").send()
    assert "ce dossier n’est pas réel" in browser.whole_text
    browser.form(action="/demande").send()
    assert "ce dossier n’est pas réel" in browser.whole_text
    fill_hs1000(browser)
    assert "ce dossier n’est pas réel" in browser.whole_text
    file_it(browser)
    work(cases)
    reference = browser.path.split("/")[4]
    granted(cases, reference)
    dossier = the_dossier_of(cases, reference)
    assert (dossier.practice, dossier.end, dossier.granted_cents) == (True, "granted", 100_000)

    browser.go(f"/agents/dossiers/{reference}")
    assert "ce dossier n’est pas réel" in browser.whole_text
    documents = cases.store.read(lambda tx: files.documents(tx, dossier.id))
    assert {one.kind for one in documents} == {"receipt", "letter"}
    for one in documents:
        text = text_of(content_of(cases, one))
        assert "EXERCICE" in text
        assert "Exercice : ce document n’a aucune valeur." in text
    agent = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
    assert agent is not None
    for notice in cases.store.read(lambda tx: notices.of_dossier(tx, dossier.id)):
        assert notice.address == agent.email
        assert notice.subject.startswith("[exercice] ")
        assert notice.body.startswith("Ceci est un exercice")


def test_it_takes_nothing_from_anybody_and_counts_nowhere(cases: UseCases, browser: Browser) -> None:
    agent_of(cases, browser)
    reference = practised(cases, browser)
    granted(cases, reference)
    dossier = the_dossier_of(cases, reference)
    assert dossier.grant_key is not None
    here = {"scheme": HS1000, "scope": "dep-74", "key": dossier.grant_key}
    assert cases.store.read(lambda tx: grants.holder(tx, **here)) is None
    assert cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id)) == []
    envelope = cases.store.read(lambda tx: envelopes.find(tx, HS1000, "dep-74"))
    assert envelope is None or envelope.committed_cents == 0
    books = cases.store.read(lambda tx: counts.totals(tx, HS1000))
    assert (books.filed, books.granted, books.granted_cents, books.ordered_cents) == (0, 0, 0, 0)


def test_in_a_live_instance_practice_is_marked_costs_nothing_and_is_sent_to_its_agent_alone(tmp_path: Path) -> None:
    site = "https://aides.exemple.fr"
    with (
        an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], base_url=site, mode="live") as cases,
        a_browser(create_app(cases), base_url=site) as browser,
    ):
        cases.store.act(
            lambda tx: envelopes.open_envelope(tx, scheme=HS1000, territory="dep-74", ceiling_cents=1_000_000)
        )
        agent_id = agent_of(cases, browser)
        reference = practised(cases, browser)
        granted(cases, reference)
        dossier = the_dossier_of(cases, reference)
        assert (cases.mode, dossier.practice, dossier.end) == ("live", True, "granted")
        assert "ce dossier n’est pas réel" in browser.go(f"/agents/dossiers/{reference}").whole_text

        assert run_payments(cases, date(2020, 4, 20)).lines == 0
        assert cases.store.read(lambda tx: payments.of_dossier(tx, dossier.id)) == []
        envelope = cases.store.read(lambda tx: envelopes.find(tx, HS1000, "dep-74"))
        assert envelope is not None
        assert (envelope.committed_cents, cases.store.read(lambda tx: envelopes.ledger(tx, envelope.id))) == (0, [])
        books = cases.store.read(lambda tx: counts.totals(tx, HS1000))
        assert (books.filed, books.granted, books.granted_cents, books.ordered_cents) == (0, 0, 0, 0)

        agent = cases.store.read(lambda tx: agents.by_id(tx, agent_id))
        assert agent is not None
        mails = [message_from_bytes(one.read_bytes(), policy=default) for one in cases.folder.rglob("*.eml")]
        assert len(mails) >= 2  # the receipt, then the letter
        assert {str(mail["To"]) for mail in mails} == {agent.email}
        assert all(str(mail["Subject"]).startswith("[exercice] ") for mail in mails)


def test_tables_and_exports_hold_practice_only_when_asked(cases: UseCases, browser: Browser) -> None:
    agent_of(cases, browser)
    reference = practised(cases, browser)
    assert reference not in browser.go(PLACE).whole_text
    assert reference in browser.go(f"{PLACE}?exercice=oui").whole_text
    assert "ce dossier n’est pas réel" in browser.whole_text
    assert reference not in browser.client.get(f"{PLACE}/export/csv").text
    asked = browser.client.get(f"{PLACE}/export/csv?exercice=oui")
    assert asked.headers["content-type"] == "text/csv; charset=utf-8"
    assert reference in asked.text
    assert "-exercice-" in asked.headers["content-disposition"]


def test_the_helpdesk_practises_too_and_a_stranger_does_not(cases: UseCases, browser: Browser) -> None:
    agent_of(cases, browser, role="helpdesk")
    assert practised_from_the_helpdesk(browser) == f"/t/dep-74/{HS1000}/demande"
    agent_of(cases, browser, role="admin")
    token = browser.go("/agents").text
    assert f"{PLACE}/exercice" not in token


def practised_from_the_helpdesk(browser: Browser) -> str:
    browser.go("/agents/accueil").form(action=f"{PLACE}/exercice").send()
    return browser.path


def test_an_applicant_still_waits_for_the_opening(cases: UseCases, browser: Browser) -> None:

    url = f"/t/dep-74/{HS1000}/demande"
    sign_in_applicant(browser, cases, "dep-74", "anne@exemple.fr", then=url)
    assert browser.path == f"/t/dep-74/{HS1000}"
    assert "ce dossier n’est pas réel" not in browser.whole_text


def test_a_purge_leaves_nothing_of_practice_and_everything_else(cases: UseCases, browser: Browser) -> None:
    agent_of(cases, browser)
    reference = practised(cases, browser)
    granted(cases, reference)
    dossier = the_dossier_of(cases, reference)
    kept = {path for path in (cases.folder / "files").rglob("*") if path.is_file()}
    assert kept
    assert count_practice(cases) == {(HS1000, "dep-74"): 1}

    mails = {path for path in cases.folder.rglob("*.eml") if reference.encode() in path.read_bytes()}
    assert mails

    done = purge_practice(cases, HS1000, "dep-74", by="Anne Le Goff")
    assert done.dossiers == 1
    assert done.files == len(kept) + len(mails)
    assert not any(path.exists() for path in mails)
    assert [path for path in (cases.folder / "files").rglob("*") if path.is_file()] == []
    assert count_practice(cases) == {}
    assert cases.store.read(lambda tx: journal.of_subject(tx, dossier.id)) == []
    assert not cases.store.read(lambda tx: journal.verify(tx, "dep-74")).faults
    assert cases.store.act(lambda tx: outbox.claim(tx, "test")) == []
    assert purge_practice(cases, HS1000, "dep-74") == Purged(0, 0)


def test_a_purge_does_not_see_a_real_dossier(cases: UseCases, browser: Browser) -> None:
    agent_of(cases, browser)
    practised(cases, browser)
    cases.clock.advance(days=20)  # pyright: ignore[reportAttributeAccessIssue]  the tests' own clock

    with a_browser(create_app(cases)) as applicant:
        begin(applicant, cases, "dep-74", HS1000)
        fill_hs1000(applicant)
        file_it(applicant)
        work(cases)
        real = applicant.path.split("/")[4]
        assert purge_practice(cases, HS1000, "dep-74").dossiers == 1
        assert the_dossier_of(cases, real).phase == "instruction"
        real_id = the_dossier_of(cases, real).id
        names = {one.stored_as for one in cases.store.read(lambda tx: files.attachments(tx, real_id))}
        assert names
        assert all((cases.folder / "files" / name).is_file() for name in names)
