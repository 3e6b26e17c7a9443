"""The README's pictures, made by the project itself: `python tests/support/screenshots.py`.

Starts the demonstration in a folder of its own, walks in as an applicant on a phone without scripts and as agents,
and writes `core/docs/images/`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Page

from browser import chromium, follow

IMAGES = Path(__file__).parents[2] / "core/docs/images"
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)), chromium() as browser:
        cast = json.loads((Path(folder) / "demo.json").read_text("utf-8"))
        applicant(browser, cast)
        agents(browser, cast)


@contextmanager
def demonstration(folder: Path) -> Iterator[None]:
    """Serve the demonstration while the block runs."""
    command = [sys.executable, "-c", "from guichet_cli.main import main; main()"]
    arguments = ["--lang", "fr", "demo", "--folder", str(folder), "--port", str(PORT)]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL)
    try:
        for _ in range(120):
            time.sleep(1)
            if answers():
                break
        yield
    finally:
        process.terminate()
        process.wait(30)


def answers() -> bool:
    """Tell whether the demonstration answers."""
    try:
        with urllib.request.urlopen(f"{BASE}/sante", timeout=2):
            return True
    except OSError:
        return False


def applicant(browser: Browser, cast: dict[str, Any]) -> None:
    """Take the scheme's page, and the tracking page of the first applicant, on a phone without scripts."""
    person = next(each for each in cast["persons"] if each["role"] == "applicant")
    page = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, device_scale_factor=2, locale="fr-FR"
    ).new_page()
    page.goto(f"{BASE}/t/{person['territory']}/{cast['scheme']}")
    page.screenshot(path=IMAGES / "scheme.png")
    page.goto(f"{BASE}/t/{person['territory']}/")
    follow(page, page.get_by_role("link", name="Se connecter").first)
    page.fill("input[type=email]", person["email"])
    follow(page, page.locator("main form button[type=submit]").first)
    code_page = page.url
    page.locator("main form input[inputmode=numeric]").first.fill(code_of(page, person["email"], code_page))
    follow(page, page.locator("main form button[type=submit]").first)
    page.goto(f"{BASE}/t/{person['territory']}/dossiers")
    dossiers = page.locator("main a[href*='/dossiers/']")
    follow(page, dossiers.nth(1 if dossiers.count() > 1 else 0))  # the first is a draft, where there is one
    page.screenshot(path=IMAGES / "tracking.png", clip={"x": 0, "y": 352, "width": 390, "height": 844}, full_page=True)


def code_of(page: Page, email: str, back: str) -> str:
    """Give the code of the last message to an address, and come back to the page."""
    other = page.context.new_page()
    for _ in range(30):
        other.goto(f"{BASE}/bac-a-sable/messages")
        text = other.locator("main").inner_text()
        if email in text:
            break
        time.sleep(1)
    found = next(
        word for word in text[text.index(email) :].replace("\u202f", "").split() if word.isdigit() and len(word) == 6
    )
    other.close()
    assert page.url == back
    return found


def agents(browser: Browser, cast: dict[str, Any]) -> None:
    """Take the work table and a dossier, as an agent who gives opinions."""
    person = next(each for each in cast["persons"] if each["role"] == "instructor")
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR").new_page()
    page.goto(f"{BASE}/agents")
    page.fill("input[type=email]", person["email"])
    page.fill("input[type=password]", person["password"])
    follow(page, page.locator("main form button[type=submit]").first)
    page.locator("main form input:not([type=hidden])").first.fill(pyotp.TOTP(person["totp_secret"]).now())
    follow(page, page.locator("main form button[type=submit]").first)
    follow(page, page.locator("main a").first)
    follow(page, page.locator(".g-tabs a").first)
    page.screenshot(path=IMAGES / "work-table.png")
    follow(page, page.locator("tbody a").nth(1))
    page.screenshot(path=IMAGES / "dossier.png")


if __name__ == "__main__":
    main()
