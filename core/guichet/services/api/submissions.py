"""Filing through the API: everything comes at once, and goes the way of a filing on the site, in one act.

The schema says what the body may hold; the form flow, the gate, the rules and the filing are those of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import explain_dossier
from guichet.engine.form_flow import gate_fields
from guichet.locale import Language
from guichet.model.api import Sender
from guichet.model.records import ApiUpload, Dossier
from guichet.services.answers import PROOF_PREFIX, dump_answers
from guichet.services.api.answers import named_files, read_answers
from guichet.services.api.bodies import read_object
from guichet.services.api.faults import BodyRefused, Fault, KeyReused, a_fault, pointer_to, sorted_faults
from guichet.services.api.parts import Keeper, SentPart, digest_with
from guichet.services.api.results import result_of
from guichet.services.api.schemas import Applications, attestable, quoted
from guichet.services.api.validation import faults_of
from guichet.services.assessments import Assessment
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft, check_open, draft_of, published
from guichet.services.filing import file_draft
from guichet.services.gates import list_dates
from guichet.services.practice_accounts import is_practice
from guichet.services.refusals import GateClosed, Incomplete, Refused, TooManyAttempts
from guichet.services.text_values import dossier_link
from guichet.storage import Tx, accounts, api_tokens, dossiers, idempotency, probes

__all__ = ["GATE_TRIES", "LONGEST_KEY", "Submission", "Submitted", "submit"]

LONGEST_KEY = 200
GATE_TRIES = 30
"""How many times in an hour the gate of a scheme may stop what a token sends: nobody reads a list by guessing."""
_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Submission:
    """What another software sends to be filed."""

    token: Sender
    territory: str
    scheme: str
    key: str
    body: bytes
    language: Language
    parts: tuple[SentPart, ...] = ()
    """The files of the same request, which the body names as `part:NAME`."""
    event: str = "dossier_sent_by_api"
    """What the journal says of it."""
    tries: int = GATE_TRIES
    """How many gates may stay shut within the hour."""
    noted: Callable[[Tx, Dossier], None] = lambda tx, dossier: None  # noqa: ARG005  nothing more to note
    """What else the filing act notes."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a filing, the same for the same key."""

    answer: Mapping[str, Any]
    again: bool
    """Whether the dossier was filed before, by a request of the same key."""


@dataclass(frozen=True, slots=True)
class _Application:
    """A body read: who applies, what they answer, quote and attest."""

    email: str
    values: Mapping[str, Any]
    uploads: tuple[str, ...]
    proofs: Mapping[str, Mapping[str, str]]
    attested: Mapping[str, bool]


def submit(cases: UseCases, applications: Applications, sent: Submission) -> Submitted:
    """File an application, once for each key.

    Raises:
        MalformedBody: The body is no JSON that can be taken.
        KeyReused: The key came with another body.
        NotFound, NotOpen: The scheme is not published there, or filing is closed.
        BodyRefused: With every part that is wrong or missing.
        GateClosed: The gate does not open; its reasons are in `data`.
        TooManyAttempts: The gate stopped too many applications of this token lately.
    """
    given = read_object(sent.body)
    digest = digest_with(given, sent.parts)
    if sent.parts and (answered := _answered(cases, sent)) is not None:
        return Submitted(_same(answered, digest), again=True)
    kept: list[str] = []
    try:
        return _submit(cases, applications, sent, given, digest, kept)
    except Refused as refusal:
        # The scheme may have closed or changed since the first answer to this key: that answer stands.
        stood = _answered(cases, sent)
        if isinstance(refusal, KeyReused) or stood is None:
            raise
        return Submitted(_same(stood, digest), again=True)
    finally:
        if kept:  # those of a dossier are its own by now; the others came for nothing
            cases.store.act(lambda tx: api_tokens.drop_uploads(tx, kept))


def _answered(cases: UseCases, sent: Submission) -> Any:
    """What the key was answered before; None when it is new."""
    return cases.store.read(lambda tx: idempotency.recall(tx, _scope(sent), sent.key))


