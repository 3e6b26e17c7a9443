"""API Entreprise against its stand-in over a real socket, and its answers as pure values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guichet import Context, Given, GivenFile, NotKnown, PrefillAnswer, Refused, Silent
from guichet.testing import a_context, assert_prefill_source
from guichet_plugins.connect.api_entreprise import answers
from guichet_plugins.connect.api_entreprise.options import ApiEntrepriseOptions, ApiEntrepriseUse
from guichet_plugins.connect.api_entreprise.sandbox import ApiEntrepriseSandbox
from guichet_plugins.connect.api_entreprise.source import ApiEntreprise
from sandboxes import Calls, Sandbox, a_door, sandbox

COMPANY = "55204944776279"
TOKEN = {"api_entreprise_reg-53": "a-token"}
WHO = {"recipient": "23350001600040", "contexts": {"reg-53": "bretagne"}}
USE = {"object": "aide_volet_2_03"}
SOURCE = ApiEntreprise()


@contextmanager
def served(quota: int = 250) -> Iterator[tuple[Sandbox, Context, Calls]]:
    log = Calls()
    with sandbox(ApiEntrepriseSandbox(quota)) as at:
        door = a_door(log=log)
        yield at, a_context(mode="sandbox", secrets=TOKEN, outside=door.within("reg-53")), log


def asked(
    at: Sandbox, context: Context, *wanted: str, siret: str = COMPANY, use: dict[str, Any] | None = None, **options: Any
) -> dict[str, PrefillAnswer]:
    chosen = ApiEntrepriseOptions.model_validate({**WHO, "base_url": at.url, **options})
    declared = ApiEntrepriseUse.model_validate({**USE, **(use or {})})
    names = frozenset(wanted or SOURCE.items(declared))
    return dict(SOURCE.ask(names, {"siret": siret}, declared, chosen, context))


def value(answer: PrefillAnswer) -> Any:
    assert isinstance(answer, Given), answer
    return answer.value


def test_it_keeps_the_contract_of_prefill_sources():
    assert_prefill_source(
        SOURCE,
        known={"siret": COMPANY},
        gives={"name": "SOCIETE D'ESSAI DES TRANSPORTS", "naf": "49.10Z", "employees": "813"},
        not_known={"siret": "00000000000000"},
        options=WHO,
        use=USE,
        context=a_context(mode="sandbox", secrets=TOKEN),
    )


def test_each_call_says_who_asks_why_and_for_what():
    with served() as (at, context, log):
        found = asked(at, context, "name")
        assert value(found["name"]) == "SOCIETE D'ESSAI DES TRANSPORTS"
        (call,) = log.kept
        assert (call.service, call.purpose, call.status) == ("api_entreprise", "Unité légale", 200)
        assert COMPANY[:9] not in repr(call)


def test_without_recipient_or_context_nothing_is_asked():
    with served() as (at, context, log):
        with pytest.raises(Refused, match="recipient"):
            asked(at, context, "name", recipient="")
        with pytest.raises(Refused, match="recipient"):
            asked(at, context, "name", contexts={})
        assert log.kept == []


def test_a_missing_token_is_named_and_nothing_is_asked():
    with served() as (at, context, log):
        with pytest.raises(Refused, match="api_entreprise_reg-53"):
            asked(at, a_context(mode="sandbox", outside=context.outside), "name")
        assert log.kept == []


def test_version_3_tells_the_naf_of_2008_and_version_4_both():
    with served() as (at, context, _):
        new = asked(at, context, "naf", "naf_2025")
        assert (value(new["naf"]), value(new["naf_2025"])) == ("49.10Z", "49.11Y")
        old = asked(at, context, "naf", use={"sirene": "v3"})
        assert value(old["naf"]) == "49.10Z"
        declared = ApiEntrepriseUse.model_validate({**USE, "sirene": "v3"})
        assert "naf_2025" not in SOURCE.items(declared)


def test_instants_are_days_in_paris():
    with served() as (at, context, _):
        found = asked(at, context, "creation_date", "name")
        assert value(found["creation_date"]) == "2010-01-01"
        assert isinstance(found["name"], Given)
        assert found["name"].as_of == date(2020, 4, 12)


def test_the_address_comes_in_parts():
    with served() as (at, context, _):
        found = asked(at, context, "address", "commune")
        assert value(found["address"]) == {"street": "2 PLACE AUX ETOILES", "postcode": "93210", "city": "SAINT-DENIS"}
        assert value(found["commune"]) == "93066"


def test_what_insee_protects_is_not_told_to_who_types_a_number():
    with served() as (at, context, _):
        found = asked(at, context, "name", "address", "naf", siret="35004292500031")
        assert isinstance(found["name"], NotKnown)
        assert isinstance(found["address"], NotKnown)
        assert value(found["naf"]) == "74.20Z"


def test_a_closed_company_is_said_to_be():
    with served() as (at, context, _):
        found = asked(at, context, "is_active", "is_open", "establishment_closing_date", siret="35005144700018")
        assert value(found["is_active"]) is False
        assert value(found["is_open"]) is False
        assert value(found["establishment_closing_date"]) == "2020-01-01"


def test_a_headcount_that_is_null_in_both_regimes_is_not_known():
    with served() as (at, context, _):
        found = asked(at, context, "employees", "monthly_headcount", siret="42417936400023")
        assert isinstance(found["employees"], NotKnown)
        assert isinstance(found["monthly_headcount"], NotKnown)


def test_the_headcount_is_the_sum_of_both_regimes():
    rows = [
        {"regime": "regime_general", "annee": "2020", "mois": "03", "value": Decimal("1.5")},
        {"regime": "regime_agricole", "annee": "2020", "mois": "03", "value": Decimal("2.25")},
        {"regime": "regime_general", "annee": "2020", "mois": "02", "value": Decimal(40)},
    ]
    found = answers.monthly_headcount({"effectifs_mensuels": rows}, "2020", "03")
    assert value(found["monthly_headcount"]) == "3.75"
    assert value(found["employees"]) == "4"


def test_a_null_regime_beside_a_number_counts_for_nothing():
    with served() as (at, context, _):
        found = asked(at, context, "monthly_headcount", siret="77567227221138", use={"month": "2020-03"})
        assert value(found["monthly_headcount"]) == "2.25"


def test_a_headcount_of_zero_is_known():
    rows = [{"annee": "2020", "mois": "03", "value": 0}, {"annee": "2020", "mois": "03", "value": None}]
    found = answers.monthly_headcount({"effectifs_mensuels": rows}, "2020", "03")
    assert value(found["employees"]) == "0"


def test_the_headcount_of_a_year_is_that_of_the_whole_company():
    with served() as (at, context, _):
        found = asked(at, context, "yearly_headcount", siret="77567227221138", use={"year": "2019"})
        assert value(found["yearly_headcount"]) == "2.25"
        unknown = asked(at, context, "yearly_headcount", siret="42417936400023", use={"year": "2019"})
        assert isinstance(unknown["yearly_headcount"], NotKnown)
    rows = [{"regime": "regime_general", "value": Decimal("1.5")}, {"regime": "regime_agricole", "value": Decimal(2)}]
    assert value(answers.yearly_headcount({"effectifs_annuel": rows})["yearly_headcount"]) == "3.5"


def test_the_turnover_is_that_of_the_latest_year():
    with served() as (at, context, _):
        found = asked(at, context, "turnover", "turnover_year_end", siret="13002526500001")
        assert value(found["turnover"]) == "900001"
        assert value(found["turnover_year_end"]) == "2019-12-31"


def test_certificates_come_as_files():
    with served() as (at, context, log):
        found = asked(at, context, "tax_certificate", "social_certificate", siret="00000000100000")
        for name in ("tax_certificate", "social_certificate"):
            file = value(found[name])
            assert isinstance(file, GivenFile)
            assert file.content.startswith(b"%PDF-")
            assert file.name.endswith("-000000001.pdf")
        assert len(log.kept) == 4


def test_a_certificate_that_is_refused_is_not_known_never_a_no():
    with served() as (at, context, _):
        found = asked(at, context, "tax_certificate", "social_certificate", siret="00000000200000")
        kinds = {name: type(answer) for name, answer in found.items()}
        assert kinds == {"tax_certificate": NotKnown, "social_certificate": NotKnown}


def test_managers_are_told_in_words_and_the_first_by_name():
    with served() as (at, context, _):
        found = asked(at, context, "managers", "manager_last_name")
        assert value(found["managers"]) == "Jeanne DUPONT (PRESIDENT); CABINET D'ESSAI (COMMISSAIRE AUX COMPTES)"
        assert value(found["manager_last_name"]) == "DUPONT"


def test_one_call_that_fails_leaves_the_others_alone():
    with served() as (at, context, _):
        options = ApiEntrepriseOptions.model_validate({**WHO, "base_url": at.url})
        use = ApiEntrepriseUse.model_validate(USE)
        at.fail("5xx", times=3)  # the three attempts of the first call
        found = SOURCE.ask(frozenset({"name"}), {"siret": COMPANY}, use, options, context)
        assert isinstance(found["name"], Silent)
        assert value(asked(at, context, "naf")["naf"]) == "49.10Z"


def test_a_certificate_of_a_day_that_is_none_leaves_the_other_calls_alone():
    honest = ApiEntrepriseSandbox()

    def wrong(environ: Any, start_response: Any) -> list[bytes]:
        return [part.replace(b"2020-04-11", b"2020-04-31") for part in honest(environ, start_response)]

    with sandbox(wrong) as at:
        context = a_context(mode="sandbox", secrets=TOKEN, outside=a_door().within("reg-53"))
        found = asked(at, context, "name", "tax_certificate")
    assert isinstance(found["tax_certificate"], Silent)
    assert value(found["name"]) == "SOCIETE D'ESSAI DES TRANSPORTS"


def test_a_token_that_is_not_known_says_what_to_check():
    with served() as (at, context, _):
        told = a_context(mode="sandbox", secrets={"api_entreprise_reg-53": "not one"}, outside=context.outside)
        found = asked(at, told, "name")
        assert isinstance(found["name"], Silent)
        assert "jeton" in found["name"].reason.fr


def test_the_quota_the_service_tells_is_never_exceeded():
    with served(quota=3) as (at, context, _):
        answers_given = [asked(at, context, "name")["name"] for _ in range(3)]
        assert all(isinstance(answer, Given) for answer in answers_given)
        before = at.requests
        assert isinstance(asked(at, context, "name")["name"], Silent)
        assert at.requests == before, "no call leaves once the quota is spent"


@pytest.mark.parametrize("month", ["2020-13", "mars", "03/2020"])
def test_a_month_is_written_as_declared(month: str):
    with pytest.raises(ValueError, match="guichet"):
        ApiEntrepriseUse.model_validate({**USE, "month": month})
