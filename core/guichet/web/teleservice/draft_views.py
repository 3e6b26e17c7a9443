"""What the pages of a draft share: which step one is at, what comes before and after, the files it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request

from guichet.locale import typeset_page
from guichet.plugin.contracts import StoredFile
from guichet.services.attachments import stored_files
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft
from guichet.storage import files
from guichet.web.pages import language_of, territory_of, texts_of
from guichet.web.teleservice.addresses import (
    dossier_url,
    gate_url,
    my_dossiers_url,
    page_url,
    review_url,
)
from guichet.web.teleservice.scheme_views import helpdesk_view

__all__ = ["GATE", "REVIEW", "Way", "file_urls", "kept_files", "next_url", "way"]

GATE, REVIEW = "@gate", "@review"


@dataclass(frozen=True, slots=True)
class Way:
    """Where one is in a draft: the place among its steps, what comes next, the way back, the aid, who answers."""

    number: int
    total: int
    next_title: str
    back_url: str
    scheme_title: str
    helpdesk: dict[str, Any]


def way(request: Request, draft: Draft, here: str) -> Way:
    """Gives the way from a page of a draft; `here` is a page's id, GATE or REVIEW."""
    say, dossier = texts_of(request), draft.dossier
    places: list[tuple[str, str, str]] = []
    if draft.gate:
        places.append((GATE, say("teleservice.gate_title"), gate_url(dossier)))
    places += [(step.page, step.title, page_url(dossier, step.page)) for step in draft.steps]
    places.append((REVIEW, say("teleservice.review_title"), review_url(dossier)))
    index = next((number for number, (name, _, _) in enumerate(places) if name == here), 0)
    following = places[index + 1][1] if index + 1 < len(places) else ""
    back = places[index - 1][2] if index else my_dossiers_url(dossier.territory)
    title = draft.compiled.scheme.title
    title = typeset_page(title) if language_of(request) == "fr" else title
    helpdesk = helpdesk_view(draft.compiled, territory_of(request), language_of(request))
    return Way(index + 1, len(places), following, back, title, helpdesk)


def next_url(draft: Draft, after: str = "") -> str:
    """Gives what to do next on a draft: the gate, the page after one, the first with something left, the review."""
    if not draft.gate_passed:
        return gate_url(draft.dossier)
    names = [step.page for step in draft.steps]
    if after in names and names.index(after) + 1 < len(names):
        return page_url(draft.dossier, names[names.index(after) + 1])
    left = draft.next_page()
    return page_url(draft.dossier, left) if left is not None else review_url(draft.dossier)


def kept_files(draft: Draft) -> Mapping[str, StoredFile]:
    """Gives the files a draft names, by reference."""
    return {found.reference: found for _, found in stored_files(draft.compiled, draft.dossier.answers)}


def file_urls(cases: UseCases, draft: Draft) -> Mapping[str, str]:
    """Gives where the owner of a draft opens each of its files, by reference."""
    if next(stored_files(draft.compiled, draft.dossier.answers), None) is None:
        return {}
    rows = cases.store.read(lambda tx: files.attachments(tx, draft.dossier.id))
    return {row.stored_as: dossier_url(draft.dossier, f"pieces/{row.id}") for row in rows}
