"""`guichet eval`: cases in, answers out, one for one; what cannot be read is refused at its place.

`tests/data/invalid/cases/<code>.txt` holds a case, then the texts expected, in French and in English.
"""

import json
from pathlib import Path

import pytest

from declarations import a_library
from guichet.locale import Language
from guichet.settings import Settings
from guichet_cli.main import run

BROKEN = sorted((Path(__file__).parents[2] / "data/invalid/cases").glob("*.txt"))
PLACES = {"A1": "dep-73", "A2": "dep-74", "A3": "reg-53"}
"""The last is none of the scheme's."""
GOOD = '{"effectif": 3, "annule": true, "perte": "120.50"}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_library(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def evaluated(lines: str | bytes, *more: str, language: Language = "fr") -> int:
    Path("cas.jsonl").write_bytes(lines if isinstance(lines, bytes) else lines.encode())
    return run(["eval", "essai", "--cases", "cas.jsonl", "--on", "2020-05-10", *more], Settings(language=language))


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.stem)
def test_what_a_case_says_wrong_is_refused_at_its_place(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line, french, english = case.read_text("utf-8").split("\n=====\n")
    for language, text in (("fr", french), ("en", english.rstrip("\n"))):
        code = evaluated(f"{line}\n", language="fr" if language == "fr" else "en")
        assert capsys.readouterr().err == f"{text}\n"
        assert code == (0 if case.stem.startswith("case_value_odd") else 2)


@pytest.mark.usefixtures("folder")
def test_a_refused_case_keeps_its_place_among_the_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(f'{GOOD}\n{{"efectif": 1}}\n\n{{\n{GOOD}\n') == 2
    given = answers(capsys)
    assert [answer.get("outcome") for answer in given] == ["eligible", None, None, "eligible"]
    assert [answer.get("line") for answer in given] == [None, 2, 4, None]
    assert 'le cas nomme "efectif", inconnu ici' in str(given[1]["error"])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("money", ["1500", "1500.5", '"1500.00"', '"1 500,50 €"', "0.1"])
def test_money_is_decimal_text_or_a_number_of_euros(money: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(f'{{"effectif": 3, "annule": true, "perte": {money}}}') == 0
    cents = {"0.1": 10}.get(money, 50_000)  # the ceiling is 500 €
    assert answers(capsys)[0]["amount_cents"] == cents


@pytest.mark.usefixtures("folder")
def test_absent_and_null_are_unanswered_and_missing_comes_in_form_order(capsys: pytest.CaptureFixture[str]) -> None:
    evaluated('{}\n{"perte": null, "annule": true, "effectif": null}\n')
    assert [answer["missing"] for answer in answers(capsys)] == [["effectif", "annule"], ["effectif", "perte"]]


@pytest.mark.usefixtures("folder")
def test_a_file_from_another_system_reads_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n" + GOOD.encode()) == 0
    assert [answer["amount_cents"] for answer in answers(capsys)] == [12_050, 12_050]


@pytest.mark.usefixtures("folder")
def test_a_line_in_another_encoding_is_refused_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated('{"titulaire": "Thônes"}\n'.encode("cp1252") + GOOD.encode()) == 2
    given = answers(capsys)
    assert given[0] == {"error": "cette ligne n'est pas en UTF-8", "line": 1}
    assert given[1]["outcome"] == "eligible"


@pytest.mark.usefixtures("folder")
def test_a_number_that_would_take_minutes_to_read_is_refused_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ('{"perte": 1e999999999}', '{"perte": ' + "9" * 100_000 + "}", '{"perte": 0.' + "0" * 100_000 + "1}")
    assert evaluated("\n".join(lines)) == 2
    assert all("error" in answer for answer in answers(capsys))


@pytest.mark.usefixtures("folder")
def test_before_the_first_version_nothing_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cas.jsonl").write_text(GOOD, "utf-8")
    assert run(["eval", "essai", "--cases", "cas.jsonl", "--on", "2019-01-01"], Settings(language="fr")) == 0
    assert answers(capsys)[0] == {
        "outcome": "undetermined", "amount_cents": None, "failed": [], "missing": [], "unavailable": [],
        "awaited": [], "provisional_amount_cents": None, "version": None,
    }  # fmt: skip


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--territory", "74"), "écrivez l'identifiant entier : dep-74 (Haute-Savoie)."),
        (("--territory", "reg-53"), 'le dispositif "essai" ne vise pas le territoire "reg-53"'),
        (("--on", "31/04/2020"), '"31/04/2020" n\'est pas un jour'),
        (("--on", "30/04/2020"), "par exemple 2020-04-30 ou 2020-04-17."),
        (("--on", "2020-04-31"), '"2020-04-31" n\'existe pas dans le calendrier'),
        (("--on", "20200430"), '"20200430" n\'est pas un jour'),
        (("--cases", "schemes"), '"schemes" est un dossier'),
        (("--cases", "ca.jsonl"), 'vouliez-vous dire "cas.jsonl" ?'),
    ],
)
def test_what_is_typed_wrong_is_refused(
    arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(GOOD, *arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_an_answer_bears_the_reference_of_its_case_judged_in_its_own_territory(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = [f'{{"@reference": "{name}", "@territory": "{place}", "effectif": 11}}' for name, place in PLACES.items()]
    assert evaluated("\n".join([*named, GOOD])) == 2
    found = answers(capsys)
    assert [answer.get("reference") for answer in found] == ["A1", "A2", "A3", None]
    assert [answer.get("outcome") for answer in found] == ["not_eligible", "not_eligible", None, "eligible"]
