"""What a form decides: the choice, its amount and reasons, the head of the act; with what is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guichet.engine.stages import choices_of
from guichet.locale import Texts
from guichet.model.input import read_day, read_money
from guichet.model.rules import Criterion
from guichet.model.scalars import ScalarError
from guichet.model.workflow import Choice, Stage, Workflow
from guichet.services.act_heads import ActHead, signatories
from guichet.services.acting import acting_scheme
from guichet.services.cases import UseCases
from guichet.services.rulings import Ruling
from guichet.services.selections import Chosen, Selection
from guichet.web.instruction.chosen import typed_text
from guichet.web.instruction.opinions import read_criterion
from guichet.web.instruction.part_amounts import amounts_of, read_parts
from guichet.web.instruction.refusal_texts import refusal_text
from guichet.web.security.forms import Form

__all__ = ["Asked", "Deciding", "decided_on", "deciding_on", "read_ruling"]


@dataclass(frozen=True, slots=True)
class Deciding:
    """The stage at which a selection is decided, and what may be decided there."""

    name: str
    stage: Stage
    workflow: Workflow
    choices: tuple[Choice, ...]
    criteria: Mapping[str, Criterion]
    """The judged criteria that the deciding body may answer otherwise."""
    as_of_right: bool
    amounts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The several amounts of the aid by id, with their label; nothing for an aid that has one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for, and why it cannot be taken as it is."""

    ruling: Ruling
    head: ActHead | None
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


def deciding_on(cases: UseCases, selection: Selection) -> Deciding | None:
    """The decision stage of a selection: of the first dossier that waits for a decision; None when none does."""
    for one in selection.chosen:
        if one.here is not None and one.here.stage.act == "decision":
            return _deciding(cases, selection, one, one.here.id)
    return None


def decided_on(cases: UseCases, selection: Selection) -> Deciding | None:
    """The same, or the scheme's decision stage when no dossier waits any more: each will then say why it is left."""
    found = deciding_on(cases, selection)
    if found is not None or not selection.chosen:
        return found
    first = selection.chosen[0]
    stages = acting_scheme(cases, first.dossier, first.compiled).scheme.workflow.stages
    name = next((name for name, stage in stages.items() if stage.act == "decision"), None)
    return _deciding(cases, selection, first, name) if name is not None else None


def _deciding(cases: UseCases, selection: Selection, one: Chosen, name: str) -> Deciding:
    workflow = acting_scheme(cases, one.dossier, one.compiled).scheme.workflow
    right = one.compiled.scheme.legal.as_of_right
    return Deciding(
        name,
        workflow.stages[name],
        workflow,
        choices_of(workflow, name),
        _judged(selection),
        right,
        amounts_of(selection),
    )


def read_ruling(cases: UseCases, territory: str, form: Form, deciding: Deciding, say: Texts) -> Asked:
    """What the form of a decision says."""
    errors: dict[str, str] = {}
    wanted = form.get("choix_decision")
    choice: Choice | None = next((one for one in deciding.choices if one == wanted), None)
    if choice is None:
        errors["choix_decision"] = say("instruction.choose_decision")
        return Asked(Ruling("return_to"), None, errors)
    reason = typed_text(form.get("motif"))
    checks, reasons = _answered(form, deciding)
    if not reason and (choice not in ("grant", "refuse") or (choice == "grant" and checks)):
        errors["motif"] = say("refusals.decision_without_reason")
    parts = read_parts(form, deciding.amounts, errors, say) if choice == "grant_in_part" else {}
    cents = _cents(form, parts, errors, say) if choice == "grant_in_part" else None
    to = form.get("retour_a") or None if choice == "return_to" else None
    head = _head(cases, territory, form, deciding, errors, say) if choice != "return_to" else None
    ruling = Ruling(choice, cents=cents, reason=reason, checks=checks, reasons=reasons, to=to, parts=parts)
    return Asked(ruling, head, errors)


def _answered(form: Form, deciding: Deciding) -> tuple[dict[str, bool], dict[str, str]]:
    checks: dict[str, bool] = {}
    reasons: dict[str, str] = {}
    for name in deciding.criteria:
        answer, listed = read_criterion(form.get(f"critere.{name}"))
        if answer is not None:
            checks[name] = answer
            if listed:
                reasons[name] = listed
    return checks, reasons


def _cents(form: Form, parts: Mapping[str, int], errors: dict[str, str], say: Texts) -> int | None:
    """The sum granted; the sum of what was typed of each amount, where only that was."""
    if parts and not form.get("montant").strip():
        return sum(parts.values())
    try:
        cents = int(read_money(form.get("montant")))
    except ScalarError:
        errors["montant"] = say("instruction.bad_amount")
        return None
    if parts and sum(parts.values()) != cents:
        code, data = "amounts_do_not_add_up", {"sum": sum(parts.values()), "cents": cents}
        errors["montant"] = refusal_text(code, data, say.language)
    return cents


def _head(
    cases: UseCases, territory: str, form: Form, deciding: Deciding, errors: dict[str, str], say: Texts
) -> ActHead | None:
    number, signatory = typed_text(form.get("numero"))[:80], form.get("signataire")
    if not number:
        errors["numero"] = say("refusals.act_number_missing")
    try:
        day = read_day(form.get("date"))
    except ScalarError:
        errors["date"] = say("instruction.bad_day")
        return None
    if day > cases.today(territory):
        errors["date"] = refusal_text("act_in_the_future", {"day": day}, say.language)
    elif signatory not in signatories(cases, territory, deciding.stage.issued_by or "", day):
        code = "signatory_not_valid" if signatory else ""
        errors["signataire"] = (
            refusal_text(code, {"day": day}, say.language) if code else say("instruction.choose_signatory")
        )
    return ActHead(signatory, number, day)


def _judged(selection: Selection) -> dict[str, Criterion]:
    """Every judged criterion of the selection's rules, in the order of the rules."""
    found: dict[str, Criterion] = {}
    for one in selection.chosen:
        found |= {name: criterion for name, criterion in one.judged.items() if name not in found}
    return found
