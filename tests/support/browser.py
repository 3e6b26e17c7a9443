"""A real Chromium for tests: started by path, without network of its own, and the checks every page must pass."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_AT_REST = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"
_SMALL_TARGETS = """least => {
  const flowing = '.g-prose, p, dd, li, h1, h2, h3, td, th, .g-summary__head, .g-files, .g-header__user';
  const areas = '.g-option, .g-card--link, .g-stats__link';
  const small = [];
  for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (element.type === 'hidden' || element.closest('.ds-skip-link') || !element.checkVisibility()) continue;
    if (element.tagName === 'A' && !element.closest('nav') && element.closest(flowing)) continue;
    if (element.tagName === 'A' && element.closest('.g-breadcrumb')) continue;
    const box = (element.closest(areas) || element).getBoundingClientRect();
    if (box.width < least || box.height < least) {
      small.push(`${element.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
  }
  return small;
}"""


def chromium_path() -> str:
    """Gives the path of the browser; skips the test, saying how to get it, when there is none."""
    path = os.environ.get("GUICHET_TEST_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip(
            f"no browser at {path}: install it (Debian: apt-get install chromium) or name one in GUICHET_TEST_CHROMIUM",
        )
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """Gives a browser, closed at the end."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(
    browser: Browser,
    *,
    viewport: dict[str, int] | None = None,
    javascript: bool = True,
    expected: tuple[str, ...] = (),
) -> Iterator[Page]:
    """Gives a page in a context of its own; an error on the console fails the test, unless it was expected."""
    context = browser.new_context(
        viewport=viewport or DESK, java_script_enabled=javascript, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
        complaints = [one for one in complaints if not any(text in one for text in expected)]
        assert not complaints, complaints
    finally:
        context.close()


def follow(page: Page, link: Locator) -> None:
    """Clicks what leads to another page and waits until that page is loaded: what comes next never meets half of it."""
    with page.expect_navigation():
        link.click()


def axe_violations(page: Page) -> list[str]:
    """Gives what axe-core finds wrong, one line each: rule, help, places."""
    page.evaluate(_AT_REST)  # what still moves would be measured in two places
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        _AXE_RULES,
    )
    return [
        f"{violation['id']}: {violation['help']} — "
        + "; ".join(f"{json.dumps(node['target'])} {node['failureSummary']}" for node in violation["nodes"])
        for violation in found["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tells whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def small_targets(page: Page, least: int) -> list[str]:
    """Gives the links and controls smaller than `least` pixels; links inside a sentence are exempt (WCAG 2.5.8)."""
    return page.evaluate(_SMALL_TARGETS, least)


def screenshot_folder() -> Path | None:
    """Gives where screenshots go when `GUICHET_TEST_SCREENSHOTS` names a folder."""
    folder = os.environ.get("GUICHET_TEST_SCREENSHOTS")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


__all__ = [
    "DESK",
    "PHONE",
    "axe_violations",
    "chromium",
    "chromium_path",
    "follow",
    "page_of",
    "screenshot_folder",
    "scrolls_sideways",
    "small_targets",
]
