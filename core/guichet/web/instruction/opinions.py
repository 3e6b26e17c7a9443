"""Opinions in mass: one answer for a selection, and a grid where each dossier may be answered apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from litestar import Request
from litestar.params import FromPath

from guichet.locale import Texts, format_money
from guichet.model.rules import Criterion
from guichet.services.opinions import Answers, give_opinions
from guichet.services.selections import Chosen, Selection
from guichet.web.instruction.addresses import dossier_address, table_address
from guichet.web.instruction.chosen import chosen_dossiers, figures_of, packed, table_url, typed_text
from guichet.web.instruction.frame import agent_id, agent_page, scheme_title
from guichet.web.instruction.results import result_address
from guichet.web.pages import Page, language_of, redirect, texts_of
from guichet.web.routing import post
from guichet.web.said import say_next
from guichet.web.security.forms import Form
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

GRID = 50
"""How many dossiers are answered one by one on a page; a greater selection is answered as a whole."""
_YES, _NO, _LISTED = "oui", "non", "non."


@post("/agents/t/{territory:str}/{scheme:str}/avis", name="opinion_page")
def opinion_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Shows the selection and asks for the opinion."""
    selection = chosen_dossiers(request, scheme, territory)
    if not any(one.here is not None and one.here.stage.act == "opinion" for one in selection.chosen):
        nothing = "instruction.nothing_to_judge" if selection.chosen else "instruction.nothing_selected"
        say_next(request, nothing, kind="warning")
        return redirect(request, table_url(request, scheme, territory))
    return _page(request, scheme, territory, selection, {})


