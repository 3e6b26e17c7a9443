"""The web against the least a Litestar application could do, side by side. Run: pytest tests/bench/test_web_bench.py -s

Every server is a process of its own, asked over loopback through 32 kept-alive connections; rounds alternate and the
ratio is the median of the rounds' ratios. Pages are read by 32 people, each their own draft: a page follows the post of
the one before by less than the three seconds during which a session is not looked up again. Each filing is another's.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from applying import VOLET2
from drafting import an_instructor
from web_load import CLIENTS, Figures, a_get, a_post, answer_to, fire, serving
from web_rivals import bare_inserts, bare_pages, grouped_inserts, recorded, served_guichet
from web_stock import TERRITORY, Applicant, Stock, a_stock, agent_cookie, file_many, more_applicants

ROUNDS, READERS, FILINGS, DOSSIERS = 3, 2_000, 400, 5_000


def the_ratio(name: str, rounds: list[tuple[Figures, Figures]]) -> float:
    """Give the median ratio of throughputs, having said how the middle round went."""
    ratios = sorted(ours.rate / bare.rate for ours, bare in rounds)
    ours, bare = sorted(rounds, key=lambda pair: pair[0].rate / pair[1].rate)[len(rounds) // 2]
    print(f"\n{name}: {ours}\n  bare: {bare}\n  ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    return median(ratios)


def only(status: int, figures: Figures) -> Figures:
    assert set(figures.statuses) == {status}, figures.statuses
    return figures


@pytest.mark.timeout(600)
def test_a_form_page_costs_at_most_twice_its_template(tmp_path: Path) -> None:
    part = "pages/tresorerie"
    with a_stock(tmp_path, READERS) as stock:
        people = more_applicants(stock, 0, READERS)
        page = recorded(stock.cases, people[0].url(part), people[0].cookie)
    back_again = [a_get(one.url(part), one.cookie) for one in people[:CLIENTS]] * (READERS // CLIENTS)
    strangers = [a_get(one.url(part), one.cookie) for one in people]
    plain = [a_get("/page")] * READERS
    with serving(served_guichet, stock.url, stock.folder) as ours, serving(bare_pages, {"page": page}) as bare:
        assert body_of(answer_to(ours, strangers[0])) == body_of(answer_to(bare, plain[0]))
        known: list[tuple[Figures, Figures]] = []
        unknown: list[tuple[Figures, Figures]] = []
        for _ in range(ROUNDS):
            template = only(200, fire(bare, plain))
            known.append((only(200, fire(ours, back_again)), template))
            unknown.append((only(200, fire(ours, strangers)), template))
    the_ratio("form page, each request from someone not seen lately", unknown)
    assert the_ratio("form page", known) >= 0.5


@pytest.mark.timeout(600)
def test_a_filing_costs_at_most_three_durable_inserts(tmp_path: Path) -> None:
    needed = FILINGS * (ROUNDS + 1)
    with a_stock(tmp_path / "ours", needed) as stock:
        people = more_applicants(stock, 0, needed)
    with (
        serving(served_guichet, stock.url, stock.folder) as ours,
        serving(bare_inserts, tmp_path / "bare.sqlite3") as bare,
        serving(grouped_inserts, tmp_path / "grouped.sqlite3") as grouped,
    ):
        rounds: list[tuple[Figures, Figures]] = []
        against_groups: list[tuple[Figures, Figures]] = []
        for number in range(ROUNDS + 1):
            batch = people[number * FILINGS : (number + 1) * FILINGS]
            mine = only(303, fire(ours, [filing(stock, one) for one in batch]))
            inserts = [a_post("/file", one.form(stock.seen)) for one in batch]
            alone, shared = only(303, fire(bare, inserts)), only(303, fire(grouped, inserts))
            if number:  # the first warms up
                rounds.append((mine, alone))
                against_groups.append((mine, shared))
    the_ratio("filing, against shared commits (stricter than asked)", against_groups)
    ratio = the_ratio("filing", rounds)
    tails = [mine.p99 / alone.p99 for mine, alone in rounds]
    print(f"  p99 {median(tails):.2f} × that of one commit each")
    assert ratio >= 0.3
    assert median(tails) <= 4


@pytest.mark.timeout(600)
def test_other_pages_against_their_templates(tmp_path: Path) -> None:
    """No ratio is asked of these: the figures show what a page costs beside its template."""
    with a_stock(tmp_path, DOSSIERS) as stock:
        file_many(stock, 1, DOSSIERS)
        agent = agent_cookie(stock.cases, an_instructor(stock.cases, TERRITORY, "region"))
        asked = {
            "sign-in page": (f"/t/{TERRITORY}/connexion", "", 600),
            "scheme page": (f"/t/{TERRITORY}/{VOLET2}", "", 600),
            f"table page of {DOSSIERS:,} dossiers": (f"/agents/t/{TERRITORY}/{VOLET2}", agent, 150),
        }
        made = {f"page{number}": recorded(stock.cases, *page[:2]) for number, page in enumerate(asked.values())}
    with serving(served_guichet, stock.url, stock.folder) as ours, serving(bare_pages, made) as bare:
        for number, (name, (path, cookie, count)) in enumerate(asked.items()):
            rounds: list[tuple[Figures, Figures]] = []
            for _ in range(ROUNDS):
                mine = only(200, fire(ours, [a_get(path, cookie)] * count))
                rounds.append((mine, only(200, fire(bare, [a_get(f"/page{number}")] * count))))
            the_ratio(name, rounds)


def body_of(answer: str) -> str:
    return answer.partition("\r\n\r\n")[2].replace("&#x2f;", "/")


def filing(stock: Stock, person: Applicant) -> bytes:
    return a_post(person.url("deposer"), person.form(stock.seen), person.cookie)
