"""A draft filled by a source: asked once the SIRET is known, and only then; silence never blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic, sleep

import pytest

from drafting import an_instructor, the_dossier_of
from guichet.plugin.contracts import StoredFile, Unavailable
from guichet.services import drafts, filing
from guichet.services import prefills as services_prefills
from guichet.services.act_heads import ActHead
from guichet.services.attachments import attachment_of
from guichet.services.decisions import decide_all
from guichet.services.enrichments import enrich
from guichet.services.mass_acts import Selected
from guichet.services.opinions import Answers, give_opinions
from guichet.services.provenance import Provenance, provenance_of
from guichet.services.refusals import NotFound
from guichet.services.rulings import Ruling
from guichet.storage import dossiers, files, prefills
from guichet.worker.loop import drain
from instances import run_duties
from prefilling import COMPANY, OTHER, PREFILL, Prefilling, a_prefilling, scheme_with


def test_nothing_is_asked_before_the_siret_is_typed(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(perte="10")
        assert at.prefilled().answers == at.draft().answers
        assert at.api.requests == 0


def test_what_is_known_fills_what_was_not_answered(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        answers = at.prefilled().answers
        assert answers["nom"] == "SOCIETE D'ESSAI DES TRANSPORTS"
        assert answers["naf"] == "49.10Z"
        assert answers["lieu"] == {"street": "2 PLACE AUX ETOILES", "postcode": "93210", "city": "SAINT-DENIS"}
        assert answers["effectif"] == 813


def test_the_answers_of_a_source_are_kept_and_not_asked_again(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        at.prefilled()
        asked = at.api.requests
        at.prefilled()
        assert at.api.requests == asked
        at.cases.clock.advance(hours=25)
        at.prefilled()
        assert at.api.requests > asked


def test_what_the_applicant_typed_stays(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY, nom="Mon nom d'usage")
        assert at.prefilled().answers["nom"] == "Mon nom d'usage"
        at.save(effectif="7")
        at.cases.clock.advance(hours=25)
        assert at.prefilled().answers["effectif"] == 7


def test_what_is_not_to_be_corrected_replaces_what_was_typed(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY, naf="56.10A")
        assert at.prefilled().answers["naf"] == "49.10Z"


def test_a_forged_answer_to_what_is_not_to_be_corrected_is_refused(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        at.prefilled()
        saved = at.save(naf="56.10A", nom="Autre nom")
        assert "Insee" in saved.refused["naf"]
        assert saved.draft.answers["naf"] == "49.10Z"
        assert saved.draft.answers["nom"] == "Autre nom"
        with pytest.raises(NotFound):
            drafts.delete_answer(at.cases, at.account, at.reference, "naf")


def test_a_document_becomes_the_attachment(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        found = at.prefilled().answers["attestation"]
        assert isinstance(found, StoredFile)
        assert found.media_type == "application/pdf"
        assert "attestation" not in at.draft().steps[0].unanswered


HIDDEN = PREFILL.replace("    shown_to: applicant\n", "")


def test_protected_data_is_not_told_to_who_types_a_number(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(HIDDEN)) as at:
        at.save(siret=COMPANY)
        draft = at.prefilled()
        assert "effectif" not in draft.answers
        assert "effectif" in draft.steps[0].unanswered
        assert draft.answers["nom"] == "SOCIETE D'ESSAI DES TRANSPORTS"
        told = provenance(at)
        assert "effectif" not in told
        assert (told["attestation"].hidden, told["attestation"].shown) == (True, "")
        assert provenance(at, for_agents=True)["effectif"].shown == "813"


def test_a_protected_document_is_kept_and_not_shown_to_who_files(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(HIDDEN)) as at:
        at.save(siret=COMPANY)
        draft = at.prefilled()
        assert "attestation" not in draft.steps[0].unanswered
        (row,) = at.cases.store.read(lambda tx: files.attachments(tx, draft.dossier.id))
        with pytest.raises(NotFound):
            attachment_of(at.cases, at.account, at.reference, row.id)
        saved = at.save(attestation=StoredFile("ab/" + "ab" * 32, "a.pdf", "application/pdf", 10, "ab" * 32))
        assert "attestation" in saved.refused
    with a_prefilling(tmp_path / "shown") as at:
        at.save(siret=COMPANY)
        draft = at.prefilled()
        (row,) = at.cases.store.read(lambda tx: files.attachments(tx, draft.dossier.id))
        assert attachment_of(at.cases, at.account, at.reference, row.id).id == row.id


def provenance(at: Prefilling, *, for_agents: bool = False) -> Mapping[str, Provenance]:
    dossier, compiled = at.draft().dossier, at.draft().compiled
    said = at.cases.store.read(lambda tx: prefills.of_dossier(tx, dossier.id))
    return provenance_of(at.cases, dossier, compiled, said, for_agents=for_agents)


def test_another_siret_takes_away_what_was_given_for_the_first(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret=COMPANY)
        at.prefilled()
        at.save(nom="Mon nom d'usage")
        at.save(siret=OTHER)
        answers = at.draft().answers
        assert "naf" not in answers
        assert "effectif" not in answers
        assert answers["nom"] == "Mon nom d'usage"
        assert at.prefilled().answers["naf"] == "96.02A"


def test_nothing_known_leaves_the_question(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.save(siret="00000000200000")
        draft = at.prefilled()
        assert set(at.said().values()) == {"not_known"}
        assert {"nom", "naf", "effectif"} <= set(draft.steps[0].unanswered)


def test_a_source_that_is_not_set_up_is_not_asked(tmp_path: Path):
    with a_prefilling(tmp_path, configured=False) as at:
        at.save(siret=COMPANY)
        at.prefilled()
        assert at.api.requests == 0
        assert at.said() == {}


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad_json", "error_in_200"])
def test_a_silent_source_leaves_the_question_and_is_not_taken_for_an_answer(tmp_path: Path, kind: str):
    with a_prefilling(tmp_path) as at:
        at.api.fail(kind)
        at.save(siret=COMPANY)
        draft = at.prefilled()
        assert set(at.said().values()) == {"silent"}
        assert "nom" in draft.steps[0].unanswered
        at.api.fail("none")
        at.cases.clock.advance(minutes=1)
        at.clock.move(minutes=5)
        assert at.prefilled().answers["naf"] == "49.10Z"


def test_if_silence_were_kept_like_an_answer_the_draft_would_stay_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The sabotage of the test above: a silent source believed for as long as one that answered."""
    monkeypatch.setattr(services_prefills, "PAUSE", services_prefills.KEPT)
    with a_prefilling(tmp_path) as at:
        at.api.fail("5xx")
        at.save(siret=COMPANY)
        at.prefilled()
        at.api.fail("none")
        at.cases.clock.advance(minutes=1)
        at.clock.move(minutes=5)
        assert "naf" not in at.prefilled().answers


