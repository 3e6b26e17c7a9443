"""Filing through the API: everything comes at once, and goes the way of a filing on the site, in one act.

The schema says what the body may hold; the form flow, the gate, the rules and the filing are those of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from guichet.catalogue import CompiledScheme
from guichet.engine.explanations import explain_briefly
from guichet.locale import Language
from guichet.model.api import Sender
from guichet.model.canonical import CanonicalText, canonical_bytes, canonical_json
from guichet.model.records import Dossier
from guichet.services.answers import PROOF_PREFIX
from guichet.services.api.applications import Application, read_application
from guichet.services.api.bodies import read_object
from guichet.services.api.faults import BodyRefused, Fault, KeyReused, a_fault, pointer_to
from guichet.services.api.parts import Keeper, SentPart, digest_with
from guichet.services.api.results import result_of
from guichet.services.api.schemas import Applications, attestable
from guichet.services.assessments import Assessment
from guichet.services.attachments import note_attachments
from guichet.services.cases import UseCases
from guichet.services.drafts import Draft, check_open, draft_of, published
from guichet.services.filing import file_draft
from guichet.services.gates import list_dates
from guichet.services.given import LATER_MARK
from guichet.services.refusals import GateClosed, Incomplete, Refused, TooManyAttempts
from guichet.services.text_values import dossier_link
from guichet.storage import Tx, accounts, api_tokens, dossiers, idempotency, probes
from guichet.storage.columns import instant_text

__all__ = ["GATE_TRIES", "LONGEST_KEY", "Filing", "Submission", "Submitted", "begin", "submit"]

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
    later: tuple[str, ...] = ()
    """Fields that may be left out: what answers them is brought afterwards."""
    tries: int = GATE_TRIES
    """How many gates may stay shut within the hour."""
    noted: Callable[[Tx, Dossier], None] = lambda tx, dossier: None  # noqa: ARG005  nothing more to note
    """What else the filing act notes."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a filing, the same for the same key."""

    answer: Mapping[str, Any]
    written: bytes
    """The answer as it is sent, byte for byte the same each time."""
    again: bool
    """Whether the dossier was filed before, by a request of the same key."""


def submit(cases: UseCases, applications: Applications, sent: Submission) -> Submitted:
    """File an application, once for each key. Raises what `begin` and `Filing.ended` say."""
    begun = begin(cases, applications, sent)
    return begun if isinstance(begun, Submitted) else begun.ended(lambda: cases.store.act(begun.act))


def begin(cases: UseCases, applications: Applications, sent: Submission) -> Filing | Submitted:
    """Read an application: what is left is one act. What was answered to the key before is given at once.

    Raises:
        MalformedBody: The body is no JSON that can be taken.
        KeyReused: The key came with another body.
        NotFound, NotOpen: The scheme is not published there, or filing is closed.
        BodyRefused: With every part that is wrong or missing.
    """
    given = read_object(sent.body)
    digest = digest_with(given, sent.parts)
    if sent.parts and (answered := _answered(cases, sent)) is not None:
        return _stood_answer(answered, digest)
    kept: list[str] = []
    try:
        compiled = published(cases, sent.scheme, sent.territory)
        check_open(cases, compiled)
        keeper = Keeper(cases, sent.token, compiled, sent.language, sent.parts, kept)
        application = read_application(cases, applications, compiled, given, keeper, later=sent.later)
    except Refused as refusal:
        _drop(cases, kept)
        return _stood(cases, sent, digest, refusal)
    except BaseException:
        _drop(cases, kept)
        raise
    return Filing(cases, sent, compiled, application, digest, kept)


