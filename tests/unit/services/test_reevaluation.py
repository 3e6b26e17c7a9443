"""A version of the rules enters into force: the dossiers it judges from now on are examined again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from databases import SteppedClock
from declarations import SCHEME, with_change
from guichet.services.cases import UseCases
from guichet.services.reevaluation import reevaluate
from guichet.services.schedule import put_due
from guichet.storage import dossiers, outbox
from guichet.worker.loop import drain
from mended import a_dossier, a_trial, lines, messages, now, publish_trial

THE_DAY = datetime(2020, 6, 1, 6, 0, tzinfo=UTC)
DUTY = {"scheme": "essai", "territory": "dep-73", "day": "2020-06-01"}


def on_the_day(cases: UseCases, clock: SteppedClock) -> None:
    """Let the day come, and the schedule and the worker do their work."""
    clock.move(days=12)
    put_due(cases)
    drain(cases, kinds=("reevaluate",))


def test_a_dossier_is_judged_again_on_the_day_its_rules_change(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        assert (dossier.outcome, dossier.rules_version) == ("not_eligible", "2020-05-01")

        on_the_day(cases, clock)

        after = now(cases, dossier)
        assert (after.outcome, after.computed_cents, after.rules_version) == ("eligible", 40_000, "2020-06-01")
        (line,) = lines(cases, dossier, "reevaluated")
        assert (line["before"]["version"], line["after"]["version"]) == ("2020-05-01", "2020-06-01")
        (message,) = messages(cases, dossier)
        assert "De nouvelles règles sont entrées en vigueur" in message


def test_the_applicant_hears_nothing_when_the_new_version_says_the_same(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases, effectif=3)
        on_the_day(cases, clock)
        assert now(cases, dossier).rules_version == "2020-06-01"
        assert len(lines(cases, dossier, "reevaluated")) == 1
        assert messages(cases, dossier) == []


def test_the_duty_is_put_once_a_day_and_done_twice_changes_nothing(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        on_the_day(cases, clock)
        before = now(cases, dossier)
        put_due(cases)
        reevaluate(cases, DUTY)
        assert now(cases, dossier) == before
        assert cases.store.read(lambda tx: outbox.by_key(tx, "reevaluate:essai:dep-73:2020-06-01")) is not None
        assert {key[1] for key in cases.store.read(outbox.counts) if key[0] == "reevaluate"} == {"done"}


def test_a_day_without_a_worker_is_made_up_for(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        clock.move(days=20)
        reevaluate(cases, {**DUTY, "day": "2020-06-09"})
        assert now(cases, dossier).outcome == "eligible"


def test_before_the_day_nothing_is_judged_again(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        clock.move(days=5)
        reevaluate(cases, DUTY)
        assert now(cases, dossier) == dossier


def test_a_decided_dossier_keeps_the_rules_of_its_decision(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        cases.store.act(
            lambda tx: dossiers.save(tx, dossier, by="x", phase="decided", stage=None, decided_at=tx.now, end="refused")
        )
        saved = now(cases, dossier)
        on_the_day(cases, clock)
        assert now(cases, dossier) == saved


def test_a_scheme_judged_on_the_day_of_filing_has_no_such_duty(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        scheme = with_change("  competence: social\n", "  competence: social\n  judged_on: filing\n")
        publish_trial(cases, tmp_path / "filing", scheme)
        dossier = a_dossier(cases)
        on_the_day(cases, clock)
        assert now(cases, dossier) == dossier
        assert not [key for key in cases.store.read(outbox.counts) if key[0] == "reevaluate"]


def test_a_dated_value_that_changes_counts_like_a_version(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        changed = with_change(
            "2020-05-01: {value: 500 €, legal: Délibération}\n",
            "2020-05-01: {value: 500 €, legal: Délibération}\n      2020-05-25: {value: 300 €, legal: Délibération}\n",
        )
        publish_trial(cases, tmp_path / "dated", changed)
        dossier = a_dossier(cases, effectif=3)
        assert dossier.computed_cents == 40_000
        clock.move(days=6)
        reevaluate(cases, {**DUTY, "day": "2020-05-26"})
        assert now(cases, dossier).computed_cents == 30_000
        assert "300" in messages(cases, dossier)[0]


def test_a_date_the_applicant_gave_does_not_move_with_the_calendar(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        scheme = with_change("  competence: social\n", "  competence: social\n  judged_on: jour\n").replace(
            "      titulaire:", "      jour: {type: date, label: Jour}\n      titulaire:", 1
        )
        assert scheme != SCHEME
        publish_trial(cases, tmp_path / "dated", scheme)
        given, unanswered = a_dossier(cases, jour="2020-05-10"), a_dossier(cases)
        on_the_day(cases, clock)
        assert now(cases, given) == given
        assert now(cases, unanswered).rules_version == "2020-06-01"
