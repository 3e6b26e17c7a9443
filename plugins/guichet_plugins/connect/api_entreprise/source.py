"""API Entreprise, asked for what a company's SIRET opens: one call for each kind of data, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from guichet import (
    Answered,
    Call,
    Context,
    Given,
    GivenFile,
    NotKnown,
    PrefillAnswer,
    PrefillItem,
    PrefillSource,
    Reason,
    Refused,
    Reply,
    Silent,
    Unavailable,
)
from guichet_plugins.connect.api_entreprise import answers
from guichet_plugins.connect.api_entreprise.items import DOCUMENTS, ITEMS, NEEDS_V4, SENTENCES
from guichet_plugins.connect.api_entreprise.options import ApiEntrepriseOptions, ApiEntrepriseUse
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox

_SERVICE = "api_entreprise"
_NOT_FOUND = re.compile(r"\d{2}003", re.ASCII)
_BAD_NUMBER = ("00301", "00302")  # the SIREN or the SIRET is not one
_PROBE = "Vérification des réglages"
_PROBE_USE = ApiEntrepriseUse(object="verification")
_SIDE_BY_SIDE = 4
_LARGEST_DOCUMENT = 10 * 1024 * 1024


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


class ApiEntreprise(PrefillSource[ApiEntrepriseOptions]):
    """What the State knows of a company, by the SIRET of an establishment."""

    key = _SERVICE
    Options = ApiEntrepriseOptions
    Use = ApiEntrepriseUse
    per_territory = True

    def check_settings(self, options: ApiEntrepriseOptions, context: Context) -> Reason | None:
        """Say which of the token, `recipient` and `context` is missing."""
        for one in _contexts(options, context):
            try:
                _asked("", _PROBE_USE, options, one)
            except Refused as error:
                return error.reason
        return None

    def check_config(self, options: ApiEntrepriseOptions, context: Context) -> Reason | Answered | None:
        """Read what the token may do, for each territory that has one: no company is asked about."""
        rights = [
            _get(_asked("", _PROBE_USE, options, one), options.probe, _PROBE, _rights, "", whole=True)
            for one in _contexts(options, context)
        ]
        listed = ", ".join(filter(None, rights))
        return Answered(
            fr=f"GET {options.probe} a répondu 200 ; droits du jeton : {listed or 'non dits'}",
            en=f"GET {options.probe} answered 200; rights of the token: {listed or 'not told'}",
        )

    def sandbox(self) -> WSGIApplication:
        """Give the stand-in."""
        return ApiEntrepriseSandbox()

    def needs(self, use: ApiEntrepriseUse) -> Mapping[str, str]:
        """Need the SIRET."""
        return {"siret": "siret"}

    def items(self, use: ApiEntrepriseUse) -> Mapping[str, PrefillItem]:
        """Give what this version of the calls tells."""
        return {
            name: item
            for calls in ITEMS.values()
            for name, item in calls.items()
            if use.sirene == "v4" or name not in NEEDS_V4
        }

    def ask(
        self,
        wanted: frozenset[str],
        known: Mapping[str, str],
        use: ApiEntrepriseUse,
        options: ApiEntrepriseOptions,
        context: Context,
    ) -> Mapping[str, PrefillAnswer]:
        """Make the calls that the wanted items need; one that fails leaves the others alone."""
        asked = _asked(known["siret"], use, options, context)
        calls = [name for name, items in ITEMS.items() if wanted & items.keys()]
        # The first call goes alone: a service that comes back from a failure takes one at a time.
        found = [_made(name, asked) for name in calls[:1]]
        if calls[1:]:
            with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix=_SERVICE) as pool:
                found += pool.map(lambda name: _made(name, asked), calls[1:])
        return {name: answer for part in found for name, answer in part.items() if name in wanted}


def _asked(siret: str, use: ApiEntrepriseUse, options: ApiEntrepriseOptions, context: Context) -> Asked:
    """What every call says of who asks; all three are mandatory there.

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


def _contexts(options: ApiEntrepriseOptions, context: Context) -> list[Context]:
    """The moment as each territory that may ask would meet it."""
    if context.territory:
        return [context]
    return [replace(context, territory=one) for one in options.territories(context.secrets)]


def _rights(body: Mapping[str, Any]) -> str:
    """How many rights the token has, where the answer lists them."""
    listed = body.get("privileges")
    return str(len(listed)) if isinstance(listed, list) else ""


def _made(name: str, asked: Asked) -> Mapping[str, PrefillAnswer]:
    """The answers of one call; silent, with the reason, when it fails."""
    try:
        return _CALLS[name](asked)
    except (Refused, Unavailable) as error:
        return dict.fromkeys(ITEMS[name], Silent(error.reason))


