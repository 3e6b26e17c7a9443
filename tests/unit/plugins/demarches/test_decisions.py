"""A decision told to the démarche where the applicant filed: once, annotations with it, refusals said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from guichet.plugin.contracts import Context, Refused, Unavailable, WrittenBack
from guichet.testing import a_context, a_decision, a_door, assert_write_back
from guichet_plugins.connect.demarches.decisions import DemarcheDecision, WriteBackOptions
from guichet_plugins.connect.demarches.stand_in import Demarche, StandIn
from guichet_plugins.connect.demarches.stand_in.held import FIRST_NUMBER
from sandboxes import Sandbox, sandbox

NUMBER = str(FIRST_NUMBER)
ANNE = "anne@exemple.fr"
A_PERSON = {"demandeur": {"__typename": "PersonnePhysique"}, "email": ANNE}
A_COMPANY = {"demandeur": {"__typename": "PersonneMorale", "siret": "73282932000074"}, "email": ANNE}
NOTED = {"Montant": "amount", "Notre référence": "reference", "Le": "decided_on"}


@dataclass
class At:
    """A démarche being served."""

    demarche: Demarche
    served: Sandbox
    context: Context

    @property
    def options(self) -> dict[str, Any]:
        return {
            "base_url": self.served.url, "token": "secret:ds", "instructor": "Instructeur-1", "annotations": NOTED,
            "demarche": 7,
        }  # fmt: skip

    def tell(self, options: dict[str, Any] | None = None, **changes: Any) -> WrittenBack:
        chosen = WriteBackOptions.model_validate({**self.options, **(options or {})})
        decision = a_decision(**{"dossier": NUMBER, "email": ANNE, **changes})
        return DemarcheDecision().write_back(decision, chosen, self.context)

    def held(self) -> tuple[str, str | None, dict[str, Any]]:
        kept = self.demarche.kept(FIRST_NUMBER)
        return kept.state, kept.motivation, dict(kept.annotations or {})


@contextmanager
def a_dossier(state: str = "en_instruction", content: Mapping[str, Any] = A_PERSON) -> Iterator[At]:
    demarche = Demarche(
        7,
        (),
        1,
        lambda _: content,
        annotations=(("Montant", "DecimalNumberChamp"), ("Notre référence", "TextChamp"), ("Le", "DateChamp")),
        state=lambda _: state,
    )
    with sandbox(StandIn(demarche)) as served:
        yield At(demarche, served, a_context(secrets={"ds": "any"}, outside=a_door()))


def test_it_keeps_the_contract_of_write_backs():
    with a_dossier() as at:
        assert_write_back(
            DemarcheDecision(),
            context=at.context,
            read=at.held,
            options=at.options,
            decision=a_decision(dossier=NUMBER, email=ANNE),
        )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("granted", "accepte"), ("granted_in_part", "accepte"), ("refused", "refuse"), ("inadmissible", "refuse"),
        ("dropped", "sans_suite"), ("withdrawn", "sans_suite"),
    ],
)  # fmt: skip
def test_each_end_has_its_like(outcome: str, state: str):
    with a_dossier("en_construction") as at:
        assert at.tell(outcome=outcome, reason="Voilà pourquoi.") == WrittenBack(NUMBER)
        assert at.held() == (
            state, "Voilà pourquoi.", {"Montant": 2000, "Notre référence": "7K3M9QXW2F", "Le": "2020-04-24"},
        )  # fmt: skip


def test_told_twice_it_is_told_once_and_a_missing_note_is_added():
    with a_dossier() as at:
        at.tell(options={"annotations": {}})
        asked = at.served.requests
        assert at.tell(options={"annotations": {}}) == WrittenBack(NUMBER, already=True)
        assert at.served.requests == asked + 1
        assert at.tell() == WrittenBack(NUMBER, already=False)
        assert at.tell() == WrittenBack(NUMBER, already=True)


@pytest.mark.parametrize(
    ("changes", "options", "said"),
    [
        ({"outcome": "transferred"}, {}, "has no like"),
        ({"dossier": "12a"}, {}, "is not the number"),
        ({"dossier": "42"}, {}, "Dossier not found"),
        ({"outcome": "refused", "reason": ""}, {}, "asks for a reason"),
        ({}, {"instructor": ""}, "L’instructeur n’a pas les droits"),
        ({}, {"annotations": {"Montants": "amount"}}, 'no annotation "Montants". Its annotations: Montant'),
        ({}, {"annotations": {"Montant": "amount", "Le": "amount"}}, "that can hold amount"),
    ],
)
def test_what_cannot_be_told_says_why_and_changes_nothing(changes: Any, options: Any, said: str):
    with a_dossier("en_construction") as at:
        before = at.held()
        with pytest.raises(Refused, match=said):
            at.tell(options=options, **changes)
        assert at.held() == before


@pytest.mark.parametrize("outcome", ["granted", "refused", "dropped"])
def test_a_revocation_takes_the_dossier_back_in_instruction_once(outcome: str):
    with a_dossier() as at:
        at.tell(outcome=outcome, reason="Voilà pourquoi.")
        undone = {"id": "D-2", "outcome": "revoked", "cents": None, "decided_on": date(2020, 5, 4)}
        assert at.tell(**undone) == WrittenBack(NUMBER)
        after = ("en_instruction", None, {"Montant": 0, "Notre référence": "7K3M9QXW2F", "Le": "2020-05-04"})
        assert at.held() == after
        assert at.tell(**undone) == WrittenBack(NUMBER, already=True)
        assert at.held() == after
        assert at.tell(id="D-3", outcome="refused", reason="Autre.") == WrittenBack(NUMBER)
        assert at.held()[0] == "refuse"


def test_a_revocation_never_touches_somebody_elses_dossier():
    with a_dossier("accepte", content=A_COMPANY) as at:
        with pytest.raises(Refused, match="another establishment's"):
            at.tell(outcome="revoked", siret="00000000000018")
        assert at.held() == ("accepte", None, {})


def test_a_decision_there_is_never_replaced():
    with a_dossier("refuse") as at:
        with pytest.raises(Refused, match="another decision"):
            at.tell()
        assert at.held() == ("refuse", None, {})


def test_a_line_cut_after_the_decision_was_taken_is_found_out_at_the_next_try():
    with a_dossier() as at:
        app = at.served.faults._app

        def cut(environ: dict[str, Any], start_response: Any) -> Any:
            asked = environ["wsgi.input"].read()
            environ["wsgi.input"].seek(0)
            answer = app(environ, start_response)
            if b"dossierAccepter" in asked:
                environ["guichet.reset"]()
            return answer

        at.served.faults._app = cut
        with pytest.raises(Unavailable):
            at.tell()
        assert at.held()[0] == "accepte"
        at.served.faults._app = app
        assert at.tell() == WrittenBack(NUMBER, already=True)


def test_an_annotation_of_something_else_is_refused_with_the_declaration():
    with pytest.raises(ValueError, match=r"plugin\.option"):
        WriteBackOptions.model_validate({"demarche": 7, "annotations": {"Montant": "montant"}})


def test_the_dossier_of_the_same_company_is_written_whoever_filed_there():
    with a_dossier(content={**A_COMPANY, "email": "collegue@exemple.fr"}) as at:
        assert at.tell(siret="73282932000074") == WrittenBack(NUMBER)
        assert at.held()[0] == "accepte"


@pytest.mark.parametrize(
    ("content", "changes", "options", "said"),
    [
        (A_PERSON, {}, {"demarche": 8}, "not of the démarche 8"),
        (A_COMPANY, {"siret": "00000000000018"}, {}, "another establishment's"),
        (A_COMPANY, {"siret": ""}, {}, "another establishment's"),
        ({**A_COMPANY, "demandeur": {"__typename": "PersonneMorale"}}, {"siret": ""}, {}, "another establishment's"),
        ({**A_COMPANY, "demandeur": None}, {"siret": ""}, {}, "another establishment's"),
        (A_PERSON, {"email": "autre@exemple.fr"}, {}, "not of the applicant's e-mail"),
        (A_PERSON, {"email": ""}, {}, "not of the applicant's e-mail"),
        ({**A_PERSON, "email": " "}, {"email": ""}, {}, "not of the applicant's e-mail"),
    ],
)
def test_somebody_elses_dossier_is_never_written(content: Any, changes: Any, options: Any, said: str):
    with a_dossier(content=content) as at:
        with pytest.raises(Refused, match=said) as refused:
            at.tell(options=options, **changes)
        assert at.held() == ("en_instruction", None, {})
        for theirs in ("73282932000074", ANNE):
            assert theirs not in refused.value.text("fr") + refused.value.text("en")


def test_the_same_address_in_other_letters_is_the_same_person():
    with a_dossier(content={**A_PERSON, "email": "Anne@Exemple.fr "}) as at:
        assert at.tell() == WrittenBack(NUMBER)


def test_a_declaration_that_does_not_say_its_demarche_is_refused():
    with pytest.raises(ValueError, match="demarche"):
        WriteBackOptions.model_validate({})
