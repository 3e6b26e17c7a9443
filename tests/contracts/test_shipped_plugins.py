"""Every shipped plugin keeps the contract of its hook; the suites are the ones authors use."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guichet.plugin import Plugins
from guichet.plugin.contracts import FetchedList, StoredFile, UploadedFile
from guichet.testing import (
    a_context,
    an_order,
    assert_command,
    assert_data,
    assert_delivery,
    assert_document_renderer,
    assert_exporter,
    assert_fetched_list,
    assert_field_type,
    assert_identity_provider,
    assert_list_source,
    assert_notification_channel,
    assert_payment_writer,
    assert_rule_function,
    assert_screen,
)
from guichet_plugins.identity.standin import StandIn
from identity_site import code_for
from sandboxes import a_door, sandbox
from shipped_plugins import shipped_plugins

A_FILE = UploadedFile(name="kbis.pdf", size=1200, head=b"%PDF-1.7\n", digest="d1", reference="r1")
KEPT = StoredFile(reference="r1", name="kbis.pdf", media_type="application/pdf", size=1200, digest="d1")
CHOICES = {"choices": {"refuse": "Refusé", "accepte": "Accepté"}}

# key → options, what is taken with its value, what is refused
FIELD_TYPES = {
    "text": ({"max_length": "20"}, [(" Élodie ", "Élodie")], ["x" * 21]),
    "long_text": ({}, [("deux\r\nlignes", "deux\nlignes")], ["x" * 4001]),
    "integer": ({"min": "0"}, [("1 250", 1250), ("12,0", 12)], ["-1", "1,5", "douze"]),
    "decimal": ({"decimals": "1"}, [("37,5", 375), ("1 000", 10000)], ["37,55", "x"]),
    "money": ({"min": "0"}, [("1 234,50", 123450), ("1234.5", 123450), ("2 000 €", 200000)], ["1.234", "1,234", "-1"]),
    "boolean": ({}, [("oui", True), ("false", False), (["on"], True)], ["peut-être"]),
    "choice": (CHOICES, [("refuse", "refuse")], ["autre"]),
    "multiple_choice": (CHOICES, [(["accepte", "refuse"], ("refuse", "accepte"))], [["autre"]]),
    "date": ({"not_in_future": "true"}, [("01/03/2020", date(2020, 3, 1))], ["21/04/2020", "30/02/2020", "3/2020"]),
    "month": ({}, [("mars 2020", "2020-03"), ("03/2020", "2020-03")], ["13/2020", "mars"]),
    "email": ({}, [("Jeanne@Exemple.FR", "Jeanne@exemple.fr")], ["jeanne", "a@b", "a b@exemple.fr"]),
    "phone": ({}, [("06 12 34 56 78", "+33612345678"), ("0692 12 34 56", "+262692123456")], ["12 34", "+33 1"]),
    "civility": ({}, [("Mme", "madame")], ["Docteur"]),
    "siret": ({}, [("552 049 447 76279", "55204944776279")], ["55204944876279", "552049447", "55204944776270"]),
    "iban": (
        {},
        [("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189")],
        ["FR7630006000011234567890188", "30006000011234567890189", "BR1500000000000010932840814P2"],
    ),
    "naf": ({}, [("5510z", "55.10Z"), ("55.10Z", "55.10Z")], ["hôtel", "5510"]),
    "address": (
        {},
        [("12 rue des Lilas\n74000 Annecy", {"street": "12 rue des Lilas", "postcode": "74000", "city": "Annecy"})],
        [{"street": "12 rue des Lilas", "postcode": "7400", "city": ""}, "Annecy"],
    ),
    "commune": ({}, [("74010", "74010"), ("2a004 Ajaccio", "2A004")], ["Annecy", "99999"]),
    "departement": ({}, [("74", "dep-74"), ("haute-savoie", "dep-74"), ("2A", "dep-2a")], ["Savoye", "20"]),
    "region": ({}, [("53", "reg-53"), ("Bretagne", "reg-53")], ["Armorique"]),
    "attachment": ({}, [(A_FILE, KEPT), (KEPT, KEPT)], ["kbis.pdf"]),
    "note": ({}, [("x", None)], []),
    "section": ({}, [("x", None)], []),
    "rna": ({}, [("w751 234 567", "W751234567")], ["751234567"]),
}


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return shipped_plugins()


@pytest.mark.parametrize("key", FIELD_TYPES)
def test_a_shipped_field_type_keeps_the_contract(plugins: Plugins, key: str):
    options, good, bad = FIELD_TYPES[key]
    assert_field_type(plugins.field_types[key], options=options, good=good, bad=bad)


def test_every_shipped_field_type_is_tried(plugins: Plugins):
    assert set(plugins.field_types) == {*FIELD_TYPES, "rows"}  # rows: tests/unit/plugins/forms/test_rows.py


def test_the_functions_on_company_numbers_keep_the_contract(plugins: Plugins):
    functions = plugins.rule_functions
    assert_rule_function(functions["siren"], cases=[(("55204944776279",), "552049447")])
    assert_rule_function(functions["nic"], cases=[(("55204944776279",), "76279")])
    assert_rule_function(functions["departement_of"], cases=[(("74010",), "dep-74"), (("2A004",), "dep-2a")])


def test_the_functions_on_working_days_keep_the_contract(plugins: Plugins):
    functions, may_day, monday = plugins.rule_functions, date(2026, 5, 1), date(2026, 5, 4)
    assert_rule_function(functions["year_of"], cases=[((may_day,), 2026), ((date(2025, 12, 31),), 2025)])
    assert_rule_function(functions["is_holiday"], cases=[((may_day, "dep-74"), True), ((monday, "dep-74"), False)])
    assert_rule_function(functions["working_day"], cases=[((may_day, "dep-74"), monday)])
    assert_rule_function(functions["working_days_between"], cases=[((may_day, monday, "dep-74"), 1)])


def test_every_shipped_function_is_tried_here_or_beside_its_table(plugins: Plugins):
    tried = {"siren", "nic", "departement_of", "year_of", "is_holiday", "working_day", "working_days_between"}
    looked_up = {f"{name}_{column}" for name, table in plugins.tables.items() for column in table.columns}
    assert set(plugins.rule_functions) == tried | looked_up


def test_the_example_command_keeps_the_contract(plugins: Plugins):
    assert_command(plugins.commands["rna"])


def test_the_csv_list_keeps_the_contract(plugins: Plugins):
    assert_list_source(
        plugins.list_sources["csv"],
        content=(
            b"siren;reference;amount;month\r\n"
            b"552049447;V1;1500,00;2020-03\r\n"
            b"52049447;V2;1500,00;2020-03\r\n"
            b"356000000;V3;1500.00;2020-03\r\n"
            b'424179364;"V;4";"1 500,5";\r\n'
        ),
        key="siren",
        columns={"reference": "text", "amount": "money", "month": "month"},
        options={"digits": {"siren": "9"}},
        rows=[
            {"siren": "552049447", "reference": "V1", "amount": 150000, "month": "2020-03"},
            {"siren": "424179364", "reference": "V;4", "amount": 150050, "month": None},
        ],
        rejected_lines=[3, 4],
        unreadable=[b"siren,reference,amount,month\n1,2,3,4\n", b"", b"siren;reference;amount;month\n\xe9;;;\n"],
    )


def test_the_list_of_a_demarche_keeps_the_contract(plugins: Plugins):
    source = plugins.list_sources["demarches_simplifiees"]
    assert isinstance(source, FetchedList)
    assert_fetched_list(
        source,
        key="siren",
        columns={"reference": "text", "amount": "money", "month": "month"},
        options={
            "demarche": "1234",
            "token": "secret:ds",
            "states": ["accepte", "refuse"],
            "champs": {"reference": "Référence du versement", "amount": "Montant versé", "month": "Mois"},
            "dossier": {"siren": "demandeur.entreprise.siren"},
            "files": {"proof": "Justificatif"},
        },
        secrets={"ds": "any"},
    )


@pytest.mark.parametrize("file_format", ["csv", "xml"])
def test_the_pivot_writer_keeps_the_contract(plugins: Plugins, file_format: str):
    assert_payment_writer(
        plugins.payment_writers["chorus_pivot"],
        options={"format": file_format, "encoding": "windows-1252"},
        hostile=[
            an_order(cents=0),
            an_order(payee=""),
            an_order(payee="Łukasz"),
            an_order(payee="A\nB"),
            an_order(payee="A\u202eB"),
            an_order(payee="x" * 71),
            an_order(payee="=1+1"),
            an_order(iban=""),
        ],
    )


def test_the_folder_keeps_the_contract(plugins: Plugins, tmp_path: Path):
    assert_delivery(
        plugins.deliveries["folder"],
        options={"folder": "drfip/depart"},
        context=a_context(folder=tmp_path),
        read=lambda name: (tmp_path / "drfip/depart" / name).read_bytes(),
    )


def test_the_email_channel_keeps_the_contract(plugins: Plugins, tmp_path: Path):
    assert_notification_channel(
        plugins.notification_channels["email"],
        context=a_context(folder=tmp_path),
        to="jeanne@exemple.fr",
        bad_addresses=("jeanne", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", "<a@b.fr>", ""),
    )


@pytest.mark.parametrize("key", ["franceconnect", "proconnect", "oidc"])
def test_an_identity_provider_keeps_the_contract(plugins: Plugins, key: str):
    now = datetime(2020, 4, 20, 8, tzinfo=UTC)
    with sandbox(StandIn(key, now=now.timestamp)) as served:
        identity = assert_identity_provider(
            plugins.identity_providers[key],
            options={"base_url": served.url, "client_id": "guichet", "client_secret": f"secret:{key}"},
            context=a_context(now=now, secrets={key: "a secret of some length"}, outside=a_door().within()),
            through=lambda departure: code_for(departure, email="quelquun@exemple.fr"),
        )
        assert identity.email == "quelquun@exemple.fr"


def test_the_letter_renderer_keeps_the_contract(plugins: Plugins):
    assert_document_renderer(plugins.document_renderers["typst_letter"])


def test_the_csv_export_keeps_the_contract(plugins: Plugins):
    def texts(content: bytes) -> list[str]:
        table = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
        return [cell for row in table for cell in row]

    assert_exporter(plugins.exporters["csv"], texts=texts)


def test_the_xlsx_export_keeps_the_contract(plugins: Plugins):
    def texts(content: bytes) -> list[str]:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert_exporter(plugins.exporters["xlsx"], texts=texts)


def test_the_data_on_state_aid_keep_the_contract(plugins: Plugins):
    assert_data(plugins.data["state_aid"])


def test_the_nomenclatures_keep_the_contract(plugins: Plugins):
    assert_data(plugins.data["nomenclatures"])
    ceiling = plugins.rule_functions["de_minimis_ceiling"].call
    assert ceiling("general", date(2023, 12, 31)) == 20_000_000
    assert ceiling("general", date(2024, 1, 1)) == 30_000_000
    assert ceiling("general", date(2031, 1, 1)) is None
    assert ceiling("other", date(2024, 1, 1)) is None


@pytest.mark.parametrize("key", ["outside_calls", "dossier_calls", "background_work"])
def test_a_shipped_screen_keeps_the_contract(plugins: Plugins, key: str):
    assert_screen(plugins.screens[key])


def test_every_shipped_screen_is_tried(plugins: Plugins):
    assert set(plugins.screens) == {"outside_calls", "dossier_calls", "background_work"}
