"""The pivot file of payments."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from guichet import BatchHeader, PaymentFile, PaymentOrder, Refused, Totals
from guichet.testing import a_context, an_order
from guichet_plugins.payments.chorus_pivot import ChorusPivot
from guichet_plugins.payments.pivot_columns import PivotOptions

HEADER = BatchHeader("B-1", 3, date(2020, 4, 20), "fds-volet-2", "reg-53", "DRFiP de Bretagne")
STATE = {
    "columns": {
        "exercice": "2020",
        "domaine_fonctionnel": "{domaine_fonctionnel}",
        "centre_couts": "{centre_couts}",
        "tiers": "{siret}",
        "titulaire": "{payee}",
        "iban": "{iban}",
        "centimes": "{cents}",
        "libelle": "FDS2 {dossier} {date}",
    },
    "dates": "aaaammjj",
}
IMPUTATION = {"domaine_fonctionnel": "0103-01-01", "centre_couts": "EMPEF00075"}


def written(*orders: PaymentOrder, header: BatchHeader = HEADER, **options: Any) -> PaymentFile:
    return ChorusPivot().write(header, orders, PivotOptions.model_validate(options), a_context())


def why_not(order: PaymentOrder, **options: Any) -> str:
    reason = ChorusPivot().check(order, PivotOptions.model_validate(options))
    return reason.fr if reason else ""


def test_each_order_is_one_line_under_the_headings():
    file = written(an_order(), an_order(id="PO-2", payee='Café "Le Lilas"; SARL', cents=350_050))
    assert file.name == "pivot_fds-volet-2_reg-53_2020-04-20_0003.csv"
    headings, first, second = file.content.decode().splitlines()
    assert headings == ";".join(PivotOptions().columns)
    assert first == (
        "7K3M9QXW2F;PO-1;20/04/2020;55204944776279;SARL Les Lilas;FR7630006000011234567890189;AGRIFRPP;2000,00;EUR;"
        "Aide 7K3M9QXW2F"
    )
    assert '"Café ""Le Lilas""; SARL"' in second
    assert ";3500,50;EUR;" in second


def test_the_payer_sets_columns_encoding_and_dates():
    file = written(an_order(imputation=IMPUTATION), encoding="windows-1252", separator="|", headings="false", **STATE)
    assert file.content.decode("windows-1252") == (
        "2020|0103-01-01|EMPEF00075|55204944776279|SARL Les Lilas|FR7630006000011234567890189|200000|"
        "FDS2 7K3M9QXW2F 20200420\r\n"
    )


def test_xml_holds_the_same_data_and_the_totals():
    file = written(an_order(payee="A & B <SARL>"), format="xml")
    text = file.content.decode()
    assert '<demandes_de_paiement lot="B-1" nombre="1" total_centimes="200000">' in text
    assert "<titulaire>A &amp; B &lt;SARL&gt;</titulaire>" in text
    assert ChorusPivot().read_back(file.content, PivotOptions(format="xml")) == Totals(1, 200_000)


@pytest.mark.parametrize("options", [{}, {"format": "xml"}, {"decimal_mark": "."}, {"headings": "false"}, STATE])
def test_totals_are_counted_from_the_file(options: dict[str, Any]):
    orders = [an_order(id=f"PO-{n}", cents=n, imputation=IMPUTATION) for n in range(1, 301)]
    file = written(*orders, **options)
    assert ChorusPivot().read_back(file.content, PivotOptions.model_validate(options)) == Totals(300, 45_150)


def test_an_empty_batch_is_an_empty_file():
    assert ChorusPivot().read_back(written().content, PivotOptions()) == Totals(0, 0)


def test_a_file_of_the_sandbox_says_so_in_its_name():
    assert written(an_order(), header=replace(HEADER, mode="sandbox")).name.startswith("BAC-A-SABLE_")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cents": 0}, "Le montant doit être supérieur à zéro."),
        ({"payee": ""}, "La colonne titulaire est vide."),
        (
            {"iban": "FR7630006000011234567890188"},
            "La clé de l'IBAN ne correspond pas : le compte est à redemander.",
        ),
        (
            {"payee": "Łukasz"},
            "La colonne titulaire contient un caractère que le fichier ne peut pas porter : « Ł » (U+0141).",
        ),
        ({"payee": "A\nB"}, "La colonne titulaire contient un caractère que le fichier ne peut pas porter : U+000A."),
        (
            {"payee": "A\u202eB"},
            "La colonne titulaire contient un caractère que le fichier ne peut pas porter : U+202E.",
        ),
        ({"payee": "x" * 71}, f"La colonne titulaire dépasse 70 caractères (ici 71) : « {'x' * 40}… »."),
        ({"payee": "=1+1"}, "La colonne titulaire commence par « = », qu'un tableur prendrait pour une formule."),
    ],
)
def test_one_hostile_order_is_set_aside_with_the_reason(changes: dict[str, Any], reason: str):
    assert why_not(an_order(**changes), encoding="windows-1252") == reason
    with pytest.raises(Refused, match="7K3M9QXW2F"):
        written(an_order(), an_order(**changes), encoding="windows-1252")


def test_a_missing_imputation_is_named():
    assert why_not(an_order(), **STATE) == (
        "L'imputation « domaine_fonctionnel » manque : complétez-la chez le payeur ou dans le dispositif."
    )


def test_an_imputation_never_hides_the_data_of_the_order():
    assert b"FR7630006000011234567890189" in written(an_order(imputation={"iban": "FR00"})).content


def test_a_brace_in_a_name_is_only_a_brace():
    assert b"{cents}" in written(an_order(payee="SARL {cents}")).content


@pytest.mark.parametrize(
    "columns",
    [
        {"a": "{amount}", "b": "{cents}"},
        {"a": "{dossier}"},
        {"a": "{amount", "b": "{amount}"},
        {"a": "{payee.__class__}", "b": "{amount}"},
        {"a": "{payee!r}", "b": "{amount}"},
        {"a": "{0}", "b": "{amount}"},
    ],
)
def test_columns_that_could_not_be_counted_or_filled_are_refused_when_declared(columns: dict[str, str]):
    with pytest.raises(ValidationError):
        PivotOptions.model_validate({"columns": columns})


def test_the_columns_of_xml_are_names_of_elements():
    with pytest.raises(ValidationError):
        PivotOptions.model_validate({"format": "xml", "columns": {"montant dû": "{amount}"}})


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"a;b\r\n1;2\r\n", b'"open', b"<x/>", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'],
)
@pytest.mark.parametrize("file_format", ["csv", "xml"])
def test_another_file_is_not_counted(content: bytes, file_format: str):
    with pytest.raises(Refused):
        ChorusPivot().read_back(content, PivotOptions.model_validate({"format": file_format}))


def test_a_line_taken_out_or_an_amount_changed_changes_the_totals():
    content = written(an_order(), an_order(id="PO-2")).content
    lines = content.splitlines(keepends=True)
    assert ChorusPivot().read_back(b"".join(lines[:-1]), PivotOptions()) == Totals(1, 200_000)
    assert ChorusPivot().read_back(content.replace(b"2000,00", b"2000,01", 1), PivotOptions()) == Totals(2, 400_001)
