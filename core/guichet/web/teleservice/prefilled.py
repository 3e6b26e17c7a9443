"""What other administrations give, on the pages of the form: where an answer comes from, what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request

from guichet.locale import typeset_page
from guichet.model.records import Prefilled
from guichet.plugin.contracts import StoredFile
from guichet.services.answers import shown
from guichet.services.drafts import Draft
from guichet.services.given import may_have_said, said_of
from guichet.services.prefills import asked_here
from guichet.services.provenance import Provenance, provenance_of, sentence
from guichet.services.searches import Found, searches_on
from guichet.web.pages import language_of, texts_of
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.questions import Question

__all__ = ["provenances", "search_name", "with_notes", "with_searches"]


def provenances(request: Request, draft: Draft) -> Mapping[str, Provenance]:
    """Gives where the answers of a draft come from."""
    if not draft.compiled.prefills:
        return {}
    cases, said = cases_of(request), dict[str, Prefilled]()
    if may_have_said(draft.dossier, draft.compiled):
        said = cases.store.read(lambda tx: said_of(tx, draft.dossier, draft.compiled))
    return provenance_of(cases, draft.dossier, draft.compiled, said, language_of(request))


def with_notes(request: Request, draft: Draft, questions: list[Question], files: Mapping[str, str]) -> list[Question]:
    """Gives the questions, each with where its answer comes from; what may not be changed is shown, not asked."""
    language, known = language_of(request), provenances(request, draft)
    look_up = asked_here(cases_of(request), draft, [question["name"] for question in questions])
    made: list[Question] = []
    for question in questions:
        one = known.get(question["name"])
        note = sentence(one, language, correctable=True) if one is not None else ""
        changed: dict[str, Any] = {"given": note, "look_up": question["name"] in look_up}
        if one is not None and one.locked:
            changed |= {"widget": "given", **_shown(request, draft, question["name"], one, files)}
        elif one is not None and one.kind == "later":
            changed |= {"required": False}
        made.append({**question, **changed})
    return made


def _shown(request: Request, draft: Draft, name: str, one: Provenance, files: Mapping[str, str]) -> dict[str, str]:
    if one.hidden:
        return {"value": texts_of(request)("prefill.document"), "href": ""}
    value = draft.answers.get(name)
    href = files.get(value.reference, "") if isinstance(value, StoredFile) else ""
    return {"value": shown(draft.compiled.fields[name], value) or one.shown, "href": href}


def search_name(prefill: str, part: str) -> str:
    """Gives the name of a control of a search: `search.entreprise.text`.

    >>> search_name("entreprise", "text")
    'search.entreprise.text'
    """
    return f"search.{prefill}.{part}"


def with_searches(
    request: Request,
    draft: Draft,
    page: str,
    questions: list[Question],
    found: Mapping[str, Found],
) -> list[Question]:
    """Gives the questions, each search standing before the first field it fills.

    Args:
        found: Search → what it found just now.
    """
    say, language, form = texts_of(request), language_of(request), visit_of(request).form
    offered = searches_on(cases_of(request), draft, page)
    made: list[Question] = []
    for question in questions:
        prefill = offered.get(question["name"])
        if prefill is not None:
            result = found.get(prefill.id)
            label = prefill.declared.label or say("prefill.search_label")
            made.append(
                {
                    "widget": "search",
                    "name": search_name(prefill.id, "text"),
                    "label": typeset_page(label) if language == "fr" else label,
                    "required": False,
                    "id": prefill.id,
                    "value": form.get(search_name(prefill.id, "text")),
                    "chosen": search_name(prefill.id, "chosen"),
                    "message": say(f"prefill.{result.state}") if result and result.state != "found" else "",
                    "choices": [
                        {"value": match.key, "label": match.label, "hint": match.note} for match in result.matches
                    ]
                    if result
                    else [],
                }
            )
        made.append(question)
    return made
