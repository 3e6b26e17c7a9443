"""Recherche d'entreprises and the address base against their stand-ins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from databases import SteppedClock
from guichet import Context, NoOptions, NotKnown, Unavailable
from guichet.testing import a_context, assert_prefill_source
from guichet_plugins.connect.base_adresse import AddressOptions, AddressSearch
from guichet_plugins.connect.recherche_entreprises.sandbox import CompanySandbox
from guichet_plugins.connect.recherche_entreprises.source import CompanyBySiret, CompanySearch, SearchOptions
from sandboxes import Sandbox, a_door, sandbox

USE = NoOptions()


@contextmanager
def companies() -> Iterator[tuple[Sandbox, SearchOptions, Context]]:
    with sandbox(CompanySandbox()) as at:
        door = a_door()
        yield at, SearchOptions.model_validate({"base_url": at.url}), a_context(mode="sandbox", outside=door)


def test_the_company_search_keeps_the_contract():
    assert_prefill_source(
        CompanySearch(),
        search="essai transports",
        gives={
            "siret": "55204944776279",
            "address": {"street": "2 PLACE AUX ETOILES", "postcode": "93210", "city": "SAINT-DENIS"},
        },
    )


def test_the_company_by_siret_keeps_the_contract():
    assert_prefill_source(
        CompanyBySiret(),
        known={"siret": "47846480300319"},
        gives={"name": "CAMILLE MARTIN", "naf": "56.10A", "creation_date": "2010-01-01"},
        not_known={"siret": "35004292500031"},
    )


def test_the_address_search_keeps_the_contract():
    assert_prefill_source(
        AddressSearch(),
        search="5 quai des bateliers annecy",
        gives={
            "address": {"street": "5 Quai des Bateliers", "postcode": "74000", "city": "Annecy"},
            "commune": "74010",
        },
    )


def test_a_company_that_is_absent_is_not_known_never_refused():
    with companies() as (_, options, context):
        found = CompanyBySiret().ask(frozenset({"name"}), {"siret": "35004292500031"}, USE, options, context)
        assert isinstance(found["name"], NotKnown)
        assert CompanySearch().search("personne protégée", USE, options, context) == ()


def test_a_town_alone_is_no_address():
    with sandbox(AddressSearch().sandbox()) as at:
        door = a_door()
        context = a_context(mode="sandbox", outside=door)
        found = AddressSearch().search("annecy", USE, AddressOptions.model_validate({"base_url": at.url}), context)
        assert [match.items["address"].value["street"] for match in found] == [
            "5 Quai des Bateliers",
            "7 Quai des Bateliers",
        ]


def test_an_address_whose_town_is_not_told_is_not_offered():
    one = {"type": "locality", "id": "1", "name": "Les Essarts", "postcode": "74230", "city": None}
    body = json.dumps({"features": [{"properties": one}, {"properties": {**one, "id": "2", "city": "Manigod"}}]})

    def service(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body.encode()]

    with sandbox(service) as at:
        options = AddressOptions.model_validate({"base_url": at.url})
        found = AddressSearch().search("les essarts", USE, options, a_context(mode="sandbox", outside=a_door()))
        assert [match.items["address"].value["city"] for match in found] == ["Manigod"]


def test_more_than_seven_searches_in_a_second_wait_their_turn():
    clock = SteppedClock()
    with sandbox(CompanySandbox(now=lambda: clock.now().timestamp())) as at:
        context = a_context(mode="sandbox", outside=a_door(clock=clock))
        options = SearchOptions.model_validate({"base_url": at.url})
        for _ in range(15):
            assert CompanySearch().search("camille", USE, options, context)
        assert at.requests == 15, "no search was refused by the service and sent again"


def test_a_silent_search_says_so():
    with companies() as (at, options, context):
        at.fail("5xx")
        with pytest.raises(Unavailable):
            CompanySearch().search("camille", USE, options, context)
