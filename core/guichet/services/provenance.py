"""Where the answers of a dossier come from, in words: for who files it, and for who examines it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guichet.catalogue import CompiledScheme
from guichet.locale import Texts, format_date, typeset
from guichet.model.records import Dossier, Prefilled
from guichet.plugin.contracts.base import Language
from guichet.services.answers import shown
from guichet.services.cases import UseCases
from guichet.services.given import holds, is_kept_apart, later_fields, locked_fields

__all__ = ["Provenance", "provenance_of", "sentence"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a source said of one answer.

    Args:
        kind: `same` as the answer, something `other`, or nothing yet, left for `later`.
        shown: What the source says.
        locked: The applicant may not change it.
        hidden: The applicant does not see it: only that there is nothing to supply.
    """

    kind: Literal["same", "other", "later"]
    provider: str = ""
    day: date | None = None
    shown: str = ""
    locked: bool = False
    hidden: bool = False


def provenance_of(
    cases: UseCases,
    dossier: Dossier,
    compiled: CompiledScheme,
    said: Mapping[str, Prefilled],
    language: Language = "fr",
    *,
    for_agents: bool = False,
) -> dict[str, Provenance]:
    """Where each answer comes from, for the fields of which a source said something that holds.

    Args:
        for_agents: What the applicant may not see is told as well.
    """
    locked = locked_fields(compiled, said, dossier.answers)
    found: dict[str, Provenance] = {name: Provenance("later") for name in later_fields(dossier)}
    for name, one in said.items():
        if one.state != "given" or not holds(compiled, one, dossier.answers):
            continue
        hidden = not for_agents and name in compiled.prefills[one.prefill].hidden
        if hidden and is_kept_apart(compiled, compiled.prefills[one.prefill], name):
            continue
        field = compiled.fields[name]
        found[name] = Provenance(
            kind="same" if dossier.answers.get(name) == one.value else "other",
            provider=one.provider.get(language, ""),
            day=one.as_of or cases.day_of(one.asked_at, dossier.territory),
            shown="" if hidden else shown(field, field.type.load(one.value, field.options), language),
            locked=name in locked,
            hidden=hidden,
        )
    return found


def sentence(one: Provenance, language: Language, *, correctable: bool = False) -> str:
    """What a person reads beside an answer.

    Args:
        correctable: Said to who may still change it.
    """
    say = Texts(language)
    if one.kind == "later":
        return say("prefill.later" if correctable else "prefill.awaited")
    if one.hidden:
        text = say("prefill.obtained", provider=one.provider)
        return typeset(text) if language == "fr" else text
    day = format_date(one.day) if one.day is not None else ""
    if one.kind == "other":
        provider = one.provider[:1].upper() + one.provider[1:]
        text = say("prefill.otherwise", provider=provider, value=one.shown, day=day)
    elif correctable and not one.locked:
        text = say("prefill.correctable", provider=one.provider, day=day)
    else:
        text = say("prefill.given", provider=one.provider, day=day)
    return typeset(text) if language == "fr" else text
