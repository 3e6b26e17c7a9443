"""One question to API Entreprise: who asks, by what token, and what an answer or a refusal means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guichet import Call, Context, Refused, Reply, Unavailable
from guichet_plugins.connect.api_entreprise.items import SENTENCES
from guichet_plugins.connect.api_entreprise.options import ApiEntrepriseOptions, ApiEntrepriseUse

__all__ = ["SERVICE", "Asked", "asked_by", "get", "not_understood"]

SERVICE = "api_entreprise"
_NOT_FOUND = re.compile(r"\d{2}003", re.ASCII)
_BAD_NUMBER = ("00301", "00302")  # the SIREN or the SIRET is not one


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of whom: the same for every call of one question."""

    siret: str
    use: ApiEntrepriseUse
    options: ApiEntrepriseOptions
    context: Context
    token: str
    params: Mapping[str, str]

    @property
    def siren(self) -> str:
        """The company's nine digits."""
        return self.siret[:9]


def asked_by(siret: str, use: ApiEntrepriseUse, options: ApiEntrepriseOptions, context: Context) -> Asked:
    """Give what every call says of who asks; all three are mandatory there.

    Raises:
        Refused: The operator did not say it, or the token is not set.
    """
    territory = context.territory
    recipient = options.recipients.get(territory) or options.recipient
    reason = options.contexts.get(territory) or options.context.replace("{territory}", territory)
    if not recipient or not reason:
        raise Refused(
            fr=f"Indiquez `recipient` et `context` pour {territory or 'cette installation'} : "
            "API Entreprise les exige à chaque appel.",
            en=f"Say `recipient` and `context` for {territory or 'this instance'}: "
            "API Entreprise requires them with each call.",
        )
    token = context.secret(options.token.replace("{territory}", territory))
    params = {"recipient": recipient, "context": reason, "object": use.object}
    return Asked(siret, use, options, context, token, params)


def get(
    asked: Asked,
    path: str,
    purpose: str,
    read: Callable[[Any], Any],
    nothing: Any,
    *,
    whole: bool = False,
    **params: str,
) -> Any:
    """Give what is read of an answer; of its `data`, unless the whole body is the answer."""
    call = Call(
        service=SERVICE,
        method="GET",
        url=f"{asked.options.base_url.rstrip('/')}{path}",
        purpose=purpose,
        params={**asked.params, **params},
        headers={"Authorization": f"Bearer {asked.token}", "Accept": "application/json"},
        timeout_s=float(asked.options.timeout_s),
    )
    return asked.context.outside.ask(call, lambda reply: _read(reply, read, nothing, whole=whole))


def _read(reply: Reply, read: Callable[[Any], Any], nothing: Any, *, whole: bool = False) -> Any:
    """What a reply says: data, nothing known, a refusal of who asks, or no answer."""
    if reply.status == 451:  # withheld for a legal reason: not known here
        return nothing
    body = reply.json()
    if reply.status == 200 and isinstance(body, Mapping) and (whole or "data" in body):
        try:
            return read(body)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise not_understood() from error
    codes = _codes(body)
    if reply.status == 404 and any(_NOT_FOUND.fullmatch(code) for code in codes):
        return nothing
    if reply.status == 422 and any(code in _BAD_NUMBER for code in codes):
        return nothing
    if reply.status in SENTENCES:
        said = SENTENCES[reply.status]
        raise Refused(fr=said.fr, en=said.en)
    raise not_understood(", ".join(codes))


def _codes(body: Any) -> list[str]:
    errors = body.get("errors") if isinstance(body, Mapping) else None
    return [str(one.get("code")) for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []


def not_understood(codes: str = "") -> Unavailable:
    """Give the failure of a service that answers something else than it documents."""
    told = f" ({codes})" if codes else ""
    return Unavailable(
        fr=f"API Entreprise n'a pas donné de réponse utilisable{told}.",
        en=f"API Entreprise gave no answer that can be used{told}.",
    )
