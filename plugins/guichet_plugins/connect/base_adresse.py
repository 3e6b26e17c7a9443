"""Addresses of France looked for by words, in the national address base (Géoplateforme), open and without token."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from guichet import (
    Answered,
    Context,
    Given,
    Match,
    NoOptions,
    Pace,
    PrefillItem,
    PrefillSource,
    Reason,
    Reply,
    Text,
    hookimpl,
)
from guichet_plugins.connect.open_search import TRIED, OpenSearchOptions, a_search, read_list, searched_words

PROVIDER = Reason(fr="la Base Adresse Nationale", en="Base Adresse Nationale")
_ITEMS: Mapping[str, PrefillItem] = {
    "address": PrefillItem("address", Reason(fr="Adresse", en="Address")),
    "commune": PrefillItem("text", Reason(fr="Commune (code Insee)", en="Commune (Insee code)")),
    "label": PrefillItem("text", Reason(fr="Adresse sur une ligne", en="Address on one line")),
}
_PACE = Pace(calls=50, seconds=1.0)
_ADDRESSES_SOUGHT = Reason(fr="d'adresses", en="of addresses")
_PLACES = ("housenumber", "street", "locality")


class AddressOptions(OpenSearchOptions):
    """The service."""

    base_url: Text = "https://data.geopf.fr/geocodage"
    """Its address."""


class AddressSearch(PrefillSource[AddressOptions]):
    """An address looked for by its words, and chosen."""

    key = "base_adresse"
    Options = AddressOptions
    Use = NoOptions
    searched = True

    def sandbox(self) -> WSGIApplication:
        """Give the stand-in."""
        return address_sandbox

    def check_config(self, options: AddressOptions, context: Context) -> Reason | Answered | None:
        """Look for one address, as an applicant would."""
        self.search("place de la mairie", NoOptions(), options, context)
        return TRIED

    def items(self, use: NoOptions) -> Mapping[str, PrefillItem]:
        """Give what an address tells."""
        return _ITEMS

    def search(self, text: str, use: NoOptions, options: AddressOptions, context: Context) -> tuple[Match, ...]:
        """Give the addresses that fit, best first; a town alone is none."""
        words = searched_words(text)
        if not words:
            return ()
        params = {"q": words, "limit": "10", "autocomplete": "0"}
        call = a_search("base_adresse", "Recherche d'une adresse", params, _PACE, options)
        found = context.outside.ask(call, _features)
        return tuple(
            _match(one) for one in found if one.get("type") in _PLACES and one.get("postcode") and one.get("city")
        )


def _features(reply: Reply) -> list[Mapping[str, Any]]:
    parts = [one.get("properties") for one in read_list(reply, "features", _ADDRESSES_SOUGHT)]
    return [part for part in parts if isinstance(part, Mapping)]


def _match(one: Mapping[str, Any]) -> Match:
    label = str(one.get("label") or one.get("name") or "")
    address = {"street": str(one.get("name") or label), "postcode": str(one["postcode"]), "city": str(one["city"])}
    items = {"address": Given(address, PROVIDER), "label": Given(label, PROVIDER)}
    if one.get("citycode"):
        items["commune"] = Given(str(one["citycode"]), PROVIDER)
    return Match(str(one.get("id") or label), label, str(one.get("context") or ""), items)


_ADDRESSES = (
    ("5 Quai des Bateliers", "74000", "Annecy", "74010", "74, Haute-Savoie, Auvergne-Rhône-Alpes", "housenumber"),
    ("7 Quai des Bateliers", "74000", "Annecy", "74010", "74, Haute-Savoie, Auvergne-Rhône-Alpes", "housenumber"),
    ("12 Rue des Lilas", "35000", "Rennes", "35238", "35, Ille-et-Vilaine, Bretagne", "housenumber"),
    ("Annecy", "74000", "Annecy", "74010", "74, Haute-Savoie, Auvergne-Rhône-Alpes", "municipality"),
)


def address_sandbox(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request as the address base does."""
    words = parse_qs(environ.get("QUERY_STRING", "")).get("q", [""])[0].strip()
    body: dict[str, Any]
    if environ.get("PATH_INFO") != "/search":
        status, body = "404 Not Found", {"code": 404, "message": "Not found"}
    elif not 3 <= len(words) <= 200:  # the bounds of the service itself
        status, body = "400 Bad Request", {"code": 400, "message": "q must contain between 3 and 200 chars"}
    else:
        found = [one for one in _ADDRESSES if all(word in " ".join(one[:3]).lower() for word in words.lower().split())]
        status, body = "200 OK", {"type": "FeatureCollection", "features": [_feature(*one) for one in found]}
    start_response(status, [("Content-Type", "application/json; charset=utf-8")])
    return [json.dumps(body, ensure_ascii=False).encode()]


def _feature(name: str, postcode: str, city: str, citycode: str, context: str, kind: str) -> dict[str, Any]:
    properties = {
        "label": f"{name} {postcode} {city}" if kind != "municipality" else city,
        "score": 0.9,
        "id": f"{citycode}_{name.lower().replace(' ', '_')}",
        "name": name,
        "postcode": postcode,
        "citycode": citycode,
        "city": city,
        "context": context,
        "type": kind,
        "importance": 0.5,
    }
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0.0, 0.0]}, "properties": properties}


@hookimpl
def register_prefill_sources() -> list[PrefillSource[Any]]:
    """Give the search."""
    return [AddressSearch()]
