"""Reading through the API: pages that miss nothing under writes, no more shown than a token goes, marks, deletions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from applying import IBAN
from calling import Caller, a_caller, a_token, simple_body
from drafting import an_account, the_dossier_of
from guichet.services.cases import UseCases
from guichet.services.withdrawals import withdraw
from guichet.storage import dossiers
from guichet.web.app import WebApp, create_app
from instances import an_instance, run_duties

SIMPLE = "aide-simple"
LIST = f"/t/reg-53/{SIMPLE}/dossiers"
GONE = f"/t/reg-53/{SIMPLE}/gone-dossiers"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[SIMPLE], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture
def app(cases: UseCases) -> WebApp:
    return create_app(cases)


@pytest.fixture
def caller(cases: UseCases, app: WebApp) -> Iterator[Caller]:
    with a_caller(cases, app=app) as made:
        yield made


def file_some(caller: Caller, count: int) -> list[str]:
    answers = [caller.file(f"reg-53/{SIMPLE}", simple_body(f"person{number}@exemple.fr")) for number in range(count)]
    return [one.json()["reference"] for one in answers]


def tick(cases: UseCases, **span: float) -> None:
    cases.clock.advance(**span)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves


def walk(caller: Caller, path: str, between: Any = None, **query: Any) -> list[str]:
    """Read every page and give the references met, in order; `between` is called after each page."""
    met: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = caller.get(path, params={**query, **({"cursor": cursor} if cursor else {})}).json()
        met += [one["reference"] for one in page["items"]]
        cursor = page["next"]
        if between is not None:
            between()
    return met


def test_pages_give_each_dossier_once_in_the_order_of_changes(cases: UseCases, caller: Caller) -> None:
    references = file_some(caller, 7)
    assert walk(caller, LIST, limit=3) == references


def test_nothing_is_missed_when_dossiers_change_between_pages(cases: UseCases, caller: Caller) -> None:
    references = file_some(caller, 9)
    account = an_account(cases, "person1@exemple.fr")
    changed: list[str] = []

    def between() -> None:
        tick(cases, seconds=1)
        if not changed:
            changed.append(withdraw(cases, account, references[1]).reference)
            changed.extend(file_some(caller, 1))

    met = walk(caller, LIST, between, limit=4)
    assert set(met) == {*references, changed[1]}
    assert met.count(references[1]) == 2  # seen again where it now stands, never lost


def test_a_list_by_number_would_have_missed_one(cases: UseCases, caller: Caller) -> None:
    """Sabotage: the same walk by page number, over the same order."""
    references = file_some(caller, 9)
    met: list[str] = []
    for page in range(3):
        found = cases.store.read(
            lambda tx, start=page * 4: tx.all(
                text("SELECT reference FROM dossier ORDER BY changed_at, id LIMIT 4 OFFSET :start"), {"start": start}
            )
        )
        met += [row.reference for row in found]
        tick(cases, seconds=1)
        if not page:
            withdraw(cases, an_account(cases, "person1@exemple.fr"), references[1])
    assert references[4] not in met


def test_who_comes_back_from_as_of_meets_what_changed_since(cases: UseCases, caller: Caller) -> None:
    file_some(caller, 2)
    tick(cases, minutes=1)
    as_of = caller.get(LIST).json()["as_of"]
    assert walk(caller, LIST, updated_since=as_of) == []
    reference = caller.file(f"reg-53/{SIMPLE}", simple_body("x@exemple.fr")).json()["reference"]
    assert walk(caller, LIST, updated_since=as_of) == [reference]


def test_lists_are_filtered_by_phase_end_and_mark(cases: UseCases, caller: Caller) -> None:
    first, second, third = file_some(caller, 3)
    withdraw(cases, an_account(cases, "person1@exemple.fr"), second)
    tick(cases, seconds=1)

    def mark(tx: Any) -> None:
        seen = dossiers.lock(tx, the_dossier_id(third))
        dossiers.save(tx, seen, by="x", to_complete=True)

    def the_dossier_id(reference: str) -> str:
        return known[reference]

    known = {reference: the_dossier_of(cases, reference).id for reference in (first, second, third)}
    cases.store.act(mark)
    assert walk(caller, LIST, phase="closed") == [second]
    assert walk(caller, LIST, phase="filed,closed") == [first, second, third]
    assert walk(caller, LIST, end="withdrawn") == [second]
    assert walk(caller, LIST, to_complete="true") == [third]
    assert walk(caller, LIST, end="granted") == []


@pytest.mark.parametrize(
    "query",
    [
        {"phase": "draft"},
        {"end": "x"},
        {"to_complete": "oui"},
        {"updated_since": "2020-04-20"},
        {"updated_since": "2020-04-20T10:00:00"},
        {"updated_since": "9999-12-31T23:59:59-23:59"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "١"},
        {"cursor": "x"},
        {"cursor": "W10"},
        {"cursor": "WzEsMl0"},
        {"cursor": "WzFlOTk5LCJ4IiwxXQ"},
    ],
)
def test_a_query_that_makes_no_sense_says_which_part(caller: Caller, query: dict[str, str]) -> None:
    answer = caller.get(LIST, params=query)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:guichet:problem:malformed_query")
    assert next(iter(query)) in answer.json()["detail"]


def test_a_dossier_shows_as_much_as_its_token_goes(cases: UseCases, app: WebApp, caller: Caller) -> None:
    (reference,) = file_some(caller, 1)
    iban, people = IBAN.replace(" ", ""), ("Kermarrec", "KERMARREC", "73282932000074", "person0@exemple.fr")

    def told(*verbs: Any) -> str:
        with a_caller(cases, a_token(cases, *verbs), app) as other:
            one = other.get(f"{LIST}/{reference}")
            many = other.get(LIST)
            assert one.status_code == many.status_code == 200
            assert many.json()["items"] == [one.json()]
            return json.dumps(one.json(), ensure_ascii=False)

    bare = told("read")
    assert not any(word in bare for word in (*people, iban, "answers", "payments"))
    answers = told("read", "read_answers")
    assert "73282932000074" in answers
    assert iban not in answers
    assert "ATELIER KERMARREC" not in answers  # the holder of the account
    assert "payments" not in answers
    assert iban in told("read", "read_answers", "read_bank_account")
    assert iban not in told("read", "read_bank_account")
    paid = told("read", "read_payment")
    assert '"payments": []' in paid
    assert iban not in paid


def test_a_token_that_only_files_follows_what_it_filed(cases: UseCases, app: WebApp, caller: Caller) -> None:
    (theirs,) = file_some(caller, 1)
    with a_caller(cases, a_token(cases, "submit"), app) as filer:
        (mine,) = file_some(filer, 1)
        assert filer.get(f"{LIST}/{mine}").json()["phase"] == "filed"
        assert "answers" not in filer.get(f"{LIST}/{mine}").json()
        hidden, absent = filer.get(f"{LIST}/{theirs}"), filer.get(f"{LIST}/ZZZZZZZZZZ")
        assert (hidden.status_code, hidden.json()) == (404, absent.json())
        listed = filer.get(LIST)
        assert (listed.status_code, listed.json()["needs"]) == (403, ["read"])


def test_a_mark_stands_as_long_as_nothing_shown_changes(cases: UseCases, caller: Caller) -> None:
    (reference,) = file_some(caller, 1)
    first = caller.get(f"{LIST}/{reference}")
    same = caller.get(f"{LIST}/{reference}", headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    compressed = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}  # as a proxy that compresses rewrites it
    assert caller.get(f"{LIST}/{reference}", headers=compressed).status_code == 304
    run_duties(cases)
    moved = caller.get(f"{LIST}/{reference}", headers={"If-None-Match": first.headers["etag"]})
    assert moved.status_code == 200
    assert moved.headers["etag"] != first.headers["etag"]


def test_drafts_are_nobodys_but_their_owners(cases: UseCases, caller: Caller) -> None:
    from guichet.services.drafts import start_draft

    draft = start_draft(cases, an_account(cases), SIMPLE, "reg-53")
    assert walk(caller, LIST) == []
    assert caller.get(f"{LIST}/{draft.reference}").status_code == 404


def test_a_dossier_of_another_place_is_not_there(cases: UseCases, app: WebApp, caller: Caller) -> None:
    (reference,) = file_some(caller, 1)
    with a_caller(cases, a_token(cases, territories=["reg-84"]), app) as other:
        assert other.get(f"/t/reg-84/{SIMPLE}/dossiers/{reference}").status_code == 404
        assert other.get(f"{LIST}/{reference}").status_code == 404


def test_deleted_dossiers_are_listed_and_deleted_drafts_are_not(cases: UseCases, caller: Caller) -> None:
    first, second = file_some(caller, 2)
    with a_caller(cases) as reader:
        assert walk(reader, GONE) == []
        delete(cases, first)
        delete(cases, second)
        assert set(walk(reader, GONE, limit=1)) == {first, second}
        assert walk(reader, LIST) == []
        assert reader.get(f"{LIST}/{first}").status_code == 404
        (entry, _) = reader.get(GONE).json()["items"]
        assert set(entry) == {"reference", "territory", "scheme", "gone_at"}
        assert reader.get(GONE, params={"gone_since": "2199-01-01T00:00:00Z"}).json()["items"] == []
        draft = cases.store.act(
            lambda tx: dossiers.start(
                tx, scheme=SIMPLE, territory="reg-53", snapshot_hash=current(cases), by="x", account=None
            )
        )
        cases.store.act(lambda tx: tx.run(text("DELETE FROM dossier WHERE id = :id"), {"id": draft.id}))
        assert draft.reference not in walk(reader, GONE)


def test_reading_answers_is_written_down_and_reading_states_is_not(
    cases: UseCases, app: WebApp, caller: Caller
) -> None:
    (reference,) = file_some(caller, 1)
    caller.get(f"{LIST}/{reference}")
    with a_caller(cases, a_token(cases, "read"), app) as other:
        other.get(LIST)
    lines = cases.store.read(lambda tx: tx.all(text("SELECT body FROM event WHERE kind = 'answers_read_by_api'")))
    assert len(lines) == 1
    assert '"dossiers":1' in lines[0].body


def test_a_token_ends_on_its_day_and_at_its_revocation(cases: UseCases, app: WebApp) -> None:
    from guichet.services.api.tokens import every_token, revoke_token

    with a_caller(cases, a_token(cases, lasts=timedelta(days=2)), app) as one:
        assert one.get("/token").json()["territories"] == ["reg-53"]
        tick(cases, days=2)
        over = one.get("/token")
        assert over.status_code == 401
    with a_caller(cases, a_token(cases), create_app(cases)) as other:
        revoke_token(cases, every_token(cases)[-1].id)
        revoked = other.get("/token")
        other.token = ""
        absent = other.get("/token")
        other.token = "guichet_" + "0" * 64
        wrong = other.get("/token")
    assert {one.text for one in (over, revoked, absent, wrong)} == {absent.text}
    assert {one.headers["www-authenticate"] for one in (over, revoked, absent, wrong)} == {"Bearer"}


def test_the_use_of_a_token_is_noted(cases: UseCases, caller: Caller) -> None:
    from guichet.services.api.tokens import every_token

    assert every_token(cases)[0].last_used_at is None
    caller.get("/token")
    assert every_token(cases)[0].last_used_at == cases.clock.now()


def test_a_token_has_its_pace(cases: UseCases, app: WebApp) -> None:
    with a_caller(cases, a_token(cases, per_minute=3), app) as hasty:
        left = [hasty.get("/token") for _ in range(4)]
    assert [one.status_code for one in left] == [200, 200, 200, 429]
    assert [one.headers["ratelimit-remaining"] for one in left[:3]] == ["2", "1", "0"]
    assert 1 <= int(left[3].headers["retry-after"]) <= 20


def current(cases: UseCases) -> str:
    compiled = cases.snapshots.current(SIMPLE, "reg-53")
    assert compiled is not None
    return compiled.hash


def delete(cases: UseCases, reference: str) -> None:
    """Delete a dossier as the end of its retention will."""
    found = the_dossier_of(cases, reference).id
    cases.store.act(lambda tx: tx.run(text("DELETE FROM dossier WHERE id = :id"), {"id": found}))