def test_a_page_does_not_wait_for_a_slow_source_and_keeps_what_comes_later(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.api.fail("latency", seconds=0.4)
        at.save(siret=COMPANY)
        assert "naf" not in at.prefilled(wait_s=0.05).answers
        assert _in_time(at)


def _in_time(at: Prefilling) -> bool:
    return _until(lambda: "naf" in at.draft().answers)


def _until(is_so: Callable[[], bool]) -> bool:
    until = monotonic() + 10
    while monotonic() < until:
        if is_so():
            return True
        sleep(0.05)
    return False


LATER = PREFILL.replace("    fields:\n", "    when_silent: later\n    fields:\n")
REST = {"annule": "true", "perte": "800", "titulaire": "ANNE GUIVARC'H", "iban": "FR7630006000011234567890189"}


def test_what_is_left_for_later_is_filled_after_filing_and_the_dossier_judged_again(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(LATER)) as at:
        at.api.fail("5xx")
        at.save(siret=COMPANY, **REST)
        draft = at.prefilled()
        assert draft.complete
        looked = filing.review(at.cases, draft)
        assert looked.assessment.result.outcome == "undetermined"
        assert looked.assessment.result.unavailable == ("effectif",)
        filing.file(at.cases, at.account, at.reference, {}, "key")
        at.api.fail("none")
        at.clock.move(minutes=5)
        run_duties(at.cases)
        dossier = the_dossier_of(at.cases, at.reference)
        assert dossier.answers["effectif"] == 813
        assert dossier.outcome == "not_eligible"
        assert dossier.phase == "instruction"


def test_nothing_is_granted_while_a_source_that_the_rules_need_is_silent(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(LATER)) as at:
        at.api.fail("5xx")
        at.save(siret=COMPANY, **REST)
        at.prefilled()
        filing.file(at.cases, at.account, at.reference, {}, "key")
        drain(at.cases, kinds=("pre_instruct",))  # what asks the silent source stays owed

        def selected() -> list[Selected]:
            dossier = the_dossier_of(at.cases, at.reference)
            return [Selected(dossier.id, dossier.revision)]

        head = ActHead("president", "EX-1", at.cases.today("dep-74"))
        give_opinions(at.cases, an_instructor(at.cases), selected(), Answers(favourable=True))
        decider = an_instructor(at.cases, role="decider")
        (left,) = decide_all(at.cases, decider, selected(), Ruling("grant"), head).left
        assert (left.code, left.data["unavailable"]) == ("not_eligible_to_grant", ["effectif"])
        assert the_dossier_of(at.cases, at.reference).phase == "instruction"


def test_what_may_wait_does_not_wait_for_a_slow_source_either(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(LATER)) as at:
        at.api.fail("latency", seconds=0.5)
        at.save(siret=COMPANY, **REST)
        assert at.prefilled(wait_s=0.05).complete
        asked = at.api.requests
        at.prefilled(wait_s=0.05)
        assert at.api.requests <= asked + 1, "the question under way is not put again"
        assert _in_time(at)
        assert at.draft().answers["effectif"] == 813


def test_a_filing_does_not_wait_for_a_source_still_being_asked_whose_answer_comes_after_it(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(LATER)) as at:
        at.api.fail("latency", seconds=2.0)
        at.save(siret=COMPANY, **REST)
        at.prefilled(wait_s=0.05)
        filing.file(at.cases, at.account, at.reference, {}, "key")
        assert not at.calls.kept, "it is filed, and the first reply has not come yet"
        at.api.fail("none")
        assert _until(lambda: len(at.calls.kept) >= at.api.requests > 0)
        at.clock.move(minutes=5)
        run_duties(at.cases)
        assert the_dossier_of(at.cases, at.reference).answers["effectif"] == 813


def test_a_dossier_filed_by_hand_is_compared_later_and_never_changed(tmp_path: Path):
    with a_prefilling(tmp_path) as at:
        at.api.fail("5xx")
        file = StoredFile("ab/" + "ab" * 32, "a.pdf", "application/pdf", 10, "ab" * 32)
        at.save(siret=COMPANY, nom="Mon nom", naf="56.10A", effectif="3", attestation=file, **REST)
        at.prefilled()
        dossier = at.draft().dossier
        filing.file(at.cases, at.account, at.reference, {}, "key")
        at.api.fail("none")
        at.clock.move(minutes=5)
        run_duties(at.cases)
        after = at.cases.store.read(lambda tx: dossiers.by_id(tx, dossier.id))
        said = at.cases.store.read(lambda tx: prefills.of_dossier(tx, dossier.id))
        assert after.answers["naf"] == "56.10A"
        assert said["naf"].value == "49.10Z"


def test_the_duty_waits_for_a_source_that_is_still_silent(tmp_path: Path):
    with a_prefilling(tmp_path, scheme_with(LATER)) as at:
        at.api.fail("5xx")
        at.save(siret=COMPANY, **REST)
        at.prefilled()
        dossier = at.draft().dossier.id
        filing.file(at.cases, at.account, at.reference, {}, "key")
        with pytest.raises(Unavailable, match="api_entreprise"):
            enrich(at.cases, {"dossier": dossier})
