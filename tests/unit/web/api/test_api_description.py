"""The API describes itself: OpenAPI that holds together, schemas that take what is filed and answers that fit them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from applying import HS1000, VOLET2, import_volet1
from calling import Caller, a_caller, a_token, hs1000_body, simple_body, volet2_body
from guichet.services.api.schemas import application_schema
from guichet.services.cases import UseCases
from guichet.services.publication import publish
from instances import an_instance, run_duties, the_library

SIMPLE = "aide-simple"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UseCases]:
    folder = tmp_path_factory.mktemp("description")
    with an_instance(folder, schemes=[SIMPLE, VOLET2], territories=["reg-53", "reg-84"]) as made:
        import_volet1(made)
        yield made


@pytest.fixture(scope="module")
def caller(cases: UseCases) -> Iterator[Caller]:
    with a_caller(cases) as made:
        yield made


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def resolved(document: Any, reference: str) -> Any:
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_the_description_is_open_to_all_and_every_reference_leads_somewhere(caller: Caller) -> None:
    answer = caller.client.get("/api/openapi.json")
    assert answer.status_code == 200
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    for reference in set(references(document)):
        assert resolved(document, reference)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))


def test_a_territory_has_its_own_description(caller: Caller) -> None:
    paths = caller.client.get("/api/t/reg-84/openapi.json").json()["paths"]
    assert f"/api/t/reg-84/{SIMPLE}/dossiers" in paths
    assert not any("reg-53" in path for path in paths)


def test_a_description_is_made_again_when_something_is_published(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[SIMPLE], territories=["reg-53"]) as cases, a_caller(cases) as caller:
        first = caller.client.get("/api/openapi.json")
        known = {"If-None-Match": first.headers["etag"]}
        assert caller.client.get("/api/openapi.json", headers=known).status_code == 304
        publish(cases, the_library(), VOLET2, ("reg-53",))
        second = caller.client.get("/api/openapi.json", headers=known)
        assert f"/api/t/reg-53/{VOLET2}/dossiers" in second.json()["paths"]


def test_every_path_described_is_served_and_every_path_served_is_described(caller: Caller) -> None:
    document = caller.client.get("/api/t/reg-53/openapi.json").json()
    for path, methods in document["paths"].items():
        address = path.replace("{reference}", "ZZZZZZZZZZ").removeprefix("/api")
        for method in methods:
            answer = caller.client.request(
                method, f"/api{address}", headers={"Authorization": f"Bearer {caller.token}"}
            )
            assert answer.status_code != 405, path
            assert answer.status_code in (200, 415) or "{reference}" in path, path
    shapes = {path.replace(f"/api/t/reg-53/{SIMPLE}", "") for path in document["paths"]}
    assert {"/dossiers", "/dossiers/{reference}", "/gone-dossiers", "/schema"} <= shapes


def test_the_schema_takes_what_the_api_files(caller: Caller) -> None:
    for scheme, body in ((SIMPLE, simple_body()), (VOLET2, volet2_body())):
        schema = caller.client.get(f"/api/t/reg-53/{scheme}/schema").json()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator(schema).validate(body)
        assert caller.file(f"reg-53/{scheme}", body).status_code == 201


def test_a_schema_of_a_publication_never_changes_and_is_kept(caller: Caller) -> None:
    current = caller.client.get(f"/api/t/reg-53/{SIMPLE}/schema").json()
    past = caller.client.get(f"/api/t/reg-53/{SIMPLE}/schemas/{current['x-snapshot']}")
    assert past.json() == current
    assert "immutable" in past.headers["cache-control"]
    assert current["$id"].endswith(f"/schemas/{current['x-snapshot']}")
    for place in (f"reg-84/{SIMPLE}", f"reg-53/{VOLET2}"):
        assert caller.client.get(f"/api/t/{place}/schemas/{current['x-snapshot']}").status_code == 404
    assert caller.client.get(f"/api/t/reg-53/{SIMPLE}/schemas/zzz").status_code == 404


def test_questions_carry_their_words_and_conditions(caller: Caller) -> None:
    schema = caller.client.get(f"/api/t/reg-53/{VOLET2}/schema").json()
    answers = schema["properties"]["answers"]
    turnover = answers["properties"]["chiffre_affaires"]
    assert turnover["title"].startswith("Chiffre d'affaires")
    assert turnover["x-asked-when"] == ["exercice_clos"]
    assert "chiffre_affaires" not in answers["required"]
    assert "exercice_clos" in answers["required"]
    assert schema["properties"]["proofs"]["properties"]["volet1"]["properties"]["reference"]["title"]
    assert not any(
        kind in ("note", "section") for kind in (one["x-field-type"] for one in answers["properties"].values())
    )


def test_answers_fit_the_shapes_that_describe_them(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as cases:
        place = f"dep-74/{HS1000}"
        with a_caller(cases, a_token(cases, territories=["dep-74"])) as caller:
            document = caller.client.get("/api/openapi.json").json()

            def fits(name: str, answer: Any) -> None:
                assert answer.status_code < 300, answer.text
                schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
                Draft202012Validator(schema).validate(answer.json())

            files = ("piece_identite", "releve_identite_bancaire")
            sent = {name: caller.send(place, name) for name in files}
            fits("SentFile", sent[files[0]])
            filed = caller.file(place, hs1000_body({name: one.json()["id"] for name, one in sent.items()}))
            fits("Filed", filed)
            run_duties(cases)
            fits("Dossier", caller.get(f"/t/{place}/dossiers/{filed.json()['reference']}"))
            fits("Dossiers", caller.get(f"/t/{place}/dossiers"))
            fits("GoneDossiers", caller.get(f"/t/{place}/gone-dossiers"))
            fits("Token", caller.get("/token"))
            problem = caller.file(place, {})
            schema = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
            Draft202012Validator(schema).validate(problem.json())


def test_what_the_api_shows_of_answers_can_be_filed_again(cases: UseCases, caller: Caller) -> None:
    """Money, days, numbers and choices come out as they go in: nothing is rounded, nothing is a float."""
    body = volet2_body(email="tour@exemple.fr")
    reference = caller.file(f"reg-53/{VOLET2}", body).json()["reference"]
    shown = caller.get(f"/t/reg-53/{VOLET2}/dossiers/{reference}").json()["answers"]
    assert shown["chiffre_affaires"] == "140000.50"
    assert shown["charges_fixes"] == "1500.00"
    assert shown["date_demande_pret"] == "2020-03-20"
    again = caller.file(f"reg-53/{VOLET2}", {**body, "answers": shown})
    assert again.status_code == 201
    other = caller.get(f"/t/reg-53/{VOLET2}/dossiers/{again.json()['reference']}").json()["answers"]
    assert other == shown


def test_every_shipped_scheme_has_a_schema_that_holds() -> None:
    library = the_library()
    for scheme in library.sources:
        compiled = library.effective(scheme).compiled
        Draft202012Validator.check_schema(application_schema(compiled))
