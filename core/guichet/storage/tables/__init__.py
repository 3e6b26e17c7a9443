"""Every table of the database, by area; importing this package fills the metadata."""

from guichet.storage.tables.api import api_filing, api_token, api_upload, gone_dossier
from guichet.storage.tables.base import METADATA
from guichet.storage.tables.dossiers import decision, dossier, grant, opinion
from guichet.storage.tables.files import attachment, call, document, exchange, notice
from guichet.storage.tables.identities import filing_identity, identity_attempt, person_identity, session_identity
from guichet.storage.tables.instance import current_snapshot, instance, snapshot
from guichet.storage.tables.journal import chain_head, event
from guichet.storage.tables.lists import list_fetch, list_import, list_row, staged_part, staged_row
from guichet.storage.tables.money import batch, batch_line, envelope, ledger_line, payment_order
from guichet.storage.tables.outbox import outbox, saved_key
from guichet.storage.tables.outside import outside_call, outside_quota, outside_told
from guichet.storage.tables.parts import decision_part, order_part, recovery_part
from guichet.storage.tables.paying import (
    account_change,
    batch_answer,
    batch_file,
    later_filing,
    order_told,
    payment_hold,
    return_fact,
    return_import,
    return_line,
)
from guichet.storage.tables.people import account, agent, assignment, organisation, probe_attempt, sign_in, web_session
from guichet.storage.tables.prefills import prefilled
from guichet.storage.tables.pulled import pulled_row
from guichet.storage.tables.recoveries import recovery, reimbursement
from guichet.storage.tables.restorations import paid_meanwhile, restoration
from guichet.storage.tables.webhooks import webhook_cursor
from guichet.storage.tables.work import worker_beat

__all__ = [
    "METADATA",
    "account",
    "account_change",
    "agent",
    "api_filing",
    "api_token",
    "api_upload",
    "assignment",
    "attachment",
    "batch",
    "batch_answer",
    "batch_file",
    "batch_line",
    "call",
    "chain_head",
    "current_snapshot",
    "decision",
    "decision_part",
    "document",
    "dossier",
    "envelope",
    "event",
    "exchange",
    "filing_identity",
    "gone_dossier",
    "grant",
    "identity_attempt",
    "instance",
    "later_filing",
    "ledger_line",
    "list_fetch",
    "list_import",
    "list_row",
    "notice",
    "opinion",
    "order_part",
    "order_told",
    "organisation",
    "outbox",
    "outside_call",
    "outside_quota",
    "outside_told",
    "paid_meanwhile",
    "payment_hold",
    "payment_order",
    "person_identity",
    "prefilled",
    "probe_attempt",
    "pulled_row",
    "recovery",
    "recovery_part",
    "reimbursement",
    "restoration",
    "return_fact",
    "return_import",
    "return_line",
    "saved_key",
    "session_identity",
    "sign_in",
    "snapshot",
    "staged_part",
    "staged_row",
    "web_session",
    "webhook_cursor",
    "worker_beat",
]
