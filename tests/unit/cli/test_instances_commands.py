"""Commands inside an instance: found from any folder of it, governed by its `instance.yaml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from guichet.runtime import build
from guichet.settings import Settings, SmtpSettings
from guichet.storage import instances
from guichet_cli.main import run
from shipped_plugins import shipped_plugins

LIVE = "format: 1\nmode: live\nbase_url: https://aides.exemple.fr\n"


def an_instance_folder(folder: Path, text: str = "format: 1\nmode: sandbox\n") -> Path:
    (folder / "schemes" / "essai").mkdir(parents=True)
    (folder / "instance.yaml").write_text(text, "utf-8")
    return folder


def guichet(*words: str) -> int:
    return run(words, Settings(language="en"))


def mode_of(folder: Path) -> str:
    mode = "live" if "live" in (folder / "instance.yaml").read_text("utf-8") else "sandbox"
    cases = build(Settings(), folder=folder / "var", plugins=shipped_plugins(), mode=mode)
    try:
        return cases.store.read(instances.get).mode
    finally:
        cases.store.close()


def test_a_command_finds_the_instance_from_any_folder_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = an_instance_folder(tmp_path)
    monkeypatch.chdir(folder / "schemes" / "essai")

    assert guichet("agents", "list") == 0

    assert (folder / "var" / "guichet.sqlite3").is_file()
    assert not (folder / "schemes" / "essai" / "var").exists()


def test_a_command_works_in_a_folder_that_holds_the_data_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "regions").mkdir()
    build(Settings(), folder=tmp_path, plugins=shipped_plugins(), mode="sandbox").store.close()
    monkeypatch.chdir(tmp_path)

    assert guichet("pay", "show") == 0
    assert not (tmp_path / "var").exists()


def test_the_mode_of_a_database_is_the_one_its_instance_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = an_instance_folder(tmp_path, LIVE)
    monkeypatch.chdir(folder)

    assert guichet("agents", "list") == 0

    assert mode_of(folder) == "live"


def test_a_mode_changed_in_the_file_is_refused_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = an_instance_folder(tmp_path)
    monkeypatch.chdir(folder)
    assert guichet("agents", "list") == 0
    (folder / "instance.yaml").write_text(LIVE, "utf-8")

    assert guichet("agents", "list") == 2

    assert 'instance.yaml:2:7  instance.yaml says "live", the database was made in "sandbox" mode' in (
        capsys.readouterr().err
    )


def test_the_instance_may_be_named_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = an_instance_folder(tmp_path / "aides")
    monkeypatch.chdir(tmp_path)

    assert guichet("agents", "list", "--instance", str(folder)) == 0
    assert guichet("journal", "verify", f"--instance={folder}") == 0

    assert (folder / "var" / "guichet.sqlite3").is_file()


def test_an_instance_that_is_not_there_is_refused_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert guichet("--instance", "aide", "agents", "list") == 2

    assert '"aide" does not exist' in capsys.readouterr().err
    assert not (tmp_path / "aide").exists()


def test_services_and_secrets_come_from_the_instance_and_the_environment_goes_over(tmp_path: Path) -> None:
    services = "services:\n  email: {smtp_host: mail.exemple.fr, user: aides, password: secret:mail}\n"
    folder = an_instance_folder(tmp_path, LIVE + services)
    (folder / "secrets").mkdir()
    (folder / "secrets" / "mail").write_text("hunter2\n", "utf-8")
    (folder / "secrets" / ".gitignore").write_text("*\n", "utf-8")
    smtp = SmtpSettings(host="autre.exemple.fr", port=25, security="none", user=None, password=None, sender=None)
    for settings, host in ((Settings(), "mail.exemple.fr"), (Settings(smtp=smtp), "autre.exemple.fr")):
        named = Settings(instance=folder, smtp=settings.smtp)
        cases = build(named, folder=folder / "var", plugins=shipped_plugins())
        try:
            options = cases.service_options(cases.plugins.notification_channels["email"])
            assert (options.smtp_host, options.user) == (host, "aides")
            assert cases.secrets == {"mail": "hunter2"}
            assert cases.context().secret(options.password) == "hunter2"
            assert cases.base_url == "https://aides.exemple.fr"
        finally:
            cases.store.close()


def test_the_data_of_a_demonstration_are_not_governed_by_the_instance_where_it_lies(tmp_path: Path) -> None:
    folder = an_instance_folder(tmp_path, LIVE + "services:\n  email: {smtp_host: mail.exemple.fr}\n")

    cases = build(Settings(instance=folder), folder=folder / "demo", plugins=shipped_plugins())
    try:
        assert (cases.mode, cases.services) == ("sandbox", {})
    finally:
        cases.store.close()


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "0"),
        ("worker", "--drain"),
        ("publish", "haute-savoie-1000"),
        ("territory", "enable", "haute-savoie-1000", "dep-74"),
        ("tokens", "list"),
    ],
    ids=lambda words: words[0],
)
def test_in_an_empty_folder_nothing_is_made_and_the_way_to_make_one_is_said(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert guichet(*words) == 2
    said = capsys.readouterr().err
    assert f"{tmp_path} holds no instance" in said
    assert "guichet new instance FOLDER" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [("new", "instance", "/proc/x"), ("schema", "--out", "/proc/x"), ("demo", "--headless", "--out", "/proc/x")],
)
def test_a_place_where_nothing_can_be_made_is_said_with_a_way_out(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert guichet(*words) == 1
    said = capsys.readouterr().err
    assert '"/proc/x" is not there, and cannot be made there' in said
    assert "name a folder in which you may write" in said
