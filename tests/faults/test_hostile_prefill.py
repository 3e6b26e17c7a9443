"""Hostile prefill sources: filing goes on by hand, no answer is altered, the plugin is named, then put aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from drafting import the_dossier_of
from guichet import hookimpl
from guichet.plugin.contracts import StoredFile
from guichet.plugin.health import FAILURES_BEFORE_SET_ASIDE
from guichet.services import filing
from guichet.services.snapshots import Snapshots
from guichet_plugins.connect.api_entreprise.source import ApiEntreprise
from hostile_plugins import AT_WORK, HOSTILE, plugins_with, prints
from instances import run_duties
from prefilling import COMPANY, Prefilling, a_prefilling
from shipped_plugins import shipped_plugins

FILE = StoredFile("ab/" + "ab" * 32, "a.pdf", "application/pdf", 10, "ab" * 32)
BY_HAND = {"nom": "Mon nom", "naf": "56.10A", "effectif": "3", "attestation": FILE, "annule": "true", "perte": "800"}
PAYEE = {"titulaire": "ANNE GUIVARC'H", "iban": "FR7630006000011234567890189"}


def with_plugins(at: Prefilling, fault: str) -> None:
    bad = plugins_with("prefill_sources", "api_entreprise", {**AT_WORK, "print to stdout": prints}[fault])
    at.cases = replace(at.cases, plugins=bad, snapshots=Snapshots(at.cases.store, bad))


@pytest.mark.parametrize("fault", AT_WORK)
def test_filing_goes_on_by_hand_and_nothing_is_altered(fault: str, tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        with_plugins(at, fault)
        at.save(siret=COMPANY, **BY_HAND, **PAYEE)
        for _ in range(FAILURES_BEFORE_SET_ASIDE + 1):
            assert at.prefilled().complete
            at.cases.clock.advance(minutes=1)
        filing.file(at.cases, at.account, at.reference, {}, "key")
        run_duties(at.cases)
        dossier = the_dossier_of(at.cases, at.reference)
        assert dossier.phase == "instruction"
        assert (dossier.answers["nom"], dossier.answers["naf"], dossier.answers["effectif"]) == ("Mon nom", "56.10A", 3)
        assert at.cases.plugins.health.of(HOSTILE).failures > 0
        assert [one.name for one in at.cases.plugins.describe() if one.health.failures] == [HOSTILE]


def test_chatter_stops_nothing(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        with_plugins(at, "print to stdout")
        at.save(siret=COMPANY)
        assert at.prefilled().dossier.answers["naf"]
        assert set(at.said().values()) == {"given"}
        assert at.cases.plugins.health.of(HOSTILE).failures == 0


class BreaksWhenAsked(ApiEntreprise):
    """A source that tells honestly what it gives, then breaks."""

    def ask(self, *arguments: Any) -> Any:
        raise ZeroDivisionError("oops")


def test_a_source_that_breaks_when_asked_is_silent_then_put_aside(tmp_path: Path):
    module = ModuleType("breaks")
    module.register_prefill_sources = hookimpl(lambda: [BreaksWhenAsked()])  # type: ignore[attr-defined]  made here
    bad = shipped_plugins(extra={"api_entreprise": module})
    with a_prefilling(tmp_path) as at:
        at.cases = replace(at.cases, plugins=bad, snapshots=Snapshots(at.cases.store, bad))
        at.save(siret=COMPANY)
        for _ in range(FAILURES_BEFORE_SET_ASIDE):
            assert "nom" in at.prefilled().steps[0].unanswered
            assert set(at.said().values()) == {"silent"}
            at.cases.clock.advance(minutes=1)
        assert bad.health.of("api_entreprise").state == "set_aside"
        assert at.save(**BY_HAND, **PAYEE).draft.complete
