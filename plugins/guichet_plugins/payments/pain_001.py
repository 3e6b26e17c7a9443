"""Credit transfers from the payer's own bank account: ISO 20022 pain.001, for a body that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any, Literal
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from pydantic import field_validator

from guichet import (
    BatchHeader,
    Context,
    Options,
    PaymentFile,
    PaymentOrder,
    PaymentWriter,
    Reason,
    Refused,
    Text,
    Totals,
    hookimpl,
    option_error,
)
from guichet_plugins.payments.columns import iban_holds, require_writable, wrong_account

_SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001."
_LATIN = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*", re.ASCII)  # the character set of SEPA
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
_AMOUNT = re.compile(r"(\d{1,16})\.(\d{2})", re.ASCII)
_NAME, _LABEL = 70, 140


class TransferOptions(Options):
    """The account that pays, and which edition of the message its bank takes."""

    french = {
        "version": "L'édition de pain.001.001 ; demandez à la banque laquelle elle prend.",
        "debtor": "Le nom exact du titulaire du compte qui paie.",
        "debtor_iban": "Ce compte.",
        "debtor_bic": "Son BIC, quand la banque le veut.",
        "file_name": "Ce par quoi commence le nom du fichier.",
    }

    version: Literal["03", "09"] = "09"
    """The edition of pain.001.001; ask the bank which one it takes."""
    debtor: Text
    """The exact name of the holder of the account that pays."""
    debtor_iban: Text
    """That account."""
    debtor_bic: Text = ""
    """Its BIC, where the bank wants it."""
    file_name: Text = "virements"
    """What the name of the file begins with."""

    @field_validator("debtor")
    @classmethod
    def _can_be_written(cls, name: str) -> str:
        if not _is_sepa(name, _NAME):
            raise option_error(
                fr=f"le titulaire doit tenir en {_NAME} caractères latins sans accent (jeu de caractères SEPA)",
                en=f"the holder must fit in {_NAME} Latin characters without accents (SEPA character set)",
            )
        return name

    @field_validator("debtor_bic")
    @classmethod
    def _is_a_bic(cls, bic: str) -> str:
        if bic and not _BIC.fullmatch(bic):
            raise option_error(fr="un BIC compte 8 ou 11 caractères", en="a BIC has 8 or 11 characters")
        return bic

    @field_validator("debtor_iban")
    @classmethod
    def _key_holds(cls, iban: str) -> str:
        plain = iban.replace(" ", "")
        if not iban_holds(plain):
            raise option_error(fr="la clé de cet IBAN ne correspond pas", en="this IBAN's check digits do not match")
        return plain


class Pain001(PaymentWriter[TransferOptions]):
    """Writes credit transfers and counts them from the file."""

    key = "pain_001"
    Options = TransferOptions
    own_account = True

    def check(self, order: PaymentOrder, options: TransferOptions) -> Reason | None:
        """Give why one transfer cannot be written: account, length, a character outside SEPA's."""
        if order.cents <= 0:
            return Reason(fr="Le montant doit être supérieur à zéro.", en="The amount must be above zero.")
        if (wrong := wrong_account(order)) is not None:
            return wrong
        if order.bic and not _BIC.fullmatch(order.bic):
            return Reason(fr="Le BIC compte 8 ou 11 caractères.", en="A BIC has 8 or 11 characters.")
        for text, longest, fr, en in (
            (order.payee, _NAME, "Le titulaire", "holder"),
            (order.label, _LABEL, "Le libellé", "label"),
            (order.id, 35, "La référence", "reference"),
        ):
            if not _is_sepa(text, longest):
                return Reason(
                    fr=f"{fr} doit tenir en {longest} caractères latins sans accent (jeu de caractères SEPA).",
                    en=f"The {en} must fit in {longest} Latin characters without accents (SEPA character set).",
                )
        return None

    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: TransferOptions, context: Context
    ) -> PaymentFile:
        """Give the file; the instant it bears is the batch's day, so that it is always the same."""
        require_writable(orders, lambda order: self.check(order, options))
        prefix = "BAC-A-SABLE_" if header.mode == "sandbox" else ""
        name = f"{options.file_name}_{header.scheme}_{header.territory}_{header.date.isoformat()}_{header.number:04d}"
        return PaymentFile(
            name=f"{prefix}{re.sub(r'[^A-Za-z0-9_.-]+', '-', name)}.xml",
            media_type="application/xml",
            content="\n".join(_document(header, orders, options)).encode(),
        )

    def read_back(self, content: bytes, options: TransferOptions) -> Totals:
        """Count the file's own transfers, and hold them against the totals it declares."""
        try:
            text = content.decode()
            if "<!" in text:  # no document type, no entity: a file of ours has none
                raise _not_ours()
            root = ET.fromstring(text.partition("?>")[2])  # noqa: S314  entities are refused just above
            space = f"{{{_SPACE}{options.version}}}"
            amounts = [_cents(one.text) for one in root.iter(f"{space}InstdAmt")]
            declared = root.find(f"{space}CstmrCdtTrfInitn/{space}GrpHdr/{space}CtrlSum")
        except (UnicodeDecodeError, ET.ParseError) as error:
            raise _not_ours() from error
        if declared is None or _cents(declared.text) != sum(amounts):
            raise _not_ours()
        return Totals(lines=len(amounts), cents=sum(amounts))


