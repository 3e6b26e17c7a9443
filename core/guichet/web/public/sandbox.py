"""In a sandbox no message leaves: this page shows them, and the codes of agents' phones, to who tries the site."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from litestar import Request
from pyotp.totp import TOTP

from guichet.services.second_factors import opened
from guichet.storage import agents
from guichet.web.errors import NotVisible
from guichet.web.pages import Page, render, texts_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

_MAILS = "mails"
_SHOWN = 30
_LONGEST_MAIL = 1_000_000
_MOST_AGENTS = 60


@get("/bac-a-sable/messages", name="sandbox_mails")
def mails(request: Request) -> Page:
    """Shows the latest messages written to files; a live instance has no such page."""
    cases = cases_of(request)
    if cases.mode != "sandbox":
        raise NotVisible
    folder = cases.folder / _MAILS
    files = (
        sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True) if folder.is_dir() else []
    )
    known = cases.store.read(agents.all_agents)
    now = cases.clock.now()
    codes = [
        {"label": f"{one.name} – {one.email}", "value": TOTP(secret).at(now)}
        for one in known[:_MOST_AGENTS]
        if one.totp_last_step is not None and (secret := opened(cases, one.totp_secret)) is not None
    ]
    return render(
        request,
        "public/sandbox_mails.html",
        title=texts_of(request)("public.mails_title"),
        mails=[_shown(path) for path in files[:_SHOWN]],
        count=len(files),
        codes=codes,
    )


def _shown(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        mail = message_from_bytes(file.read(_LONGEST_MAIL), policy=policy.default)
    body = mail.get_body(("plain",))
    lines = (body.get_content() if body is not None else "").splitlines()
    return {
        "to": str(mail["To"]),
        "subject": str(mail["Subject"]),
        "lines": [{"text": line, "href": _path_of(line)} for line in lines],
        "files": [part.get_filename() or "" for part in mail.iter_attachments()],
    }


def _path_of(line: str) -> str:
    """The path of an address of this very site, so that the link works wherever the demonstration is served."""
    if not line.startswith(("http://", "https://")) or "/t/" not in line:
        return ""
    return "/t/" + line.partition("/t/")[2]


HANDLERS = (mails,)
