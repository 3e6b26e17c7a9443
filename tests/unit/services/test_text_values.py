"""Every name a letter may quote has a text, in French as it is written, and no value can become markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guichet.model.text_names import LETTER_NAMES, NOTICE_NAMES
from guichet.services.cases import UseCases
from guichet.services.letters import about_decision
from guichet.services.text_values import About, fill_letter, fill_notice, issuer_name, letter_values, notice_values
from guichet.storage import Tx
from worked import a_filed_dossier, an_instance, decided


def about(cases: UseCases, **values: Any) -> About:
    """What the letter of a decision is about; columns of the dossier and the decision may be given."""
    of_decision = values.pop("decision", {})
    dossier = a_filed_dossier(cases, **values)

    def act(tx: Tx) -> About:
        granted = decided(cases, tx, dossier, **of_decision)
        return about_decision(cases, tx, granted.dossier, granted.decision)

    return cases.store.act(act)


def test_every_name_has_a_text(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        seen = about(cases)
        assert notice_values(cases, seen).keys() == NOTICE_NAMES
        assert letter_values(cases, seen).keys() == LETTER_NAMES
        assert all(letter_values(cases, seen).values()) is False
        empty = [name for name, text in letter_values(cases, seen).items() if not text]
        # nothing is said, nothing beyond the decision to detail, and it is not sent on
        assert empty == ["message", "decision.details", "transfer.act", "transfer.reason"]


def test_amounts_and_days_are_written_as_french_writes_them(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        values = letter_values(cases, about(cases, decision={"cents": 212_345}))
        assert values["decision.amount"] == "2\u202f123,45\u00a0€"
        assert values["decision.act_date"] == values["dossier.filed_on"] == "20 avril 2020"
        assert values["silence.date"] == "24 août 2020"
        assert values["rules.version"] == "17 avril 2020"


def test_the_silence_date_counts_the_days_the_dossier_was_incomplete(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        seen = about(cases)
        paused = replace(seen.dossier, checks={**seen.dossier.checks, "@pauses": (("2020-07-01", "2020-07-10"),)})
        assert notice_values(cases, replace(seen, dossier=paused))["silence.date"] == "3 septembre 2020"


def test_names_of_places_and_of_the_court_fit_in_sentences(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        values = letter_values(cases, about(cases))
        text = "Le {territory.tribunal}, {territory.in}, {territory.of}, par {decision.issuer}."
        assert fill_notice(text, values) == (
            "Le tribunal administratif de Rennes, en Bretagne, de la Bretagne, par le préfet de région.\n"
        )


def test_a_court_whose_address_nobody_gave_is_told_by_its_seat(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        values = letter_values(cases, about(cases))
        text = "Saisissez le {territory.tribunal}, {territory.tribunal_address}, par courrier."
        assert fill_notice(text, values) == "Saisissez le tribunal administratif de Rennes, à Rennes, par courrier.\n"


def test_the_issuer_agrees_with_what_stands_before_it(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        values = letter_values(cases, about(cases))
        text = "{decision.issuer} décide.\n\nÉcrivez à {decision.issuer} au sujet de l'arrêté de {decision.issuer}."
        assert fill_notice(text, values) == (
            "Le préfet de région décide.\n\nÉcrivez au préfet de région au sujet de l'arrêté du préfet de région.\n"
        )


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("president", "le président du conseil régional"),
        ("directrice_generale", "la directrice generale"),
        ("adjoint", "l'adjoint"),
        (None, "l’auteur de la décision"),
    ],
)
def test_an_issuer_has_its_article(tmp_path: Path, issuer: str | None, name: str) -> None:
    with an_instance(tmp_path) as cases:
        decision = replace(about(cases).decision, issuer=issuer)
        assert issuer_name(cases.territory("reg-53"), decision, date(2020, 4, 20)) == name


def test_reasons_give_label_fact_and_article_and_what_was_typed(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        seen = about(
            cases,
            answers={"effectif": 0},
            checks={"pret_raisonnable": False, "sincerite": True},
            decision={
                "kind": "refused",
                "cents": None,
                "reasons": [
                    {"criterion": "un_salarie", "reason": ""},
                    {"criterion": "pret_raisonnable", "reason": "il dépasse le besoin."},
                    {"criterion": "", "reason": "Dossier vu le 18 avril."},
                ],
            },
        )
        lines = letter_values(cases, seen)["decision.reasons"].replace("\\", "").splitlines()
    assert lines[0] == (
        "- **Condition non remplie : « Au moins un salarié au 1er mars 2020 ».** Vous déclarez 0 salarié au"
        " 1er mars 2020 : il en faut au moins"
        " un "
        "(Décret n° 2020-371, art. 4, 2°)."
    )
    assert lines[1].startswith(
        "- **Condition non remplie : « Montant du prêt demandé raisonnable ».** Le montant du prêt"
    )
    assert "il dépasse le besoin (" in lines[1]
    assert lines[-1] == "- Dossier vu le 18 avril."


@pytest.mark.parametrize("hostile", ["[x](http://mal.fr)", "# Titre\n\n- un", "{decision.amount}", "<b>x</b>", "**x**"])
def test_what_an_applicant_types_stays_text(tmp_path: Path, hostile: str) -> None:
    with an_instance(tmp_path) as cases:
        values = letter_values(cases, about(cases, title=hostile))
        filled = fill_letter("Pour {dossier.title}.", values)
        assert "{decision" not in filled or "\\{decision" in filled
        assert "[x](" not in filled
        assert "\n#" not in filled
        assert "<b>" not in filled
        assert "**" not in filled
        assert hostile.strip().splitlines()[0] in fill_notice("{dossier.title}", values)


def test_a_territory_answers_for_the_helpdesk_a_scheme_leaves_open(tmp_path: Path) -> None:
    with an_instance(tmp_path) as cases:
        seen = about(cases)
        territory = cases.territory("reg-53")
        contacts = territory.contacts.model_copy(update={"phone": "02 99 00 00 00"})
        there = replace(cases.territories, by_id={"reg-53": territory.model_copy(update={"contacts": contacts})})
        values = notice_values(replace(cases, territories=there), seen)
        assert values["helpdesk.phone"] == "02 99 00 00 00"
        assert values["helpdesk.email"] == "à compléter"