def _is_sepa(text: str, longest: int) -> bool:
    """Whether a bank takes a text: its characters, its length, and no slash where one means something."""
    if not text or len(text) > longest or not _LATIN.fullmatch(text):
        return False
    return not (text.startswith("/") or text.endswith("/") or "//" in text)


def _document(header: BatchHeader, orders: Sequence[PaymentOrder], options: TransferOptions) -> Iterator[str]:
    total = _euros(sum(order.cents for order in orders))
    count, day = len(orders), header.date.isoformat()
    bic, asked = ("BICFI", f"<Dt>{day}</Dt>") if options.version == "09" else ("BIC", day)
    agent = f"<{bic}>{options.debtor_bic}</{bic}>" if options.debtor_bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    batch = f"{header.date:%Y%m%d}-{header.number:04d}-{header.id.replace('-', '')[-16:]}"[:35]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<Document xmlns="{_SPACE}{options.version}"><CstmrCdtTrfInitn>'
    yield (
        f"<GrpHdr><MsgId>{batch}</MsgId><CreDtTm>{datetime.combine(header.date, time(12)).isoformat()}</CreDtTm>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
        f"<InitgPty><Nm>{escape(options.debtor)}</Nm></InitgPty></GrpHdr>"
    )
    yield (
        f"<PmtInf><PmtInfId>{batch}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum><PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
        f"<ReqdExctnDt>{asked}</ReqdExctnDt><Dbtr><Nm>{escape(options.debtor)}</Nm></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{options.debtor_iban}</IBAN></Id></DbtrAcct>"
        f"<DbtrAgt><FinInstnId>{agent}</FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>"
    )
    for order in orders:  # the beneficiary's address is optional inside the EEA: it is left out
        theirs = f"<CdtrAgt><FinInstnId><{bic}>{order.bic}</{bic}></FinInstnId></CdtrAgt>" if order.bic else ""
        yield (
            f"<CdtTrfTxInf><PmtId><EndToEndId>{escape(order.id)}</EndToEndId></PmtId>"
            f'<Amt><InstdAmt Ccy="EUR">{_euros(order.cents)}</InstdAmt></Amt>{theirs}'
            f"<Cdtr><Nm>{escape(order.payee)}</Nm></Cdtr><CdtrAcct><Id><IBAN>{order.iban}</IBAN></Id></CdtrAcct>"
            f"<RmtInf><Ustrd>{escape(order.label)}</Ustrd></RmtInf></CdtTrfTxInf>"
        )
    yield "</PmtInf></CstmrCdtTrfInitn></Document>"


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _cents(text: str | None) -> int:
    found = _AMOUNT.fullmatch(text or "")
    if found is None:
        raise _not_ours()
    return int(found[1]) * 100 + int(found[2])


def _not_ours() -> Refused:
    return Refused(
        fr="Ce fichier n'est pas un fichier de virements écrit avec ces réglages.",
        en="This file is no file of transfers written with these settings.",
    )


@hookimpl
def register_payment_writers() -> list[PaymentWriter[Any]]:
    """Give the writer of transfers."""
    return [Pain001()]