def _get(
    asked: Asked,
    path: str,
    purpose: str,
    read: Callable[[Any], Any],
    nothing: Any,
    *,
    whole: bool = False,
    **params: str,
) -> Any:
    """What is read of an answer; of its `data`, unless the whole body is the answer."""
    call = Call(
        service=_SERVICE,
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
            raise _not_understood() from error
    codes = _codes(body)
    if reply.status == 404 and any(_NOT_FOUND.fullmatch(code) for code in codes):
        return nothing
    if reply.status == 422 and any(code in _BAD_NUMBER for code in codes):
        return nothing
    if reply.status in SENTENCES:
        said = SENTENCES[reply.status]
        raise Refused(fr=said.fr, en=said.en)
    raise _not_understood(", ".join(codes))


def _codes(body: Any) -> list[str]:
    errors = body.get("errors") if isinstance(body, Mapping) else None
    return [str(one.get("code")) for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []


def _not_understood(codes: str = "") -> Unavailable:
    told = f" ({codes})" if codes else ""
    return Unavailable(
        fr=f"API Entreprise n'a pas donné de réponse utilisable{told}.",
        en=f"API Entreprise gave no answer that can be used{told}.",
    )


def _unknown(name: str, provider: Reason) -> answers.Answers:
    return dict.fromkeys(ITEMS[name], NotKnown(provider))


def _legal_unit(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/{asked.use.sirene}/insee/sirene/unites_legales/{asked.siren}"
    nothing = _unknown("legal_unit", answers.INSEE)
    return _get(asked, path, "Unité légale", lambda body: answers.legal_unit(body["data"], _meta(body)), nothing)


def _establishment(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/{asked.use.sirene}/insee/sirene/etablissements/{asked.siret}"
    nothing = _unknown("establishment", answers.INSEE)
    return _get(asked, path, "Établissement", lambda body: answers.establishment(body["data"], _meta(body)), nothing)


def _monthly(asked: Asked) -> Mapping[str, PrefillAnswer]:
    year, _, month = (asked.use.month or _month_before(asked.context.today)).partition("-")
    path = f"/v3/gip_mds/etablissements/{asked.siret}/effectifs_mensuels/{month}/annee/{year}"
    nothing = _unknown("monthly", answers.GIP_MDS)
    return _get(
        asked, path, "Effectif mensuel", lambda body: answers.monthly_headcount(body["data"], year, month), nothing
    )


def _yearly(asked: Asked) -> Mapping[str, PrefillAnswer]:
    year = asked.use.year or str(asked.context.today.year - 1)
    path = f"/v3/gip_mds/unites_legales/{asked.siren}/effectifs_annuels/{year}"
    nothing = _unknown("yearly", answers.GIP_MDS)
    return _get(asked, path, "Effectif annuel", lambda body: answers.yearly_headcount(body["data"]), nothing)


def _turnover(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/v3/dgfip/etablissements/{asked.siret}/chiffres_affaires"
    nothing = _unknown("turnover", answers.DGFIP)
    return _get(asked, path, "Chiffre d'affaires", lambda body: answers.turnover(body["data"]), nothing)


def _managers(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/v3/infogreffe/rcs/unites_legales/{asked.siren}/mandataires_sociaux"
    nothing = _unknown("managers", answers.INFOGREFFE)
    return _get(asked, path, "Mandataires sociaux", lambda body: answers.managers(body["data"]), nothing)


def _certificate(name: str) -> Callable[[Asked], Mapping[str, PrefillAnswer]]:
    """What asks for a certificate, then for its document, which the service keeps for a day."""
    document = DOCUMENTS[name]

    def ask(asked: Asked) -> Mapping[str, PrefillAnswer]:
        nothing = _unknown(name, document.provider)
        path = document.path.format(siren=asked.siren)
        found = _get(asked, path, document.purpose, lambda body: dict(body["data"]), None)
        if found is None or not found.get("document_url"):
            return nothing
        day = found.get(document.dated_by)
        as_of = date.fromisoformat(str(day)) if day else None
        file = GivenFile(document.file_name.format(siren=asked.siren), _download(asked, str(found["document_url"])))
        return {**nothing, document.item: Given(file, document.provider, as_of)}

    return ask


def _download(asked: Asked, url: str) -> bytes:
    """The bytes of a document; the token goes to the service itself only."""
    own = urlsplit(url)[:2] == urlsplit(asked.options.base_url)[:2]
    call = Call(
        service=_SERVICE,
        method="GET",
        url=url,
        purpose="Document",
        headers={"Authorization": f"Bearer {asked.token}"} if own else {},
        timeout_s=float(asked.options.timeout_s),
        most_bytes=_LARGEST_DOCUMENT,
    )

    def read(reply: Reply) -> bytes:
        if reply.status != 200 or not reply.body.startswith(b"%PDF-"):
            raise _not_understood()
        return reply.body

    return asked.context.outside.ask(call, read)


def _meta(body: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = body.get("meta")
    return meta if isinstance(meta, Mapping) else {}


def _month_before(today: date) -> str:
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


_CALLS: Mapping[str, Callable[[Asked], Mapping[str, PrefillAnswer]]] = {
    "legal_unit": _legal_unit,
    "establishment": _establishment,
    "monthly": _monthly,
    "yearly": _yearly,
    "turnover": _turnover,
    "managers": _managers,
    "tax_certificate": _certificate("tax_certificate"),
    "social_certificate": _certificate("social_certificate"),
}
