"""Sending one event: signed, posted through the outside door; anything but a yes is tried again, then shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from guichet.model.webhooks import Webhook
from guichet.plugin.contracts import Call, Refused, Reply, Unavailable
from guichet.services.cases import UseCases
from guichet.services.webhooks.signing import key_of_secret, signed_headers
from guichet.storage import dossiers

__all__ = ["TEST_EVENT", "send_event", "send_test"]

TEST_EVENT = "webhook.test"


def send_event(cases: UseCases, payload: Mapping[str, object]) -> None:
    """Send an event: the duty `webhook {webhook, message, event, told}`.

    Raises:
        Unavailable: The receiver is silent or says no: it is asked again later.
        Refused: The webhook is declared no more, its secret is missing, or it answered 410: someone has to act.
    """
    name, told = str(payload["webhook"]), cast("Mapping[str, Any]", payload["told"])
    webhook = cases.webhooks.get(name)
    if webhook is None:
        raise Refused(
            fr=f"Le webhook « {name} » n'est plus déclaré dans instance.yaml.",
            en=f'The webhook "{name}" is no longer declared in instance.yaml.',
        )
    _post(cases, name, webhook, str(payload["message"]), str(payload["event"]), told)


def send_test(cases: UseCases, name: str) -> None:
    """Send a test event now; raises as `send_event`."""
    _post(cases, name, cases.webhooks[name], f"msg_{cases.ids.new()}", TEST_EVENT, {"event": TEST_EVENT})


def _post(cases: UseCases, name: str, webhook: Webhook, message_id: str, event: str, told: Mapping[str, Any]) -> None:
    now = cases.clock.now()
    content = {"type": event, "timestamp": told.get("at") or now.isoformat(), "data": told}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    context = cases.context()
    named = [webhook.secret, *([webhook.old_secret] if webhook.old_secret else [])]
    keys = [key_of_secret(context.secret(one)) for one in named]
    headers = {
        "content-type": "application/json",
        **signed_headers(message_id, int(now.timestamp()), body, keys),
    }
    call = Call(
        service=f"webhook_{name}",
        method="POST",
        url=webhook.url,
        purpose=f"webhook {event}",
        headers=headers,
        body=body,
        repeatable=False,
        most_bytes=64 * 1024,
    )
    cases.outside.within(str(told.get("territory", "")), _dossier_of(cases, told)).ask(call, _accepted)


def _dossier_of(cases: UseCases, told: Mapping[str, Any]) -> str:
    """The id under which the call is logged: with it, it is shown beside its dossier and forgotten with it."""
    reference = str(told.get("reference", ""))
    found = cases.store.read(lambda tx: dossiers.by_reference(tx, reference)) if reference else None
    return found.id if found is not None else ""


def _accepted(reply: Reply) -> None:
    if 200 <= reply.status < 300:
        return
    if reply.status == 410:
        raise Refused(
            fr="Le destinataire ne veut plus recevoir d'événements (réponse 410).",
            en="The receiver wants no more events (answer 410).",
        )
    raise Unavailable(
        fr=f"Le destinataire n'a pas accepté l'événement (réponse {reply.status}).",
        en=f"The receiver did not accept the event (answer {reply.status}).",
    )