class Filing:
    """An application read, ready to be filed: `act` files it, `ended` tells what came of it."""

    def __init__(
        self,
        cases: UseCases,
        sent: Submission,
        compiled: CompiledScheme,
        application: Application,
        digest: str,
        kept: list[str],
    ) -> None:
        self._cases, self._sent, self._compiled = cases, sent, compiled
        self._application, self._digest, self._kept = application, digest, kept
        self._filed_now: Submitted | None = None

    def act(self, tx: Tx) -> Mapping[str, Any]:
        """File it, unless its key was answered before."""
        self._filed_now = None  # an act may be run again
        return idempotency.once(tx, _scope(self._sent), self._sent.key, lambda: self._work(tx))

    def ended(self, result: Callable[[], Mapping[str, Any]]) -> Submitted:
        """Give the answer, from what gives the act's value or raises what it raised; a refusal takes acts of its own.

        Raises:
            KeyReused: The key came with another body.
            BodyRefused: What only the rules ask for is missing.
            GateClosed: The gate does not open; its reasons are in `data`.
            TooManyAttempts: The gate stopped too many applications of this token lately.
        """
        try:
            stood = result()
        except GateClosed as refusal:
            reasons = cast("tuple[str, ...]", refusal.data.get("reasons", ()))
            self._cases.store.act(lambda tx: _stopped(tx, self._sent, len(reasons)))
            return _stood(self._cases, self._sent, self._digest, refusal)
        except Incomplete as refusal:
            missing = BodyRefused(_missing(self._compiled, refusal.missing, self._sent.language))
            return _stood(self._cases, self._sent, self._digest, missing)
        except Refused as refusal:
            return _stood(self._cases, self._sent, self._digest, refusal)
        finally:
            _drop(self._cases, self._kept)
        return self._filed_now or _stood_answer(stood, self._digest)

    def _work(self, tx: Tx) -> CanonicalText:
        answer = _file(self._cases, tx, self._sent, self._compiled, self._application)
        written = canonical_json(answer)
        self._filed_now = Submitted(answer, written.encode(), again=False)
        return CanonicalText(f'{{"answer":{written},"digest":"{self._digest}"}}')


def _answered(cases: UseCases, sent: Submission) -> Any:
    """What the key was answered before; None when it is new."""
    return cases.store.read(lambda tx: idempotency.recall(tx, _scope(sent), sent.key))


def _stood(cases: UseCases, sent: Submission, digest: str, refusal: Refused) -> Submitted:
    """The first answer to the key, which stands whatever closed or changed since; without one, the refusal raised."""
    stood = _answered(cases, sent)
    if stood is None:
        raise refusal
    return _stood_answer(stood, digest)


def _drop(cases: UseCases, kept: list[str]) -> None:
    """Let go of the files that came with a request: those of a dossier are its own by now, others came for nothing."""
    if kept:
        cases.store.act(lambda tx: api_tokens.drop_uploads(tx, kept))


def _file(
    cases: UseCases, tx: Tx, sent: Submission, compiled: CompiledScheme, application: Application
) -> dict[str, Any]:
    if probes.attempts(tx, _bucket(sent), _WINDOW) >= sent.tries:
        raise TooManyAttempts(probes.end_of_window(tx, _WINDOW))
    account = accounts.ensure(tx, application.email).id
    draft = _begun(cases, tx, compiled, account, application, sent.later)
    filed, assessment = file_draft(cases, tx, account, draft, application.attested, entering=True)
    if application.uploads:
        note_attachments(tx, filed, compiled, filed.answers)
        api_tokens.drop_uploads(tx, application.uploads)
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


def _begun(
    cases: UseCases,
    tx: Tx,
    compiled: CompiledScheme,
    account: str,
    application: Application,
    later: tuple[str, ...],
) -> Draft:
    """The draft that the pages would have made of the same answers, kept once it is filed and as it is filed."""
    proofs = {f"{PROOF_PREFIX}{name}": dict(quote) for name, quote in application.proofs.items()}
    awaited = tuple(sorted(name for name in later if application.values.get(name) is None))
    made = dossiers.unkept(
        tx,
        scheme=compiled.scheme.id,
        territory=compiled.territory,
        snapshot_hash=compiled.hash,
        by=account,
        account=account,
        answers=proofs,
        checks={LATER_MARK: awaited} if awaited else {},
    )
    asked = application.asked if application.day == cases.today(compiled.territory) else None
    return draft_of(cases, made, compiled, application.values, asked)


def _answer(cases: UseCases, tx: Tx, filed: Dossier, assessment: Assessment, language: Language) -> dict[str, Any]:
    reasons = explain_briefly(
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
        "filed_at": instant_text(tx.now),
        "receipt": f"{link}/accuse",
        "dossier": f"{cases.base_url}/api/t/{filed.territory}/{filed.scheme}/dossiers/{filed.reference}",
        **result_of(assessment, reasons, language),
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


def _stood_answer(stood: Mapping[str, Any], digest: str) -> Submitted:
    """What was answered before to the same key; raises KeyReused when the body was another."""
    if stood["digest"] != digest:
        raise KeyReused
    return Submitted(stood["answer"], canonical_bytes(stood["answer"]), again=True)


def _scope(sent: Submission) -> str:
    return f"api:{sent.token.id}:{sent.territory}:{sent.scheme}"


def _bucket(sent: Submission) -> str:
    return f"api_gate:{sent.scheme}:{sent.token.id}"
