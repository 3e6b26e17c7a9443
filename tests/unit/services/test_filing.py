"""Filing: once, complete, through the gate, declared on honour, under the rules that were shown."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from applying import HS1000, PROOF, VOLET2, import_volet1
from databases import postgres_url, sqlite_url
from declarations import SCHEME, a_library, with_change
from drafting import HONOUR, a_draft, a_filed, a_ready_draft, an_account, let_in, ready_essai
from guichet.services import drafts, filing
from guichet.services.cases import UseCases
from guichet.services.pre_instruction import pre_instruct
from guichet.services.publication import publish
from guichet.services.refusals import GateClosed, Incomplete, NotFound, NotOpen, WrongPhase
from guichet.services.tracking import explain_filed
from guichet.settings import Settings
from guichet.storage import dossiers, journal, outbox
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


@pytest.fixture
def volet2(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as made:
        import_volet1(made)
        yield made


def test_a_filed_dossier_keeps_answers_result_and_duties(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_filed(cases, account)
    dossier = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
    assert dossier is not None
    assert (dossier.phase, dossier.outcome, dossier.computed_cents) == ("filed", "eligible", 100_000)
    assert (dossier.siren, dossier.payee, dossier.title) == ("732829320", "LUCIE FAVRE", "Favre")
    assert dossier.checks == {"sincerite": True}
    keys = [f"{kind}:{dossier.id}" for kind in ("pre_instruct", "receipt")]
    assert all(cases.store.read(lambda tx, key=key: outbox.by_key(tx, key)) for key in keys)
    events = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    assert events[-1].kind == "dossier_filed"


def test_the_same_key_gives_the_first_receipt_and_another_key_nothing_new(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_ready_draft(cases, account, HS1000, "dep-74")
    first = filing.file(cases, account, reference, HONOUR, "k")
    cases.clock.advance(minutes=5)
    assert filing.file(cases, account, reference, HONOUR, "k") == first
    with pytest.raises(WrongPhase):
        filing.file(cases, account, reference, HONOUR, "another")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_twenty_posts_at_once_make_one_dossier_and_one_receipt(tmp_path: Path, kind: str) -> None:
    if kind == "sqlite":
        _twenty_posts(tmp_path, sqlite_url(tmp_path))
        return
    with postgres_url(tmp_path) as url:
        _twenty_posts(tmp_path, url)


def _twenty_posts(tmp_path: Path, url: str) -> None:
    settings = Settings(database_url=url)
    with an_instance(
        tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20), settings=settings
    ) as cases:
        account = an_account(cases)
        reference = a_ready_draft(cases, account, HS1000, "dep-74")
        with ThreadPoolExecutor(20) as pool:
            posts = [pool.submit(filing.file, cases, account, reference, HONOUR, "one-page") for _ in range(20)]
            receipts = {post.result() for post in posts}
        assert len(receipts) == 1
        dossier = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
        assert dossier is not None
        kinds = [event.kind for event in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        assert kinds.count("dossier_filed") == 1


def test_twenty_tabs_with_a_key_each_file_once(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_ready_draft(cases, account, HS1000, "dep-74")

    def post(number: int) -> bool:
        try:
            filing.file(cases, account, reference, HONOUR, f"tab-{number}")
        except WrongPhase:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(post, range(20))) == 1


def test_a_missing_answer_and_a_missing_declaration_are_named(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_ready_draft(cases, account, HS1000, "dep-74")
    drafts.save_page(cases, account, reference, "compte", {"iban": ""})
    with pytest.raises(Incomplete) as refused:
        filing.file(cases, account, reference, {"sincerite": False}, "k")
    assert refused.value.missing == ("iban", "sincerite")
    assert drafts.open_draft(cases, account, reference).dossier.phase == "draft"


def test_only_what_an_applicant_attests_can_be_posted_as_attested(volet2: UseCases) -> None:
    account = an_account(volet2)
    reference = a_ready_draft(volet2, account)
    forged = {**HONOUR, "pret_raisonnable": True, "risque_cessation": True, "lien_pret_risque": True, "@gate": True}
    filing.file(volet2, account, reference, forged, "k")
    dossier = volet2.store.read(lambda tx: dossiers.by_reference(tx, reference))
    assert dossier is not None
    assert dict(dossier.checks) == {"@gate": "open", "sincerite": True}
    assert (dossier.outcome, dossier.provisional_cents) == ("undetermined", 200_000)


def test_a_forged_filing_that_skips_the_gate_is_refused(volet2: UseCases) -> None:
    account = an_account(volet2)
    reference = a_draft(volet2, account).reference
    with pytest.raises(GateClosed):
        filing.file(volet2, account, reference, HONOUR, "k")


def test_a_held_draft_is_filed_and_one_that_the_list_then_contradicts_is_not(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases:
        account = an_account(cases)
        held, late = a_ready_draft(cases, account), a_ready_draft(cases, account)
        filing.file(cases, account, held, HONOUR, "k1")
        import_volet1(cases, ["356000000"])
        with pytest.raises(GateClosed):
            filing.file(cases, account, late, HONOUR, "k2")


def test_a_dossier_found_not_eligible_is_filed_all_the_same(cases: UseCases) -> None:
    account = an_account(cases)
    changed = {"etablissement": {"chomage_partiel": "true"}}
    reference = a_filed(cases, account, changed=changed)
    dossier = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
    assert dossier is not None
    assert (dossier.outcome, dossier.computed_cents) == ("not_eligible", None)


def test_someone_else_cannot_file_a_draft(cases: UseCases) -> None:
    reference = a_ready_draft(cases, an_account(cases), HS1000, "dep-74")
    with pytest.raises(NotFound):
        filing.file(cases, an_account(cases, "other@exemple.fr"), reference, HONOUR, "k")


def test_a_complete_draft_is_not_filed_after_the_closing(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_ready_draft(cases, account, HS1000, "dep-74")
    cases.clock.advance(days=40)
    with pytest.raises(NotOpen):
        filing.file(cases, account, reference, HONOUR, "k")


def test_the_review_gives_the_result_before_filing_with_every_reason(volet2: UseCases) -> None:
    account = an_account(volet2)
    found = filing.review(volet2, drafts.open_draft(volet2, account, a_ready_draft(volet2, account)))
    assert found.assessment.result.provisional == 200_000
    assert found.assessment.result.awaited == ("pret_raisonnable", "risque_cessation", "lien_pret_risque")
    assert found.explanation is not None
    assert len(found.explanation.reasons) == 9
    assert list(found.attestations) == ["sincerite"]


def test_a_result_that_changed_since_it_was_seen_is_not_filed(volet2: UseCases) -> None:
    account = an_account(volet2)
    reference = a_ready_draft(volet2, account)
    seen = filing.review(volet2, drafts.open_draft(volet2, account, reference)).seen
    drafts.save_page(volet2, account, reference, "tresorerie", {"actif_disponible": "90 000"})
    with pytest.raises(filing.ResultChanged):
        filing.file(volet2, account, reference, HONOUR, "k", seen)
    seen = filing.review(volet2, drafts.open_draft(volet2, account, reference)).seen
    filing.file(volet2, account, reference, HONOUR, "k", seen)


def test_a_gate_question_that_new_rules_bring_must_be_answered_before_filing(volet2: UseCases) -> None:
    account = an_account(volet2)
    reference = a_ready_draft(volet2, account)
    dossier = drafts.open_draft(volet2, account, reference).dossier
    without = {name: answer for name, answer in dossier.answers.items() if name != "siret"}
    volet2.store.act(lambda tx: dossiers.save(tx, dossiers.lock(tx, dossier.id), by="x", answers=without))
    assert not drafts.open_draft(volet2, account, reference).gate_passed
    with pytest.raises(GateClosed):
        filing.file(volet2, account, reference, HONOUR, "k")
    assert let_in(volet2, account, reference, proof=PROOF).state == "open"
    filing.file(volet2, account, reference, HONOUR, "k2")


@pytest.mark.parametrize(("judged_on", "amount"), [("filing", 50_000), ("decision", 60_000)])
def test_rules_that_change_after_the_filing_judge_it_as_declared(tmp_path: Path, judged_on: str, amount: int) -> None:
    text = with_change("  competence: social\n", f"  competence: social\n  judged_on: {judged_on}\n", SCHEME)
    value = "      2020-05-01: {value: 500 €, legal: Délibération}\n"
    text = with_change(value, value + "      2020-06-01: {value: 600 €, legal: Délibération modifiée}\n", text)
    with an_instance(
        tmp_path / "instance",
        schemes=["essai"],
        territories=["dep-74"],
        on=date(2020, 5, 20),
        library=a_library(tmp_path / "declared", text),
    ) as cases:
        account = an_account(cases)
        reference = a_filed(cases, account, "essai")
        filed = cases.store.read(lambda tx: dossiers.by_reference(tx, reference))
        assert filed is not None
        assert filed.computed_cents == 50_000
        cases.clock.advance(days=13)
        assert pre_instruct(cases, filed.id).computed_cents == amount
        assert explain_filed(cases, account, reference).assessment.result.amount == amount


@pytest.mark.parametrize("judged_on", ["filing", "decision"])
def test_a_filed_dossier_is_pinned_to_the_publication_it_was_filed_under(tmp_path: Path, judged_on: str) -> None:
    text = with_change("  competence: social\n", f"  competence: social\n  judged_on: {judged_on}\n", SCHEME)
    with an_instance(
        tmp_path / "instance",
        schemes=["essai"],
        territories=["dep-74"],
        on=date(2020, 5, 20),
        library=a_library(tmp_path / "declared", text),
    ) as cases:
        account = an_account(cases)
        before, after = ready_essai(cases, account), ready_essai(cases, account)
        filing.file(cases, account, before, {}, "k1")
        changed = with_change("when: annule\n", "when: annule et effectif >= 2\n", text)
        publish(cases, a_library(tmp_path / "changed", changed), "essai", ("dep-74",))
        filing.file(cases, account, after, {}, "k2")
        pinned = [cases.store.read(lambda tx, one=one: dossiers.by_reference(tx, one)) for one in (before, after)]
        hashes = [dossier.snapshot_hash for dossier in pinned if dossier is not None]
        current = cases.snapshots.current("essai", "dep-74")
        assert current is not None
        assert hashes[0] != hashes[1] == current.hash
