"""The field type, the function and the ledger keep their contracts."""

from datetime import date

from guichet_markets.field_types import Licence
from guichet_markets.payment_writers import Ledger
from guichet_markets.rule_functions import MARKETS_LOST

from guichet.testing import an_order, assert_field_type, assert_payment_writer, assert_rule_function


def test_the_licence_keeps_the_contract():
    assert_field_type(Licence(), good=[("2900017", "29-00017"), ("29 00017", "29-00017")], bad=["29-17", "Anne"])


def test_a_scheme_may_name_its_departments():
    options = {"departements": ["d29"]}
    assert_field_type(Licence(), options=options, good=[("29-00017", "29-00017")], bad=["35-00009"])


def test_the_function_keeps_the_contract():
    spring, summer = date(2020, 3, 17), date(2020, 5, 11)
    cases = [((spring, summer, 3), 21), ((summer, spring, 3), None), ((spring, spring, 3), 0)]
    assert_rule_function(MARKETS_LOST, cases=cases)


def test_the_ledger_keeps_the_contract():
    assert_payment_writer(
        Ledger(),
        options={"separator": "|"},
        hostile=[an_order(cents=0), an_order(iban=""), an_order(payee="A\nB"), an_order(payee="=1+1")],
    )
