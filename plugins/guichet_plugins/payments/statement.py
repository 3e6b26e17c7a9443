"""The statement of sums due (état liquidatif) behind a batch, as tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from guichet import Act, BatchHeader, OrderPart, PaymentOrder, Refused, format_day
from guichet_plugins.payments.amount_in_words import amount_in_words
from guichet_plugins.payments.columns import statement_reference
from guichet_plugins.typst_pages import NotLaidOutError, drawn

_TEMPLATE = Path(__file__).with_name("statement.typ")
_FORMS = {"arrete": "arrêté", "deliberation": "délibération", "decision": "décision"}
# A name in a writing that no embedded font has keeps no statement from leaving: a mark stands for each character.
_UNSHOWN = (
    re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]"),
    re.compile(r"[^\n\x20-\x7e\xa0-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u202f\u20ac\ufffd]"),
)


def statement_pdf(header: BatchHeader, orders: Sequence[PaymentOrder], *, title: str, accounts: bool) -> bytes:
    """Give the PDF: the same bytes for the same batch.

    Args:
        accounts: Whether each line shows the account that is paid.

    Raises:
        Refused: The page cannot be laid out.
    """
    return page_pdf(statement_data(header, orders, title=title, accounts=accounts), header.date)


def page_pdf(data: Mapping[str, Any], day: date) -> bytes:
    """Give the PDF of a page of lines with its total; raises Refused when it cannot be laid out."""
    try:
        return drawn(_TEMPLATE, data, day, _UNSHOWN, name="statement")
    except NotLaidOutError as error:
        raise _refused(str(error)) from error


def _refused(why: str) -> Refused:
    if not why:
        return Refused(
            fr="La page contient un caractère que le document ne peut pas montrer.",
            en="The page holds a character the document cannot show.",
        )
    return Refused(fr=f"La page ne peut pas être composée ({why}).", en=f"The page cannot be laid out ({why}).")


def statement_data(
    header: BatchHeader, orders: Sequence[PaymentOrder], *, title: str, accounts: bool
) -> dict[str, Any]:
    """Give what the template reads: texts only."""
    total = sum(order.cents for order in orders)
    acts = list(dict.fromkeys(act_in_words(order.act) for order in orders))
    shared = acts[0] if len(acts) == 1 else ""
    signs = header.signatory
    return {
        "title": title,
        "reference": statement_reference(header),
        "scheme": header.title or header.scheme,
        "authority": header.authority or header.payer,
        "day": [header.date.year, header.date.month, header.date.day],
        "place_and_date": ", ".join(filter(None, (header.place, f"le {format_day(header.date)}"))),
        "heads": [
            {"label": label, "text": text}
            for label, text in (
                ("Dispositif", header.title or header.scheme),
                ("Fondement", header.basis),
                ("Décision d'attribution", shared),
                ("Payeur", header.payer),
                ("Comptable assignataire", header.accountant),
                ("Lot", f"n° {header.number} du {format_day(header.date)}"),
            )
            if text
        ],
        "headings": ["N°", "Dossier", "Titulaire du compte", "Éléments de liquidation", "Montant"],
        "lines": [
            line
            for number, order in enumerate(orders, start=1)
            for line in _lines(number, order, shared=bool(shared), accounts=accounts)
        ],
        "total_label": f"Total ({len(orders)} bénéficiaire{'s' if len(orders) > 1 else ''})",
        "total": money(total),
        "in_words": f"Arrêté le présent état à la somme de {amount_in_words(total)} ({money(total)}).",
        "signatory": signs and {"name": signs.name, "quality": signs.quality, "lines": list(signs.lines)},
        "watermark": "BAC À SABLE" if header.mode == "sandbox" else "",
    }


def money(cents: int) -> str:
    """Give an amount in figures, with a narrow no-break space between thousands.

    >>> money(123_456_789)
    '1\u202f234\u202f567,89\u202f€'
    """
    euros, rest = divmod(cents, 100)
    return f"{euros:,}".replace(",", "\u202f") + f",{rest:02d}\u202f€"


def act_in_words(act: Act) -> str:
    """Give an act with its day and who signed it: `arrêté n° 3 du 1er mai 2020, …`; empty without a number."""
    if not act.number:
        return ""
    form = _FORMS.get(act.form, "décision")
    dated = f" du {format_day(act.date)}" if act.date else ""
    signed = ", ".join(filter(None, (act.signatory, act.quality)))
    return f"{form} n° {act.number}{dated}" + (f", {signed}" if signed else "")


def _lines(number: int, order: PaymentOrder, *, shared: bool, accounts: bool) -> list[list[str]]:
    """The line of an order; where several amounts make it, one line each with its imputation, numbered 1.1, 1.2…"""
    first = _line(number, order, shared=shared, accounts=accounts)
    if not order.parts:
        return [first]
    *cells, facts, _ = first
    told = "" if facts == "–" else f"\n{facts}"
    return [
        [
            f"{number}.{place}" if len(order.parts) > 1 else str(number),
            *cells[1:],
            f"{charged_to(part)}{told if place == 1 else ''}",
            money(part.cents),
        ]
        for place, part in enumerate(order.parts, start=1)
    ]


def charged_to(part: OrderPart) -> str:
    """An amount by its name, then its references: `Avance (nature 2764, fonction 94)`."""
    references = ", ".join(f"{name} {text}" for name, text in part.imputation.items() if text)
    return f"{part.label} ({references})" if references and part.label else part.label or references


def _line(number: int, order: PaymentOrder, *, shared: bool, accounts: bool) -> list[str]:
    facts = [f"{label} : {text}" for label, text in order.facts if text]
    if not shared and order.act.number:
        facts.append(act_in_words(order.act))
    if order.sending > 1:
        facts.append("Remise en paiement après suspension : remplace la ligne du premier état.")
    iban = " ".join(order.iban[start : start + 4] for start in range(0, len(order.iban), 4))
    payee = f"{order.payee}\n{iban}" if accounts else order.payee
    return [str(number), order.dossier, payee, "\n".join(facts) or "–", money(order.cents)]
