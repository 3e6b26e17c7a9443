"""Settings come from the environment, with plain defaults; shipped data is found beside the code."""

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from guichet import settings as module
from guichet.settings import BadSettingError, Settings, ShippedFolderMissingError, read_settings, shipped_folder


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LC_ALL": "C.UTF-8", "GUICHET_LANG": "fr"}, "fr"),
    ],
)
def test_messages_are_french_for_french_locales_and_english_otherwise(environ: dict[str, str], language: str) -> None:
    assert read_settings(environ).language == language


def test_every_variable_reaches_its_field(tmp_path: Path) -> None:
    found = read_settings(
        {
            "GUICHET_INSTANCE": str(tmp_path),
            "GUICHET_DATABASE_URL": "postgresql://localhost/guichet",
            "GUICHET_SECRETS": str(tmp_path / "secrets"),
            "GUICHET_PLUGINS_OFF": "guichet-sms, guichet-extra,",
            "GUICHET_WATCHDOG": "off",
            "GUICHET_PLUGIN_SECONDS": "30",
            "GUICHET_PAGE_WAIT_MS": "400",
            "GUICHET_MEMORY_MB": "2048",
        }
    )
    assert found == Settings(
        instance=tmp_path,
        database_url="postgresql://localhost/guichet",
        secrets=tmp_path / "secrets",
        plugins_off=frozenset({"guichet-sms", "guichet-extra"}),
        watchdog=False,
        plugin_seconds=30,
        page_wait_ms=400,
        memory_mb=2048,
    )


def test_a_socket_of_systemd_is_taken_by_the_process_it_names_alone() -> None:
    assert read_settings({"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}).handed_socket == 3
    assert read_settings({"LISTEN_PID": str(os.getppid()), "LISTEN_FDS": "1"}).handed_socket is None


def test_mails_leave_by_smtp_only_when_a_host_is_named() -> None:
    assert read_settings({"GUICHET_SMTP_USER": "agent"}).smtp is None


@pytest.mark.parametrize(("security", "port"), [("none", 25), ("starttls", 587), ("tls", 465)])
def test_the_smtp_port_follows_the_security(security: str, port: int) -> None:
    smtp = read_settings({"GUICHET_SMTP_HOST": "mail.example", "GUICHET_SMTP_SECURITY": security}).smtp
    assert smtp is not None
    assert (smtp.security, smtp.port) == (security, port)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("GUICHET_SMTP_PORT", "smtp"), ("GUICHET_SMTP_PORT", "0"), ("GUICHET_SMTP_PORT", "70000"),
     ("GUICHET_SMTP_PORT", "²"), ("GUICHET_SMTP_PORT", "9" * 5000),
     ("GUICHET_WATCHDOG", "no"), ("GUICHET_MEMORY_MB", "2 GB"),
     ("GUICHET_SMTP_SECURITY", "ssl")],
)  # fmt: skip
def test_a_bad_value_is_refused_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(BadSettingError) as caught:
        read_settings({"GUICHET_SMTP_HOST": "mail.example", variable: value})
    assert (caught.value.variable, caught.value.value) == (variable, value)


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}).language = "fr"  # pyright: ignore[reportAttributeAccessIssue]  the assignment is the test


@pytest.mark.parametrize("name", ["schemes", "regions"])
def test_shipped_data_is_found_in_a_checkout(name: str) -> None:
    root = Path(__file__).parents[2]
    assert shipped_folder(name) == root / name  # pyright: ignore[reportArgumentType]  parametrised text


def test_a_missing_shipped_folder_says_where_it_was_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "__file__", str(tmp_path / "guichet" / "settings.py"))
    with pytest.raises(ShippedFolderMissingError, match="shipped"):
        shipped_folder("schemes")


def test_a_folder_beside_the_library_is_not_taken_for_shipped_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "schemes").mkdir()
    monkeypatch.setattr(module, "__file__", str(tmp_path / "site-packages" / "guichet" / "settings.py"))
    with pytest.raises(ShippedFolderMissingError):
        shipped_folder("schemes")
