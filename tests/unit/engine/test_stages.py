"""Where a dossier may go from where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guichet.engine.stages import choices_of, earlier_stages, judged, judged_by, standing
from guichet.model.records import Dossier
from guichet.model.rules import Criterion, RuleVersion
from guichet.model.workflow import Stage, Workflow

WORKFLOW = Workflow(
    bodies={"region": "Région", "prefecture": "Préfecture"},
    stages={
        "opinion": Stage(body="region", act="opinion"),
        "second": Stage(body="region", act="opinion", needs="opinion"),
        "decision": Stage(body="prefecture", act="decision", needs="second"),
    },
)


def a_dossier(**values: Any) -> Dossier:
    blank: dict[str, Any] = dict.fromkeys(Dossier.__dataclass_fields__)
    given = {"phase": "instruction", "stage": "opinion", "to_complete": False}
    return Dossier(**{**blank, **given, **values})


def test_a_dossier_in_instruction_stands_at_its_stage() -> None:
    here = standing(WORKFLOW, a_dossier())

    assert here is not None
    assert (here.id, here.stage.act) == ("opinion", "opinion")


@pytest.mark.parametrize(
    "elsewhere",
    [{"phase": "filed"}, {"phase": "decided"}, {"to_complete": True}, {"stage": "unknown"}, {"stage": None}],
)
def test_a_dossier_that_waits_for_somebody_else_stands_nowhere(elsewhere: dict[str, Any]) -> None:
    assert standing(WORKFLOW, replace(a_dossier(), **elsewhere)) is None


def test_a_dossier_may_be_returned_to_the_stages_before_its_own() -> None:
    assert earlier_stages(WORKFLOW, "decision") == ("opinion", "second")
    assert earlier_stages(WORKFLOW, "opinion") == ()


def test_the_first_stage_offers_no_return() -> None:
    alone = Workflow(bodies={"one": "Un"}, stages={"decision": Stage(body="one", act="decision")})

    assert "return_to" not in choices_of(alone, "decision")
    assert "return_to" in choices_of(WORKFLOW, "decision")


def test_a_body_judges_the_criteria_that_name_it() -> None:
    rules = RuleVersion(
        legal="Délibération",
        criteria={
            "computed": Criterion(label="A", when="x = 1"),
            "theirs": Criterion(label="B", checked_by="region"),
            "others": Criterion(label="C", checked_by="prefecture"),
        },
    )

    assert judged_by(rules, "region") == ("theirs",)
    assert judged(rules) == ("theirs", "others")
