"""The gate: exactly its fields and the proof; only true opens, and nobody learns who is in the list by trying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import HS1000, PROOF, SIREN, SIRET, VOLET2, import_volet1
from drafting import a_draft, an_account, let_in
from guichet.services import drafts, gates
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound, TooManyAttempts
from guichet.storage import journal
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53", "reg-84"]) as made:
        yield made


def test_the_gate_asks_the_fields_its_rule_reads_and_what_to_quote(cases: UseCases) -> None:
    draft = drafts.open_draft(cases, an_account(cases), a_draft(cases, an_account(cases)).reference)
    assert draft.gate == ("siret",)
    assert [question.label for question in gates.proof_questions(draft)] == ["Référence du versement du volet 1"]
    assert not draft.gate_passed


@pytest.mark.parametrize("proof", [PROOF, "dgfip-2020-0001", " DGFIP - 2020 - 0001 ".replace(" ", "")])
def test_the_right_proof_opens(cases: UseCases, proof: str) -> None:
    import_volet1(cases)
    account = an_account(cases)
    answer = let_in(cases, account, a_draft(cases, account).reference, proof=proof)
    assert (answer.state, answer.attempts_left) == ("open", 4)
    assert drafts.open_draft(cases, account, answer.draft.dossier.reference).gate_passed


def test_a_wrong_proof_and_an_absence_answer_alike(cases: UseCases) -> None:
    import_volet1(cases)
    first, second = an_account(cases), an_account(cases, "other@exemple.fr")
    wrong = let_in(cases, first, a_draft(cases, first).reference, proof="OTHER")
    absent = let_in(cases, second, a_draft(cases, second).reference, siret="356 000 000 00048", proof="OTHER")
    for one in (wrong, absent):
        assert (one.state, one.attempts_left, dict(one.list_days)) == ("stopped", 4, {"volet1": date(2020, 4, 18)})
        assert not drafts.open_draft(cases, one.draft.dossier.account or "", one.draft.dossier.reference).gate_passed
        assert one.draft.dossier.answers == {}
    assert wrong.reasons == absent.reasons
    assert "18 avril 2020" in wrong.reasons[0]


def test_a_thousand_numbers_tried_without_proof_reveal_nothing(cases: UseCases) -> None:
    """Half of them are in the list; answers, statuses and what is kept are the same for each."""
    numbers = [f"{number:08d}" for number in range(1, 1001)]
    sirens = [digits + _luhn(digits) for digits in numbers]
    import_volet1(cases, sirens[::2])
    seen: set[object] = set()
    account = reference = ""
    for number, siren in enumerate(sirens):
        if number % gates.ATTEMPTS == 0:
            account = an_account(cases, f"probe{number}@exemple.fr")
            reference = a_draft(cases, account).reference
        answer = let_in(cases, account, reference, siret=siren + "0000" + _luhn(siren + "0000"), proof=f"GUESS{number}")
        shown = drafts.open_draft(cases, account, reference)
        seen.add((answer.state, answer.reasons, tuple(answer.refused), shown.gate_passed, len(shown.answers)))
    assert len(seen) == 1
    assert next(iter(seen))[0] == "stopped"


def _luhn(digits: str) -> str:
    total = sum(sum(divmod(int(d) * (2 if place % 2 == 0 else 1), 10)) for place, d in enumerate(reversed(digits)))
    return str(-total % 10)


def test_attempts_are_limited_by_the_hour_over_every_draft_of_an_account(cases: UseCases) -> None:
    import_volet1(cases)
    account = an_account(cases)
    for left in (4, 3, 2, 1, 0):
        assert let_in(cases, account, a_draft(cases, account).reference, proof="OTHER").attempts_left == left
    reference = a_draft(cases, account).reference
    with pytest.raises(TooManyAttempts) as refused:
        let_in(cases, account, reference)
    assert refused.value.until == cases.clock.now().replace(hour=11, minute=0)
    cases.clock.advance(hours=1)
    assert let_in(cases, account, reference).state == "open"


def test_an_incomplete_gate_costs_no_attempt(cases: UseCases) -> None:
    import_volet1(cases)
    account = an_account(cases)
    reference = a_draft(cases, account).reference
    for _ in range(8):
        answer = let_in(cases, account, reference, siret="123", proof="")
        assert answer.state == "incomplete"
    assert set(answer.refused) == {"siret", "proof_volet1_reference"}
    assert let_in(cases, account, reference).attempts_left == 4


def test_a_silent_list_holds_the_draft_and_lets_it_go_on(cases: UseCases) -> None:
    account = an_account(cases)
    answer = let_in(cases, account, a_draft(cases, account).reference)
    assert answer.state == "held"
    assert drafts.open_draft(cases, account, answer.draft.dossier.reference).gate_passed


def test_another_number_that_stops_closes_a_gate_that_was_open(cases: UseCases) -> None:
    import_volet1(cases)
    account = an_account(cases)
    reference = a_draft(cases, account).reference
    assert let_in(cases, account, reference).state == "open"
    assert let_in(cases, account, reference, proof="OTHER").state == "stopped"
    draft = drafts.open_draft(cases, account, reference)
    assert not draft.gate_passed
    assert draft.answers == {"siret": SIRET.replace(" ", "")}


def test_each_stop_is_journalled_without_what_was_typed(cases: UseCases) -> None:
    import_volet1(cases)
    account = an_account(cases)
    reference = a_draft(cases, account).reference
    let_in(cases, account, reference, proof="OTHER")
    dossier = drafts.open_draft(cases, account, reference).dossier
    events = cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))
    stopped = events[-1]
    assert stopped.kind == "gate_stopped"
    assert SIREN not in (stopped.body or "")


def test_a_scheme_without_gate_has_none_to_pass(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as cases:
        account = an_account(cases)
        reference = a_draft(cases, account, HS1000, "dep-74").reference
        with pytest.raises(NotFound):
            let_in(cases, account, reference)
