"""Webhooks: which events an operator has told to another software, at what address, signed with which secret."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from guichet.model.base import Value
from guichet.model.scalars import ScalarError
from guichet.model.types import Slug, Text, from_text

__all__ = ["EVENTS", "EVENT_OF", "Webhook", "WebhookEvent", "event_of"]

WebhookEvent = Literal[
    "dossier.filed",
    "dossier.in_instruction",
    "dossier.to_complete",
    "dossier.completed",
    "dossier.moved",
    "dossier.waiting_for_funds",
    "dossier.decided",
    "dossier.notified",
    "dossier.withdrawn",
    "dossier.revoked",
    "dossier.transferred",
    "payment.ordered",
    "payment.set_aside",
    "payment.taken_back",
    "payment.moved",
]
EVENTS: tuple[WebhookEvent, ...] = get_args(WebhookEvent)

EVENT_OF: Mapping[str, WebhookEvent] = MappingProxyType(
    {
        "dossier_filed": "dossier.filed",
        "pre_instructed": "dossier.in_instruction",
        "missing_asked": "dossier.to_complete",
        "completed": "dossier.completed",
        "opinion_given": "dossier.moved",
        "returned": "dossier.moved",
        "rechecked": "dossier.moved",
        "reevaluated": "dossier.moved",
        "repinned": "dossier.moved",
        "enriched": "dossier.moved",
        "waiting_for_funds": "dossier.waiting_for_funds",
        "funds_available": "dossier.moved",
        "decided": "dossier.decided",
        "decision_notified": "dossier.notified",
        "withdrawn": "dossier.withdrawn",
        "decision_revoked": "dossier.revoked",
        "transferred": "dossier.transferred",
        "opinion_reopened": "dossier.moved",
        "payment_ordered": "payment.ordered",
        "payment_set_aside": "payment.set_aside",
        "payment_taken_back": "payment.taken_back",
    }
)
"""Kind of journal line → the event told; the other lines of payments are told as `payment.moved`, the rest never."""


def event_of(kind: str) -> WebhookEvent | None:
    """Give the event that a kind of journal line is, or None.

    >>> event_of("decided"), event_of("payment_of_a_kind_to_come"), event_of("call_noted")
    ('dossier.decided', 'payment.moved', None)
    """
    return EVENT_OF.get(kind) or ("payment.moved" if kind.startswith("payment_") else None)


def _event(text: str) -> str:
    if text not in EVENTS:
        raise ScalarError("webhook.event", {"text": text, "choices": list(EVENTS)})
    return text


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ScalarError("webhook.address", {"text": text})
    return text


def _secret(text: str) -> str:
    if not text.startswith("secret:") or not text.removeprefix("secret:"):
        raise ScalarError("webhook.secret", {})
    return text


class Webhook(Value):
    """One address to which events are sent, signed."""

    url: Annotated[str, from_text(_address)]
    """Where events are posted. Its host is one of `hosts`; in `sandbox` mode this machine is always allowed."""
    secret: Annotated[str, from_text(_secret)]
    """The secret that signs, by name: `secret:webhook_compta`; its value is `whsec_…` or any long text."""
    old_secret: Annotated[str, from_text(_secret)] | None = None
    """The secret before, while the receiver changes from one to the other: both then sign."""
    events: tuple[Annotated[WebhookEvent, from_text(_event)], ...] = ()
    """The events told; every one when none is named."""
    territories: tuple[Text, ...] = ()
    """The territories told of; every one when none is named."""
    schemes: tuple[Slug, ...] = ()
    """The schemes told of; every one when none is named."""

    def wants(self, event: WebhookEvent, territory: str, scheme: str) -> bool:
        """Whether an event of a scheme in a territory is told."""
        return (
            (not self.events or event in self.events)
            and (not self.territories or territory in self.territories)
            and (not self.schemes or scheme in self.schemes)
        )
