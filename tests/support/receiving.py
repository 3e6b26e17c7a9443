"""Another software that receives webhooks over a real socket, and checks who sent them as its own code would."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from guichet.model.webhooks import Webhook
from guichet.services.cases import UseCases
from sandboxes import Sandbox, sandbox

__all__ = ["SECRET", "Receiver", "a_receiver", "told_to"]

SECRET = "whsec_" + base64.b64encode(b"a key of twenty-four bytes or more").decode()


@dataclass
class Receiver:
    """What it received, in order, and what it answers."""

    got: list[dict[str, Any]] = field(default_factory=list)
    status: str = "204 No Content"
    served: Sandbox | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self.served is not None
        return f"{self.served.url}/guichet"

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {name[5:].lower().replace("_", "-"): text for name, text in environ.items() if name[:5] == "HTTP_"}
        self.got.append(
            {"headers": headers, "body": body, "json": json.loads(body), "signed": is_signed(headers, body)}
        )
        start_response(self.status, [("Content-Length", "0")])
        return [b""]


def is_signed(headers: dict[str, str], body: bytes, secret: str = SECRET) -> bool:
    """Whether a body bears the mark of a secret, by the words of Standard Webhooks, apart from our own code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(wanted, given) for given in headers["webhook-signature"].split())


@contextmanager
def a_receiver() -> Iterator[Receiver]:
    """Give a software that listens while the block runs."""
    receiver = Receiver()
    with sandbox(receiver) as served:
        receiver.served = served
        yield receiver


def told_to(cases: UseCases, receiver: Receiver, **declared: Any) -> UseCases:
    """Give the same use cases with a webhook `compta` that tells a receiver."""
    webhook = Webhook(url=receiver.url, secret="secret:webhook", **declared)
    return replace(cases, webhooks={"compta": webhook}, secrets={"webhook": SECRET})
