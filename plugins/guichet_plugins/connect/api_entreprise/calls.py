"""The calls of API Entreprise, one for each kind of data: its path, its purpose, how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from guichet import Call, Given, GivenFile, NotKnown, PrefillAnswer, Reason, Refused, Reply, Silent, Unavailable
from guichet_plugins.connect.api_entreprise import answers
from guichet_plugins.connect.api_entreprise.asking import SERVICE, Asked, get, not_understood
from guichet_plugins.connect.api_entreprise.items import DOCUMENTS, ITEMS

__all__ = ["make_call"]

_LARGEST_DOCUMENT = 10 * 1024 * 1024


def make_call(name: str, asked: Asked) -> Mapping[str, PrefillAnswer]:
    """Give the answers of one call; silent, with the reason, when it fails."""
    try:
        return _CALLS[name](asked)
    except (Refused, Unavailable) as error:
        return dict.fromkeys(ITEMS[name], Silent(error.reason))


def _unknown(name: str, provider: Reason) -> answers.Answers:
    return dict.fromkeys(ITEMS[name], NotKnown(provider))


def _legal_unit(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/{asked.use.sirene}/insee/sirene/unites_legales/{asked.siren}"
    nothing = _unknown("legal_unit", answers.INSEE)
    return get(asked, path, "Unité légale", lambda body: answers.legal_unit(body["data"], _meta(body)), nothing)


def _establishment(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/{asked.use.sirene}/insee/sirene/etablissements/{asked.siret}"
    nothing = _unknown("establishment", answers.INSEE)
    return get(asked, path, "Établissement", lambda body: answers.establishment(body["data"], _meta(body)), nothing)


def _monthly(asked: Asked) -> Mapping[str, PrefillAnswer]:
    year, _, month = (asked.use.month or _month_before(asked.context.today)).partition("-")
    path = f"/v3/gip_mds/etablissements/{asked.siret}/effectifs_mensuels/{month}/annee/{year}"
    nothing = _unknown("monthly", answers.GIP_MDS)
    return get(
        asked, path, "Effectif mensuel", lambda body: answers.monthly_headcount(body["data"], year, month), nothing
    )


def _yearly(asked: Asked) -> Mapping[str, PrefillAnswer]:
    year = asked.use.year or str(asked.context.today.year - 1)
    path = f"/v3/gip_mds/unites_legales/{asked.siren}/effectifs_annuels/{year}"
    nothing = _unknown("yearly", answers.GIP_MDS)
    return get(asked, path, "Effectif annuel", lambda body: answers.yearly_headcount(body["data"]), nothing)


def _turnover(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/v3/dgfip/etablissements/{asked.siret}/chiffres_affaires"
    nothing = _unknown("turnover", answers.DGFIP)
    return get(asked, path, "Chiffre d'affaires", lambda body: answers.turnover(body["data"]), nothing)


def _managers(asked: Asked) -> Mapping[str, PrefillAnswer]:
    path = f"/v3/infogreffe/rcs/unites_legales/{asked.siren}/mandataires_sociaux"
    nothing = _unknown("managers", answers.INFOGREFFE)
    return get(asked, path, "Mandataires sociaux", lambda body: answers.managers(body["data"]), nothing)


def _certificate(name: str) -> Callable[[Asked], Mapping[str, PrefillAnswer]]:
    """What asks for a certificate, then for its document, which the service keeps for a day."""
    document = DOCUMENTS[name]

    def lies_at(body: Mapping[str, Any]) -> tuple[str, date | None]:
        """Where the document lies, and the day it bears; nowhere when it is refused."""
        day = body["data"].get(document.dated_by)
        return str(body["data"].get("document_url") or ""), date.fromisoformat(str(day)) if day else None

    def ask(asked: Asked) -> Mapping[str, PrefillAnswer]:
        nothing = _unknown(name, document.provider)
        url, as_of = get(asked, document.path.format(siren=asked.siren), document.purpose, lies_at, ("", None))
        if not url:
            return nothing
        file = GivenFile(document.file_name.format(siren=asked.siren), _download(asked, url))
        return {**nothing, document.item: Given(file, document.provider, as_of)}

    return ask


def _download(asked: Asked, url: str) -> bytes:
    """The bytes of a document; the token goes to the service itself only."""
    own = urlsplit(url)[:2] == urlsplit(asked.options.base_url)[:2]
    call = Call(
        service=SERVICE,
        method="GET",
        url=url,
        purpose="Document",
        headers={"Authorization": f"Bearer {asked.token}"} if own else {},
        timeout_s=float(asked.options.timeout_s),
        most_bytes=_LARGEST_DOCUMENT,
    )

    def read(reply: Reply) -> bytes:
        if reply.status != 200 or not reply.body.startswith(b"%PDF-"):
            raise not_understood()
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
