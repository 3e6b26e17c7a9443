"""A token goes where it was made to go and nowhere else: territory, scheme, verb, another token's keys and cursors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from applying import HS1000, PDF, VOLET2
from calling import Caller, a_caller, a_token, simple_body
from guichet.model.api import Verb
from guichet.services.cases import UseCases
from guichet.web.app import WebApp, create_app
from instances import an_instance

SIMPLE = "aide-simple"
HERE, ELSEWHERE = f"reg-53/{SIMPLE}", f"reg-84/{SIMPLE}"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[SIMPLE, VOLET2], territories=["reg-53", "reg-84"]) as made:
        yield made


@pytest.fixture
def app(cases: UseCases) -> WebApp:
    return create_app(cases)


def filed(caller: Caller, place: str = HERE, who: str = "a@exemple.fr", key: str = "") -> str:
    answer = caller.file(place, simple_body(who), key)
    assert answer.status_code == 201, answer.text
    return answer.json()["reference"]


def test_a_token_of_one_territory_neither_reads_nor_files_in_another(cases: UseCases, app: WebApp) -> None:
    with (
        a_caller(cases, a_token(cases, territories=["reg-53"]), app) as mine,
        a_caller(cases, a_token(cases, territories=["reg-84"]), app) as theirs,
    ):
        there = filed(theirs, ELSEWHERE)
        tried = [
            mine.get(f"/t/{ELSEWHERE}/dossiers"),
            mine.get(f"/t/{ELSEWHERE}/gone-dossiers"),
            mine.get(f"/t/{ELSEWHERE}/dossiers/{there}"),
            mine.get(f"/t/{HERE}/dossiers/{there}"),
            mine.file(ELSEWHERE, simple_body("b@exemple.fr")),
        ]
        nowhere = mine.get(f"/t/reg-99/{SIMPLE}/dossiers")
        assert {one.status_code for one in [*tried, nowhere]} == {404}, "as if it were not there"
        assert all(there not in one.text or "instance" in one.json() for one in tried)


def test_a_token_of_one_scheme_does_nothing_for_another(cases: UseCases, app: WebApp) -> None:
    with a_caller(cases, a_token(cases, schemes=[VOLET2]), app) as caller:
        assert caller.file(HERE, simple_body()).status_code == 404
        assert caller.get(f"/t/{HERE}/dossiers").status_code == 404
        assert caller.send(HERE, "piece", PDF).status_code == 404


@pytest.mark.parametrize("verb", ["submit", "read"])
def test_a_verb_opens_its_own_doors_alone(verb: Verb, cases: UseCases, app: WebApp) -> None:
    with a_caller(cases, app=app) as whole, a_caller(cases, a_token(cases, verb), app) as caller:
        reference = filed(whole)
        doors = {
            "list": caller.get(f"/t/{HERE}/dossiers").status_code,
            "gone": caller.get(f"/t/{HERE}/gone-dossiers").status_code,
            "one": caller.get(f"/t/{HERE}/dossiers/{reference}").status_code,
            "file": caller.file(HERE, simple_body("c@exemple.fr")).status_code,
        }
    opened = {door for door, status in doors.items() if status < 300}
    assert ("file" in opened) == (verb == "submit")
    assert ("list" in opened) == (verb != "submit")
    assert set(doors.values()) <= {200, 201, 403, 404}


def test_another_token_s_key_is_a_key_of_its_own_and_tells_nothing(cases: UseCases, app: WebApp) -> None:
    with a_caller(cases, app=app) as one, a_caller(cases, a_token(cases), app) as other:
        first = filed(one, who="a@exemple.fr", key="cle-1")
        again = other.file(HERE, simple_body("b@exemple.fr"), "cle-1")
        assert again.status_code == 201
        assert again.json()["reference"] != first


def test_another_token_s_cursor_shows_only_what_one_s_own_token_may_see(cases: UseCases, app: WebApp) -> None:
    with (
        a_caller(cases, app=app) as here,
        a_caller(cases, a_token(cases, territories=["reg-84"]), app) as there,
    ):
        mine = {filed(here, who=f"h{n}@exemple.fr") for n in range(3)}
        theirs = {filed(there, ELSEWHERE, who=f"t{n}@exemple.fr") for n in range(3)}
        cursor = here.get(f"/t/{HERE}/dossiers", params={"limit": 1}).json()["next"]
        page = there.get(f"/t/{ELSEWHERE}/dossiers", params={"cursor": cursor})
        assert {one["reference"] for one in page.json()["items"]} <= theirs
        assert not mine & {one["reference"] for one in page.json()["items"]}
        deep = "W1tb" * 9000  # brackets in brackets
        for forged in ("x", "WzEsMiwzXQ", cursor[:-4] + "AAAA", "' OR 1=1 --", "A" * 5000, deep):
            assert here.get(f"/t/{HERE}/dossiers", params={"cursor": forged}).status_code in (200, 400)


def test_another_token_s_file_cannot_be_named(tmp_path: Path) -> None:
    with an_instance(tmp_path / "hs", schemes=[HS1000], territories=["dep-74"]) as cases:
        app, place = create_app(cases), f"dep-74/{HS1000}"
        cases.clock.advance(days=20)  # pyright: ignore[reportAttributeAccessIssue]  the scheme is open by then
        with (
            a_caller(cases, a_token(cases, territories=["dep-74"]), app) as one,
            a_caller(cases, a_token(cases, territories=["dep-74"]), app) as other,
        ):
            sent = one.send(place, "piece_identite", PDF, name="../../etc/passwd\r\nX: y.pdf")
            assert sent.status_code == 201, sent.text
            body = {"applicant": {"email": "v@exemple.fr"}, "answers": {"piece_identite": sent.json()["id"]}}
            stolen = other.file(place, body)
            assert stolen.status_code == 422
            assert any("piece_identite" in one["pointer"] for one in stolen.json()["errors"]), stolen.text
        assert not [path for path in cases.folder.rglob("*") if "passwd" in path.name]


def test_what_is_no_token_opens_nothing_and_is_never_repeated(cases: UseCases, app: WebApp) -> None:
    secret = a_token(cases)
    shorter, swapped = secret[:-1], secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for wrong in (shorter, swapped, secret.upper(), f"{secret} ", "null", "guichet_" + "0" * 64):
        with a_caller(cases, wrong, app) as caller:
            answer = caller.get(f"/t/{HERE}/dossiers")
            assert answer.status_code in (200, 401) if wrong.strip() == secret else answer.status_code == 401, wrong
            assert wrong not in answer.text or wrong == "null"
    journal = b"".join(path.read_bytes() for path in cases.folder.rglob("*.sqlite3*"))
    assert secret.encode() not in journal, "the database holds a digest"
