"""Credit transfers from a payer's own account."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from guichet import BatchHeader, Refused, Totals
from guichet.testing import a_context, an_order, assert_payment_writer
from guichet_plugins.payments.pain_001 import Pain001, TransferOptions

DEBTOR = {"debtor": "AGENCE LOCALE", "debtor_iban": "FR76 3000 6000 0112 3456 7890 189"}
HEADER = BatchHeader("B-1", 1, date(2020, 4, 20), "aide-locale", "dep-74")
HOSTILE = [
    an_order(payee="Café"),
    an_order(payee="x" * 71),
    an_order(payee="A & B <SARL>"),
    an_order(payee="/slash"),
    an_order(label="AIDE 2020/"),
    an_order(payee="A\x00B"),
    an_order(iban="FR7630006000011234567890188"),
    an_order(bic="AGRI"),
    an_order(cents=0),
    an_order(label=""),
]


@pytest.mark.parametrize("version", ["03", "09"])
def test_it_keeps_the_contract_of_payment_writers(version: str):
    assert_payment_writer(Pain001(), hostile=HOSTILE, options={**DEBTOR, "version": version})


@pytest.mark.parametrize(
    ("version", "bic", "day"), [("03", "<BIC>", "2020-04-20<"), ("09", "<BICFI>", "<Dt>2020-04-20")]
)
def test_each_edition_writes_what_its_bank_reads(version: str, bic: str, day: str):
    options = TransferOptions.model_validate({**DEBTOR, "version": version, "debtor_bic": "AGRIFRPP"})
    text = Pain001().write(HEADER, [an_order(cents=100_050)], options, a_context()).content.decode()
    assert f"pain.001.001.{version}" in text
    assert bic in text
    assert day in text
    assert '<InstdAmt Ccy="EUR">1000.50</InstdAmt>' in text
    assert "PstlAdr" not in text


def test_a_file_whose_total_was_changed_is_refused():
    options = TransferOptions.model_validate(DEBTOR)
    content = Pain001().write(HEADER, [an_order()], options, a_context()).content
    assert Pain001().read_back(content, options) == Totals(1, 200_000)
    with pytest.raises(Refused):
        Pain001().read_back(content.replace(b'"EUR">2000.00', b'"EUR">9000.00'), options)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "2000.009", "2e3", "-2000.00"])
def test_an_amount_that_is_not_written_to_the_cent_is_not_ours(amount: str):
    options = TransferOptions.model_validate(DEBTOR)
    content = Pain001().write(HEADER, [an_order()], options, a_context()).content
    with pytest.raises(Refused, match="no file of transfers"):
        Pain001().read_back(content.replace(b"2000.00", amount.encode()), options)


@pytest.mark.parametrize(
    "wrong",
    [{"debtor_iban": "FR00"}, {"debtor": None}, {"version": "11"}, {"debtor": "Hérault"}, {"debtor_bic": "<x>"}],
)
def test_settings_that_cannot_pay_are_refused(wrong: dict[str, Any]):
    declared = {name: value for name, value in {**DEBTOR, **wrong}.items() if value is not None}
    with pytest.raises(ValidationError):
        TransferOptions.model_validate(declared)
