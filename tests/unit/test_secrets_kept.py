"""Secrets are shown by nothing that is printed, logged or raised: values, settings, a plugin's own mistakes."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound
from guichet.plugin.contracts import Context, Reason, RejectedRow
from guichet.plugin.health import HealthBook, PluginFailed
from guichet.runtime import build
from guichet.services.rejected_rows import RejectedBook
from guichet.settings import Settings, SmtpSettings
from guichet_cli.main import run
from instances import the_plugins

SECRET = "motdepasse-tres-secret"


def test_no_value_that_holds_a_secret_shows_it(tmp_path: Path) -> None:
    smtp = SmtpSettings("mail.exemple.fr", 587, "starttls", "nous", SECRET, None)
    settings = Settings(database_url=f"postgresql://nous:{SECRET}@ailleurs/aides", smtp=smtp)
    cases = build(Settings(), folder=tmp_path / "own", plugins=the_plugins())
    try:
        holding = replace(cases, secrets={"mail": SECRET})
        for value in (settings, smtp, Context(today=date(2020, 4, 20), secrets={"mail": SECRET}), holding.secrets):
            shown = "" if value is holding.secrets else f"{value!r} {value}"
            assert SECRET not in shown
        assert SECRET not in f"{holding.context()!r}"
        assert SECRET not in f"{holding.secrets and replace(holding)!r}"
    finally:
        cases.store.close()
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700, "mails, files and database are the owner's"


def test_a_plugin_that_raises_with_all_it_knows_tells_no_secret() -> None:
    context = Context(today=date(2020, 4, 20), secrets={"mail": SECRET})

    def broken() -> None:
        raise ValueError(f"cannot work with {context}")

    with pytest.raises(PluginFailed) as failed:
        HealthBook().call("channel:mail", broken)
    assert SECRET not in str(failed.value)


@pytest.mark.parametrize("command", [("doctor",), ("agents", "list"), ("serve", "--port", "0")])
def test_a_database_that_does_not_answer_is_told_without_its_password(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"postgresql://nous:{SECRET}@127.0.0.1:1/aides"
    assert run(command, Settings(language="fr", database_url=url)) == 2
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err
    assert "Traceback" not in told.err


def test_rows_set_aside_are_for_who_imported_them(tmp_path: Path) -> None:
    with RejectedBook(tmp_path / "rejets.csv", "fr") as book:
        book.note(RejectedRow(1, "siren", Reason(fr="La clé est vide.", en="The key is empty.")))
    assert stat.S_IMODE((tmp_path / "rejets.csv").stat().st_mode) == 0o600


def test_a_secret_that_cannot_be_read_is_named_and_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "mail").write_bytes(f"{SECRET}é".encode("latin-1"))
    (tmp_path / "instance.yaml").write_text("format: 1\nmode: sandbox\n", "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        build(Settings(instance=tmp_path), folder=tmp_path / "var", plugins=the_plugins())
    (problem,) = refused.value.problems
    assert (problem.code, Path(problem.position.file).name if problem.position else "") == ("yaml.not_utf8", "mail")
    assert SECRET not in f"{refused.value} {problem!r}"
