"""A grant in part of several amounts: what is typed of each, what the rules compute, the share that each would have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guichet.engine.parts import share_out
from guichet.locale import Texts, format_money
from guichet.model.input import read_money
from guichet.model.records import AmountPart
from guichet.model.scalars import ScalarError
from guichet.services.amount_parts import computed_parts_of
from guichet.services.cases import UseCases
from guichet.services.rulings import Ruling
from guichet.services.selections import Selection
from guichet.web.security.forms import Form

__all__ = ["PREFIX", "amount_fields", "amounts_of", "read_parts", "shares_said"]

PREFIX = "montant."
"""How the name of the field of one amount begins; its id follows."""


def amounts_of(selection: Selection) -> dict[str, str]:
    """The amounts of the aid of a selection, by id with their label; nothing for an aid that has one."""
    found: dict[str, str] = {}
    for one in selection.chosen:
        for version in one.compiled.versions:
            found |= {name: part.label for name, part in version.rules.amounts.items() if name not in found}
    return found


def read_parts(form: Form, amounts: Mapping[str, str], errors: dict[str, str], say: Texts) -> dict[str, int]:
    """The sum typed of each amount; none typed, none given, and a share in proportion."""
    typed = {name: form.get(PREFIX + name).strip() for name in amounts}
    found: dict[str, int] = {}
    for name, text in typed.items():
        try:
            found[name] = int(read_money(text)) if text else 0
        except ScalarError:
            errors[PREFIX + name] = say("instruction.bad_amount")
    return found if any(typed.values()) else {}


def amount_fields(
    cases: UseCases, selection: Selection, amounts: Mapping[str, str], form: Form, errors: Mapping[str, str], say: Texts
) -> list[dict[str, str]]:
    """The field of each amount: what was typed, else the share in proportion of the sum typed for a single dossier."""
    computed = _computed(cases, selection)
    typed = any(form.get(PREFIX + name).strip() for name in amounts)
    shares = {} if typed else {part.amount: part.cents for part in _shared(form.get("montant"), computed)}
    most = {part.amount: part.cents for part in computed}
    return [
        {
            "name": PREFIX + name,
            "label": label,
            "value": form.get(PREFIX + name) or _typed(shares.get(name), say),
            "hint": say("instruction.computed_hint", amount=format_money(most[name], say.language))
            if name in most
            else "",
            "error": errors.get(PREFIX + name, ""),
        }
        for name, label in amounts.items()
    ]


def shares_said(cases: UseCases, selection: Selection, ruling: Ruling, say: Texts) -> list[tuple[str, str]]:
    """Each amount and what is granted of it, for the recap: as typed, else in proportion for a single dossier."""
    amounts = amounts_of(selection)
    if ruling.choice != "grant_in_part" or not amounts or ruling.cents is None:
        return []
    if ruling.parts:
        return [(amounts[name], format_money(cents, say.language)) for name, cents in ruling.parts.items()]
    shares = _shared_out(ruling.cents, _computed(cases, selection))
    if not shares:
        return [(say("instruction.amounts_title"), say("instruction.in_proportion"))]
    return [(part.label, format_money(part.cents, say.language)) for part in shares]


def _computed(cases: UseCases, selection: Selection) -> tuple[AmountPart, ...]:
    """What the rules compute of each amount of the only dossier of a selection; nothing for several."""
    if len(selection.chosen) != 1:
        return ()
    (one,) = selection.chosen
    return computed_parts_of(cases, one.compiled, one.dossier)


def _shared(text: str, computed: Sequence[AmountPart]) -> tuple[AmountPart, ...]:
    try:
        return _shared_out(int(read_money(text)), computed)
    except ScalarError:
        return ()


def _shared_out(cents: int, computed: Sequence[AmountPart]) -> tuple[AmountPart, ...]:
    return share_out(cents, computed) if 0 < cents <= sum(part.cents for part in computed) else ()


def _typed(cents: Any, say: Texts) -> str:
    return format_money(cents, say.language).replace("€", "").strip() if cents is not None else ""
