"""The request that the accountant collects a claim: a page, and lines for the software that asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from guichet import BatchHeader, ClaimToWrite, OrderPart, PaymentFile, Reason, Refused, format_day
from guichet_plugins.payments.amount_in_words import amount_in_words
from guichet_plugins.payments.column_options import DATES, ClaimOptions
from guichet_plugins.payments.columns import (
    filled,
    problem_of_cell,
    safe_name,
    written_amount,
)
from guichet_plugins.payments.delimited import write_table
from guichet_plugins.payments.statement import act_in_words, charged_to, money, page_pdf

__all__ = ["claim_files", "problem_of_claim"]


def problem_of_claim(claim: ClaimToWrite, options: ClaimOptions) -> Reason | None:
    """Give why the lines of a claim cannot be written, or None."""
    for part in _lines(claim):
        values = _values(claim, part, options)
        for column, template in options.claim_columns.items():
            missing = [name for _, name, _, _ in Formatter().parse(template) if name is not None and name not in values]
            if missing:
                return Reason(
                    fr=f"La colonne {column} cite « {missing[0]} », qu'une réclamation n'a pas.",
                    en=f'The column {column} quotes "{missing[0]}", which a claim does not have.',
                    about=missing[0],
                )
            problem = problem_of_cell(column, filled(template, values), options, may_be_empty=True)
            if problem is not None:
                return problem
    return None


def claim_files(
    header: BatchHeader,
    claim: ClaimToWrite,
    options: ClaimOptions,
    *,
    quotes: str = "minimal",
    line_end: str = "\r\n",
    extension: str = "csv",
) -> PaymentFile:
    """Give the request as a page, with the lines of the software beside it where its mapping asks for them.

    Args:
        quotes: Which cells stand between quotation marks; with `line_end` and `extension`, as its payments have them.

    Raises:
        Refused: A line cannot be written, or the page cannot be laid out.
    """
    problem = problem_of_claim(claim, options)
    if problem is not None:
        raise Refused(fr=f"{claim.dossier} : {problem.fr}", en=f"{claim.dossier}: {problem.en}")
    stem = safe_name(f"{options.claim_name}_{header.scheme}_{header.territory}_{claim.number}", header)
    beside: tuple[PaymentFile, ...] = ()
    if options.claim_columns:
        records = _records(header, claim, options)
        columns = tuple(options.claim_columns)
        text = write_table(records, options, quotes=quotes, line_end=line_end, columns=columns)
        beside = (PaymentFile(f"{stem}.{extension}", "text/csv", text.encode(options.encoding)),)
    return PaymentFile(f"{stem}.pdf", "application/pdf", page_pdf(_page(header, claim, options), header.date), beside)


def _records(header: BatchHeader, claim: ClaimToWrite, options: ClaimOptions) -> list[dict[str, str]]:
    shared = {
        "scheme": header.scheme,
        "territory": header.territory,
        "payer": header.payer,
        "date": header.date.strftime(DATES[options.dates]),
    }
    return [
        {
            column: filled(template, {**_values(claim, part, options), **shared, "line": str(line)})
            for column, template in options.claim_columns.items()
        }
        for line, part in enumerate(_lines(claim), start=1)
    ]


def _lines(claim: ClaimToWrite) -> tuple[OrderPart, ...]:
    return claim.parts or (OrderPart("", "", claim.cents, claim.imputation),)


def _values(claim: ClaimToWrite, part: OrderPart, options: ClaimOptions) -> dict[str, str]:
    return {
        **part.imputation,
        **claim.details,
        "claim": claim.number,
        "act": claim.number,
        "act_date": claim.act.date.strftime(DATES[options.dates]) if claim.act.date else "",
        "dossier": claim.dossier,
        "payee": claim.debtor,
        "siret": claim.siret,
        "reason": " ".join(claim.reason.split()),
        "part": part.label,
        "amount": written_amount(part.cents, options),
        "cents": str(part.cents),
        **dict.fromkeys(("scheme", "territory", "payer", "date", "line"), ""),
    }


def _page(header: BatchHeader, claim: ClaimToWrite, options: ClaimOptions) -> Mapping[str, object]:
    """What the page says: whose debt, of what, by which acts, and its lines."""
    signs = claim.act
    lines = [
        [
            str(number),
            claim.dossier,
            claim.debtor,
            charged_to(part) or "\u2013",
            money(part.cents),
        ]
        for number, part in enumerate(_lines(claim), start=1)
    ]
    heads = (
        ("Dispositif", header.title or header.scheme),
        ("Fondement", header.basis),
        ("Débiteur", ", ".join(filter(None, (claim.debtor, claim.siret and f"SIRET {claim.siret}")))),
        ("Acte", act_in_words(signs)),
        *(("Décision", told) for told in claim.granted_by),
        ("Motif", " ".join(claim.reason.split())),
        ("Comptable assignataire", header.accountant),
    )
    return {
        "title": options.claim_title,
        "reference": claim.number,
        "scheme": header.title or header.scheme,
        "authority": header.authority or header.payer,
        "day": [header.date.year, header.date.month, header.date.day],
        "place_and_date": ", ".join(filter(None, (header.place, f"le {format_day(header.date)}"))),
        "heads": [{"label": label, "text": text} for label, text in heads if text],
        "headings": ["N°", "Dossier", "Débiteur", "Objet et imputation", "Montant"],
        "lines": lines,
        "total_label": "Total à recouvrer",
        "total": money(claim.cents),
        "in_words": f"Arrêtée la présente demande à la somme de {amount_in_words(claim.cents)} ({money(claim.cents)}).",
        "signatory": {"name": signs.signatory, "quality": signs.quality, "lines": []} if signs.signatory else None,
        "watermark": "BAC À SABLE" if header.mode == "sandbox" else "",
    }
