"""Text messages, handed to a gateway that knows each by its id and hands it over once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

from guichet import (
    Call,
    Context,
    Message,
    NotificationChannel,
    Options,
    Reason,
    Refused,
    Reply,
    Secret,
    Sent,
    Text,
    Unavailable,
)

_NUMBER = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)


class TextMessagesOptions(Options):
    """What the operator sets under `services.sms`."""

    base_url: Text = ""
    """The address of the gateway."""
    token: Secret = ""
    """The name of the secret the gateway asks for, written `secret:sms`."""


class TextMessages(NotificationChannel[TextMessagesOptions]):
    """Sends the body of a message to a telephone; its subject and its sender stay here."""

    key = "sms"
    Options = TextMessagesOptions

    def send(self, message: Message, options: TextMessagesOptions, context: Context) -> Sent:
        """Hand a message over."""
        if not _NUMBER.fullmatch(message.to):
            raise Refused(fr="Donnez un numéro avec son indicatif.", en="Give a number with its prefix.")
        if not (message.subject.isprintable() and message.sender_name.isprintable()):
            raise Refused(
                fr="Écrivez l'objet et l'expéditeur sur une seule ligne.",
                en="Write the subject and the sender on a single line.",
            )
        token = context.secret(options.token)
        call = Call(
            service="sms",
            method="PUT",
            url=f"{options.base_url}/messages/{message.id}",
            purpose="send a text message",
            headers={
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {token}"} if token else {}),
            },
            body=json.dumps({"to": message.to, "text": message.body.strip()}).encode(),
        )
        return Sent(reference=context.outside.ask(call, _taken))

    def check_settings(self, options: TextMessagesOptions, context: Context) -> Reason | None:
        """Say that the address is missing."""
        return None if options.base_url else Reason(fr="Donnez base_url.", en="Give base_url.")

    def sandbox(self) -> WSGIApplication:
        """Give a gateway that takes everything."""
        return a_gateway(lambda _id, _said: None)


def _taken(reply: Reply) -> str:
    """The gateway's own number of a message; an answer without one is a failure, tried again later."""
    if reply.status in (400, 401, 403):
        raise Refused(fr="La passerelle a refusé le message.", en="The gateway refused the message.")
    if reply.status not in (200, 201):
        raise Unavailable(fr="La passerelle ne répond pas.", en="The gateway does not answer.")
    return str(reply.json()["number"])


def a_gateway(take: Callable[[str, dict[str, Any]], None]) -> WSGIApplication:
    """A gateway as its documentation describes it: the same id twice is the same message; `take` is told of each."""
    known: dict[str, str] = {}

    def app(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        name = environ["PATH_INFO"].rpartition("/")[2]
        said = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        number = known.setdefault(name, f"N{len(known) + 1}")
        take(name, said)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"number": number}).encode()]

    return app
