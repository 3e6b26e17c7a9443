"""The file and the statement of sums due that a finance software takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pydantic import ValidationError
from pypdf import PdfReader

from guichet import Act, BatchHeader, ClaimToWrite, PaymentFile, PaymentOrder, Refused, Signatory, Totals
from guichet.testing import a_context, an_order, assert_payment_writer
from guichet_plugins.payments.finance_software import FinanceOptions, FinanceSoftware

ACT = Act("2020-74-12", date(2020, 5, 20), "arrete", "Jeanne Favre", "Présidente")
HEADER = BatchHeader(
    "B-1",
    3,
    date(2020, 5, 25),
    "aide-locale",
    "dep-74",
    "Département de la Haute-Savoie",
    title="Aide forfaitaire",
    authority="Conseil départemental de la Haute-Savoie",
    accountant="Payeur départemental",
    place="Annecy",
    basis="Délibération du 4 mai 2020",
    signatory=Signatory("Jeanne Favre", "Présidente du conseil départemental", ("Par délégation",)),
)
FACTS = (("Établissement fermé", "Oui"), ("Chômage partiel", "Non"))
HOSTILE = [
    an_order(payee="=HYPERLINK(0)"),
    an_order(payee="@SUM(A1)"),
    an_order(payee="+33 6"),
    an_order(payee="-1"),
    an_order(payee="Anne\x00Le Goff"),
    an_order(payee="Anne\u202eLe Goff"),
    an_order(payee="Anne\nLe Goff"),
    an_order(payee=""),
    an_order(payee="x" * 39),
    an_order(iban="FR7630006000011234567890188"),
    an_order(iban=""),
    an_order(iban="fr7630006000011234567890189"),
    an_order(cents=0),
    an_order(cents=-1),
]


def an_aid(**changes: Any) -> PaymentOrder:
    return an_order(**{"cents": 100_000, "act": ACT, "facts": FACTS, **changes})


def written(*orders: PaymentOrder, header: BatchHeader = HEADER, **options: Any) -> PaymentFile:
    return FinanceSoftware().write(header, orders, FinanceOptions.model_validate(options), a_context())


def text_of(file: PaymentFile) -> str:
    (statement,) = file.beside
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(statement.content)).pages)


def test_it_keeps_the_contract_of_payment_writers():
    assert_payment_writer(FinanceSoftware(), hostile=HOSTILE)


def test_the_file_and_its_statement_leave_together_the_counted_one_last():
    file = written(an_aid())
    assert [one.name for one in file.all] == [
        "etat_liquidatif_aide-locale_dep-74_2020-05-25_0003.pdf",
        "mandats_aide-locale_dep-74_2020-05-25_0003.csv",
    ]
    assert file.beside[0].content.startswith(b"%PDF")
    assert FinanceSoftware().read_back(file.content, FinanceOptions()) == Totals(1, 100_000)


def test_the_statement_says_who_is_paid_for_what_under_which_act_and_how_much_in_all():
    text = text_of(written(an_aid(payee="LUCIE FAVRE"), an_aid(id="PO-2", payee="JEAN MORAND", cents=7_180_050)))
    for said in (
        "EL-aide-locale-dep-74-20200525-0003",
        "Annecy, le 25 mai 2020",
        "Délibération du 4 mai 2020",
        "arrêté n° 2020-74-12 du 20 mai 2020, Jeanne Favre, Présidente",
        "Payeur départemental",
        "LUCIE FAVRE",
        "FR76 3000 6000 0112 3456 7890 189",
        "Chômage partiel : Non",
        "Total (2 bénéficiaires)",
        "72\u202f800,50\u202f€",
        "soixante-douze mille huit cents euros et cinquante centimes",
        "Présidente du conseil départemental",
    ):
        assert said in text.replace("\n", " ") or said in text, said


def test_the_statement_is_tagged_and_says_its_language():
    root = PdfReader(BytesIO(written(an_aid()).beside[0].content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
    assert "/StructTreeRoot" in root


def test_orders_of_several_acts_say_each_its_own():
    text = text_of(written(an_aid(), an_aid(act=replace(ACT, number="2020-74-13"))))
    assert "Décision d'attribution" not in text
    assert "n° 2020-74-12" in text
    assert "n° 2020-74-13" in text


def test_a_resumed_order_says_that_it_replaces_its_first_line():
    assert "Remise en paiement" in text_of(written(an_aid(sending=2)))
    assert "Remise en paiement" not in text_of(written(an_aid()))


def test_accounts_may_be_left_out_of_the_statement_never_out_of_the_file():
    file = written(an_aid(), statement_accounts="false")
    assert "FR76" not in text_of(file)
    assert b"FR76" in file.content


def test_the_finance_service_sets_columns_formats_and_dialect():
    columns = {
        "TIERS": "{numero_tiers}",
        "NOM": "{payee}",
        "ENGAGEMENT": "{engagement}",
        "PJ": "{statement}",
        "LIGNE": "{line}",
        "DATE": "{act_date}",
        "CENTIMES": "{cents}",
    }
    order = an_aid(imputation={"engagement": "E2020-17"}, details={"numero_tiers": "T0042"})
    options = {"columns": columns, "optional": [], "max_lengths": {}, "quotes": "all", "line_end": "lf"}
    file = written(order, separator="|", encoding="windows-1252", dates="aaaammjj", extension="txt", **options)
    assert file.name.endswith(".txt")
    assert file.content.decode("windows-1252").splitlines()[1] == (
        '"T0042"|"SARL Les Lilas"|"E2020-17"|"EL-aide-locale-dep-74-20200525-0003"|"1"|"20200520"|"100000"'
    )
    assert b"\r" not in file.content


def test_no_reference_of_the_imputation_hides_the_order_s_own():
    file = written(an_aid(imputation={"iban": "FR00", "payee": "X"}, details={"iban": "FR00"}))
    assert b"FR7630006000011234567890189" in file.content


def test_no_reference_of_an_order_hides_what_its_batch_is_called():
    columns = {"etat": "{statement}", "jour": "{date}", "m": "{amount}"}
    order = an_aid(imputation={"statement": "EL-7"}, details={"date": "1999"})
    file = written(order, columns=columns, max_lengths={}, optional=[])
    assert file.content.splitlines()[1] == b"EL-aide-locale-dep-74-20200525-0003;25/05/2020;1000,00"


def test_a_cell_that_its_batch_makes_too_long_leaves_in_no_file():
    columns = {"etat": "{statement}", "m": "{amount}"}
    with pytest.raises(Refused, match=r"7K3M9QXW2F.*longer than 30"):
        written(an_aid(), columns=columns, max_lengths={"etat": 30}, optional=[])


def test_a_batch_sets_aside_the_one_order_it_makes_too_long_and_no_line_is_spent_on_it():
    columns = {"qui": "{line} {payee} {payer}", "m": "{amount}"}
    options = FinanceOptions.model_validate({"columns": columns, "max_lengths": {"qui": 30}, "optional": []})
    header = replace(HEADER, payer="Département")
    names = {"a": "Anne", "b": "Anne-Marie de Kersauson", "c": "Bernard Le Goff"}  # 1 Anne …, 2 Bernard Le Goff …
    orders = [an_aid(id=one, payee=name) for one, name in names.items()]
    assert [FinanceSoftware().check(order, options) for order in orders] == [None] * 3

    aside = FinanceSoftware().check_batch(header, orders, options)

    assert aside["b"].fr == (
        "La colonne qui dépasse 30 caractères (ici 37) : « 2 Anne-Marie de Kersauson Département… ». "
        "Elle cite {line}, {payer} : changez cette valeur, la colonne ou son maximum."
    )
    assert list(aside) == ["b"]
    left = [order for order in orders if order.id not in aside]
    file = FinanceSoftware().write(header, left, options, a_context())
    assert "2 Bernard Le Goff Département;" in file.content.decode()


def test_a_missing_reference_sets_the_order_aside_with_its_name():
    columns = {"e": "{engagement}", "m": "{amount}"}
    options = FinanceOptions.model_validate({"columns": columns, "max_lengths": {}, "optional": []})
    reason = FinanceSoftware().check(an_aid(), options)
    assert reason is not None
    assert "engagement" in reason.fr


def test_a_wrong_account_is_refused_without_quoting_it():
    reason = FinanceSoftware().check(an_aid(iban="FR7630006000011234567890188"), FinanceOptions())
    assert reason is not None
    assert "IBAN" in reason.fr
    assert "FR76" not in reason.fr + reason.en


def test_a_name_in_another_writing_keeps_no_statement_from_leaving():
    assert written(an_aid(payee="王小明")).beside[0].content.startswith(b"%PDF")


def test_what_a_name_holds_is_never_read_as_code():
    assert '#panic("x")' in text_of(written(an_aid(payee='#panic("x") $x$ *a*')))


def test_a_sandbox_says_so_in_names_and_across_the_page():
    file = written(an_aid(), header=replace(HEADER, mode="sandbox"))
    assert all(one.name.startswith("BAC-A-SABLE_") for one in file.all)
    assert "BAC À SABLE" in text_of(file)


def test_ten_thousand_orders_are_written_and_counted():
    orders = [an_aid(id=f"PO-{number}", cents=100_000 + number) for number in range(10_000)]
    file = written(*orders)
    assert FinanceSoftware().read_back(file.content, FinanceOptions()) == Totals(10_000, 1_000_000_000 + 49_995_000)
    assert PdfReader(BytesIO(file.beside[0].content)).get_num_pages() > 100


def test_one_hostile_order_refuses_the_file_whole():
    with pytest.raises(Refused, match="7K3M9QXW2F"):
        written(an_aid(), an_aid(payee="=1"))


@pytest.mark.parametrize(
    "wrong",
    [{"columns": {"a": "{amount"}}, {"columns": {"a": "x"}}, {"quotes": "some"}]
    + [{name: template} for name in ("file_name", "statement_name") for template in ("{dossier}", "{", "{date!r}")],
)
def test_settings_that_cannot_make_a_file_are_refused(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        FinanceOptions.model_validate(wrong)


def test_the_lines_of_a_claim_are_written_as_the_software_takes_its_payments():
    options = FinanceOptions.model_validate(
        {"quotes": "all", "line_end": "lf", "extension": "txt", "claim_columns": {"titre": "{claim}", "du": "{amount}"}}
    )
    claim = ClaimToWrite("TR-1", "7K3M9QXW2F", "SARL Les Lilas", 150_000, "Fermeture", act=ACT)
    (lines,) = FinanceSoftware().write_claim(HEADER, claim, options, a_context()).beside
    assert lines.name.endswith(".txt")
    assert lines.content == b'"titre";"du"\n"TR-1";"1500,00"\n'


@pytest.mark.parametrize(
    ("template", "most"), [("{date}", 9), ("{batch}", 35), ("{statement}", 24), ("{territory}", 5)]
)
def test_what_a_batch_alone_knows_is_measured_before_there_is_one(template: str, most: int) -> None:
    given = {"m": "{amount}", "c": template}
    for longest, kept_out in ((most, True), (most + 1, False)):
        told = {"columns": given, "max_lengths": {"c": longest}, "optional": []}
        assert (FinanceSoftware().check(an_aid(), FinanceOptions.model_validate(told)) is not None) is kept_out


@pytest.mark.parametrize("name", ["=1+1", " =1+1", "\u00a0@a", "\uff1d1+1"])
def test_a_name_that_a_spreadsheet_would_run_is_set_aside_however_it_is_dressed(name: str) -> None:
    options = FinanceOptions.model_validate(
        {"columns": {"m": "{amount}", "n": "{payee}"}, "max_lengths": {}, "optional": []}
    )
    reason = FinanceSoftware().check(an_aid(payee=name), options)
    assert reason is not None
    assert "formule" in reason.fr
