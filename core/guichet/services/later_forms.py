"""Forms after the application: asked of the applicant, filed by them with a receipt, settled by rules or an agent.

What each form is for stands in one table, `_PURPOSES`: a form that the core learns to treat is one line more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from guichet.catalogue import CompiledScheme
from guichet.engine.eligibility import Facts, evaluate
from guichet.engine.explanations import fill_reason
from guichet.engine.form_flow import asked_fields, visible_answers
from guichet.model.records import Dossier
from guichet.plugin.contracts.base import Language
from guichet.services import appeals, awards, payment_requests
from guichet.services.acting import DECISION_ROLE, FINANCE_ROLE, hold_dossier
from guichet.services.answers import dump_answers, load_answers, read_posted
from guichet.services.assessments import compiled_for
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.drafts import owned
from guichet.services.new_accounts import use_new_account, why_not_account
from guichet.services.payment_orders import ACCOUNT
from guichet.services.refusals import Incomplete, NotFound, Refused
from guichet.storage import Tx, dossiers, later_filings, outbox
from guichet.storage.later_filings import LaterFiling

__all__ = ["SETTLERS", "Opened", "file_later", "openable_forms", "opened_later", "settle_later", "settlers_of"]

SETTLERS = (DECISION_ROLE, FINANCE_ROLE)
"""The roles that accept or refuse what an applicant files after the application."""

Refusals: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Purpose:
    """What a form is for: why its answers cannot be taken, and what accepting it does."""

    refuse: Callable[[UseCases, Tx, LaterFiling, Mapping[str, Any], Language], Refusals]
    accept: Callable[[UseCases, Tx, Dossier, LaterFiling, Mapping[str, Any]], None]
    may_begin: Callable[[UseCases, Tx, Dossier], bool] | None = None
    """Whether an applicant may file it without being asked; None for a form that is only ever asked."""
    settlers: frozenset[str] = frozenset(SETTLERS)


_PURPOSES: Mapping[str, _Purpose] = MappingProxyType(
    {
        "new_iban": _Purpose(why_not_account, use_new_account),
        payment_requests.FORM: _Purpose(
            payment_requests.why_no_balance, payment_requests.order_balance, payment_requests.may_request
        ),
        payment_requests.EXTENSION: _Purpose(
            payment_requests.why_no_extension, payment_requests.extend, payment_requests.may_extend
        ),
        ACCOUNT: _Purpose(awards.why_no_account, awards.pay_to_account, awards.may_give_account),
        appeals.FORM: _Purpose(appeals.why_no_appeal, appeals.reopen, appeals.may_appeal, frozenset({DECISION_ROLE})),
    }
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that waits for its applicant, compiled as it stood when it was asked."""

    dossier: Dossier
    filing: LaterFiling
    compiled: CompiledScheme
    values: Mapping[str, Any]


def opened_later(cases: UseCases, account: str, reference: str, form: str) -> Opened:
    """A form that an applicant is asked to file, or may file unasked; reading it changes nothing. Raises NotFound."""
    return cases.store.read(lambda tx: _opened(cases, tx, owned(tx, account, reference), form))


def openable_forms(cases: UseCases, account: str, reference: str) -> tuple[str, ...]:
    """The forms that an applicant may file now without being asked. Raises NotFound."""

    def read(tx: Tx) -> tuple[str, ...]:
        dossier = owned(tx, account, reference)
        return tuple(form for form in compiled_for(cases, dossier).later if _may_begin(cases, tx, dossier, form))

    return cases.store.read(read)


def settlers_of(form: str) -> frozenset[str]:
    """The roles that accept or refuse what is filed with a form."""
    return _PURPOSES[form].settlers