@post("/agents/t/{territory:str}/{scheme:str}/avis/donner", name="give_opinions")
def give(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Gives the opinions and leads to their result."""
    selection, form = chosen_dossiers(request, scheme, territory), visit_of(request).form
    answers, errors = _whole(form, selection, texts_of(request))
    apart: dict[str, Answers] = {}
    aside: set[str] = set()
    for one in selection.chosen if len(selection.chosen) <= GRID else ():
        own = _own(form, one, answers, errors, texts_of(request))
        if isinstance(own, str):
            aside.add(one.dossier.id)
        elif own is not None:
            apart[one.dossier.id] = own
    if errors:
        return _page(request, scheme, territory, selection, errors)
    chosen = [one for one in selection.selected() if one.id not in aside]
    key = form.get("cle")[:80]
    give_opinions(cases_of(request), agent_id(request), chosen, answers, apart=apart, key=key)
    return redirect(request, result_address(scheme, territory, key, "avis", table_url(request, scheme, territory)))


def _page(request: Request, scheme: str, territory: str, selection: Selection, errors: Mapping[str, str]) -> Page:
    say, form = texts_of(request), visit_of(request).form
    asked = criteria_of(selection)
    in_grid = len(selection.chosen) <= GRID
    return agent_page(
        request,
        "instruction/opinions.html",
        title=say("instruction.opinion_title"),
        current="home",
        wide=True,
        has_errors=bool(errors),
        scheme=scheme_title(request, scheme, territory),
        count=len(selection.chosen),
        missing=selection.missing,
        amount=_amount(request, selection),
        back_url=table_url(request, scheme, territory),
        action=table_address(territory, scheme, "avis/donner"),
        selection=packed(selection),
        filter_text=form.get("filtre"),
        key=form.get("cle") or cases_of(request).ids.secret(16),
        opinion=form.get("avis"),
        opinions=[
            {"value": name, "label": say(f"instruction.opinion_{name}_whole")}
            for name in ("favourable", "unfavourable")
        ],
        reason=form.get("motif"),
        criteria=[_criterion(name, one, form.get(f"critere.{name}"), say) for name, one in asked.items()],
        grid=[_line(request, one, asked, form, say) for one in selection.chosen] if in_grid else [],
        errors=[{"name": name, "text": text} for name, text in errors.items()],
        error_of=dict(errors),
        grid_most=GRID,
    )


def criteria_of(selection: Selection) -> dict[str, Criterion]:
    """Every criterion that some dossier of the selection asks its body, in the order of the rules."""
    found: dict[str, Criterion] = {}
    for one in selection.chosen:
        found |= {name: criterion for name, criterion in one.asked.items() if name not in found}
    return found


def choices_of_criterion(criterion: Criterion, say: Texts, first: str) -> list[dict[str, str]]:
    """Yes, no for each listed reason, no for another; the first line leaves the question open."""
    listed = [
        {"value": f"{_LISTED}{name}", "label": say("instruction.no_because", reason=text)}
        for name, text in criterion.reasons.items()
    ]
    return [
        {"value": "", "label": first},
        {"value": _YES, "label": say("form.yes")},
        *listed,
        {"value": _NO, "label": say("instruction.no_other")},
    ]


def read_criterion(value: str) -> tuple[bool | None, str]:
    """(answer, key of the listed reason) of a posted choice.

    >>> read_criterion("non.sans_rapport"), read_criterion("oui"), read_criterion("")
    ((False, 'sans_rapport'), (True, ''), (None, ''))
    """
    if value == _YES:
        return True, ""
    if value == _NO:
        return False, ""
    return (False, value.removeprefix(_LISTED)) if value.startswith(_LISTED) else (None, "")


def _criterion(name: str, criterion: Criterion, value: str, say: Texts) -> dict[str, Any]:
    return {
        "name": f"critere.{name}",
        "label": criterion.label,
        "text": criterion.text,
        "value": value,
        "choices": choices_of_criterion(criterion, say, say("instruction.not_judged")),
    }


def _line(request: Request, one: Chosen, asked: Mapping[str, Criterion], form: Form, say: Texts) -> dict[str, Any]:
    dossier, reference = one.dossier, one.dossier.reference
    cents = dossier.computed_cents if dossier.computed_cents is not None else dossier.provisional_cents
    return {
        "reference": reference,
        "title": dossier.title,
        "href": dossier_address(reference),
        "amount": format_money(cents, language_of(request)) if cents is not None else "–",
        "figures": figures_of(request, one),
        "cells": [
            {
                "name": f"d.{reference}.{name}",
                "label": f"{criterion.label} – {reference}",
                "value": form.get(f"d.{reference}.{name}"),
                "choices": choices_of_criterion(criterion, say, say("instruction.as_whole"))
                if name in one.asked
                else [],
            }
            for name, criterion in asked.items()
        ],
        "opinion_name": f"d.{reference}.avis",
        "opinion": form.get(f"d.{reference}.avis"),
        "opinions": [
            {"value": "", "label": say("instruction.as_whole")},
            {"value": "favourable", "label": say("instruction.opinion_favourable")},
            {"value": "unfavourable", "label": say("instruction.opinion_unfavourable")},
            {"value": "aside", "label": say("instruction.leave_aside")},
        ],
        "reason_name": f"d.{reference}.motif",
        "reason": form.get(f"d.{reference}.motif"),
    }


@dataclass(frozen=True, slots=True)
class _Read:
    checks: dict[str, bool]
    reasons: dict[str, str]


def _read(form: Form, prefix: str, names: Mapping[str, Criterion]) -> _Read:
    checks: dict[str, bool] = {}
    reasons: dict[str, str] = {}
    for name in names:
        answer, reason = read_criterion(form.get(f"{prefix}{name}"))
        if answer is not None:
            checks[name] = answer
            if reason:
                reasons[name] = reason
    return _Read(checks, reasons)


def _whole(form: Form, selection: Selection, say: Texts) -> tuple[Answers, dict[str, str]]:
    """The answer for the whole selection, and what is wrong with it."""
    errors: dict[str, str] = {}
    opinion, reason = form.get("avis"), typed_text(form.get("motif"))
    if opinion not in ("favourable", "unfavourable"):
        errors["avis"] = say("instruction.choose_opinion")
        return Answers(favourable=False), errors
    read = _read(form, "critere.", criteria_of(selection))
    if opinion == "favourable":
        return Answers(favourable=True), errors
    _check_reasons(read, criteria_of(selection), reason, "critere.", errors, say)
    failing = [one for one in selection.chosen if (one.dossier.result or {}).get("failed")]
    if not reason and all(read.checks.values()) and len(failing) < len(selection.chosen):
        errors["motif"] = say("refusals.opinion_without_reason")
    return Answers(favourable=False, checks=read.checks, reasons=read.reasons, reason=reason), errors


def _own(
    form: Form, one: Chosen, whole: Answers, errors: dict[str, str], say: Texts
) -> Answers | Literal["aside"] | None:
    """The answer of one dossier apart, `aside` to leave it, None to answer it like the whole."""
    prefix = f"d.{one.dossier.reference}."
    opinion, reason = form.get(f"{prefix}avis"), typed_text(form.get(f"{prefix}motif"))
    if opinion == "aside":
        return "aside"
    read = _read(form, prefix, one.asked)
    if not opinion and not read.checks and not reason:
        return None
    favourable = opinion == "favourable" or (not opinion and all(read.checks.values()) and whole.favourable)
    if favourable:
        if not all(read.checks.values()):
            errors[f"{prefix}avis"] = f"{one.dossier.reference} : {say('refusals.favourable_with_failed_criterion')}"
        return Answers(favourable=True, checks=read.checks, reason=reason)
    read, reason = _like_the_whole(read, one, whole), reason or whole.reason
    _check_reasons(read, one.asked, reason, prefix, errors, say)
    if not reason and all(read.checks.values()) and not (one.dossier.result or {}).get("failed"):
        errors[f"{prefix}motif"] = f"{one.dossier.reference} : {say('refusals.opinion_without_reason')}"
    return Answers(favourable=False, checks=read.checks, reasons=read.reasons, reason=reason)


def _like_the_whole(read: _Read, one: Chosen, whole: Answers) -> _Read:
    """An unfavourable answer apart, with what the whole says of the criteria that it leaves as they are."""
    left = [name for name in whole.checks if name in one.asked and name not in read.checks]
    checks = {name: whole.checks[name] for name in left}
    reasons = {name: whole.reasons[name] for name in left if name in whole.reasons}
    return _Read(checks | read.checks, reasons | read.reasons)


def _check_reasons(
    read: _Read, asked: Mapping[str, Criterion], reason: str, prefix: str, errors: dict[str, str], say: Texts
) -> None:
    for name, yes in read.checks.items():
        if not yes and not read.reasons.get(name) and not reason and "{reason}" in asked[name].otherwise:
            errors[f"{prefix}{name}"] = say("refusals.criterion_without_reason", criterion=asked[name].label)


def _amount(request: Request, selection: Selection) -> str:
    cents = sum(one.dossier.computed_cents or one.dossier.provisional_cents or 0 for one in selection.chosen)
    return format_money(cents, language_of(request))


HANDLERS = (opinion_page, give)
