"""View models of the frames around pages: what the layouts `layouts/*.html` read as `page`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["AgentFrame", "Link", "PrintFrame", "PublicFrame", "Said"]

AccessibilityStatus = Literal["none", "partial", "full", ""]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation or of the breadcrumb; the last crumb has no address."""

    label: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says of the act before it, once."""

    text: str
    kind: Literal["success", "info", "warning", "danger"] = "success"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What every page shows around itself; `sandbox_day` is the business day in words, empty when live."""

    title: str
    territory: str
    home_url: str
    theme_url: str
    logo_url: str = ""
    sandbox_day: str = ""
    practice: bool = False
    navigation: tuple[Link, ...] = ()
    breadcrumb: tuple[Link, ...] = ()
    said: tuple[Said, ...] = ()
    language_url: str = ""
    has_errors: bool = False
    sign_out_url: str = ""
    csrf: str = ""
    accessibility: AccessibilityStatus = "none"
    accessibility_url: str = ""
    legal_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFrame(_Frame):
    """The frame of a page of the teleservice."""

    service: str = ""
    user: str = ""
    privacy_url: str = ""
    help_url: str = ""
    robots: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFrame(_Frame):
    """The frame of a page of the agents; `search_url` empty hides the search box."""

    agent: str = ""
    organisation: str = ""
    account_url: str = ""
    search_url: str = ""
    search: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class PrintFrame:
    """The frame of a page made to be printed."""

    title: str
    territory: str
    theme_url: str
    logo_url: str = ""
    sandbox_day: str = ""
    practice: bool = False