def _submit(
    cases: UseCases,
    applications: Applications,
    sent: Submission,
    given: Mapping[str, Any],
    digest: str,
    kept: list[str],
) -> Submitted:
    compiled = published(cases, sent.scheme, sent.territory)
    check_open(cases, compiled)
    application = _read(cases, applications, sent, compiled, given, kept)
    filed_now = False

    def work(tx: Tx) -> dict[str, Any]:
        nonlocal filed_now
        filed_now = True
        return {"digest": digest, "answer": _file(cases, tx, sent, compiled, application)}

    def act(tx: Tx) -> Any:
        nonlocal filed_now
        filed_now = False  # an act may be run again
        return idempotency.once(tx, _scope(sent), sent.key, lambda: work(tx))

    try:
        stood = cases.store.act(act)
    except GateClosed as refusal:
        reasons = cast("tuple[str, ...]", refusal.data.get("reasons", ()))
        cases.store.act(lambda tx: _stopped(tx, sent, len(reasons)))
        raise
    except Incomplete as refusal:
        raise BodyRefused(_missing(compiled, refusal.missing, sent.language)) from refusal
    return Submitted(_same(stood, digest), again=not filed_now)


def _read(
    cases: UseCases,
    applications: Applications,
    sent: Submission,
    compiled: CompiledScheme,
    given: Mapping[str, Any],
    kept: list[str],
) -> _Application:
    faults = faults_of(applications.validator(compiled), given, sent.language)
    keeper = Keeper(cases, sent.token, compiled, sent.language, sent.parts, kept)
    answers, wrong = keeper.keep(_whole(compiled, given.get("answers"), faults))
    # An answer left out for its shape may be the one that names a part: nothing is said of parts in excess then.
    faults += [fault for fault in wrong if not (faults and fault.code == "unused_part")]
    ids = tuple(dict.fromkeys(file_id for _, file_id in named_files(compiled, answers)))
    context = cases.context(sent.territory, sent.language)
    refused = {fault.pointer for fault in wrong}
    values, unread = read_answers(compiled, answers, _files(cases, sent, ids), context, whole=not faults)
    faults += [fault for fault in unread if fault.pointer not in refused]
    if faults:
        raise BodyRefused(sorted_faults(faults))
    proofs = cast("Mapping[str, Mapping[str, str]]", given.get("proofs", {}))
    faults = _left_out_of_the_gate(compiled, values, proofs, context.today, sent.language)
    if not _is_address(given["applicant"]["email"]):
        faults.append(a_fault("/applicant/email", "format", sent.language, limit="email"))
    if faults:
        raise BodyRefused(sorted_faults(faults))
    attested = cast("list[str]", given.get("attested", []))
    return _Application(given["applicant"]["email"], values, ids, proofs, dict.fromkeys(attested, True))


def _whole(compiled: CompiledScheme, answers: object, faults: list[Fault]) -> Mapping[str, Any]:
    """The answers in which the schema found nothing wrong: they are read all the same, so that all is said at once."""
    if not isinstance(answers, Mapping):
        return {}
    wrong = {fault.pointer.split("/")[2] for fault in faults if fault.pointer.startswith("/answers/")}
    given = cast("Mapping[str, Any]", answers)
    return {name: value for name, value in given.items() if name in compiled.fields and name not in wrong}


def _left_out_of_the_gate(
    compiled: CompiledScheme,
    values: Mapping[str, Any],
    proofs: Mapping[str, Mapping[str, str]],
    today: Any,
    language: Language,
) -> list[Fault]:
    """What the gate asks and the body does not say: on the site, the gate's own page would ask for it."""
    gate = gate_fields(compiled, today)
    faults = [a_fault(pointer_to("answers", name), "required", language) for name in gate if values.get(name) is None]
    if gate:
        faults += [
            a_fault(pointer_to("proofs", name, column), "required", language)
            for name, asked in quoted(compiled).items()
            for column, _ in asked
            if not proofs.get(name, {}).get(column, "").strip()
        ]
    return faults


def _files(cases: UseCases, sent: Submission, ids: tuple[str, ...]) -> dict[str, ApiUpload]:
    if not ids:
        return {}
    return cases.store.read(lambda tx: api_tokens.uploads(tx, sent.token.id, sent.territory, sent.scheme, ids))


