"""What the store gives back: plain frozen records, one per row."""

from guichet.model.records.api import ApiToken, ApiUpload, GoneDossier
from guichet.model.records.decisions import Decision, Envelope, LedgerLine, Opinion
from guichet.model.records.dossiers import (
    Dossier,
    DossierChanges,
    DossierStart,
    End,
    Outcome,
    Phase,
    WorkFilter,
    WorkPage,
)
from guichet.model.records.files import Attachment, AuthorKind, Call, Document, Exchange, Notice, NoticeState
from guichet.model.records.identities import (
    FilingIdentity,
    IdentityAttempt,
    IdentityAudience,
    PersonIdentity,
    SessionIdentity,
)
from guichet.model.records.ledgers import (
    Current,
    Event,
    Head,
    Instance,
    ListFetch,
    ListImport,
    ListRow,
    OutboxRow,
    Snapshot,
)
from guichet.model.records.payments import Batch, BatchState, OrderState, PaymentOrder
from guichet.model.records.people import Account, Agent, Assignment, Organisation, SessionKind, SignIn, WebSession
from guichet.model.records.prefills import Prefilled, PrefillState

__all__ = [
    "Account",
    "Agent",
    "ApiToken",
    "ApiUpload",
    "Assignment",
    "Attachment",
    "AuthorKind",
    "Batch",
    "BatchState",
    "Call",
    "Current",
    "Decision",
    "Document",
    "Dossier",
    "DossierChanges",
    "DossierStart",
    "End",
    "Envelope",
    "Event",
    "Exchange",
    "FilingIdentity",
    "GoneDossier",
    "Head",
    "IdentityAttempt",
    "IdentityAudience",
    "Instance",
    "LedgerLine",
    "ListFetch",
    "ListImport",
    "ListRow",
    "Notice",
    "NoticeState",
    "Opinion",
    "OrderState",
    "Organisation",
    "OutboxRow",
    "Outcome",
    "PaymentOrder",
    "PersonIdentity",
    "Phase",
    "PrefillState",
    "Prefilled",
    "SessionIdentity",
    "SessionKind",
    "SignIn",
    "Snapshot",
    "WebSession",
    "WorkFilter",
    "WorkPage",
]
