"""Decisions in mass: what is decided and under which act, then totals to confirm, then the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.engine.stages import earlier_stages
from guichet.locale import Texts, format_date, format_day, format_money, format_number, typeset_page
from guichet.services.act_heads import signatories
from guichet.services.decisions import decide_all
from guichet.services.selections import Preview, Selection, pack, preview_decisions, unpack
from guichet.services.text_values import reason_sentence
from guichet.web.instruction.addresses import table_address
from guichet.web.instruction.chosen import chosen_dossiers, packed, table_url
from guichet.web.instruction.frame import agent_id, agent_page, scheme_title
from guichet.web.instruction.opinions import choices_of_criterion
from guichet.web.instruction.part_amounts import amount_fields, shares_said
from guichet.web.instruction.results import left_rows, result_address
from guichet.web.instruction.rulings import Asked, Deciding, decided_on, deciding_on, read_ruling
from guichet.web.pages import Page, language_of, redirect, texts_of
from guichet.web.routing import post
from guichet.web.said import say_next
from guichet.web.security.forms import Form
from guichet.web.security.visits import visit_of
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

_SUMS = "sommes"
"""What the recap showed that each dossier would get: the act gives that, or leaves the dossier."""


@post("/agents/t/{territory:str}/{scheme:str}/decision", name="decision_page")
def decision_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Shows the selection and asks what is decided, and under which act."""
    selection = chosen_dossiers(request, scheme, territory)
    deciding = deciding_on(cases_of(request), selection)
    if deciding is None:
        return _nothing(request, scheme, territory, selection)
    return _form_page(request, scheme, territory, selection, deciding, {})