def _file(
    cases: UseCases, tx: Tx, sent: Submission, compiled: CompiledScheme, application: _Application
) -> dict[str, Any]:
    if probes.attempts(tx, _bucket(sent), _WINDOW) >= sent.tries:
        raise TooManyAttempts(probes.end_of_window(tx, _WINDOW))
    account = accounts.ensure(tx, application.email).id
    draft = _begun(cases, tx, compiled, account, application)
    filed, assessment = file_draft(cases, tx, account, draft, application.attested, entering=True)
    api_tokens.note_filing(tx, filed.id, sent.token.id)
    sent.noted(tx, filed)
    tx.journal(
        filed.territory,
        sent.event,
        subject=filed.id,
        actor=sent.token.id,
        data={"token": sent.token.name, "attested_for_the_applicant": sorted(application.attested)},
    )
    return _answer(cases, tx, filed, assessment, sent.language)


def _begun(cases: UseCases, tx: Tx, compiled: CompiledScheme, account: str, application: _Application) -> Draft:
    """The draft that the pages would have made of the same answers."""
    proofs = {f"{PROOF_PREFIX}{name}": dict(quote) for name, quote in application.proofs.items()}
    made = dossiers.start(
        tx,
        scheme=compiled.scheme.id,
        territory=compiled.territory,
        snapshot_hash=compiled.hash,
        by=account,
        account=account,
        answers={**dump_answers(compiled, application.values), **proofs},
    )
    if application.uploads:
        note_attachments(tx, made, compiled, made.answers)
        api_tokens.drop_uploads(tx, application.uploads)
    return draft_of(cases, made, compiled, application.values)


def _answer(cases: UseCases, tx: Tx, filed: Dossier, assessment: Assessment, language: Language) -> dict[str, Any]:
    explanation = explain_dossier(
        assessment.compiled,
        assessment.answers,
        assessment.facts,
        assessment.on,
        list_dates=list_dates(tx, assessment) if assessment.result.failed else None,
        language=language,
    )
    link = dossier_link(cases, filed)
    return {
        "reference": filed.reference,
        "territory": filed.territory,
        "scheme": filed.scheme,
        "snapshot": filed.snapshot_hash,
        "filed_at": filed.filed_at,
        "receipt": f"{link}/accuse",
        "dossier": f"{cases.base_url}/api/t/{filed.territory}/{filed.scheme}/dossiers/{filed.reference}",
        **result_of(assessment, explanation, language),
    }


def _missing(compiled: CompiledScheme, names: tuple[str, ...], language: Language) -> list[Fault]:
    asked = attestable(compiled)
    return [
        a_fault(pointer_to("answers", name), "required", language)
        if name in compiled.fields
        else a_fault("/attested", "not_attested", language, name=name, text=asked.get(name, name))
        for name in names
    ]


def _stopped(tx: Tx, sent: Submission, reasons: int) -> None:
    """A gate that did not open counts, and is written down; nothing is kept of who was asked about."""
    made = probes.count(tx, _bucket(sent), _WINDOW)
    data = {"scheme": sent.scheme, "token": sent.token.name, "within_the_hour": made, "reasons": reasons}
    tx.journal(sent.territory, "api_gate_stopped", actor=sent.token.id, data=data)


def _same(stood: Mapping[str, Any], digest: str) -> Mapping[str, Any]:
    if stood["digest"] != digest:
        raise KeyReused
    return stood["answer"]


def _scope(sent: Submission) -> str:
    return f"api:{sent.token.id}:{sent.territory}:{sent.scheme}"


def _bucket(sent: Submission) -> str:
    return f"api_gate:{sent.scheme}:{sent.token.id}"


def _is_address(email: str) -> bool:
    """Whether an applicant can be written to: what an account of the site needs; never one of agents who practise."""
    if is_practice(accounts.normalised(email)):
        return False
    name, at, host = email.partition("@")
    return bool(at and name and "." in host.strip(".") and email == email.strip() and len(email.split()) == 1)
