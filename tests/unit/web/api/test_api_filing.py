"""Filing through the API goes the way of the site: same flow, gate, rules and filing, once for each key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from applying import HS1000, PDF, VOLET2, import_volet1
from browsing import a_browser
from calling import Caller, a_caller, a_token, hs1000_body, simple_body, volet2_body
from drafting import the_dossier_of
from guichet.services.api.submissions import GATE_TRIES
from guichet.services.cases import UseCases
from guichet.storage import Tx, files, journal
from guichet.web.app import create_app
from instances import an_instance, run_duties
from instructing import a_siret
from signing_in import an_agent, last_mail, sign_in_agent, sign_in_applicant

SIMPLE = "aide-simple"


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[SIMPLE], territories=["reg-53"]) as made:
        yield made


@pytest.fixture
def caller(cases: UseCases) -> Iterator[Caller]:
    with a_caller(cases) as made:
        yield made


def count_of(cases: UseCases, territory: str = "reg-53", scheme: str = SIMPLE) -> int:
    with a_caller(cases, a_token(cases, "read", territories=[territory])) as reader:
        return len(reader.get(f"/t/{territory}/{scheme}/dossiers").json()["items"])


def pointers(answer: Any) -> dict[str, str]:
    return {one["pointer"]: " ".join(one["detail"].split()) for one in answer.json()["errors"]}


def test_what_is_filed_is_what_the_applicant_sees_on_the_site(cases: UseCases, caller: Caller) -> None:
    answer = caller.file(f"reg-53/{SIMPLE}", simple_body())
    assert answer.status_code == 201
    filed = answer.json()
    assert (filed["outcome"], filed["amount"]) == ("eligible", "1000.00")
    assert answer.headers["location"] == filed["dossier"]
    assert f"{filed['reference']}" in last_mail(cases)
    with a_browser(create_app(cases)) as browser:
        sign_in_applicant(browser, cases, "reg-53", "anne@exemple.fr", then=f"/t/reg-53/dossiers/{filed['reference']}")
        assert browser.sees("Atelier Kermarrec")
        assert browser.go(filed["receipt"].removeprefix(cases.base_url)).sees(filed["reference"])


def test_the_dossier_is_that_of_the_same_answers_typed_on_the_pages(tmp_path: Path) -> None:
    from applying import begin, file_it, fill_volet2, pass_gate

    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases:
        import_volet1(cases)
        with a_browser(create_app(cases)) as browser:
            begin(browser, cases, "reg-53", VOLET2)
            pass_gate(browser)
            fill_volet2(browser)
            file_it(browser)
            typed = the_dossier_of(cases, browser.path.split("/")[4])
        with a_caller(cases) as caller:
            answer = caller.file(f"reg-53/{VOLET2}", volet2_body())
            sent = the_dossier_of(cases, answer.json()["reference"])
        same = ("answers", "title", "grant_key", "siren", "iban_hash", "payee", "phase", "account", "snapshot_hash")
        assert {name: getattr(sent, name) for name in same} == {name: getattr(typed, name) for name in same}
        assert dict(sent.checks) == dict(typed.checks)
        assert (sent.outcome, sent.provisional_cents) == (typed.outcome, typed.provisional_cents)
        assert answer.json()["provisional_amount"] == "2000.00"
        kinds = {
            one.reference: {e.kind for e in cases.store.read(lambda tx, i=one.id: journal.of_subject(tx, i))}
            for one in (typed, sent)
        }
        assert kinds[sent.reference] - kinds[typed.reference] == {"dossier_sent_by_api"}
        run_duties(cases)
        phases = {the_dossier_of(cases, one.reference).stage for one in (typed, sent)}
        assert len(phases) == 1


def test_the_same_key_gives_the_same_answer_and_one_dossier(cases: UseCases, caller: Caller) -> None:
    first = caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1")
    again = caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert (first.headers["idempotent-replayed"], again.headers["idempotent-replayed"]) == ("false", "true")
    turned = json.dumps(dict(reversed(simple_body().items())), indent=2).encode()
    assert caller.file(f"reg-53/{SIMPLE}", turned, key="k1").json() == first.json()
    assert count_of(cases) == 1


def test_the_answer_to_a_key_stands_after_the_scheme_has_closed(cases: UseCases) -> None:
    token = a_token(cases, lasts=timedelta(days=300))
    with a_caller(cases, token) as caller:
        first = caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1")
        cases.clock.advance(days=200)  # pyright: ignore[reportAttributeAccessIssue]  the clock of the tests moves
        assert caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1").json() == first.json()
        late = caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k2")
        assert (late.status_code, late.json()["type"]) == (409, "urn:guichet:problem:not_open")
        assert "closes depuis" in late.json()["detail"]
        assert caller.file(f"reg-53/{SIMPLE}", simple_body(nom="Autre"), key="k1").json()["type"].endswith("key_reused")


def test_the_same_key_with_another_body_is_refused(cases: UseCases, caller: Caller) -> None:
    caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1")
    other = caller.file(f"reg-53/{SIMPLE}", simple_body(effectif=4), key="k1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:guichet:problem:key_reused")
    assert count_of(cases) == 1


def test_a_refused_body_leaves_its_key_free(cases: UseCases, caller: Caller) -> None:
    assert caller.file(f"reg-53/{SIMPLE}", simple_body(iban="FR7630006000011234567890188"), key="k").status_code == 422
    assert caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k").status_code == 201


@pytest.mark.parametrize("key", [None, "x" * 201, "a b"])
def test_a_filing_without_a_key_of_its_own_is_refused(caller: Caller, key: str | None) -> None:
    answer = caller.file(f"reg-53/{SIMPLE}", simple_body(), key=key)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:guichet:problem:key_needed")


def test_everything_wrong_is_said_at_once_with_its_place(cases: UseCases, caller: Caller) -> None:
    body = simple_body(nom=None, effectif=[1], nomm="x", iban="FR7630006000011234567890188")
    body |= {"applicant": {"email": "anne"}, "attested": ["sincerite", "zut"], "autre": 1}
    found = pointers(caller.file(f"reg-53/{SIMPLE}", body))
    assert found == {
        "#/answers/effectif": "Un autre type est attendu : integer, string.",
        "#/answers/iban": "Vérifiez l'IBAN : l'un de ses caractères ne correspond pas. Recopiez-le depuis votre RIB.",
        "#/answers/nom": "Cette réponse est obligatoire.",
        "#/answers/nomm": "Cette clé n’existe pas ici : vouliez-vous dire « nom » ?",
        "#/attested/1": "Donnez l’une de ces valeurs : sincerite.",
        "#/autre": "Cette clé n’existe pas ici : retirez-la, ou relisez le schéma.",
    }
    assert count_of(cases) == 0


def test_problems_speak_the_language_asked(caller: Caller) -> None:
    french = caller.file(f"reg-53/{SIMPLE}", simple_body(nom=None))
    english = caller.file(f"reg-53/{SIMPLE}", simple_body(nom=None), **{"Accept-Language": "en-GB, fr;q=0.5"})
    assert pointers(french) == {"#/answers/nom": "Cette réponse est obligatoire."}
    assert pointers(english) == {"#/answers/nom": "This answer is required."}
    assert english.headers["content-type"] == "application/problem+json"


def test_what_must_be_attested_is_named(caller: Caller) -> None:
    answer = caller.file(f"reg-53/{SIMPLE}", {**simple_body(), "attested": []})
    assert 'ajoutez "sincerite"' in pointers(answer)["#/attested"]


def test_questions_that_appear_are_required_and_those_not_asked_refused(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases:
        import_volet1(cases)
        with a_caller(cases) as caller:
            answer = caller.file(f"reg-53/{VOLET2}", volet2_body(chiffre_affaires=None))
            assert pointers(answer) == {"#/answers/chiffre_affaires": "Cette réponse est obligatoire."}
            answer = caller.file(f"reg-53/{VOLET2}", volet2_body(exercice_clos=False))
            assert list(pointers(answer)) == ["#/answers/chiffre_affaires"]
            assert "n’est pas posée" in pointers(answer)["#/answers/chiffre_affaires"]
            answer = caller.file(f"reg-53/{VOLET2}", {**volet2_body(), "proofs": {}})
            assert list(pointers(answer)) == ["#/proofs/volet1/reference"]
            assert count_of(cases, scheme=VOLET2) == 0


def test_a_closed_gate_says_why_keeps_nothing_and_is_not_for_guessing(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases:
        import_volet1(cases)
        with a_caller(cases) as caller:
            wrong = caller.file(f"reg-53/{VOLET2}", volet2_body(proof="DGFIP-0000-0000"))
            absent = caller.file(f"reg-53/{VOLET2}", volet2_body(siret=a_siret(7)))
            assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:guichet:problem:gate_closed")
            assert wrong.json()["reasons"]
            assert wrong.json() == absent.json()
            for _ in range(GATE_TRIES - 2):
                assert caller.file(f"reg-53/{VOLET2}", volet2_body(proof="X")).status_code == 422
            stopped = caller.file(f"reg-53/{VOLET2}", volet2_body())
            assert (stopped.status_code, stopped.json()["type"]) == (429, "urn:guichet:problem:gate_tries")
            assert int(stopped.headers["retry-after"]) > 0
        assert count_of(cases, scheme=VOLET2) == 0


def test_files_are_sent_first_then_named(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as cases:
        place, fields = f"dep-74/{HS1000}", ("piece_identite", "releve_identite_bancaire")
        with a_caller(cases, a_token(cases, territories=["dep-74"])) as caller:
            sent = {name: caller.send(place, name, name=f"{name}.pdf") for name in fields}
            assert {one.status_code for one in sent.values()} == {201}
            assert sent["piece_identite"].json()["media_type"] == "application/pdf"
            ids = {name: one.json()["id"] for name, one in sent.items()}
            filed = caller.file(place, hs1000_body(ids))
            assert filed.status_code == 201, filed.text
            dossier = the_dossier_of(cases, filed.json()["reference"])
            noted = cases.store.read(lambda tx: files.attachments(tx, dossier.id))
            assert {(one.field, one.file_name, one.size) for one in noted} == {
                (n, f"{n}.pdf", len(PDF)) for n in fields
            }
            used = caller.file(place, hs1000_body(ids))
            assert set(pointers(used)) == {f"#/answers/{name}" for name in fields}
            with a_caller(cases, a_token(cases, territories=["dep-74"])) as other:
                fresh = caller.send(place, "piece_identite").json()["id"]
                foreign = other.file(place, hs1000_body({"piece_identite": fresh}))
                assert "#/answers/piece_identite" in pointers(foreign)
            assert caller.send(place, "piece_identite", b"MZ not a pdf").status_code == 422
            assert caller.send(place, "nom").status_code == 422
            assert caller.send(place, "piece_identite", b"").status_code == 422


def test_who_filed_is_in_the_journal_and_the_token_is_not(cases: UseCases, caller: Caller) -> None:
    reference = caller.file(f"reg-53/{SIMPLE}", simple_body()).json()["reference"]
    dossier = the_dossier_of(cases, reference)

    def bodies(tx: Tx) -> list[str]:
        return [one.body or "" for one in journal.of_subject(tx, dossier.id)]

    lines = cases.store.read(bodies)
    assert any("Logiciel d'essai" in line and "sincerite" in line for line in lines)
    assert not any(caller.token in line for line in lines)


def test_agents_see_which_software_sent_a_dossier(cases: UseCases, caller: Caller) -> None:
    reference = caller.file(f"reg-53/{SIMPLE}", simple_body()).json()["reference"]
    an_agent(cases)
    with a_browser(create_app(cases)) as browser:
        sign_in_agent(browser, cases)
        browser.go(f"/agents/dossiers/{reference}")
        assert browser.sees("Envoyé par un autre logiciel au nom du demandeur", "Logiciel d'essai")


def test_nobody_files_under_the_account_of_an_agent_who_practises(cases: UseCases, caller: Caller) -> None:
    agent = an_agent(cases)
    for address in (f"{agent}@exercice.invalid", f"{agent}@EXERCICE.invalid"):
        assert list(pointers(caller.file(f"reg-53/{SIMPLE}", simple_body(address)))) == ["#/applicant/email"]
    assert count_of(cases) == 0


def test_a_silent_list_holds_the_dossier_as_it_does_on_the_site(tmp_path: Path) -> None:
    with an_instance(tmp_path, schemes=[VOLET2], territories=["reg-53"]) as cases, a_caller(cases) as caller:
        answer = caller.file(f"reg-53/{VOLET2}", volet2_body())
        assert (answer.status_code, answer.json()["unavailable"]) == (201, ["volet1"])
        reference = answer.json()["reference"]
        assert the_dossier_of(cases, reference).checks["@gate"] == "held"
        run_duties(cases)  # pre-instruction meets it as it meets one held on the site


def test_who_loses_a_race_in_the_store_gets_a_conflict_and_may_send_again(cases: UseCases, caller: Caller) -> None:
    clash = "CREATE TRIGGER clash BEFORE INSERT ON dossier BEGIN SELECT RAISE(ABORT, 'two at once'); END"
    cases.store.act(lambda tx: tx.run(text(clash)))
    lost = caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1")
    assert (lost.status_code, lost.json()["type"]) == (409, "urn:guichet:problem:conflict")
    cases.store.act(lambda tx: tx.run(text("DROP TRIGGER clash")))
    assert caller.file(f"reg-53/{SIMPLE}", simple_body(), key="k1").status_code == 201