@post("/agents/t/{territory:str}/{scheme:str}/decision/recapitulatif", name="decision_summary")
def summary_page(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Recaps totals, and what would be left, before the act."""
    cases, say, form = cases_of(request), texts_of(request), visit_of(request).form
    selection = chosen_dossiers(request, scheme, territory)
    deciding = deciding_on(cases, selection)
    if deciding is None:
        return _nothing(request, scheme, territory, selection)
    asked = read_ruling(cases, territory, form, deciding, say)
    if asked.errors or form.get("modifier"):
        return _form_page(request, scheme, territory, selection, deciding, asked.errors)
    preview = preview_decisions(cases, agent_id(request), selection, asked.ruling, asked.head)
    return _summary(request, scheme, territory, selection, deciding, asked, preview)


@post("/agents/t/{territory:str}/{scheme:str}/decision/prendre", name="take_decisions")
def take(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Page:
    """Takes the decisions and leads to their result."""
    cases, form = cases_of(request), visit_of(request).form
    selection = chosen_dossiers(request, scheme, territory)
    back, key = table_url(request, scheme, territory), form.get("cle")[:80]
    deciding = decided_on(cases, selection)
    if deciding is not None:
        asked = read_ruling(cases, territory, form, deciding, texts_of(request))
        if asked.errors:
            return _form_page(request, scheme, territory, selection, deciding, asked.errors)
        confirmed = selection.by_id(unpack(form.get(_SUMS))) if _SUMS in form else None
        decide_all(
            cases, agent_id(request), selection.selected(), asked.ruling, asked.head, key=key, confirmed=confirmed
        )
    act = "retour" if form.get("choix_decision") == "return_to" else "decision"
    return redirect(request, result_address(scheme, territory, key, act, back))


def _form_page(
    request: Request,
    scheme: str,
    territory: str,
    selection: Selection,
    deciding: Deciding,
    errors: Mapping[str, str],
) -> Page:
    cases, say, form, language = cases_of(request), texts_of(request), visit_of(request).form, language_of(request)
    today = cases.today(territory)
    issuer = deciding.stage.issued_by or ""
    able = signatories(cases, territory, issuer, today)
    back = earlier_stages(deciding.workflow, deciding.name)
    return agent_page(
        request,
        "instruction/decision.html",
        title=say("instruction.decision_title"),
        current="home",
        has_errors=bool(errors),
        scheme=scheme_title(request, scheme, territory),
        count=len(selection.chosen),
        facts=_facts(selection, say, language),
        back_url=table_url(request, scheme, territory),
        action=table_address(territory, scheme, "decision/recapitulatif"),
        hidden_fields=_hidden(request, selection, ("filtre",)),
        choices=[
            {"value": name, "label": say(f"instruction.choice_{name}"), "hint": _hint(name, say)}
            for name in deciding.choices
        ],
        choice=form.get("choix_decision"),
        amount=form.get("montant"),
        amounts=amount_fields(cases, selection, deciding.amounts, form, errors, say),
        reason=form.get("motif"),
        signatories=[{"value": key, "label": f"{one.name}, {one.quality}"} for key, one in able.items()],
        signatory=form.get("signataire") or (next(iter(able)) if len(able) == 1 else ""),
        number=form.get("numero"),
        day=form.get("date") or format_date(today),
        stages=[{"value": name, "label": deciding.workflow.stages[name].label or name} for name in back],
        stage=form.get("retour_a") or (back[-1] if back else ""),
        criteria=_criteria(deciding, say, form),
        errors=[{"name": name, "text": text} for name, text in errors.items()],
        error_of=dict(errors),
        as_of_right=deciding.as_of_right,
    )


def _criteria(deciding: Deciding, say: Texts, form: Form) -> list[dict[str, Any]]:
    """The judged criteria, each to be left as the opinion answered it or answered otherwise."""
    return [
        {
            "name": f"critere.{name}",
            "label": criterion.label,
            "choices": choices_of_criterion(criterion, say, say("instruction.keep_opinion")),
            "value": form.get(f"critere.{name}"),
        }
        for name, criterion in deciding.criteria.items()
    ]


def _nothing(request: Request, scheme: str, territory: str, selection: Selection) -> Page:
    nothing = "instruction.nothing_to_decide" if selection.chosen else "instruction.nothing_selected"
    say_next(request, nothing, kind="warning")
    return redirect(request, table_url(request, scheme, territory))


def _hint(choice: str, say: Texts) -> str:
    return say(f"instruction.hint_{choice}")


def _facts(selection: Selection, say: Texts, language: Any) -> list[dict[str, str]]:
    """What the selection holds, in a few figures."""
    dossiers = [one.dossier for one in selection.chosen]
    favourable = sum(bool(one.opinions) and one.opinions[-1].favourable for one in selection.chosen)
    unfavourable = sum(bool(one.opinions) and not one.opinions[-1].favourable for one in selection.chosen)
    cents = sum(one.computed_cents or 0 for one in dossiers)
    outcomes = Counter(one.outcome for one in dossiers)
    facts = [
        (say("instruction.fact_number"), format_number(len(dossiers), 0, language)),
        (say("instruction.fact_computed"), format_money(cents, language)),
        (say("instruction.fact_favourable"), str(favourable)),
        (say("instruction.fact_unfavourable"), str(unfavourable)),
        (say("instruction.fact_not_eligible"), str(outcomes["not_eligible"])),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _summary(
    request: Request,
    scheme: str,
    territory: str,
    selection: Selection,
    deciding: Deciding,
    asked: Asked,
    preview: Preview,
) -> Page:
    say, form, language = texts_of(request), visit_of(request).form, language_of(request)
    ruling, number = asked.ruling, len(preview.ready)
    grants = ruling.choice in ("grant", "grant_in_part")
    return agent_page(
        request,
        "instruction/summary.html",
        title=say("instruction.summary_title"),
        current="home",
        scheme=scheme_title(request, scheme, territory),
        facts=[
            *_act_facts(request, territory, asked),
            *(
                {"label": label, "value": value}
                for label, value in shares_said(cases_of(request), selection, ruling, say)
            ),
        ],
        number=number,
        totals=_totals(preview, say, language, grants=grants),
        by_amount=bool(preview.by_amount()),
        amount_rows=_amount_rows(preview, language),
        amount_columns=[
            {"label": say(f"instruction.column_{name}"), "align": "end"} for name in ("each", "number", "total")
        ],
        reason_rows=_reason_rows(preview, say),
        reason_columns=[
            {"label": say("instruction.column_condition")},
            {"label": say("instruction.column_letter_says")},
            {"label": say("instruction.column_number"), "align": "end"},
        ],
        left=left_rows(request, preview.left, territory),
        left_columns=[{"label": say(f"instruction.column_{name}")} for name in ("reference", "title", "why")],
        action=table_address(territory, scheme, "decision/prendre"),
        change_action=table_address(territory, scheme, "decision/recapitulatif"),
        hidden_fields=[
            *_hidden(request, selection, tuple(form)),
            *([{"name": _SUMS, "value": pack(preview.sums())}] if grants else []),
            {"name": "cle", "value": cases_of(request).ids.secret(16)},
        ],
        label=say(f"instruction.confirm_{ruling.choice}", count=number),
        back_url=table_url(request, scheme, territory),
        deciding=deciding.stage.label,
    )


def _act_facts(request: Request, territory: str, asked: Asked) -> list[dict[str, str]]:
    """What is decided, under which act, by whom, and why."""
    say, language = texts_of(request), language_of(request)
    ruling, head = asked.ruling, asked.head
    facts = [(say("instruction.fact_decision"), say(f"instruction.choice_{ruling.choice}"))]
    if head is not None:
        signatory = cases_of(request).territory(territory).signatories[head.signatory]
        act = say("instruction.act_numbered", number=head.number, day=format_day(head.day, language))
        facts += [
            (say("instruction.fact_act"), act),
            (say("instruction.fact_signatory"), f"{signatory.name}, {signatory.quality}"),
        ]
    if ruling.reason:
        facts.append((say("instruction.reason"), ruling.reason))
    return [{"label": label, "value": value} for label, value in facts]


def _totals(preview: Preview, say: Texts, language: Any, *, grants: bool) -> list[dict[str, str]]:
    """How many are ready, what they are granted, how many are left."""
    number, left = len(preview.ready), len(preview.left)
    totals = [(say("instruction.total_ready", count=number), format_number(number, 0, language))]
    if grants:
        totals.append((say("instruction.total_granted"), format_money(preview.cents, language)))
    if left:
        totals.append((say("instruction.total_left", count=left), str(left)))
    return [{"label": label, "value": value} for label, value in totals]


def _amount_rows(preview: Preview, language: Any) -> list[dict[str, Any]]:
    """Each amount, how many dossiers have it, and what they make."""
    return [
        {
            "id": "",
            "label": "",
            "cells": [
                format_money(cents, language),
                format_number(count, 0, language),
                format_money(cents * count, language),
            ],
        }
        for cents, count in preview.by_amount()
    ]


def _reason_rows(preview: Preview, say: Texts) -> list[dict[str, Any]]:
    """Each condition not met, what the letter says of it, and how many letters do."""
    return [
        {
            "id": "",
            "label": "",
            "cells": [
                typeset_page(one.label),
                typeset_page(reason_sentence(say, one.text, one.legal)),
                format_number(one.count, 0, say.language),
            ],
        }
        for one in preview.reasons
    ]


def _hidden(request: Request, selection: Selection, names: tuple[str, ...]) -> list[dict[str, str]]:
    """What the next page needs again: the selection in one field, and the named fields of this one."""
    form: Form = visit_of(request).form
    left_out = {"choix", "dossier", "vus", "tout", "cle", "modifier", "_csrf_token", _SUMS}
    kept = [{"name": name, "value": form.get(name)} for name in names if name not in left_out]
    return [{"name": "choix", "value": packed(selection)}, *kept]


HANDLERS = (decision_page, summary_page, take)
