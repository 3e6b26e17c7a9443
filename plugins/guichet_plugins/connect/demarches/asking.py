"""One request to the service: the token, the pace, and what it says when it answers an error inside a 200."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar

from guichet import Answered, Call, Context, Pace, Reason, Refused, Reply, Unavailable
from guichet_plugins.connect.demarches.options import ServiceOptions

SERVICE = "demarches_simplifiees"
_PATH = "/api/v2/graphql"
_FOR_GOOD = frozenset({"not_found", "unauthorized", "forbidden"})


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was taken from the `data` of an answer, and the instant it was given, by the service's own clock."""

    taken: T
    at: datetime


def ask(
    options: ServiceOptions,
    context: Context,
    question: str,
    variables: Mapping[str, Any],
    take: Callable[[Mapping[str, Any]], T],
    *,
    purpose: str,
    operation: str = "",
    repeatable: bool = True,
    patience_s: float = 5.0,
) -> Answer[T]:
    """Ask a question and give its answer.

    Args:
        take: Takes what is wanted from the `data`; what has not the shape of the schema is a failure of the service.
        operation: The operation of the stored query, where the operator asks by it.

    Raises:
        Refused: The address or the token is missing or not taken; what is asked for is not there.
        Unavailable: The service is silent or failing for now.
    """
    token = _token_of(options, context)
    stored = bool(options.query_id and operation)
    asked = {"queryId": options.query_id} if stored else {"query": question}
    body = {**asked, "variables": dict(variables)} | ({"operationName": operation} if operation else {})
    call = Call(
        service=SERVICE,
        method="POST",
        url=options.base_url.rstrip("/") + _PATH,
        purpose=purpose,
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        },
        body=json.dumps(body).encode(),
        timeout_s=30.0,
        patience_s=patience_s,
        repeatable=repeatable,
        pace=Pace(options.per_minute, 60.0),
    )
    now = context.now or datetime.now(UTC)
    return context.outside.ask(call, lambda reply: Answer(_taken(_read(reply), take), _date(reply, now)))


def ask_nothing(options: ServiceOptions, context: Context) -> Answered:
    """Try the address and the token alone, where no démarche is known."""
    kind = ask(options, context, "{ __typename }", {}, lambda data: data["__typename"], purpose="essai du jeton").taken
    return Answered(
        fr=f"le service a répondu ({kind}) ; aucune démarche n'est déclarée, seul le jeton a été essayé",
        en=f"the service answered ({kind}); no démarche is declared, the token alone was tried",
    )


def missing_setting(options: ServiceOptions, context: Context) -> Reason | None:
    """Give what the operator has not set, asking nobody."""
    try:
        _token_of(options, context)
    except Refused as error:
        return error.reason
    return None


def _token_of(options: ServiceOptions, context: Context) -> str:
    """The token to call with; raises Refused when the operator has set no address or no token."""
    if not options.base_url:
        raise Refused(
            fr="L'adresse du service n'est pas réglée : donnez `base_url` sous `services: demarches_simplifiees:` dans"
            " instance.yaml.",
            en="The address of the service is not set: give `base_url` under `services: demarches_simplifiees:` in"
            " instance.yaml.",
        )
    token = context.secret(options.token)
    if not token:
        raise Refused(
            fr="Le jeton du service n'est pas réglé : donnez `token` sous `services: demarches_simplifiees:`.",
            en="The token of the service is not set: give `token` under `services: demarches_simplifiees:`.",
        )
    return token


def _read(reply: Reply) -> Mapping[str, Any]:
    if reply.status in {401, 403}:
        raise Refused(
            fr="Le service refuse le jeton : vérifiez le secret et les droits du jeton sur cette démarche.",
            en="The service does not take the token: check the secret and what the token may do on this démarche.",
        )
    if reply.status != 200:
        raise Refused(
            fr=f"Le service a répondu {reply.status} : vérifiez `base_url`.",
            en=f"The service answered {reply.status}: check `base_url`.",
        )
    said = reply.json()
    errors = said.get("errors") if isinstance(said, dict) else None
    data = said.get("data") if isinstance(said, dict) else None
    if errors:
        raise _said_no(errors)
    if not isinstance(data, dict):
        raise Unavailable(fr="Le service a répondu sans données.", en="The service answered without data.")
    return data


def _taken(data: Mapping[str, Any], take: Callable[[Mapping[str, Any]], T]) -> T:
    try:
        return take(data)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise Unavailable(
            fr="Le service a répondu des données d'une autre forme.",
            en="The service answered data of another shape.",
        ) from error


def _said_no(errors: Any) -> Refused | Unavailable:
    """What an `errors` array means: for good when its code says so, for now otherwise."""
    listed: list[Any] = errors if isinstance(errors, list) else [errors]
    messages = " ; ".join(str(one.get("message", "")) for one in listed if isinstance(one, dict))[:300]
    codes = {
        str((one.get("extensions") or {}).get("code", ""))
        for one in listed
        if isinstance(one, dict) and isinstance(one.get("extensions") or {}, dict)
    }
    kind = Refused if codes & _FOR_GOOD else Unavailable
    return kind(fr=f"Le service a répondu : {messages}.", en=f"The service answered: {messages}.")


def _date(reply: Reply, now: datetime) -> datetime:
    try:
        return parsedate_to_datetime(reply.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return now
