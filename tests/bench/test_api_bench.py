"""The API against the least a Litestar application could do. Run: pytest tests/bench/test_api_bench.py -s

Each filing is a whole application of volet 2 by another company: JSON read and validated, answers read by their field
types, gate tried, rules run and explained, dossier filed with its journal lines and duties, answer written. The rival
reads the same JSON and keeps it in one row, one durable commit each; the second rival shares commits as our store does.
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median

import pytest

from applying import VOLET2
from calling import a_token, volet2_body
from instructing import a_siret
from web_load import Figures, a_json_post, answer_to, fire, serving
from web_rivals import bare_json_inserts, grouped_json_inserts, served_guichet
from web_stock import TERRITORY, a_stock

ROUNDS, FILINGS = 3, 400


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
def test_a_filing_through_the_api_costs_at_most_three_durable_inserts(tmp_path: Path) -> None:
    needed = FILINGS * (ROUNDS + 1)
    with a_stock(tmp_path / "ours", needed) as stock:
        token = a_token(stock.cases, "submit", territories=[TERRITORY])
    path = f"/api/t/{TERRITORY}/{VOLET2}/dossiers"
    bodies = [json.dumps(volet2_body(a_siret(one), email=f"person{one}@exemple.fr")).encode() for one in range(needed)]
    with (
        serving(served_guichet, stock.url, stock.folder) as ours,
        serving(bare_json_inserts, tmp_path / "bare.sqlite3") as bare,
        serving(grouped_json_inserts, tmp_path / "grouped.sqlite3") as grouped,
    ):
        rounds: list[tuple[Figures, Figures]] = []
        against_groups: list[tuple[Figures, Figures]] = []
        for number in range(ROUNDS + 1):
            batch = bodies[number * FILINGS : (number + 1) * FILINGS]
            start = number * FILINGS
            sent = [a_json_post(path, body, token, f"key-{start + place}") for place, body in enumerate(batch)]
            kept = [a_json_post("/file", body, token, "k") for body in batch]
            mine, alone, shared = (
                only(201, fire(ours, sent)),
                only(201, fire(bare, kept)),
                only(201, fire(grouped, kept)),
            )
            if number:  # the first warms up
                rounds.append((mine, alone))
                against_groups.append((mine, shared))
        again = answer_to(ours, sent[-1])
    assert "HTTP/1.1 200" in again
    assert "Idempotent-Replayed: true".lower() in again.lower()
    the_ratio("filing through the API, against shared commits (stricter than asked)", against_groups)
    assert the_ratio("filing through the API", rounds) >= 0.3
