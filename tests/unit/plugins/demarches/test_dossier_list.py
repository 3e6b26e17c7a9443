"""A list read from the dossiers of a démarche, against the stand-in over a real socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from databases import SteppedClock
from guichet.plugin.contracts import Context, Invalid, ListPage, ListRow, Refused, RejectedRow, Unavailable
from guichet.testing import a_context
from guichet_plugins.connect.demarches import questions
from guichet_plugins.connect.demarches.cells import read_as
from guichet_plugins.connect.demarches.dossier_list import DossierList
from guichet_plugins.connect.demarches.options import ListOptions
from guichet_plugins.connect.demarches.stand_in import Demarche, StandIn
from guichet_plugins.connect.demarches.stand_in.held import FIRST_NUMBER
from sandboxes import Calls, Sandbox, a_door, sandbox

CHAMPS = (
    ("Référence", "TextChamp"),
    ("Montant", "DecimalNumberChamp"),
    ("Mois", "TextChamp"),
    ("Jour", "DateChamp"),
    ("Salariés", "IntegerNumberChamp"),
    ("Certifié", "CheckboxChamp"),
    ("Siège", "SiretChamp"),
)
COLUMNS = {
    "reference": "text",
    "amount": "money",
    "month": "month",
    "day": "date",
    "staff": "integer",
    "sure": "boolean",
}
MAPPED = {
    "champs": {
        "reference": "Référence", "amount": "champ-2", "month": "Mois", "day": "Jour", "staff": "Salariés",
        "sure": "Certifié",
    },
    "dossier": {"siren": "demandeur.entreprise.siren"},
    "demarche": "7",
    "token": "secret:ds",
}  # fmt: skip


def company(siren: str) -> dict[str, Any]:
    return {"__typename": "PersonneMorale", "siret": f"{siren}00010", "entreprise": {"siren": siren}}


def content(rank: int = 1, **changes: Any) -> dict[str, Any]:
    values = {
        "Référence": f"R{rank}", "Montant": 1234.5, "Mois": "2020-03", "Jour": "2020-04-02", "Salariés": 3,
        "Certifié": True, "Siège": "55204944776279", **changes,
    }  # fmt: skip
    return {"demandeur": company(f"{rank:09d}"), "champs": values, "email": "a@exemple.fr"}


@dataclass
class At:
    """A démarche being served, its clock, and what asks it."""

    demarche: Demarche
    stand_in: StandIn
    served: Sandbox
    clock: SteppedClock
    calls: Calls
    context: Context

    def options(self, **changes: Any) -> ListOptions:
        return ListOptions.model_validate({**MAPPED, "base_url": self.served.url, **changes})

    def page(self, cursor: str = "", **changes: Any) -> ListPage:
        return DossierList().fetch(cursor, "siren", COLUMNS, self.options(**changes), self.context)

    def all(self, cursor: str = "", **changes: Any) -> tuple[list[Any], list[str], str]:
        rows: list[Any] = []
        gone: list[str] = []
        while True:
            page = self.page(cursor, **changes)
            rows += page.rows
            gone += page.gone
            cursor = page.cursor
            if page.last:
                return rows, gone, cursor


@contextmanager
def a_service(count: int = 3, **settings: Any) -> Iterator[At]:
    clock = SteppedClock()
    demarche = Demarche(7, CHAMPS, count, lambda rank: content(rank + 1), now=clock.now)
    stand_in = StandIn(demarche, **{"token": "s3cret", "per_minute": 10_000, **settings})
    calls = Calls()
    with sandbox(stand_in) as served:
        context = a_context(
            mode="sandbox", secrets={"ds": "s3cret"}, outside=a_door(clock=clock, log=calls).within("reg-53")
        )
        clock.move(hours=1)
        yield At(demarche, stand_in, served, clock, calls, context)


def numbers(rows: list[Any]) -> list[int]:
    return [row.line - FIRST_NUMBER + 1 for row in rows]


def test_champs_and_places_become_the_values_of_columns():
    with a_service(1) as at:
        (row,) = at.page().rows
    assert row == ListRow(
        FIRST_NUMBER,
        {
            "siren": "000000001", "reference": "R1", "amount": 123_450, "month": "2020-03", "day": date(2020, 4, 2),
            "staff": 3, "sure": True,
        },
        str(FIRST_NUMBER),
    )  # fmt: skip


def test_null_is_no_value_and_a_wrong_type_sets_the_row_aside():
    with a_service(0) as at:
        at.demarche.put(content(1, Montant=None, Mois=None, Jour=None, Salariés=None, Certifié=None))
        at.demarche.put(content(2, Montant=10.005))
        at.demarche.put(content(3, Mois="mars dernier"))
        at.demarche.put({**content(4), "demandeur": {"__typename": "PersonnePhysique", "nom": "Martin"}})
        rows = at.page().rows
    assert isinstance(rows[0], ListRow)
    assert [rows[0].values[name] for name in ("amount", "month", "day", "staff", "sure")] == [None] * 5
    assert [(row.column, row.reason.en) for row in rows[1:] if isinstance(row, RejectedRow)] == [
        ("amount", '"10.005" is not an amount to the cent.'),
        ("month", '"mars dernier" is not a month.'),
        ("siren", "The key is empty."),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("money", Decimal("1234.5"), 123_450),
        ("money", 12, 1_200),
        ("money", "1 234,50", 123_450),
        ("integer", "12", 12),
        ("integer", Decimal("3.0"), 3),
        ("month", "03/2020", "2020-03"),
        ("month", "2020-03-31", "2020-03"),
        ("date", "2020-04-02T10:00:00+02:00", date(2020, 4, 2)),
        ("date", "2 avril 2020", date(2020, 4, 2)),
        ("boolean", "Oui", True),
        ("text", 12, "12"),
        ("text", "  ", None),
    ],
)
def test_a_value_is_read_as_its_column_says(kind: str, value: Any, read: Any):
    assert read_as(kind, value) == read


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("money", True), ("money", "beaucoup"), ("money", [1]), ("money", Decimal("1e30")), ("integer", Decimal("1.5")),
        ("integer", True), ("month", "2020-13"), ("month", 3), ("date", 3), ("date", "2020-02-30"), ("boolean", 1),
        ("boolean", "peut-être"), ("text", {"a": 1}), ("text", True),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(kind: str, value: Any):
    with pytest.raises(Invalid):
        read_as(kind, value)


def test_the_whole_list_comes_a_hundred_at_a_time():
    with a_service(250) as at:
        rows, gone, cursor = at.all()
        assert numbers(rows) == list(range(1, 251))
        assert gone == []
        assert json.loads(cursor)["since"]
        assert at.served.requests == 4  # the démarche described, then three pages


def test_the_service_never_gives_more_than_a_hundred():
    with a_service(250) as at:
        question = "{ demarche(number: 7) { dossiers(first: 5000) { nodes { number } } } }"
        assert len(asked(at, question)["data"]["demarche"]["dossiers"]["nodes"]) == 100


def test_only_dossiers_in_the_declared_states_are_rows():
    with a_service(0) as at:
        for rank, state in enumerate(("accepte", "refuse", "en_instruction", "accepte"), 1):
            at.demarche.put(content(rank), state)
        assert numbers(at.all()[0]) == [1, 4]
        assert numbers(at.all(states=["accepte", "refuse"])[0]) == [1, 2, 4]


def test_changes_are_new_rows_changed_rows_rows_that_left_and_deleted_ones():
    with a_service(250) as at:
        *_, cursor = at.all()
        at.clock.move(hours=1)
        at.demarche.change(FIRST_NUMBER + 1, content=content(2, Référence="changed"))
        at.demarche.change(FIRST_NUMBER + 2, state="sans_suite")
        at.demarche.delete(FIRST_NUMBER + 3)
        at.demarche.put(content(999))
        at.clock.move(hours=1)
        rows, gone, later = at.all(cursor)
        assert numbers(rows) == [2, 251]
        assert rows[0].values["reference"] == "changed"
        assert gone == [str(FIRST_NUMBER + 2), str(FIRST_NUMBER + 3)]
        at.clock.move(hours=1)
        assert at.all(later)[:2] == ([], [])


def test_what_changes_while_pages_turn_is_in_the_next_changes():
    with a_service(150) as at:
        first = at.page()
        at.clock.move(minutes=5)
        at.demarche.change(FIRST_NUMBER, content=content(1, Référence="meanwhile"))
        at.demarche.delete(FIRST_NUMBER + 1)
        *_, cursor = at.all(first.cursor)
        at.clock.move(hours=1)
        rows, gone, _ = at.all(cursor)
        assert [row.values["reference"] for row in rows if row.line == FIRST_NUMBER] == ["meanwhile"]
        assert str(FIRST_NUMBER + 1) in gone


def test_more_deleted_dossiers_than_a_page_are_all_told():
    with a_service(250) as at:
        *_, cursor = at.all()
        at.clock.move(hours=1)
        for rank in range(230):
            at.demarche.delete(FIRST_NUMBER + rank)
        assert len(at.all(cursor)[1]) == 230


def test_the_same_cursor_gives_the_same_page():
    with a_service(250) as at:
        first = at.page()
        assert at.page(first.cursor) == at.page(first.cursor)


@pytest.mark.parametrize(
    ("champs", "said"),
    [
        ({"reference": "Reference"}, 'no champ "Reference", to take reference from. Did you mean "Référence"?'),
        ({"reference": "Twice"}, "give the id, one of champ-1, champ-2."),
        ({"reference": "champ-9"}, 'no champ "champ-9"'),
    ],
)
def test_a_champ_that_the_demarche_has_not_is_refused_before_any_row(champs: dict[str, str], said: str):
    with a_service(1) as at:
        if "Twice" in champs.values():
            at.demarche.champs = (("Twice", "TextChamp"), ("Twice", "TextChamp"), *CHAMPS[1:])
        with pytest.raises(Refused) as refused:
            at.page(champs={**MAPPED["champs"], **champs})
    assert said in refused.value.text("en")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"champs": {}}, "Say where to take reference, amount"),
        ({"demarche": None}, "Say which démarche"),
        ({"demarche": "8"}, "Demarche not found"),
        ({"base_url": ""}, "`base_url`"),
        ({"token": ""}, "The token of the service is not set"),
        ({"token": "secret:absent"}, 'The secret "absent" is not set'),
        ({"token": "secret:other"}, "does not take the token"),
        ({"base_url": "{url}/elsewhere"}, "answered 404: check `base_url`"),
    ],
)
def test_what_cannot_work_says_what_to_mend(changes: dict[str, Any], said: str):
    with a_service(1) as at:
        at.context = replace(at.context, secrets={"ds": "s3cret", "other": "wrong"})
        settled = {k: v.format(url=at.served.url) if isinstance(v, str) else v for k, v in changes.items()}
        with pytest.raises(Refused) as refused:
            at.page(**settled)
    assert said in refused.value.text("en")
    assert "s3cret" not in refused.value.text("en")


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad_json", "error_in_200", "429"])
def test_a_failing_service_is_unavailable_and_the_cursor_stays_good(kind: str):
    with a_service(150) as at:
        first = at.page()
        at.served.fail(kind, seconds=600)
        with pytest.raises(Unavailable):
            at.page(first.cursor)
        at.served.fail("none")
        at.clock.move(minutes=11)
        assert len(at.page(first.cursor).rows) == 50


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"demarche": {}}, {"demarche": {"activeRevision": {"champDescriptors": [1]}}}, {"demarche": 3}],
)
def test_an_answer_of_another_shape_is_a_failure_of_the_service_and_not_of_the_plugin(data: Any):
    def lying(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [json.dumps({"data": data}).encode()]

    with sandbox(lying) as served:
        context = a_context(secrets={"ds": "x"}, outside=a_door())
        options = ListOptions.model_validate({**MAPPED, "base_url": served.url})
        with pytest.raises(Unavailable):
            DossierList().fetch("", "siren", COLUMNS, options, context)


def test_calls_are_logged_for_their_purpose_and_the_token_is_nowhere():
    with a_service(1) as at:
        at.page()
        assert {(call.service, call.purpose, call.territory) for call in at.calls.kept} == {
            ("demarches_simplifiees", "liste de référence", "reg-53")
        }
        assert "s3cret" not in repr(at.calls.kept)


def test_the_operator_may_ask_by_a_stored_query():
    stored = {"q": questions.DOSSIERS}
    with a_service(3, stored=stored) as at:
        assert numbers(at.all(query_id="q")[0]) == [1, 2, 3]
        with pytest.raises(Refused, match="No query with id"):
            at.all(query_id="other")


def test_an_unknown_place_of_the_dossier_is_refused_with_the_declaration():
    with pytest.raises(ValueError, match=r"plugin\.option"):
        ListOptions.model_validate({**MAPPED, "dossier": {"siren": "demandeur.sirene"}})


def asked(at: At, question: str, **variables: Any) -> Any:
    headers = {"Authorization": "Bearer s3cret"}
    body = {"query": question, "variables": variables}
    return httpx.post(f"{at.served.url}/api/v2/graphql", json=body, headers=headers).json()


TWO_MEANINGS = (
    "{ demarche(number: 7) { dossiers { nodes { champs { ... on TextChamp { value }"
    " ... on IntegerNumberChamp { value } } } } } }"
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("{ demarche(number: 7) { numero } }", "Field 'numero' doesn't exist on type 'Demarche'"),
        ("{ demarche(number: 7) { number { id } } }", "do not fit"),
        ("{ demarche(number: 7) { ...Absent } }", "Fragment Absent was used, but not defined"),
        (TWO_MEANINGS, "type conflict"),
        ("{ demarche(number: 7) { number ", "Parse error"),
        ("query { demarche(number: 7) % }", "Parse error"),
    ],
)  # fmt: skip
def test_the_stand_in_refuses_what_the_schema_refuses_inside_a_200(question: str, said: str):
    with a_service(1) as at:
        answer = asked(at, question)
    assert said in answer["errors"][0]["message"]


def test_the_stand_in_takes_no_question_deeper_than_fifteen():
    with a_service(1) as at:
        assert asked(at, _nested(6)) == {"data": {"dossier": {"champs": [{}] * 7}}}
        assert "exceeds max depth of 15" in asked(at, _nested(7))["errors"][0]["message"]


def _nested(times: int) -> str:
    """A question about a dossier linked to a dossier linked to…, two levels each."""
    opened = "{ champs { ... on DossierLinkChamp { dossier " * times
    return f"{{ dossier(number: {FIRST_NUMBER}) {opened} {{ id }} " + "} } }" * times + " }"


def test_the_stand_in_holds_to_its_pace():
    with a_service(1, per_minute=3) as at:
        statuses = [asked(at, "{ demarche(number: 7) { number } }").get("errors") for _ in range(5)]
    assert statuses[:3] == [None] * 3
    assert all(one[0]["message"] == "Rate limit exceeded" for one in statuses[3:])


def test_the_stand_in_of_the_connector_works_with_the_connector():
    with sandbox(DossierList().sandbox()) as served:
        context = a_context(secrets={"ds": "any"}, outside=a_door())
        options = ListOptions.model_validate(
            {
                "base_url": served.url, "demarche": "1234", "token": "secret:ds",
                "champs": {"reference": "Référence du versement", "amount": "Montant versé", "month": "Mois"},
                "dossier": {"siren": "demandeur.entreprise.siren"},
            }
        )  # fmt: skip
        columns = {"reference": "text", "amount": "money", "month": "month"}
        page = DossierList().fetch("", "siren", columns, options, context)
    assert len(page.rows) == 100
    assert all(isinstance(row, ListRow) for row in page.rows)
