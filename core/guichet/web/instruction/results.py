"""What a mass act did: how many dossiers, how many were left and why. Reloading the page does nothing again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Request
from litestar.params import FromPath

from guichet.locale import Texts, format_money
from guichet.model.records import Dossier
from guichet.services.mass_acts import Handled, MassResult, as_they_stand, recall
from guichet.web.errors import NotVisible
from guichet.web.instruction.addresses import dossier_address, table_address
from guichet.web.instruction.following import next_dossier
from guichet.web.instruction.frame import agent_id, agent_page, scheme_title
from guichet.web.instruction.refusal_texts import refusal_text
from guichet.web.pages import Page, language_of, safe_path, texts_of
from guichet.web.routing import get
from guichet.web.site import cases_of

__all__ = ["HANDLERS", "left_rows", "result_address"]

_ACTS = ("avis", "decision", "retour")
_NOTED = ("waiting_for_funds", "returned")


def result_address(scheme: str, territory: str, key: str, act: str, back: str) -> str:
    """The address of the result of a mass act."""
    return f"{table_address(territory, scheme, f'resultat/{key}')}?{urlencode({'acte': act, 'retour': back})}"


@get("/agents/t/{territory:str}/{scheme:str}/resultat/{key:str}", name="mass_result")
def result_page(request: Request, territory: FromPath[str], scheme: FromPath[str], key: FromPath[str]) -> Page:
    """Shows the result of an act of this agent, by its key."""
    say = texts_of(request)
    result = recall(cases_of(request), agent_id(request), key)
    if result is None:
        raise NotVisible
    act = request.query_params.get("acte", "")
    act = act if act in _ACTS else "decision"
    dossiers = as_they_stand(cases_of(request), agent_id(request), result)
    counted = _counted(result, act, say)
    return agent_page(
        request,
        "instruction/result.html",
        title=counted,
        current="home",
        scheme=scheme_title(request, scheme, territory),
        heading=f"{counted}.",
        kind="success" if result.done and not result.left else "warning",
        totals=_totals(request, dossiers) if act == "decision" else [],
        done=_done_rows(request, dossiers),
        done_caption=say("instruction.done_caption", count=len(dossiers)),
        done_columns=[
            {"label": say("instruction.column_reference")},
            {"label": say("instruction.column_title")},
            {"label": say("instruction.column_outcome")},
            {"label": say("instruction.column_each"), "align": "end"},
        ],
        left_caption=say("instruction.left_caption"),
        columns=[{"label": say(f"instruction.column_{name}")} for name in ("reference", "title", "why")],
        left=left_rows(request, result.left, territory),
        following=next_dossier(request, dossiers, act),
        waiting=_waiting_rows(result, say),
        waiting_caption=say("instruction.waiting_caption"),
        back_url=safe_path(request.query_params.get("retour", ""), table_address(territory, scheme)),
        table_url=table_address(territory, scheme),
    )


def _counted(result: MassResult, act: str, say: Texts) -> str:
    """How many dossiers were done, noted apart and left, in words."""
    plain = [one for one in result.done if one.note not in _NOTED]
    counts = [say(f"instruction.done_{act}", count=len(plain))] if plain or not result.done else []
    counts += [say(f"instruction.noted_{note}", count=len(result.noted(note))) for note in _NOTED if result.noted(note)]
    if result.left:
        counts.append(say("instruction.left", count=len(result.left)))
    return ", ".join(counts)


def _waiting_rows(result: MassResult, say: Texts) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "label": one.reference,
            "cells": [
                {"text": one.reference, "href": dossier_address(one.reference)},
                one.title,
                say("instruction.waiting_why"),
            ],
        }
        for one in result.noted("waiting_for_funds")
    ]


def _totals(request: Request, dossiers: Sequence[Dossier]) -> list[dict[str, str]]:
    """How many of each decision, and the sum granted."""
    say, language = texts_of(request), language_of(request)
    ends = Counter(one.end for one in dossiers if one.end is not None)
    lines = [{"label": say(f"instruction.end_{end}"), "value": str(number)} for end, number in ends.items()]
    granted = [one.granted_cents for one in dossiers if one.granted_cents is not None]
    if granted:
        lines.append({"label": say("instruction.total_granted"), "value": format_money(sum(granted), language)})
    return lines


def _done_rows(request: Request, dossiers: Sequence[Dossier]) -> list[dict[str, object]]:
    say, language = texts_of(request), language_of(request)
    return [
        {
            "id": one.id,
            "label": one.reference,
            "cells": [
                {"text": one.reference, "href": dossier_address(one.reference)},
                one.title,
                say(f"instruction.end_{one.end}") if one.end else say(f"instruction.outcome_{one.outcome}"),
                format_money(cents, language) if (cents := _sum_of(one)) is not None else "",
            ],
        }
        for one in dossiers
    ]


def _sum_of(one: Dossier) -> int | None:
    """What was granted; before a decision, what the rules give, under reserve or not."""
    if one.end is not None:
        return one.granted_cents
    return one.computed_cents if one.computed_cents is not None else one.provisional_cents


def left_rows(request: Request, left: tuple[Handled, ...], territory: str) -> list[dict[str, object]]:
    """The rows of the dossiers left, each with its reason."""
    language, zone = language_of(request), cases_of(request).territory(territory).time_zone
    return [
        {
            "id": one.id,
            "label": one.reference,
            "cells": [
                {"text": one.reference, "href": dossier_address(one.reference)} if one.reference else "–",
                one.title,
                refusal_text(one.code, one.data, language, zone),
            ],
        }
        for one in left
    ]


HANDLERS = (result_page,)
