"""What a finance software answers, read line by line."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from guichet import Refused, RejectedRow, ReturnLine
from guichet.testing import a_context, assert_return_reader
from guichet_plugins.payments.finance_return import FinanceReturn, ReturnOptions

HEAD = "reference_mandat;etat;date_etat;montant;numero_mandat;date_mandat;motif\r\n"
GOOD = HEAD + (
    "7K3M9QXW2F;Pris en charge;18/05/2020;1000,00;4211;18/05/2020;\r\n"
    "7K3M9QXW2F;payé;20/05/2020;1 000,00 €;4211;18/05/2020;\r\n"
    "8K3M9QXW2F;rejeté;19/05/2020;1000,00;;;Compte clos\r\n"
    "9K3M9QXW2F;suspendu;19/05/2020;;;;11 incompétence du donneur d'ordre\r\n"
    "AK3M9QXW2F;égaré;19/05/2020;;;;\r\n"
    ";payé;19/05/2020;;;;\r\n"
    "BK3M9QXW2F;payé;31/02/2020;;;;\r\n"
    "CK3M9QXW2F;payé;20/05/2020;1.000,00;;;\r\n"
    "DK3M9QXW2F;payé\r\n"
    "EK3M\x00QXW2F;payé;20/05/2020;;;;\r\n"
)
SAID = [
    ReturnLine(2, "7K3M9QXW2F", "accepted", date(2020, 5, 18), 100_000, "4211", date(2020, 5, 18)),
    ReturnLine(3, "7K3M9QXW2F", "paid", date(2020, 5, 20), 100_000, "4211", date(2020, 5, 18)),
    ReturnLine(4, "8K3M9QXW2F", "rejected", date(2020, 5, 19), 100_000, reason="Compte clos", wrong_account=True),
    ReturnLine(5, "9K3M9QXW2F", "suspended", date(2020, 5, 19), reason="11 incompétence du donneur d'ordre"),
]


def read(text: str, **options: Any) -> list[ReturnLine | RejectedRow]:
    content = io.BytesIO(text.encode())
    return list(FinanceReturn().lines(content, ReturnOptions.model_validate(options), a_context()))


def test_it_keeps_the_contract_of_return_readers():
    assert_return_reader(
        FinanceReturn(),
        content=GOOD.encode(),
        gives=SAID,
        rejects=range(6, 12),
        unreadable=[b"", b"a;b\r\n1;2\r\n", b"\xff\xfe\x00", (HEAD + 'x;"y').encode()],
    )


def test_a_line_is_rejected_with_its_column_and_what_to_do():
    lost, empty, *_ = [line for line in read(GOOD) if isinstance(line, RejectedRow)]
    assert (lost.line, lost.column) == (6, "etat")
    assert lost.reason.fr == "« égaré » n'est pas un état déclaré : pris en charge, payé, rejeté, suspendu."
    assert (empty.line, empty.column) == (7, "reference_mandat")


def test_the_software_s_own_words_and_headings_are_declared():
    options = {
        "separator": ",",
        "dates": "aaaa-mm-jj",
        "columns": {"order": "REF", "status": "ETAT", "date": "LE"},
        "statuses": {"05": "paid"},
    }
    (line,) = read("LE,REF,ETAT,AUTRE\n2020-05-20,X,05,z\n", **options)
    assert line == ReturnLine(2, "X", "paid", date(2020, 5, 20))


def test_a_heading_that_stands_twice_is_refused():
    with pytest.raises(Refused, match="twice"):
        read("reference_mandat;etat;etat;date_etat\n")


@pytest.mark.parametrize(
    "wrong", [{"columns": {"order": "x"}}, {"statuses": {"x": "lost"}}, {"columns": {"ordre": "x"}}]
)
def test_settings_that_cannot_read_are_refused(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        ReturnOptions.model_validate(wrong)
