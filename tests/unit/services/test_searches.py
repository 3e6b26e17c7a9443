"""A search by words fills a draft while one may fill it: an applicant when filing is open, who practises on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from databases import SteppedClock
from drafting import a_draft, an_account
from guichet.services.drafts import open_draft
from guichet.services.refusals import NotOpen
from guichet.services.searches import take
from prefilling import FIELDS, a_prefilling, scheme_with

SEARCH = """\
prefill:
  annuaire:
    plugin: recherche_entreprises
    label: Cherchez votre entreprise
    fields: {siret: siret}
"""


def test_who_practises_takes_what_a_search_finds_before_the_opening_too(tmp_path: Path) -> None:
    with a_prefilling(tmp_path, scheme_with(SEARCH, FIELDS)) as at:
        before = replace(at.cases, clock=SteppedClock(datetime(2020, 4, 1, tzinfo=UTC)))
        with pytest.raises(NotOpen):
            take(before, at.draft(), "annuaire", "essai", "77567227221138")
        account = an_account(at.cases, "agent@exercice.invalid")
        reference = a_draft(at.cases, account, "essai", "dep-74").reference
        practised = open_draft(at.cases, account, reference)
        assert take(before, practised, "annuaire", "essai", "77567227221138").state == "found"
        assert open_draft(at.cases, account, reference).answers["siret"] == "77567227221138"
