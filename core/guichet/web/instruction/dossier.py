"""The page of a dossier, and what an agent does there besides judging it: write, ask for what is missing."""

from __future__ import annotations

from litestar import Request
from litestar.params import FromPath

from guichet.services.completions import ask_missing
from guichet.services.dossier_views import read_dossier
from guichet.services.messages import write_as_agent
from guichet.web.instruction.addresses import dossier_address
from guichet.web.instruction.chosen import revision_seen, typed_text
from guichet.web.instruction.dossier_model import dossier_model
from guichet.web.instruction.frame import agent_id, agent_page
from guichet.web.instruction.page_acts import act_on_page
from guichet.web.instruction.screens import dossier_links
from guichet.web.pages import Page, language_of, texts_of
from guichet.web.routing import get, post
from guichet.web.security.people import the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "dossier_page_with"]


@get("/agents/dossiers/{reference:str}", name="agent_dossier")
def dossier_page(request: Request, reference: FromPath[str]) -> Page:
    """Shows a dossier whole."""
    the_dossier(request, reference)
    return dossier_page_with(request, reference, {})


@post("/agents/dossiers/{reference:str}/message", name="agent_message")
def message(request: Request, reference: FromPath[str]) -> Page:
    """Writes to the applicant."""
    found = the_dossier(request, reference)
    body = visit_of(request).form.get("message")
    return act_on_page(
        request,
        lambda: write_as_agent(cases_of(request), agent_id(request), found.id, body),
        back=f"{dossier_address(reference)}#echanges",
        said="instruction.message_sent",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside="message",
    )


@post("/agents/dossiers/{reference:str}/pieces-manquantes", name="ask_missing")
def missing(request: Request, reference: FromPath[str]) -> Page:
    """Asks the applicant for what is missing."""
    found, form = the_dossier(request, reference), visit_of(request).form
    return act_on_page(
        request,
        lambda: ask_missing(
            cases_of(request),
            agent_id(request),
            found.id,
            tuple(form.all("champ")),
            typed_text(form.get("demande")),
            documents=typed_text(form.get("documents")).splitlines(),
            revision=revision_seen(request),
        ),
        back=dossier_address(reference),
        said="completing.sent",
        again=lambda errors: dossier_page_with(request, reference, errors),
        beside=lambda code: "documents" if "document" in code else "demande",
    )


_TYPED = (
    "message",
    "demande",
    "documents",
    "motif_retrait",
    "raison_retrait",
    "signataire_retrait",
    "numero_retrait",
    "raison_transmission",
    "numero_transmission",
    "signataire_transmission",
    "montant_titre",
    "motif_titre",
    "signataire_titre",
    "numero_titre",
    "part_titre",
    "titre_rendu",
    "montant_rendu",
    "reference_encaissement",
    "titre_abandon",
    "motif_abandon",
)


def dossier_page_with(request: Request, reference: str, errors: dict[str, str]) -> Page:
    """Gives the page of a dossier, with what could not be done said at its top."""
    cases, language = cases_of(request), language_of(request)
    view = read_dossier(cases, agent_id(request), reference, language)
    form = visit_of(request).form
    say = texts_of(request)
    model = dossier_model(cases, view, language)
    return agent_page(
        request,
        "instruction/dossier.html",
        title=f"{view.dossier.title or view.dossier.reference} – {view.dossier.reference}",
        current="home",
        territory=cases.territory(view.dossier.territory),
        has_errors=bool(errors),
        errors=[{"name": name, "text": text} for name, text in errors.items()],
        error_of=errors,
        typed={
            "champ": form.all("champ"),
            **{name: form.get(name) for name in _TYPED},
        },
        say_stage=say("instruction.column_stage"),
        screens=dossier_links(request, reference),
        **model,
    )


HANDLERS = (dossier_page, message, missing)