def file_later(
    cases: UseCases,
    account: str,
    reference: str,
    form: str,
    posted: Mapping[str, Any],
    language: Language = "fr",
) -> Refusals:
    """Take a form; gives why some answers were refused, empty once it is filed with its receipt.

    Raises:
        NotFound: It is not their dossier, or nothing is asked.
        Incomplete: A required answer is missing.
    """
    refused: dict[str, str] = {}

    def act(tx: Tx) -> None:
        refused.clear()
        dossier = dossiers.lock(tx, owned(tx, account, reference).id)
        opened = _opened(cases, tx, dossier, form)
        values = _values(cases, opened, posted, language, refused)
        refused.update({} if refused else _PURPOSES[form].refuse(cases, tx, opened.filing, values, language))
        if refused:
            return
        filing = opened.filing if opened.filing.state == "asked" else _begin(tx, opened.filing, account)
        filed = later_filings.file(tx, filing.id, dump_answers(opened.compiled, values))
        if filed is None:
            raise NotFound
        note_attachments(tx, dossier, opened.compiled, filed.answers, form=form)
        data = {"form": form, "filing": filed.reference}
        tx.journal(dossier.territory, "later_filed", subject=dossier.id, actor=account, data=data)
        payload = {"dossier": dossier.id, "event": _event(form, "filed"), "turn": filed.id, "message": filed.reference}
        outbox.put(tx, "notice", payload, key=f"notice:{form}_filed:{filed.id}")
        if not _is_checked_by_agent(cases, filed, form):
            _accept(cases, tx, dossier, filed, by="system")

    cases.store.act(act)
    return refused


def settle_later(
    cases: UseCases, agent_id: str, reference: str, filing_id: str, *, accept: bool, reason: str = ""
) -> None:
    """Accept or refuse what an applicant filed; a refusal needs a reason and asks again.

    Raises:
        NotFound: The agent may not see the dossier, or there is no such form.
        Refused: The agent holds no settling role, somebody settled it before, or a refusal has no reason.
    """

    def act(tx: Tx) -> None:
        actor, dossier = hold_dossier(cases, tx, agent_id, reference)
        filing = next((one for one in later_filings.of_dossier(tx, dossier.id) if one.id == filing_id), None)
        settlers = _PURPOSES[filing.form].settlers if filing is not None else frozenset(SETTLERS)
        if not actor.roles(dossier.territory, dossier.scheme) & settlers:
            raise Refused("not_for_you", body="")
        if filing is None:
            raise NotFound
        if accept:
            _accept(cases, tx, dossier, filing, by=actor.agent.id)
            return
        _refuse(tx, dossier, filing, reason.strip(), by=actor.agent.id)

    cases.store.act(act)


def _refuse(tx: Tx, dossier: Dossier, filing: LaterFiling, reason: str, *, by: str) -> None:
    """Refuse what was filed, and ask it again unless the applicant may file it unasked."""
    if not reason:
        raise Refused("decision_without_reason", choice="refuse")
    _settle(tx, dossier, filing, "refused", by=by, reason=reason)
    if _PURPOSES[filing.form].may_begin is not None:
        _tell(tx, dossier, filing, "refused", reason)
        return
    again = later_filings.ask(
        tx,
        dossier=dossier.id,
        form=filing.form,
        about=filing.about,
        reason=reason,
        snapshot_hash=filing.snapshot_hash,
        by=by,
    )
    if again is not None:
        payload = {"dossier": dossier.id, "event": filing.form, "turn": again.id, "message": reason}
        outbox.put(tx, "notice", payload, key=f"notice:{filing.form}:{again.id}")


def _opened(cases: UseCases, tx: Tx, dossier: Dossier, form: str) -> Opened:
    filing = later_filings.opened(tx, dossier.id, form)
    if filing is None and _may_begin(cases, tx, dossier, form):
        filing = later_filings.unasked(tx, dossier.id, form, compiled_for(cases, dossier).hash)
    if filing is None or form not in _PURPOSES:
        raise NotFound
    compiled = cases.snapshots.by_hash(filing.snapshot_hash).later[form]
    return Opened(dossier, filing, compiled, load_answers(compiled, filing.answers))


