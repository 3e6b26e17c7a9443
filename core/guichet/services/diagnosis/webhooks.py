"""The webhooks of an installation: whether each can sign what it sends."""

from __future__ import annotations

from collections.abc import Iterator

from guichet.plugin.contracts import Refused
from guichet.services.cases import UseCases
from guichet.services.diagnosis.findings import Finding, finding
from guichet.services.webhooks.signing import key_of_secret

__all__ = ["look_at_webhooks"]

_SHORT = 24
"""Bytes of a secret below which it could be guessed; what Standard Webhooks ask for."""


def look_at_webhooks(cases: UseCases) -> Iterator[Finding]:
    """Yield what there is to say of each webhook in `instance.yaml`."""
    context = cases.context()
    for name, webhook in sorted(cases.webhooks.items()):
        item = f"webhook:{name}"
        try:
            keys = [key_of_secret(context.secret(one)) for one in (webhook.secret, webhook.old_secret) if one]
        except Refused as error:
            yield finding(item, "red", "webhook_says", name=name, said_fr=error.reason.fr, said_en=error.reason.en)
            continue
        if any(len(key) < _SHORT for key in keys):
            yield finding(item, "amber", "webhook_short", name=name, least=_SHORT)
        else:
            yield finding(item, "green", "webhook_set", name=name, url=webhook.url)
