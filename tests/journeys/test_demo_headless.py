"""The story without a screen: the sums are the same by every way, and a file that was touched is found out."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from databases import postgres_url
from guichet.demo.headless import Ending, Wanted, play, recount
from guichet.demo.stage import Stage
from guichet.errors import ProblemsFound
from guichet.services.deliveries import FOLDER
from guichet.settings import Settings
from guichet_cli.main import run
from instances import the_library

SCHEME = "fds-volet-2"
PLACES = ("reg-53", "reg-11", "reg-01")
KEYS = {
    "territories", "beneficiaries", "agents", "attempts", "stopped_at_gate", "filed", "pre_instructed", "opinions",
    "granted", "refused", "open", "granted_cents", "committed_cents", "letters", "notices", "payment_files",
    "payment_lines", "payment_cents", "journal_events", "journal_valid", "elapsed_s", "peak_mb",
}  # fmt: skip
STEPS = {"import", "filing", "pre_instruction", "opinions", "decisions", "letters", "payment"}


def guichet(*words: str) -> int:
    return run(words, Settings(language="en"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ending, set[str]]:
    """One run of sixty dossiers in three territories, shared by the tests that only look at it."""
    steps: set[str] = set()
    out = tmp_path_factory.mktemp("demo") / "out"
    wanted = Wanted(SCHEME, out, 60, 2_000, PLACES, by_http=6, told=lambda step, done, total: steps.add(step))
    return out, play(Settings(), the_library(), wanted), steps


def assert_invariants(figures: dict[str, Any]) -> None:
    assert figures["filed"] == figures["granted"] + figures["refused"] + figures["open"]
    assert figures["attempts"] == figures["filed"] + figures["stopped_at_gate"]
    assert figures["pre_instructed"] == figures["filed"]
    assert figures["payment_lines"] == figures["granted"]
    assert figures["granted_cents"] == figures["committed_cents"] == figures["payment_cents"] > 0
    assert figures["letters"] == figures["granted"] + figures["refused"]
    assert figures["journal_valid"] is True


def test_the_sums_are_the_same_by_every_way(told: tuple[Path, Ending, set[str]]) -> None:
    _, ending, _ = told
    assert ending.wrong == ()
    assert_invariants(ending.figures)


def test_the_run_has_the_size_asked_for(told: tuple[Path, Ending, set[str]]) -> None:
    figures = told[1].figures
    assert (figures["territories"], figures["beneficiaries"], figures["agents"]) == (3, 2_000, 75)
    assert (figures["filed"], figures["filed_by_http"]) == (60, 6)
    assert figures["stopped_at_gate"] > 0
    assert figures["refused"] > 0
    assert figures["open"] > 0


def test_every_figure_is_given_and_every_step_is_told(told: tuple[Path, Ending, set[str]]) -> None:
    _, ending, steps = told
    assert set(ending.figures) >= KEYS
    assert set(ending.figures["elapsed_s"]) == STEPS
    assert {"filing", "opinions", "decisions", "payment"} <= steps


@pytest.fixture
def copy(told: tuple[Path, Ending, set[str]], tmp_path: Path) -> Path:
    """A copy of the run, to be tampered with."""
    shutil.copytree(told[0], tmp_path / "out")
    return tmp_path / "out"


def test_a_second_count_agrees(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet("demo", "--headless", "--out", str(copy), "--recount") == 0
    assert "The three counts are the same." in capsys.readouterr().out
    assert guichet("demo", "--headless", "--out", str(copy), "--recount", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"wrong": []}


def test_an_amount_changed_in_a_file_is_found_out(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next((copy / FOLDER).rglob("*.csv"))
    file.write_bytes(file.read_bytes().replace(b";2000,00;", b";9000,00;", 1))
    assert guichet("demo", "--headless", "--out", str(copy), "--recount") == 1
    assert "ordered_cents / cents in the files" in capsys.readouterr().err


def test_a_line_taken_out_of_a_file_is_found_out(copy: Path) -> None:
    file = next((copy / FOLDER).rglob("*.csv"))
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert any("lines in the files" in what for what in recount(Settings(), copy, SCHEME))


def test_a_file_added_or_missing_is_found_out(copy: Path) -> None:
    file = next((copy / FOLDER).rglob("*.csv"))
    file.rename(file.with_name("other.csv"))
    wrong = " ".join(recount(Settings(), copy, SCHEME))
    assert f"{file.name}: missing" in wrong
    assert "other.csv: of no batch" in wrong


def test_a_file_touched_before_the_count_makes_the_run_fail(tmp_path: Path) -> None:
    def tamper(stage: Stage) -> None:
        file = next((stage.folder / FOLDER).rglob("*.csv"))
        file.write_bytes(file.read_bytes().replace(b",", b";", 1))

    wanted = Wanted(SCHEME, tmp_path / "out", 8, 100, ("reg-53",), by_http=0, fetches=False)
    assert play(Settings(), the_library(), wanted, before_books=tamper).wrong != ()
    assert (tmp_path / "out" / "volet1.csv").is_file()


def test_the_command_gives_one_json_object_and_writes_where_one_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--dossiers", "3", "--beneficiaries", "50", "--territory", "reg-53"]
    assert guichet("demo", "--headless", *words, "--json") == 0
    captured = capsys.readouterr()
    figures = json.loads(captured.out)
    assert captured.out.count("\n") == 1
    assert captured.err == ""
    assert figures["filed"] == figures["filed_by_http"] == 3
    assert (tmp_path / "story" / "payments").is_dir()


@pytest.mark.postgres
def test_the_same_story_is_told_on_postgresql(tmp_path: Path) -> None:
    with postgres_url() as url:
        wanted = Wanted(SCHEME, tmp_path / "out", 12, 100, ("reg-53", "reg-01"), by_http=1, database=url)
        ending = play(Settings(), the_library(), wanted)
        assert ending.wrong == ()
        assert_invariants(ending.figures)
        with pytest.raises(ProblemsFound) as found:
            play(Settings(), the_library(), wanted)
    assert found.value.problems[0].code == "demo.database_not_empty"


def test_a_list_too_short_for_so_many_dossiers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        play(Settings(), the_library(), Wanted(SCHEME, tmp_path / "out", 60, 60))
    assert found.value.problems[0].code == "demo.list_too_short"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("address", ["nope://x", "postgresql://127.0.0.1:1/x"])
def test_a_database_that_cannot_be_is_said_in_words(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--territory", "reg-53", "--out", str(tmp_path / "out"), "--database", address]
    assert guichet("demo", "--headless", *words) == 2
    assert "hint" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--json"], "--headless"),
        (["--files"], "--files goes with --headless only"),
        (["--codes", "--folder", "nowhere"], "guichet demo"),
        (["--headless", "--codes"], "--codes changes nothing with --headless"),
        (["--headless", "--port", "0"], "--port changes nothing with --headless"),
        (["--headless", "--folder", "a", "--out", "b"], "--folder changes nothing with --headless"),
        (["--headless", "--territory", "dep-74", "--scheme", SCHEME], "is not played in dep-74"),
    ],
)
def test_a_wrong_use_says_what_to_type(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert guichet("demo", *words) == 2
    assert code in capsys.readouterr().err


def test_a_list_comes_from_the_stand_in_of_its_service(told: tuple[Path, Ending, set[str]]) -> None:
    out, ending, _ = told
    assert ending.figures["beneficiaries"] == 2_000
    assert not (out / "volet1.csv").exists()
    with closing(sqlite3.connect(out / "guichet.sqlite3")) as base:
        calls = base.execute("SELECT service, outcome, count(*) FROM outside_call GROUP BY 1, 2").fetchall()
        parts = base.execute("SELECT count(DISTINCT part) FROM list_row").fetchone()
    assert calls == [("demarches_simplifiees", "answered", 21)]
    assert parts == (2_000,)