def _values(
    cases: UseCases, opened: Opened, posted: Mapping[str, Any], language: Language, refused: dict[str, str]
) -> dict[str, Any]:
    """The answers that count: read, asked, complete, under the form's own rules; what is wrong goes to `refused`."""
    compiled, territory = opened.compiled, opened.dossier.territory
    today = cases.today(territory)
    read = read_posted(tuple(compiled.fields.values()), posted, cases.context(territory, language))
    asked = asked_fields(compiled, read.values, today)
    refused.update({name: why for name, why in read.refused.items() if asked.get(name.split(".")[0], True)})
    if refused:
        return {}
    values = visible_answers(compiled, read.values, today)
    absent = [
        name
        for name, field in compiled.fields.items()
        if asked[name] and field.declaration.required and values.get(name) is None
        if field.type.widget not in ("note", "heading")
    ]
    if absent:
        raise Incomplete(tuple(absent))
    version = compiled.version_on(today) or compiled.versions[0]
    facts = Facts(filed_on=today, decided_on=today, territory=territory)
    day = max(today, version.first_day)
    failed = evaluate(compiled, values, facts, day).result.failed
    refused.update(
        {name: fill_reason(compiled, version, name, values, facts, day, {}, language=language) for name in failed}
    )
    return values


def _may_begin(cases: UseCases, tx: Tx, dossier: Dossier, form: str) -> bool:
    """Whether an applicant may file a form unasked: the scheme has it, it is its time, none waits to be settled."""
    purpose = _PURPOSES.get(form)
    if purpose is None or purpose.may_begin is None or form not in compiled_for(cases, dossier).later:
        return False
    waiting = any(one.form == form and one.state == "filed" for one in later_filings.of_dossier(tx, dossier.id))
    return not waiting and purpose.may_begin(cases, tx, dossier)


def _begin(tx: Tx, filing: LaterFiling, account: str) -> LaterFiling:
    """Note that the applicant opened the form, unasked."""
    begun = later_filings.ask(
        tx,
        dossier=filing.dossier,
        form=filing.form,
        about="",
        reason="",
        snapshot_hash=filing.snapshot_hash,
        by=account,
    )
    if begun is None:
        raise NotFound
    return begun


def _event(form: str, what: str) -> str:
    """The event a message answers: a form that is asked for has its own, the others share theirs."""
    return f"{form}_{what}" if _PURPOSES[form].may_begin is None else f"later_{what}"


def _tell(tx: Tx, dossier: Dossier, filing: LaterFiling, what: str, message: str) -> None:
    payload = {"dossier": dossier.id, "event": f"later_{what}", "turn": filing.id, "message": message}
    outbox.put(tx, "notice", payload, key=f"notice:later_{what}:{filing.id}")


def _is_checked_by_agent(cases: UseCases, filing: LaterFiling, form: str) -> bool:
    later = cases.snapshots.by_hash(filing.snapshot_hash).scheme.later_forms.get(form)
    # An appeal is never settled by a machine (loi n° 78-17, art. 47).
    return form == appeals.FORM or (later is not None and later.checked_by_agent)


def _accept(cases: UseCases, tx: Tx, dossier: Dossier, filing: LaterFiling, *, by: str) -> None:
    _settle(tx, dossier, filing, "accepted", by=by)
    compiled = cases.snapshots.by_hash(filing.snapshot_hash).later[filing.form]
    purpose = _PURPOSES[filing.form]
    purpose.accept(cases, tx, dossier, filing, load_answers(compiled, filing.answers))
    if purpose.may_begin is not None and by != "system":
        _tell(tx, dossier, filing, "accepted", filing.reference)


def _settle(
    tx: Tx, dossier: Dossier, filing: LaterFiling, state: later_filings.LaterState, *, by: str, reason: str = ""
) -> None:
    if not later_filings.settle(tx, filing.id, state, by=by, reason=reason):
        raise Refused("later_settled", form=filing.form)
    actor = None if by == "system" else by
    data = {"form": filing.form, "filing": filing.reference, "reason": reason}
    tx.journal(dossier.territory, f"later_{state}", subject=dossier.id, actor=actor, data=data)
