"""The closed list of names a letter or a notice may quote between braces."""

from __future__ import annotations

from collections.abc import Mapping

NOTICE_NAMES: frozenset[str] = frozenset(
    {
        "dossier.reference",
        "dossier.filed_on",
        "dossier.title",
        "applicant.email",
        "scheme.title",
        "territory.name",
        "territory.the",
        "territory.of",
        "territory.in",
        "territory.council",
        "territory.prefecture",
        "territory.tribunal",
        "territory.tribunal_address",
        "helpdesk.name",
        "helpdesk.phone",
        "helpdesk.email",
        "helpdesk.hours",
        "silence.date",
        "dates.today",
        "link.dossier",
        "message",
        "decision.amount",
        "decision.outcome",
        "payment.amount",
        "payment.reference",
    }
)
"""What a message sent at an event may quote."""

LETTER_NAMES: frozenset[str] = NOTICE_NAMES | {
    "payee.name",
    "decision.computed_amount",
    "decision.details",
    "decision.explanation",
    "decision.act_number",
    "decision.act_date",
    "decision.issuer",
    "decision.signatory",
    "decision.quality",
    "decision.reasons",
    "decision.reason",
    "transfer.to",
    "transfer.act",
    "transfer.reason",
    "rules.legal",
    "rules.version",
    "legal.basis",
    "legal.algorithm",
}
"""What the letter of a decision may quote besides."""

_DECIDED = frozenset({"decision.amount", "decision.outcome", "payment.amount", "payment.reference"})
_PAID = frozenset({"payment.reference"})
_WITHOUT_MONEY = frozenset({"decision.amount", "payment.amount", "payment.reference"})
_SENT_ON = frozenset({"transfer.to", "transfer.act", "transfer.reason"})
NOT_YET_KNOWN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("filed", "to_complete", "completed", "message", "waiting_for_funds"), _DECIDED),
    "decided": _PAID,
    **dict.fromkeys(("granted", "granted_in_part"), _PAID | _SENT_ON),
    **dict.fromkeys(("refused", "inadmissible", "dropped", "revoked"), _WITHOUT_MONEY | _SENT_ON),
    "transferred": _WITHOUT_MONEY,
    "claimed": frozenset({"payment.reference"}) | _SENT_ON,
}
"""Event of a notice or a letter → the names that have no value yet, or never will, when it goes out."""
