"""API Entreprise, asked for what a company's SIRET opens: one call for each kind of data, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from wsgiref.types import WSGIApplication

from guichet import Answered, Context, PrefillAnswer, PrefillItem, PrefillSource, Reason, Refused
from guichet_plugins.connect.api_entreprise.asking import SERVICE, asked_by, get
from guichet_plugins.connect.api_entreprise.calls import make_call
from guichet_plugins.connect.api_entreprise.items import ITEMS, NEEDS_V4
from guichet_plugins.connect.api_entreprise.options import ApiEntrepriseOptions, ApiEntrepriseUse
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox

_PROBE = "Vérification des réglages"
_PROBE_USE = ApiEntrepriseUse(object="verification")
_SIDE_BY_SIDE = 4


class ApiEntreprise(PrefillSource[ApiEntrepriseOptions]):
    """What the State knows of a company, by the SIRET of an establishment."""

    key = SERVICE
    Options = ApiEntrepriseOptions
    Use = ApiEntrepriseUse
    per_territory = True

    def check_settings(self, options: ApiEntrepriseOptions, context: Context) -> Reason | None:
        """Say which of the token, `recipient` and `context` is missing."""
        for one in _contexts(options, context):
            try:
                asked_by("", _PROBE_USE, options, one)
            except Refused as error:
                return error.reason
        return None

    def check_config(self, options: ApiEntrepriseOptions, context: Context) -> Reason | Answered | None:
        """Read what the token may do, for each territory that has one: no company is asked about."""
        rights = [
            get(asked_by("", _PROBE_USE, options, one), options.probe, _PROBE, _rights, "", whole=True)
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
        asked = asked_by(known["siret"], use, options, context)
        calls = [name for name, items in ITEMS.items() if wanted & items.keys()]
        # The first call goes alone: a service that comes back from a failure takes one at a time.
        found = [make_call(name, asked) for name in calls[:1]]
        if calls[1:]:
            with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix=SERVICE) as pool:
                found += pool.map(lambda name: make_call(name, asked), calls[1:])
        return {name: answer for part in found for name, answer in part.items() if name in wanted}


def _contexts(options: ApiEntrepriseOptions, context: Context) -> list[Context]:
    """The moment as each territory that may ask would meet it."""
    if context.territory:
        return [context]
    return [replace(context, territory=one) for one in options.territories(context.secrets)]


def _rights(body: Mapping[str, Any]) -> str:
    """How many rights the token has, where the answer lists them."""
    listed = body.get("privileges")
    return str(len(listed)) if isinstance(listed, list) else ""
