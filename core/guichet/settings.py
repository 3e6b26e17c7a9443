"""The only reader of the environment, and the finder of the data shipped with the code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

__all__ = [
    "BadSettingError",
    "Language",
    "Settings",
    "ShippedFolderMissingError",
    "SmtpSettings",
    "read_language",
    "read_settings",
    "shipped_folder",
]

Language = Literal["fr", "en"]
SmtpSecurity = Literal["none", "starttls", "tls"]

_LANGUAGE_VARIABLES = ("GUICHET_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_PLUGIN_SECONDS = 120
_PAGE_WAIT_MS = 1500
_SMTP_PORTS: dict[SmtpSecurity, int] = {"none": 25, "starttls": 587, "tls": 465}


class BadSettingError(ValueError):
    """Raised when an environment variable holds a value outside what it accepts."""

    def __init__(self, variable: str, value: str, accepted: str) -> None:
        self.variable = variable
        self.value = value
        self.accepted = accepted
        super().__init__(f"{variable}={value!r}: expected {accepted}")


class ShippedFolderMissingError(LookupError):
    """Raised when neither a checkout nor an installed wheel holds a shipped folder."""

    def __init__(self, name: str, places: tuple[Path, ...]) -> None:
        self.name = name
        self.places = places
        super().__init__(f"no {name}/ folder in {' or '.join(str(place) for place in places)}")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where mails leave from when they are not written to files."""

    host: str
    port: int
    security: SmtpSecurity
    user: str | None
    password: str | None = field(repr=False)
    sender: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator sets outside the YAML files; every field has a plain default."""

    language: Language = "en"
    instance: Path | None = None
    database_url: str | None = field(default=None, repr=False)
    """The address of a PostgreSQL, its password included: shown nowhere."""
    secrets: Path | None = None
    plugins_off: frozenset[str] = frozenset()
    strict: bool = False
    """Whether `guichet check` takes warnings for errors."""
    smtp: SmtpSettings | None = None
    watchdog: bool = True
    """Whether commands that run for long are watched over."""
    plugin_seconds: int = _PLUGIN_SECONDS
    """How long one call of a plugin may last before the watchdog ends it."""
    memory_mb: int | None = None
    """What the working process may take."""
    page_wait_ms: int = _PAGE_WAIT_MS
    """How long a page waits for the services that fill it in."""
    handed_socket: int | None = None
    """The number of the listening socket that systemd handed to this process."""


def read_language(environ: Mapping[str, str] | None = None) -> Language:
    """Gives French for a French locale, English otherwise; ours comes before POSIX's, in its order."""
    variables = os.environ if environ is None else environ
    for variable in _LANGUAGE_VARIABLES:
        value = _text(variables, variable)
        if value is not None:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Gives the settings found in the environment (the process's own by default).

    Raises:
        BadSettingError: a variable holds a value outside what it accepts.
    """
    variables = os.environ if environ is None else environ
    return Settings(
        language=read_language(variables),
        instance=_folder(variables, "GUICHET_INSTANCE"),
        database_url=_text(variables, "GUICHET_DATABASE_URL"),
        secrets=_folder(variables, "GUICHET_SECRETS"),
        plugins_off=_names(variables, "GUICHET_PLUGINS_OFF"),
        smtp=_smtp(variables),
        strict=_on(variables, "GUICHET_STRICT", "off"),
        watchdog=_on(variables, "GUICHET_WATCHDOG"),
        plugin_seconds=_whole(variables, "GUICHET_PLUGIN_SECONDS") or _PLUGIN_SECONDS,
        memory_mb=_whole(variables, "GUICHET_MEMORY_MB"),
        page_wait_ms=_whole(variables, "GUICHET_PAGE_WAIT_MS") or _PAGE_WAIT_MS,
        handed_socket=_handed_socket(variables),
    )


def shipped_folder(name: Literal["schemes", "regions"]) -> Path:
    """Gives the folder shipped with the code, beside it in a checkout or inside the installed wheel.

    Raises:
        ShippedFolderMissingError: the installation holds neither.
    """
    package = Path(__file__).resolve().parent
    in_the_wheel = package / "shipped" / name
    # A neighbour of the environment's library folder could bear the same name: only a checkout has core/.
    places = (package.parent.parent / name, in_the_wheel) if package.parent.name == "core" else (in_the_wheel,)
    for place in places:
        if place.is_dir():
            return place
    raise ShippedFolderMissingError(name, places)


def _handed_socket(variables: Mapping[str, str]) -> int | None:
    """systemd counts sockets from 3, and names the process they are for: a child inherits the words, not the socket."""
    ours = _text(variables, "LISTEN_PID") == str(os.getpid())
    return 3 if ours and _text(variables, "LISTEN_FDS") == "1" else None


def _smtp(variables: Mapping[str, str]) -> SmtpSettings | None:
    host = _text(variables, "GUICHET_SMTP_HOST")
    if host is None:
        return None
    security = _smtp_security(variables)
    return SmtpSettings(
        host=host,
        port=_port(variables, "GUICHET_SMTP_PORT", _SMTP_PORTS[security]),
        security=security,
        user=_text(variables, "GUICHET_SMTP_USER"),
        password=_text(variables, "GUICHET_SMTP_PASSWORD"),
        sender=_text(variables, "GUICHET_SMTP_SENDER"),
    )


def _smtp_security(variables: Mapping[str, str]) -> SmtpSecurity:
    value = _text(variables, "GUICHET_SMTP_SECURITY") or "starttls"
    for known in _SMTP_PORTS:
        if value == known:
            return known
    raise BadSettingError("GUICHET_SMTP_SECURITY", value, ", ".join(_SMTP_PORTS))


def _port(variables: Mapping[str, str], variable: str, default: int) -> int:
    value = _text(variables, variable)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and 0 < int(value) < 65536):
        raise BadSettingError(variable, value, "1-65535")
    return int(value)


def _on(variables: Mapping[str, str], variable: str, otherwise: str = "on") -> bool:
    value = _text(variables, variable) or otherwise
    if value not in ("on", "off"):
        raise BadSettingError(variable, value, "on, off")
    return value == "on"


def _whole(variables: Mapping[str, str], variable: str) -> int | None:
    value = _text(variables, variable)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0):
        raise BadSettingError(variable, value, "1-999999999")
    return int(value)


def _folder(variables: Mapping[str, str], variable: str) -> Path | None:
    value = _text(variables, variable)
    return None if value is None else Path(value).expanduser()


def _names(variables: Mapping[str, str], variable: str) -> frozenset[str]:
    value = _text(variables, variable) or ""
    return frozenset(name.strip() for name in value.split(",") if name.strip())


def _text(variables: Mapping[str, str], variable: str) -> str | None:
    """A variable set to nothing is a variable not set."""
    return variables.get(variable, "").strip() or None
