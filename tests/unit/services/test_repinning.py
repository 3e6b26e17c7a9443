"""Undecided dossiers are brought under the publication that mends a scheme; nothing of the old one is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from databases import each_address
from declarations import SCHEME, with_change
from guichet.services.completions import ASKED_MARK
from guichet.services.judging_again import CHANGED
from guichet.services.refusals import Refused
from guichet.services.repinning import repin
from guichet.storage import dossiers, outbox
from mended import a_dossier, a_trial, lines, messages, now, publish_trial

MENDED = with_change("when: effectif <= 10", "when: effectif <= 15")
WHERE = ("dep-73",)


@each_address
def test_a_dossier_is_judged_by_the_mended_rules_and_keeps_its_former_result(address: object, tmp_path: Path) -> None:
    with address(tmp_path) as url, a_trial(tmp_path, url) as (cases, _):
        dossier = a_dossier(cases)
        assert dossier.outcome == "not_eligible"
        publish_trial(cases, tmp_path / "second", MENDED)

        result = repin(cases, "essai", WHERE, "le seuil est de quinze salariés")

        after = now(cases, dossier)
        assert [one.note for one in result.done] == [CHANGED]
        assert (after.outcome, after.computed_cents) == ("eligible", 40_000)
        assert (after.stage, after.stage_at) == (dossier.stage, dossier.stage_at)
        (line,) = lines(cases, dossier, "repinned")
        assert line["reason"] == "le seuil est de quinze salariés"
        assert (line["before"]["outcome"], line["after"]["outcome"]) == ("not_eligible", "eligible")
        assert (line["from"], line["to"]) == (dossier.snapshot_hash, after.snapshot_hash)


def test_the_applicant_is_told_what_changes_and_nothing_otherwise(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        told, quiet = a_dossier(cases, effectif=12), a_dossier(cases, effectif=3)
        publish_trial(cases, tmp_path / "second", MENDED)

        result = repin(cases, "essai", WHERE, "seuil")

        assert (len(result.done), len(result.noted(CHANGED))) == (2, 1)
        (message,) = messages(cases, told)
        assert "Une erreur a été corrigée" in message
        assert "400" in message
        assert "Ce n’est pas une décision" in message
        assert messages(cases, quiet) == []
        assert cases.store.read(outbox.counts)["notice", "queued"] == 1


def test_a_second_run_finds_nothing(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        dossier = a_dossier(cases)
        publish_trial(cases, tmp_path / "second", MENDED)
        repin(cases, "essai", WHERE, "seuil")
        before = now(cases, dossier)

        assert repin(cases, "essai", WHERE, "seuil").handled == ()
        assert now(cases, dossier) == before


def test_a_decided_dossier_stays_as_it_was_decided(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        dossier = a_dossier(cases)
        cases.store.act(
            lambda tx: dossiers.save(tx, dossier, by="x", phase="decided", stage=None, decided_at=tx.now, end="refused")
        )
        publish_trial(cases, tmp_path / "second", MENDED)
        assert repin(cases, "essai", WHERE, "seuil").handled == ()
        assert now(cases, dossier).snapshot_hash == dossier.snapshot_hash


def test_a_dossier_that_waits_for_its_pre_instruction_is_moved_too(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        dossier = a_dossier(cases, pre_instructed=False)
        publish_trial(cases, tmp_path / "second", MENDED)
        repin(cases, "essai", WHERE, "seuil")
        after = now(cases, dossier)
        assert (after.phase, after.stage, after.outcome) == ("filed", None, "eligible")


def test_an_answer_to_a_question_that_is_gone_or_of_another_type_is_kept_in_the_journal_only(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        gone = "      note: {type: text, label: Note}\n"
        asked = with_change("      titulaire:", f"{gone}      age: {{type: integer, label: Âge}}\n      titulaire:")
        publish_trial(cases, tmp_path / "asked", asked)
        dossier = a_dossier(cases, note="bis", age=7)
        cases.store.act(
            lambda tx: dossiers.save(
                tx, dossier, by="x", to_complete=True, checks={**dossier.checks, ASKED_MARK: ["note", "titulaire"]}
            )
        )
        publish_trial(
            cases, tmp_path / "second", asked.replace(gone, "").replace("integer, label: Â", "text, label: Â")
        )

        repin(cases, "essai", WHERE, "question retirée")

        after = now(cases, dossier)
        assert {"note", "age"}.isdisjoint(after.answers)
        assert after.answers["perte"] == 40_000
        assert after.checks[ASKED_MARK] == ("titulaire",)
        (line,) = lines(cases, dossier, "repinned")
        assert line["answers_dropped"] == {"note": "bis", "age": 7}


def test_a_stage_that_is_gone_sends_the_dossier_back_to_the_first(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, clock):
        dossier = a_dossier(cases)
        moved = cases.store.act(lambda tx: dossiers.save(tx, dossier, by="x", stage="ancienne"))
        publish_trial(cases, tmp_path / "second", MENDED)
        clock.move(hours=1)
        repin(cases, "essai", WHERE, "circuit")
        after = now(cases, dossier)
        assert after.stage == dossier.stage
        assert after.stage_at is not None
        assert moved.stage_at is not None
        assert after.stage_at > moved.stage_at


def test_other_territories_keep_their_publication(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        dossier = a_dossier(cases)
        publish_trial(cases, tmp_path / "second", MENDED, "dep-73", "dep-74")
        assert repin(cases, "essai", ("dep-74",), "seuil").handled == ()
        assert now(cases, dossier).snapshot_hash == dossier.snapshot_hash


@pytest.mark.parametrize(
    ("scheme", "territories", "reason", "code"),
    [
        ("essai", WHERE, "  ", "repin_without_reason"),
        ("essai", ("dep-74",), "seuil", "not_published"),
        ("autre", (), "seuil", "not_published"),
    ],
)
def test_a_repin_without_a_reason_or_a_publication_is_refused(
    tmp_path: Path, scheme: str, territories: tuple[str, ...], reason: str, code: str
) -> None:
    with a_trial(tmp_path) as (cases, _), pytest.raises(Refused) as refused:
        repin(cases, scheme, territories, reason)
    assert refused.value.code == code


def test_the_trial_scheme_refuses_twelve_employees_in_may(tmp_path: Path) -> None:
    with a_trial(tmp_path) as (cases, _):
        assert "effectif <= 10" in SCHEME
        assert a_dossier(cases).rules_version == "2020-05-01"
