"""Bodies that are hostile, broken or too large: refused with a status and a reason, never a crash, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from calling import Caller, a_caller, a_token, simple_body
from guichet.services.cases import UseCases
from guichet.web.api.filing import HANDLERS
from guichet.web.app import create_app
from instances import an_instance

PLACE = "reg-53/aide-simple"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UseCases]:
    with an_instance(tmp_path_factory.mktemp("bodies"), schemes=["aide-simple"], territories=["reg-53"]) as made:
        yield made


@pytest.fixture(scope="module")
def caller(cases: UseCases) -> Iterator[Caller]:
    with a_caller(cases) as made:
        yield made


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_utf8"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b"[]", "not_object"),
        (b'"x"', "not_object"),
        (b"null", "not_object"),
        (b'{"a": NaN}', "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": 1e999999}', "number"),
        (b'{"a": 1e-999999}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b'{"a": 1, "a": 2}', "said_twice"),
        (b'{"a": {"b": 1, "b": 1}}', "said_twice"),
        (b'{"a": "\\u0000"}', "bad_character"),
        (b'{"\\ud800": 1}', "bad_character"),
        (b'{"a": ["x", {"b": "\\udfff"}]}', "bad_character"),
        (b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}", "too_deep"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
        (b'{"a": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", "too_deep"),
    ],
)
def test_what_is_no_exact_json_is_refused_by_name(caller: Caller, body: bytes, code: str) -> None:
    answer = caller.file(PLACE, body)
    assert (answer.status_code, answer.json()["type"]) == (400, f"urn:guichet:problem:malformed_{code}")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"applicant": None, "answers": None},
        {"applicant": "x", "answers": [], "proofs": 1, "attested": {}},
        {"applicant": {"email": {}}, "answers": {"siret": {"a": 1}, "effectif": True, "iban": 7, "nom": []}},
        {"applicant": {"email": "a@b.fr"}, "answers": {"nom": "\u202ea", "siret": "x" * 9000}, "attested": [[], {}]},
        {"applicant": {"email": "a b@c.fr"}, "answers": {"effectif": -1, "nom": " ", "iban": "FR" + "0" * 400}},
        {"answers": {f"k{number}": number for number in range(1000)}},
    ],
)
def test_json_of_the_wrong_shape_is_told_place_by_place(cases: UseCases, caller: Caller, body: object) -> None:
    answer = caller.file(PLACE, body)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert errors
    assert len(errors) <= 100
    assert all(one["pointer"].startswith("#/") and one["detail"] for one in errors)
    assert cases.store.read(lambda tx: tx.value(text("SELECT count(*) FROM dossier"))) == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x"])
def test_a_body_of_another_type_is_refused(caller: Caller, kind: str) -> None:
    answer = caller.file(PLACE, b"{}", **{"Content-Type": kind})
    assert (answer.status_code, answer.json()["type"]) == (415, "urn:guichet:problem:media_type")


def test_a_charset_beside_the_type_is_fine(caller: Caller) -> None:
    answer = caller.file(PLACE, b"{}", **{"Content-Type": "application/json; charset=utf-8"})
    assert answer.status_code == 422


def test_too_much_is_refused_with_the_limit(caller: Caller) -> None:
    answer = caller.file(PLACE, b'{"a": "' + b"x" * 1_000_100 + b'"}')
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:guichet:problem:too_large")
    assert "1000000" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/x", "/t/reg-53", "/t/reg-53/aide-simple/dossier", "/t/53/openapi.json"])
def test_an_unknown_address_answers_as_a_problem(caller: Caller, path: str) -> None:
    answer = caller.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_method_that_is_not_there_answers_as_a_problem(caller: Caller) -> None:
    answer = caller.client.put(f"/api/t/{PLACE}/dossiers", headers={"Authorization": f"Bearer {caller.token}"})
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"]


def test_the_api_sets_no_cookie_and_takes_none(cases: UseCases, caller: Caller) -> None:
    answers = [
        caller.get("/token"),
        caller.get("/openapi.json"),
        caller.get("/nowhere"),
        caller.file(PLACE, simple_body()),
        caller.client.get("/api/token", headers={"Cookie": "guichet=" + "a" * 64}),
    ]
    assert [one.status_code for one in answers] == [200, 200, 404, 201, 401]
    assert not any("set-cookie" in one.headers for one in answers)


def test_a_crash_gives_a_number_and_nothing_else(
    cases: UseCases, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guichet.services.api import submissions

    def broken(*_: object) -> None:
        raise ValueError("secret FR7630006000011234567890189")

    monkeypatch.setattr(submissions, "read_object", broken)
    with a_caller(cases) as caller:
        answer = caller.file(PLACE, simple_body())
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:guichet:problem:crash")
    assert answer.json()["incident"] in caplog.text
    assert "secret" not in answer.text


def test_a_database_that_does_not_answer_is_a_503_to_try_again(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=["aide-simple"], territories=["reg-53"]) as cases:
        token, app = a_token(cases), create_app(cases)
        cases.store.close()
        with a_caller(cases, token, app) as caller:
            answer = caller.file(PLACE, simple_body())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.json()["type"] == "urn:guichet:problem:unavailable"


def test_overload_is_said_in_json(cases: UseCases) -> None:
    with a_caller(cases, app=create_app(cases, most_at_once=0)) as caller:
        answer = caller.get("/token")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.headers["retry-after"] == "60"


def test_files_of_another_shape_are_refused(caller: Caller) -> None:
    assert HANDLERS
    assert caller.send(PLACE, "nom", name="").status_code == 400
    assert caller.send(PLACE, "nom", **{"Content-Type": "multipart/form-data; boundary=x"}).status_code == 415
    assert caller.send(PLACE, "nom").json()["errors"][0]["pointer"] == "#/field"
