"""`guichet check` counts warnings apart, and takes them for errors when it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from declarations import SCHEME, a_library, with_change
from guichet.settings import Settings, read_settings
from guichet_cli.main import run

WARNED = with_change("min(perte, plafond)", "min(perte, 500 €)")
EXAMPLES = """\
format: 1
examples:
  perdu:
    title: Un tournoi annulé
    on: 2020-05-10
    answers: {effectif: 2, annule: true, perte: 200}
    expect: {outcome: eligible, amount: 200}
  juin:
    title: En juin
    on: 2020-06-10
    like: perdu
    expect: {outcome: eligible, amount: 200}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(folder: Path, scheme: str, *words: str, settings: Settings | None = None) -> int:
    a_library(folder, scheme, {"schemes/essai/examples.yaml": EXAMPLES})
    return run(["check", "schemes/essai", *words], settings or Settings(language="en"))


def test_a_clean_scheme_says_what_was_verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(folder, SCHEME, "--strict") == 0
    assert "Verified: schemes 1, territories 2, overlays 0, expressions" in capsys.readouterr().out


def test_a_warning_is_counted_apart_and_forbids_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(folder, WARNED) == 0
    said = capsys.readouterr().err
    assert 'warning: the parameter "plafond" is read by no rule' in said
    assert "  code  unused_parameter, core/docs/reference/messages/unused_parameter.md" in said
    assert said.endswith("0 errors, 1 warning\n")


@pytest.mark.parametrize("words", [("--strict",), ()])
def test_strictness_makes_it_an_error(folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    settings = Settings(language="en", strict=not words)
    assert checked(folder, WARNED, *words, settings=settings) == 2
    assert capsys.readouterr().err.endswith("1 error\n")


def test_strictness_is_a_setting() -> None:
    assert not read_settings({}).strict
    assert not read_settings({"GUICHET_STRICT": "off"}).strict
    assert read_settings({"GUICHET_STRICT": "on"}).strict


def test_a_territory_of_ours_brings_no_warning_of_schemes_we_do_not_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signatories = "signatories:\n  president: {name: Dominique Exemple, quality: La présidente du conseil régional}\n"
    ours = folder / "regions" / "reg-53"
    ours.mkdir(parents=True)
    (ours / "territory.yaml").write_text(f"format: 1\nid: reg-53\n{signatories}", encoding="utf-8")
    a_library(folder, SCHEME)
    assert run(["check"], Settings(language="en")) == 0
    assert "issuer_missing_somewhere" not in capsys.readouterr().err
    # Without a scheme of one's own, the shipped ones are what is looked at: the warning is theirs.
    (folder / "schemes" / "essai" / "scheme.yaml").unlink()
    (folder / "schemes" / "essai").rmdir()
    assert run(["check"], Settings(language="en")) == 0
    assert "issuer_missing_somewhere" in capsys.readouterr().err
