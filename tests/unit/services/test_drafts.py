"""Drafts: begun once, answered page by page, following the scheme as it is published now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from applying import HS1000, SIRET, VOLET2, import_volet1
from declarations import a_library, with_change
from drafting import a_draft, a_filed, an_account, let_in, ready_essai
from guichet.services import drafts
from guichet.services.cases import UseCases
from guichet.services.publication import publish
from guichet.services.refusals import GateClosed, NotFound, NotOpen, WrongPhase
from guichet.storage import journal
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


@pytest.fixture
def essai(tmp_path: Path) -> Iterator[UseCases]:
    library = a_library(tmp_path / "declared")
    with an_instance(
        tmp_path / "instance", schemes=["essai"], territories=["dep-74"], on=date(2020, 5, 20), library=library
    ) as made:
        yield made


def test_a_draft_begins_once_whatever_is_clicked(cases: UseCases) -> None:
    account = an_account(cases)
    first = drafts.start_draft(cases, account, HS1000, "dep-74", "k")
    assert drafts.start_draft(cases, account, HS1000, "dep-74", "k") == first
    assert drafts.start_draft(cases, account, HS1000, "dep-74", "other").id != first.id
    events = cases.store.read(lambda tx: journal.of_subject(tx, first.id))
    assert [event.kind for event in events] == ["draft_started"]


def test_a_scheme_that_is_not_published_is_not_found(cases: UseCases) -> None:
    for scheme, territory in ((HS1000, "dep-73"), ("unknown", "dep-74"), (VOLET2, "dep-74")):
        with pytest.raises(NotFound):
            a_draft(cases, an_account(cases), scheme, territory)


@pytest.mark.parametrize(("day", "state"), [(date(2020, 5, 4), "before"), (date(2020, 6, 21), "closed")])
def test_outside_its_calendar_a_scheme_takes_no_draft(tmp_path: Path, day: date, state: str) -> None:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=day) as cases:
        with pytest.raises(NotOpen) as refused:
            a_draft(cases, an_account(cases), HS1000, "dep-74")
        assert refused.value.state == state


def test_a_page_begun_before_the_closing_is_not_saved_after_it(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    cases.clock.advance(days=40)
    with pytest.raises(NotOpen):
        drafts.save_page(cases, account, draft.reference, "personne", {"nom": "Favre"})


def test_everything_readable_is_kept_even_when_another_answer_is_refused(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    posted = {"siret": "123", "commune": "74010", "fermeture": "true"}
    saved = drafts.save_page(cases, account, draft.reference, "etablissement", posted)
    assert list(saved.refused) == ["siret"]
    assert drafts.open_draft(cases, account, draft.reference).answers == {"commune": "74010", "fermeture": True}


def test_every_wrong_part_of_an_address_is_named(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    posted = {"adresse_personnelle": {"street": "", "postcode": "7400", "city": ""}}
    saved = drafts.save_page(cases, account, draft.reference, "personne", posted)
    assert list(saved.refused) == [f"adresse_personnelle.{part}" for part in ("street", "postcode", "city")]


def test_what_was_not_on_the_page_keeps_its_answer_and_an_emptied_box_loses_it(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    drafts.save_page(cases, account, draft.reference, "personne", {"nom": "Favre", "prenom": "Lucie"})
    drafts.save_page(cases, account, draft.reference, "personne", {"prenom": ""})
    assert drafts.open_draft(cases, account, draft.reference).answers == {"nom": "Favre"}


def test_a_field_of_another_page_an_unknown_one_and_one_not_asked_are_ignored(essai: UseCases) -> None:
    account = an_account(essai)
    draft = a_draft(essai, account, "essai", "dep-74")
    posted = {"effectif": "3", "annule": "false", "perte": "900", "invente": "x", "@gate": "open", "sincerite": "true"}
    saved = drafts.save_page(essai, account, draft.reference, "demande", posted)
    assert saved.draft.answers == {"effectif": 3, "annule": False}
    assert set(saved.draft.dossier.answers) == {"effectif", "annule"}


def test_an_answer_of_the_same_page_makes_a_question_appear(essai: UseCases) -> None:
    account = an_account(essai)
    draft = a_draft(essai, account, "essai", "dep-74")
    saved = drafts.save_page(essai, account, draft.reference, "demande", {"annule": "true", "perte": "900"})
    assert saved.draft.answers["perte"] == 90_000
    hidden = drafts.save_page(essai, account, draft.reference, "demande", {"annule": "false"})
    assert "perte" not in [field.id for field in hidden.draft.steps[0].fields]


def test_control_characters_in_a_name_are_refused_with_what_to_do(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    for name in ("Le\x07Goff", "Le\u202eGoff", "Le\nGoff"):
        saved = drafts.save_page(cases, account, draft.reference, "personne", {"nom": name})
        assert "nom" in saved.refused, repr(name)
    assert (
        "retapez-la" in drafts.save_page(cases, account, draft.reference, "personne", {"nom": "a\x00b"}).refused["nom"]
    )


def test_someone_elses_draft_answers_like_an_absent_one(cases: UseCases) -> None:
    draft = a_draft(cases, an_account(cases), HS1000, "dep-74")
    stranger = an_account(cases, "other@exemple.fr")
    for reference in (draft.reference, "0000000000", "not a reference"):
        with pytest.raises(NotFound):
            drafts.open_draft(cases, stranger, reference)


def test_no_page_is_saved_before_the_gate(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases:
        import_volet1(cases)
        account = an_account(cases)
        draft = a_draft(cases, account)
        with pytest.raises(GateClosed):
            drafts.save_page(cases, account, draft.reference, "compte", {"titulaire": "ANNE"})
        let_in(cases, account, draft.reference)
        drafts.save_page(cases, account, draft.reference, "entreprise", {"siret": "35600000000048", "effectif": "2"})
        assert drafts.open_draft(cases, account, draft.reference).answers["siret"] == SIRET.replace(" ", "")


def test_a_filed_dossier_is_no_draft(cases: UseCases) -> None:
    account = an_account(cases)
    with pytest.raises(WrongPhase):
        drafts.open_draft(cases, account, a_filed(cases, account))


@pytest.mark.parametrize("judged_on", ["decision", "filing"])
def test_a_draft_follows_a_new_publication_and_changed_questions_are_asked_again(
    tmp_path: Path, essai: UseCases, judged_on: str
) -> None:
    account = an_account(essai)
    reference = ready_essai(essai, account)
    assert drafts.open_draft(essai, account, reference).complete
    text = with_change("label: Effectif, min: 0", "label: Effectif au 1er mai, min: 0")
    text = with_change("  competence: social\n", f"  competence: social\n  judged_on: {judged_on}\n", text)
    text = with_change(
        "      titulaire: {type: text, label: Titulaire}\n",
        "      titulaire: {type: text, label: Titulaire}\n      ville: {type: text, label: Ville}\n",
        text,
    )
    publish(essai, a_library(tmp_path / "changed", text), "essai", ("dep-74",))
    draft = drafts.open_draft(essai, account, reference)
    assert draft.steps[0].unanswered == ("effectif", "ville")
    assert draft.answers["perte"] == 80_000
    saved = drafts.save_page(essai, account, reference, "demande", {"ville": "Annecy"})
    assert saved.draft.steps[0].unanswered == ("effectif",)  # saving another answer does not bring the old one back
    assert drafts.save_page(essai, account, reference, "demande", {"effectif": "4"}).draft.complete
