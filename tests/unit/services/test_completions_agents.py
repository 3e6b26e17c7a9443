"""Agents ask for what is missing: the clock stops, the dossier waits, the answer counts everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from databases import SteppedClock
from guichet.services.completions import PAUSES_MARK, ask_missing, complete
from guichet.services.opinions import Answers, give_opinions
from guichet.services.refusals import NotFound, Refused
from guichet.services.tracking import track_filed
from guichet.storage import decisions, exchanges, journal
from instructing import dossiers_to_instruct, instructing, read_again, selected
from worked import DAY


def test_what_is_asked_stops_the_clock_until_the_answer_which_counts_everywhere(tmp_path: Path) -> None:
    clock = SteppedClock(DAY)
    with instructing(tmp_path, clock=clock) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases, iban_hash="old")
        ask_missing(cases, people.instructor, dossier.id, ("iban", "effectif"), "Votre RIB est illisible.")
        waiting = read_again(cases, dossier)
        assert waiting.to_complete
        assert cases.store.read(lambda tx: track_filed(cases, tx, waiting)).silent_on is None
        clock.move(days=3)

        refused = complete(
            cases,
            dossier.account or "",
            dossier.reference,
            {"iban": "FR14 2004 1010 0505 0001 3M02 606", "effectif": "4"},
        )

        after = read_again(cases, dossier)
        assert refused == {}
        assert (after.to_complete, after.stage) == (False, "opinion")
        assert after.iban_hash not in ("old", None)
        assert after.columns["effectif"] == 4
        assert tuple(tuple(pause) for pause in after.checks[PAUSES_MARK]) == (("2020-04-20", "2020-04-23"),)
        (said,) = cases.store.read(lambda tx: exchanges.of_dossier(tx, dossier.id))
        assert (said.author, said.body) == ("Nolwenn Tanguy", "Votre RIB est illisible.")


@pytest.mark.parametrize("who", ["decider", "finance"])
def test_only_who_must_act_now_may_ask(tmp_path: Path, who: str) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        with pytest.raises(Refused) as refusal:
            ask_missing(cases, getattr(people, who), dossier.id, ("iban",), "")

        assert refusal.value.code == "not_for_you"


@pytest.mark.parametrize("who", ["stranger", "helpdesk"])
def test_who_may_not_see_the_dossier_finds_nothing(tmp_path: Path, who: str) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        with pytest.raises(NotFound):
            ask_missing(cases, getattr(people, who), dossier.id, ("iban",), "")


def test_after_the_opinion_it_is_the_prefecture_that_may_ask(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected([dossier]), Answers(favourable=True))

        asked = ask_missing(cases, people.decider, dossier.id, ("iban",), "")

        assert (asked.to_complete, asked.stage) == (True, "decision")


@pytest.mark.parametrize(
    ("fields", "message", "revision", "code"),
    [((), " ", None, "nothing_asked"), (("unknown",), "x", None, "nothing_asked"), (("iban",), "", 1, "changed_since")],
)
def test_a_request_says_something_of_the_dossier_as_it_is(
    tmp_path: Path, fields: tuple[str, ...], message: str, revision: int | None, code: str
) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)

        with pytest.raises(Refused) as refusal:
            ask_missing(cases, people.instructor, dossier.id, fields, message, revision=revision)

        assert refusal.value.code == code
        assert not read_again(cases, dossier).to_complete


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        ({"iban": "FR14 2004 1010 0505 0001 3M02 606"}, "decision"),
        ({"courriel": "autre@exemple.fr"}, "decision"),
        ({"effectif": None}, "decision"),
        ({"effectif": "4"}, "opinion"),
        ({"raison_sociale": "Autre atelier"}, "opinion"),
    ],
)
def test_an_opinion_falls_when_what_it_rested_on_changed_after_it(
    tmp_path: Path, answer: dict[str, str | None], stage: str
) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = dossiers_to_instruct(cases)
        give_opinions(cases, people.instructor, selected([dossier]), Answers(favourable=True))
        (name, text), *_ = answer.items()
        ask_missing(cases, people.decider, dossier.id, (name,), "Pouvez-vous vérifier ?")
        before = read_again(cases, dossier)
        posted = {name: text if text is not None else str(before.answers[name])}

        assert complete(cases, dossier.account or "", dossier.reference, posted) == {}

        after = read_again(cases, dossier)
        assert (after.to_complete, after.stage) == (False, stage)
        standing = cases.store.read(lambda tx: decisions.opinions(tx, dossier.id))
        kinds = [line.kind for line in cases.store.read(lambda tx: journal.of_subject(tx, dossier.id))]
        if stage == "decision":
            assert (len(standing), "opinion_reopened" in kinds) == (1, False)
            assert after.checks["pret_raisonnable"] is True
        else:
            assert (len(standing), "opinion_reopened" in kinds) == (0, True)
            assert "pret_raisonnable" not in after.checks
            again = give_opinions(cases, people.other_instructor, selected([after]), Answers(favourable=True))
            assert not again.left
            assert read_again(cases, dossier).stage == "decision"
