"""What prefill adds to a page beside the service's own time. Run: pytest tests/bench/test_prefill_bench.py -s

Three pages of the same form are timed by turns in one process: one whose service is not set up, one that asks the
service, one whose answers are kept. The service's own time is that of the same calls through the same door, alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from browsing import a_browser
from drafting import a_draft
from guichet.services import drafts
from guichet.services.cases import UseCases
from guichet.storage import accounts
from guichet.web.app import create_app
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from prefilling import COMPANY, PREFILL, a_prefilling, scheme_with
from sandboxes import sandbox
from signing_in import sign_in_applicant

PAGES, LATENCY_S, MOST_MS = 60, 0.03, 5.0
NO_DOCUMENT = PREFILL.replace("      attestation: tax_certificate\n", "")


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


@pytest.mark.timeout(600)
def test_prefill_adds_less_than_five_milliseconds_to_a_page(tmp_path: Path) -> None:
    with a_prefilling(tmp_path, scheme_with(NO_DOCUMENT)) as at, sandbox(ApiEntrepriseSandbox(1_000_000)) as api:
        services = {"api_entreprise": {**at.cases.services["api_entreprise"], "base_url": api.url}}
        asking, without = replace(at.cases, services=services), replace(at.cases, services={})
        prefill = at.draft().compiled.prefills["insee"]
        wanted = frozenset(filling.item for filling in prefill.declared.fields.values())
        options = asking.service_options(prefill.source)

        def service() -> object:
            context = asking.context("dep-74")
            return prefill.source.ask(wanted, {"siret": COMPANY}, prefill.use, options, context)

        with a_browser(create_app(asking)) as one, a_browser(create_app(without)) as other:
            sign_in_applicant(one, at.cases, "dep-74", "anne@exemple.fr")
            sign_in_applicant(other, at.cases, "dep-74", "anne@exemple.fr")
            plain, first, kept, alone, commit = [], [], [], [], []
            api.fail("latency", seconds=LATENCY_S)
            for url in page_urls(at.cases, PAGES):
                plain.append(seconds(lambda url=url: other.go(url)))
                alone.append(seconds(service))
                commit.append(seconds(lambda: at.cases.store.act(lambda tx: tx.journal("dep-74", "bench"))))
                first.append(seconds(lambda url=url: one.go(url)))
                assert one.sees("49.10Z")
                kept.append(seconds(lambda url=url: one.go(url)))
    page, own = median(plain) * 1_000, median(alone) * 1_000
    added = median(f - p - s for f, p, s in zip(first, plain, alone, strict=True)) * 1_000
    added_kept = median(k - p for k, p in zip(kept, plain, strict=True)) * 1_000
    print(f"\npage {page:.1f} ms; service {own:.1f} ms; prefill adds {added:.1f} ms, {added_kept:.1f} ms once kept")
    print(f"  one durable commit, of which each first page needs one: {median(commit) * 1_000:.1f} ms")
    assert added < MOST_MS
    assert added_kept < MOST_MS


def page_urls(cases: UseCases, count: int) -> list[str]:
    """Give the pages of drafts in which nothing but the number was typed."""
    account = cases.store.act(lambda tx: accounts.ensure(tx, "anne@exemple.fr")).id
    urls: list[str] = []
    for _ in range(count):
        reference = a_draft(cases, account, "essai", "dep-74").reference
        drafts.save_page(cases, account, reference, "demande", {"siret": COMPANY})
        urls.append(f"/t/dep-74/dossiers/{reference}/pages/demande")
    return urls
