"""The head of an act: a number, a day, a signatory of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guichet.model.placeholders import PLACEHOLDER
from guichet.model.territories import Territories
from guichet.services.act_heads import ActHead
from guichet.services.decisions import decide_all
from guichet.services.rulings import Ruling
from instructing import favourable, head_of_act, instructing, left_codes, read_again, selected

GRANT = Ruling("grant")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": "  "}, "act_number_missing"),
        ({"day": date(2020, 4, 21)}, "act_in_the_future"),
        ({"day": date(2020, 4, 19)}, "act_before_filing"),
        ({"signatory": "nobody"}, "signatory_not_valid"),
    ],
)
def test_an_act_needs_a_number_a_day_and_a_signatory_of_that_day(
    tmp_path: Path, changed: dict[str, Any], code: str
) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        head = replace(head_of_act(cases), **changed)

        assert left_codes(decide_all(cases, people.decider, selected([dossier]), GRANT, head)) == [code]


def test_without_an_act_nothing_is_decided(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)

        assert left_codes(decide_all(cases, people.decider, selected([dossier]), GRANT, None)) == ["act_head_missing"]


def test_no_real_act_bears_a_signatory_still_to_be_supplied(tmp_path: Path) -> None:
    with instructing(tmp_path) as (cases, people):
        (dossier,) = favourable(cases, people)
        nobody = cases.territory("reg-53").signatories["prefet_region"].model_copy(update={"name": PLACEHOLDER})
        region = cases.territory("reg-53").model_copy(update={"signatories": {"prefet_region": nobody}})
        unnamed = replace(cases, territories=Territories({**cases.territories.by_id, "reg-53": region}))
        head = ActHead("prefet_region", "2020-53-001", date(2020, 4, 20))

        live = decide_all(replace(unnamed, mode="live"), people.decider, selected([dossier]), GRANT, head)
        assert left_codes(live) == ["signatory_placeholder"]
        assert read_again(cases, dossier).phase == "instruction"
        assert not decide_all(unnamed, people.decider, selected([dossier]), GRANT, head).left  # a sandbox shows it
