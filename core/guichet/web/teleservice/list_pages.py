"""An applicant's dossiers, the latest first, each with its state and what to do next."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.locale import Texts, format_day, typeset_page
from guichet.model.records import Dossier
from guichet.services.assessments import compiled_for
from guichet.services.drafts import drafts_and_dossiers
from guichet.web.frames import Link
from guichet.web.pages import Page, language_of, render, texts_of
from guichet.web.public import providers
from guichet.web.routing import get
from guichet.web.security.people import current_applicant
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import dossier_url

__all__ = ["HANDLERS", "state_tag"]

_END_COLOURS = {"granted": "success", "granted_in_part": "success", "refused": "danger"}


@get("/t/{territory:str}/dossiers", name="my_dossiers")
def my_dossiers(request: Request, territory: FromPath[str]) -> Page:
    """Lists every dossier of the applicant, in every territory of this site."""
    cases, say = cases_of(request), texts_of(request)
    mine = drafts_and_dossiers(cases, current_applicant(request).id)
    return render(
        request,
        "teleservice/my_dossiers.html",
        title=say("teleservice.my_dossiers"),
        breadcrumb=(Link(say("public.schemes"), f"/t/{territory}/"), Link(say("teleservice.my_dossiers"))),
        groups=[
            {"title": say(f"teleservice.group_{name}"), "cards": [_card(request, dossier) for dossier in found]}
            for name, found in _grouped(mine).items()
            if found
        ],
        home_url=f"/t/{territory}/",
        providers=providers.not_yet_linked(request, f"/t/{territory}/connexion"),
        here=f"/t/{territory}/dossiers",
        account_url=f"/t/{territory}/compte",
    )


def _grouped(mine: tuple[Dossier, ...]) -> dict[str, list[Dossier]]:
    groups: dict[str, list[Dossier]] = {"to_do": [], "drafts": [], "open": [], "ended": []}
    for dossier in mine:
        if dossier.phase == "draft":
            groups["drafts"].append(dossier)
        elif dossier.to_complete:
            groups["to_do"].append(dossier)
        else:
            groups["open" if dossier.phase in ("filed", "instruction") else "ended"].append(dossier)
    return groups


def _card(request: Request, dossier: Dossier) -> dict[str, object]:
    cases, language, say = cases_of(request), language_of(request), texts_of(request)
    scheme = compiled_for(cases, dossier).scheme
    day = format_day(cases.day_of(dossier.filed_at or dossier.created_at, dossier.territory), language)
    details = [say("teleservice.begun_on" if dossier.phase == "draft" else "teleservice.filed_on_day", day=day)]
    details.append(say("teleservice.reference", reference=dossier.reference))
    details.append(cases.territory(dossier.territory).name)
    return {
        "title": typeset_page(scheme.title) if language == "fr" else scheme.title,
        "href": dossier_url(dossier),
        "text": dossier.title,
        "tag": state_tag(dossier, say),
        "details": details,
    }


def state_tag(dossier: Dossier, say: Texts) -> dict[str, str]:
    """Gives the state of a dossier in a word, with the colour that repeats it."""
    if dossier.phase == "draft":
        return {"label": say("teleservice.tag_draft"), "colour": "neutral"}
    if dossier.end is not None:
        return {"label": say(f"teleservice.tag_{dossier.end}"), "colour": _END_COLOURS.get(dossier.end, "neutral")}
    if dossier.to_complete:
        return {"label": say("teleservice.tag_to_complete"), "colour": "warning"}
    return {"label": say("teleservice.tag_open"), "colour": "info"}


HANDLERS = (my_dossiers,)
