"""An application and its files in one request: filed whole or not at all, once for each key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from applying import HS1000, PDF
from calling import Caller, a_caller, a_token, hs1000_body
from guichet.services.api.schemas import Applications
from guichet.services.cases import UseCases
from guichet.storage import files
from guichet.storage.tables import api_upload, attachment, dossier
from instances import an_instance

PLACE = f"dep-74/{HS1000}"
NAMED = {"piece_identite": "part:cni", "releve_identite_bancaire": "part:rib"}
BOTH = {"cni": PDF, "rib": PDF + b"\n%rib"}


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


@pytest.fixture
def caller(cases: UseCases) -> Iterator[Caller]:
    with a_caller(cases, a_token(cases, territories=["dep-74"])) as made:
        yield made


def counts(cases: UseCases) -> tuple[int, int, int]:
    """How many dossiers, attachments, and files that wait for a dossier."""
    tables = (dossier, attachment, api_upload)
    return cases.store.read(lambda tx: tuple(len(tx.all(select(one))) for one in tables))  # pyright: ignore[reportReturnType]  three


def wrong(answer: httpx.Response) -> dict[str, str]:
    return {one["pointer"]: one["code"] for one in answer.json()["errors"]}


def test_an_application_comes_with_its_files(cases: UseCases, caller: Caller) -> None:
    answer = caller.file_with(PLACE, hs1000_body(NAMED), BOTH, name="rib de Lucie.pdf")
    assert answer.status_code == 201, answer.text
    assert counts(cases) == (1, 2, 0)
    found = cases.store.read(lambda tx: tx.all(select(dossier.c.id)))[0].id
    kept = cases.store.read(lambda tx: files.attachments(tx, found))
    assert {(one.field, one.file_name, one.size) for one in kept} == {
        ("piece_identite", "rib de Lucie.pdf", len(PDF)),
        ("releve_identite_bancaire", "rib de Lucie.pdf", len(BOTH["rib"])),
    }


def test_the_same_request_again_files_nothing_and_keeps_no_file(cases: UseCases, caller: Caller) -> None:
    first = caller.file_with(PLACE, hs1000_body(NAMED), BOTH, key="k-1")
    again = caller.file_with(PLACE, hs1000_body(NAMED), BOTH, key="k-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert counts(cases) == (1, 2, 0)


def test_a_key_holds_for_the_bytes_of_the_files_too(cases: UseCases, caller: Caller) -> None:
    caller.file_with(PLACE, hs1000_body(NAMED), BOTH, key="k-1")
    other = caller.file_with(PLACE, hs1000_body(NAMED), {**BOTH, "rib": PDF + b"\n%other"}, key="k-1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:guichet:problem:key_reused")
    assert counts(cases) == (1, 2, 0)


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(cases: UseCases, caller: Caller) -> None:
    answer = caller.file_with(PLACE, hs1000_body(NAMED), {"cni": b"MZ\x90\x00", "rib": PDF, "autre": PDF})
    assert answer.status_code == 422
    assert wrong(answer) == {"#/answers/piece_identite": "invalid", "#": "unused_part"}
    missing = caller.file_with(PLACE, hs1000_body(NAMED), {"cni": PDF})
    assert wrong(missing) == {"#/answers/releve_identite_bancaire": "unknown_file"}
    bad = caller.file_with(PLACE, hs1000_body(NAMED, siret="1"), BOTH)
    assert set(wrong(bad)) == {"#/answers/siret"}
    assert counts(cases) == (0, 0, 0)


def test_a_part_and_a_file_sent_before_go_together(cases: UseCases, caller: Caller) -> None:
    sent = caller.send(PLACE, "piece_identite").json()["id"]
    body = hs1000_body({"piece_identite": sent, "releve_identite_bancaire": "part:rib"})
    assert caller.file_with(PLACE, body, {"rib": PDF}).status_code == 201
    assert counts(cases) == (1, 2, 0)


def test_a_part_named_in_plain_json_names_nothing(cases: UseCases, caller: Caller) -> None:
    answer = caller.file(PLACE, hs1000_body(NAMED))
    assert set(wrong(answer).values()) == {"unknown_file"}
    assert counts(cases) == (0, 0, 0)


@pytest.mark.parametrize(
    "given",
    [
        {"rib": ("rib.pdf", PDF, "application/pdf")},
        {"application": (None, "{}", "application/json"), "other": (None, "x")},
        {"application": (None, "{" + " " * 1_000_001, "application/json")},
        [("application", (None, "{}")), ("application", (None, "{}"))],
        [("application", (None, "{}")), *[(f"f{n}", ("a.pdf", b"x")) for n in range(21)]],
        [("application", (None, "{}")), ("rib", ("a.pdf", PDF)), ("rib", ("b.pdf", PDF))],
    ],
)
def test_a_body_of_another_shape_is_refused(cases: UseCases, caller: Caller, given: object) -> None:
    told = {"Authorization": f"Bearer {caller.token}", "Idempotency-Key": "k"}
    answer = caller.client.post(f"/api/t/{PLACE}/dossiers", files=given, headers=told)  # pyright: ignore[reportArgumentType]  as httpx takes them
    assert answer.status_code == 400, answer.text
    assert counts(cases) == (0, 0, 0)


def test_plain_json_is_held_to_a_megabyte_and_another_type_refused(caller: Caller) -> None:
    assert caller.file(PLACE, b"{" + b" " * 1_000_001 + b"}").status_code == 413
    assert caller.file(PLACE, b"{}", **{"Content-Type": "text/plain"}).status_code == 415


def test_the_description_says_both_ways_and_the_schema_takes_a_part(cases: UseCases, caller: Caller) -> None:
    document = caller.client.get("/api/t/dep-74/openapi.json").json()
    content = document["paths"][f"/api/t/{PLACE}/dossiers"]["post"]["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data"}
    compiled = cases.snapshots.current(HS1000, "dep-74")
    assert compiled is not None
    answers = Applications("").schema(compiled)["properties"]["answers"]["properties"]
    checker = Draft202012Validator.FORMAT_CHECKER
    taken = Draft202012Validator(answers["piece_identite"], format_checker=checker)
    assert taken.is_valid("part:cni")
    assert not taken.is_valid("part:")
