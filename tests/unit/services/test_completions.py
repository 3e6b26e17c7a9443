"""What is missing is asked, the legal clock stops, the applicant answers, the dossier goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import HS1000, IBAN
from drafting import a_filed, an_account, an_instructor, the_dossier_of
from guichet.plugin.contracts import StoredFile
from guichet.services.cases import UseCases
from guichet.services.completions import MESSAGE, ask_missing, asked_again, complete, may_be_asked
from guichet.services.pre_instruction import pre_instruct
from guichet.services.refusals import Incomplete, NotFound, Refused, WrongPhase
from guichet.services.tracking import track
from guichet.storage import files
from instances import an_instance
from instructing import dossiers_to_instruct, instructing

NEW = StoredFile("cd/" + "cd" * 32, "kbis.pdf", "application/pdf", 12, "cd" * 32)
OTHER_IBAN = "FR14 2004 1010 0505 0001 3M02 606"


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[tuple[UseCases, str, str]]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 6, 15)) as cases:
        account = an_account(cases)
        reference = a_filed(cases, account)
        pre_instruct(cases, the_dossier_of(cases, reference).id)
        yield cases, account, reference


Filed = tuple[UseCases, str, str]


def asked(filed: Filed, *fields: str, message: str = "Votre RIB est illisible.") -> None:
    cases, _, reference = filed
    ask_missing(cases, an_instructor(cases), the_dossier_of(cases, reference).id, fields, message)


def test_asking_stops_the_clock_and_names_the_fields(filed: Filed) -> None:
    cases, account, reference = filed
    assert track(cases, account, reference).silent_on == date(2020, 8, 24)
    asked(filed, "iban", "piece_identite")
    tracking = track(cases, account, reference)
    assert (tracking.clock_stopped, tracking.silent_on) == (True, None)
    assert tracking.asked == ("iban", "piece_identite")
    assert [milestone.kind for milestone in tracking.milestones if milestone.state == "current"] == ["completing"]
    assert tracking.exchanges[-1].body == "Votre RIB est illisible."


def test_an_answer_sends_the_dossier_on_and_the_days_lost_are_added(filed: Filed) -> None:
    cases, account, reference = filed
    cases.clock.advance(days=16)  # pyright: ignore[reportAttributeAccessIssue]  1 July, the legal suspension is over
    asked(filed, "iban")
    cases.clock.advance(days=9)
    assert complete(cases, account, reference, {"iban": OTHER_IBAN}, "Voici le bon compte.") == {}
    dossier, tracking = the_dossier_of(cases, reference), track(cases, account, reference)
    assert not dossier.to_complete
    assert (dossier.phase, dossier.stage) == ("instruction", "instruction")
    assert dossier.answers["iban"] == OTHER_IBAN.replace(" ", "")
    assert asked_again(dossier) == ()
    assert tracking.silent_on == date(2020, 9, 3)
    assert tracking.exchanges[-1].body == "Voici le bon compte."


def test_a_refused_answer_changes_nothing(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, "iban", "bic")
    assert list(complete(cases, account, reference, {"iban": "FR76 0000"})) == ["iban"]
    assert the_dossier_of(cases, reference).to_complete
    assert the_dossier_of(cases, reference).answers["iban"] == IBAN.replace(" ", "")


def test_a_required_answer_still_missing_is_named(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, "iban", "bic")
    with pytest.raises(Incomplete) as refused:
        complete(cases, account, reference, {"iban": ""})
    assert refused.value.missing == ("iban",)


def test_what_was_not_asked_is_ignored(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, "iban")
    complete(cases, account, reference, {"iban": OTHER_IBAN, "titulaire": "SOMEONE ELSE", "chomage_partiel": "true"})
    assert the_dossier_of(cases, reference).answers["titulaire"] == "LUCIE FAVRE"
    assert the_dossier_of(cases, reference).answers["chomage_partiel"] is False


def test_a_file_sent_again_is_added_and_the_first_one_stays_known(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, "releve_identite_bancaire")
    complete(cases, account, reference, {"releve_identite_bancaire": NEW})
    dossier = the_dossier_of(cases, reference)
    rows = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
    assert [row.file_name for row in rows if row.field == "releve_identite_bancaire"] == ["carte.pdf", "kbis.pdf"]


def test_an_empty_answer_is_not_one(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, "bic")
    with pytest.raises(Incomplete) as refused:
        complete(cases, account, reference, {"bic": ""}, "  ")
    assert refused.value.missing == ("bic",)
    assert the_dossier_of(cases, reference).to_complete
    assert complete(cases, account, reference, {"bic": ""}, "Ma banque n'en donne pas.") == {}


def test_a_message_alone_may_be_asked_and_answered(filed: Filed) -> None:
    cases, account, reference = filed
    asked(filed, message="Depuis quand êtes-vous fermé ?")
    with pytest.raises(Incomplete) as refused:
        complete(cases, account, reference, {})
    assert refused.value.missing == (MESSAGE,)
    assert complete(cases, account, reference, {}, "Depuis le 15 mars.") == {}
    assert track(cases, account, reference).exchanges[-1].body == "Depuis le 15 mars."


def test_nothing_can_be_completed_when_nothing_is_asked(filed: Filed) -> None:
    cases, account, reference = filed
    with pytest.raises(WrongPhase):
        complete(cases, account, reference, {"iban": OTHER_IBAN})


def test_only_its_applicant_completes_a_dossier(filed: Filed) -> None:
    cases, _, reference = filed
    asked(filed, "iban")
    with pytest.raises(NotFound):
        complete(cases, an_account(cases, "other@exemple.fr"), reference, {"iban": OTHER_IBAN})


def test_asking_for_nothing_or_for_an_unknown_field_is_refused(filed: Filed) -> None:
    for fields, message in (((), " "), (("invente",), "x")):
        with pytest.raises(Refused):
            asked(filed, *fields, message=message)


def test_what_opened_the_gate_is_not_asked_again(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        askable = may_be_asked(cases, dossier)
        assert "siret" not in askable
        assert "iban" in askable
        with pytest.raises(Refused):
            ask_missing(cases, people.instructor, dossier.id, ("siret",), "")
