"""The pages of the form: shown, saved one by one, shown again with what is still to answer or what is new."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.engine.form_flow import Step, deciding_fields
from guichet.locale import Texts, typeset_page
from guichet.plugin.contracts import StoredFile
from guichet.services.drafts import Draft, Saved, as_draft, delete_answer, save_page
from guichet.services.prefills import has_to_ask, newly_filled, prefill_draft
from guichet.services.refusals import NotOpen
from guichet.services.searches import Found, search, take
from guichet.web.errors import NotVisible
from guichet.web.markdown import markdown
from guichet.web.pages import Page, asked_in_address, language_of, redirect, render, texts_of
from guichet.web.routing import Later, get, post
from guichet.web.security.people import current_applicant, the_dossier
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of
from guichet.web.teleservice.addresses import gate_url, my_dossiers_url, page_url, review_url, scheme_url
from guichet.web.teleservice.draft_views import file_urls, kept_files, next_url, way
from guichet.web.teleservice.later_posted import blank_rows
from guichet.web.teleservice.posted import Posting, Reader, is_empty
from guichet.web.teleservice.prefilled import search_name, with_notes, with_searches
from guichet.web.teleservice.questions import Asking, Question, ask, why_unanswered

__all__ = ["HANDLERS", "error_list", "flat_questions"]

UPLOAD_LIMIT = 60_000_000
"""A page of attachments: the largest file a field may take, and the rest of the page."""

REFRESHES = {"data-refreshes": "yes"}
"""What marks an answer that makes other questions appear: guichet.js brings them at once, where there is a script."""


@get("/t/{territory:str}/dossiers/{reference:str}/pages/{page:str}", name="form_page", quick=True)
def form_page(request: Request, reference: FromPath[str], page: FromPath[str]) -> Page | Later:
    """Shows a page with the answers kept, and what sources know."""
    draft = _draft(request, reference)
    if not draft.gate_passed:
        return redirect(request, gate_url(draft.dossier))
    step = _step(draft, page)
    if step is None:
        return redirect(request, next_url(draft))
    if not has_to_ask(cases_of(request), draft):
        return _page(request, draft, step, _asking(request, draft))

    def asked() -> Page:
        filled = prefill_draft(cases_of(request), draft)
        return _page(request, filled, _step(filled, page) or step, _asking(request, filled))

    return Later(asked)


@post("/t/{territory:str}/dossiers/{reference:str}/pages/{page:str}", name="save_form_page", body_limit=UPLOAD_LIMIT)
def save(request: Request, territory: FromPath[str], reference: FromPath[str], page: FromPath[str]) -> Page:
    """Keeps what can be read, then goes on, or shows the page again with the reason."""
    draft = _draft(request, reference)
    if not draft.gate_passed:
        return redirect(request, gate_url(draft.dossier))
    if page not in draft.compiled.scheme.application:
        raise NotVisible
    if _step(draft, page) is None:
        return redirect(request, next_url(draft))
    cases, form, account = cases_of(request), visit_of(request).form, current_applicant(request).id
    context = cases.context(territory, language_of(request))
    fields = [field for field in draft.compiled.fields.values() if field.page == page and field.id not in draft.gate]
    posting = Reader(cases, account, form, context, kept_files(draft)).read(fields)
    try:
        saved = save_page(cases, account, reference, page, posting.values, context.language)
    except NotOpen:
        return redirect(request, scheme_url(territory, draft.dossier.scheme))
    lost = {name: why for name, why in saved.refused.items() if not is_empty(posting.values.get(_field_of(name)))}
    if form.get("go") == "later" and not lost:
        return redirect(request, my_dossiers_url(territory), said="teleservice.saved_for_later")
    if (removed := form.get("remove")) and _is_file(saved.draft, page, removed):
        saved = Saved(delete_answer(cases, account, reference, removed), saved.refused)
    if removed and not lost:
        return redirect(request, page_url(saved.draft.dossier, page), said="teleservice.file_removed")
    if form.get("take"):
        return _taken(request, saved.draft, page)
    draft = prefill_draft(cases, saved.draft)
    step = _step(draft, page)
    if step is None:
        return redirect(request, next_url(draft))
    if form.get("go") == "later":
        return _not_yet(request, draft, step, posting, lost)
    if any(form.get(name) for name in ("add_row", "remove_row", "remove", "find")) or form.get("go") == "refresh":
        return _refreshed(request, draft, step, posting, saved)
    errors = {name: why for name, why in saved.refused.items() if _field_of(name) in posting.shown or not posting.shown}
    return _after(request, draft, step, posting, errors, newly_filled(saved.draft, draft, step))


def _after(
    request: Request, draft: Draft, step: Step, posting: Posting, refused: Mapping[str, str], filled: Collection[str]
) -> Page:
    """Where a saved page leads: to itself for what is refused, missing, new or just filled in; else onward."""
    say = texts_of(request)
    asked = [field.id for field in step.fields if field.type.widget not in ("note", "heading")]
    new = frozenset(
        name for name in asked if name not in posting.shown and posting.shown and draft.answers.get(name) is None
    )
    errors = dict(refused)
    of_fields = {_field_of(name) for name in refused}
    for name in step.unanswered:
        if name not in new and name not in of_fields:
            errors[name] = why_unanswered(draft.compiled.fields[name], say)
    if errors or new or filled:
        raw = {name: posting.values[name] for name in of_fields if name in posting.values}
        ordered = {name: errors[name] for field in asked for name in errors if _field_of(name) == field}
        notice = say("prefill.look_over") if filled else ""
        return _page(request, draft, step, _asking(request, draft, raw, ordered, new), notice=notice)
    return redirect(request, _onward(request, draft, step.page))


def _onward(request: Request, draft: Draft, page: str) -> str:
    """The next page; back to the review for who came from there to change an answer."""
    if asked_in_address(request, "depuis") == "relire" and draft.complete:
        return review_url(draft.dossier)
    return next_url(draft, after=page)


def _not_yet(request: Request, draft: Draft, step: Step, posting: Posting, lost: Mapping[str, str]) -> Page:
    """The page with what could not be kept, for who is about to leave it."""
    raw = {name: posting.values[name] for name in map(_field_of, lost)}
    notice = texts_of(request)("teleservice.not_saved_yet")
    return _page(request, draft, step, _asking(request, draft, raw, lost), notice=notice)


def _is_file(draft: Draft, page: str, name: str) -> bool:
    """Whether a name is that of a file this page keeps."""
    field = draft.compiled.fields.get(name)
    return field is not None and field.page == page and isinstance(draft.answers.get(name), StoredFile)


def _field_of(name: str) -> str:
    """The field that a place such as `field.row.column` lies in."""
    return name.partition(".")[0]


def _refreshed(request: Request, draft: Draft, step: Step, posting: Posting, saved: Saved) -> Page:
    """The same page as it was typed, with a row more or less; nothing is reproached yet."""
    form = visit_of(request).form
    extra = {form.get("add_row"): 1} if form.get("add_row") else {}
    raw = {field.id: posting.values[field.id] for field in step.fields if field.id in posting.values}
    raw = {name: value for name, value in raw.items() if draft.compiled.fields[name].type.widget != "file"}
    # What a source has just filled, or gave for another company, shows what is kept now.
    filled = newly_filled(saved.draft, draft, step)
    refused = {_field_of(name) for name in saved.refused}
    raw = {
        name: value
        for name, value in raw.items()
        if name in refused or (name not in filled and (is_empty(value) or draft.answers.get(name) is not None))
    }
    asking = _asking(request, draft, raw, extra=extra)
    found: dict[str, Found] = {}
    if sought := form.get("find"):
        found[sought] = search(cases_of(request), draft, sought, form.get(search_name(sought, "text")))
    return _page(request, draft, step, asking, found=found)


def _taken(request: Request, draft: Draft, page: str) -> Page:
    """The page filled with one result of a search, or the search again when there is none."""
    form = visit_of(request).form
    sought = form.get("take")
    chosen = form.get(search_name(sought, "chosen"))
    found = take(cases_of(request), draft, sought, form.get(search_name(sought, "text")), chosen)
    if any(match.key == chosen for match in found.matches):
        return redirect(request, page_url(draft.dossier, page), said="prefill.taken")
    step = _step(draft, page)
    if step is None:
        raise NotVisible
    return _page(request, draft, step, _asking(request, draft), found={sought: found})


def _draft(request: Request, reference: str) -> Draft:
    return as_draft(cases_of(request), the_dossier(request, reference))


def _step(draft: Draft, page: str) -> Step | None:
    return next((step for step in draft.steps if step.page == page), None)


def _asking(
    request: Request,
    draft: Draft,
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    new: frozenset[str] = frozenset(),
    extra: Mapping[str, int] | None = None,
) -> Asking:
    cases = cases_of(request)
    return Asking(
        context=cases.context(draft.dossier.territory, language_of(request)),
        values=draft.answers,
        raw=raw or {},
        errors=errors or {},
        new=new,
        files=file_urls(cases, draft),
        extra_rows=extra or {},
    )


def _page(
    request: Request,
    draft: Draft,
    step: Step,
    asking: Asking,
    *,
    notice: str = "",
    found: Mapping[str, Found] | None = None,
) -> Page:
    say, place = texts_of(request), way(request, draft, step.page)
    declared = draft.compiled.scheme.application[step.page]
    if not asking.extra_rows and (blank := blank_rows(step.fields, {**draft.answers, **asking.raw})):
        asking = replace(asking, extra_rows=blank)
    questions = with_notes(request, draft, ask(asking, step.fields), asking.files)
    from_review = asked_in_address(request, "depuis") == "relire"
    action = page_url(draft.dossier, step.page) + ("?depuis=relire" if from_review else "")
    controls = deciding_fields(draft.compiled, draft.rules_day)
    for question in questions:
        if question["name"] in controls or question["look_up"]:
            question["extra"] = REFRESHES
    questions = with_searches(request, draft, step.page, questions, found or {})
    return render(
        request,
        "teleservice/form_page.html",
        title=declared.title,
        has_errors=bool(asking.errors),
        way=place,
        back_url=review_url(draft.dossier) if from_review else place.back_url,
        intro=markdown(declared.intro, language_of(request)) if declared.intro else "",
        action=action,
        upload=any(question["widget"] in ("file", "rows") for question in flat_questions(questions)),
        questions=questions,
        refreshed=any(question.get("extra") == REFRESHES for question in questions),
        all_required=all(question["required"] for question in questions if question["widget"] != "search"),
        errors=error_list(asking.errors, questions, say),
        new_count=len(asking.new),
        new_first=next((question["name"] for question in questions if question.get("new")), ""),
        said_new=say("teleservice.new_questions", count=len(asking.new)) if asking.new else "",
        notice=notice,
    )


def flat_questions(questions: list[Question]) -> list[Question]:
    """Gives the questions of a page and those inside its rows."""
    return [*questions, *(one for made in questions for row in made.get("rows", ()) for one in row["questions"])]


def error_list(errors: Mapping[str, str], questions: list[Question], say: Texts) -> list[dict[str, str]]:
    """Gives the errors of a page for its summary, each after the question's own words, which say where it is."""
    labels = {question["name"]: question["label"] for question in questions}
    return [{"name": name, "text": _named(labels.get(name, ""), text, say)} for name, text in errors.items()]


def _named(label: str, text: str, say: Texts) -> str:
    text = typeset_page(text) if say.language == "fr" else text
    if not label:
        return text
    return f"{label} {text}" if label.endswith("?") else say("form.error_named", label=label, text=text)


HANDLERS = (form_page, save)
