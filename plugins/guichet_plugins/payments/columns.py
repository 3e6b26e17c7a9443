"""The columns of a payment file: what each holds for one order, and what it cannot hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from string import Formatter

from guichet import BatchHeader, PaymentOrder, Reason, Refused, is_formula
from guichet_plugins.payments.column_options import BATCH_NAMES, DATES, ColumnOptions

_LEAST = BatchHeader(id="x" * 36, number=1, date=date(2020, 1, 1), scheme="x", territory="reg-00", payer="x")


def lines_of(orders: Iterable[PaymentOrder]) -> list[PaymentOrder]:
    """Give what stands on each line: an order, or each amount that makes it with its own cents and references."""
    return [line for order in orders for line in _split(order)]


def _split(order: PaymentOrder) -> list[PaymentOrder]:
    if not order.parts:
        return [order]
    return [replace(order, cents=one.cents, imputation=one.imputation, parts=(one,)) for one in order.parts]


def problem_of(order: PaymentOrder, options: ColumnOptions) -> Reason | None:
    """Give why an order cannot stand in the file, or None."""
    if order.parts and sum(part.cents for part in order.parts) != order.cents:
        return Reason(
            fr="Les montants qui font cette mise en paiement n'en donnent pas le total.",
            en="The amounts that make this payment order are not its total.",
        )
    return next((found for line in _split(order) if (found := _problem_of_line(line, options))), None)


def _problem_of_line(order: PaymentOrder, options: ColumnOptions) -> Reason | None:
    if order.cents <= 0:
        return Reason(fr="Le montant doit être supérieur à zéro.", en="The amount must be above zero.")
    values = {**order_values(order, options), **_shortest(options)}
    for column, template in options.columns.items():
        missing = [name for _, name, _, _ in Formatter().parse(template) if name is not None and name not in values]
        if missing:
            return Reason(
                fr=f"L'imputation « {missing[0]} » manque : complétez-la chez le payeur ou dans le dispositif.",
                en=f'The imputation "{missing[0]}" is missing: complete it at the payer or in the scheme.',
                about=missing[0],
            )
        problem = problem_of_cell(column, filled(template, values), options)
        if problem:
            return problem
    return None


def _shortest(options: ColumnOptions) -> dict[str, str]:
    """Give the least that the names of a batch stand for: an order is looked at before it has a batch and a line."""
    return {**header_values(_LEAST, options), "line": "1"}


def iban_holds(iban: str) -> bool:
    """Say whether the check digits of an account match (ISO 13616): 15 to 34 characters, 1 modulo 97.

    >>> iban_holds("FR7630006000011234567890189"), iban_holds("FR7630006000011234567890188")
    (True, False)
    """
    if not (15 <= len(iban) <= 34 and iban.isascii() and iban.isalnum() and iban.upper() == iban):
        return False
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def wrong_account(order: PaymentOrder) -> Reason | None:
    """Give why an order's account cannot be paid, or None; the account is not quoted."""
    if iban_holds(order.iban):
        return None
    return Reason(
        fr="La clé de l'IBAN ne correspond pas : le compte est à redemander.",
        en="The IBAN's check digits do not match: the account must be asked again.",
    )


def order_values(order: PaymentOrder, options: ColumnOptions) -> dict[str, str]:
    """Give what the names of a template stand for in one order; no imputation hides a name of the order."""
    return {
        **order.imputation,
        **order.details,
        "order": order.id,
        "dossier": order.dossier,
        "payee": order.payee,
        "iban": order.iban,
        "bic": order.bic,
        "siret": order.siret,
        "label": order.label,
        "amount": written_amount(order.cents, options),
        "cents": str(order.cents),
        "act": order.act.number,
        "act_date": order.act.date.strftime(DATES[options.dates]) if order.act.date else "",
        "sending": str(order.sending),
        "part": order.parts[0].label if len(order.parts) == 1 else "",
    }


def written_amount(cents: int, options: ColumnOptions) -> str:
    """Give an amount with its cents, as the options write it."""
    euros, rest = divmod(cents, 100)
    return f"{euros}{options.decimal_mark}{rest:02d}"


def header_values(header: BatchHeader, options: ColumnOptions) -> dict[str, str]:
    """Give what the names of a template stand for in a whole batch."""
    return {
        "batch": header.id,
        "number": str(header.number),
        "date": header.date.strftime(DATES[options.dates]),
        "scheme": header.scheme,
        "territory": header.territory,
        "payer": header.payer,
        "statement": statement_reference(header),
    }


def statement_reference(header: BatchHeader) -> str:
    """Give the number of the statement of sums due behind a batch, unique for ever."""
    return f"EL-{header.scheme}-{header.territory}-{header.date:%Y%m%d}-{header.number:04d}"


def file_name(template: str, header: BatchHeader, options: ColumnOptions, extension: str) -> str:
    """Give the name of a file of a batch: safe on any disk, and marked in a sandbox."""
    values = header_values(header, options) | {"date": header.date.isoformat(), "number": f"{header.number:04d}"}
    return f"{safe_name(filled(template, values), header)}.{extension}"


def safe_name(text: str, header: BatchHeader) -> str:
    """Give a text as part of a file's name: safe on any disk, and marked in a sandbox."""
    name = re.sub(r"[^\w.-]+", "-", text, flags=re.ASCII)
    return f"{'BAC-A-SABLE_' if header.mode == 'sandbox' else ''}{name}"


def records_of(header: BatchHeader, lines: Sequence[PaymentOrder], options: ColumnOptions) -> list[dict[str, str]]:
    """Give the cells of each line by column; no reference of an order hides what the batch is called."""
    shared = header_values(header, options)
    return [_cells(options.columns, order, shared, number, options) for number, order in enumerate(lines, start=1)]


def _cells(
    columns: Mapping[str, str], order: PaymentOrder, shared: Mapping[str, str], line: int, options: ColumnOptions
) -> dict[str, str]:
    values = {**order_values(order, options), **shared, "line": str(line)}
    return {column: filled(template, values) for column, template in columns.items()}


def problems_in_batch(header: BatchHeader, orders: Sequence[PaymentOrder], options: ColumnOptions) -> dict[str, Reason]:
    """Give the orders whose cells do not fit, now that the batch and each line have a name, and why."""
    quoted = {column: names for column, template in options.columns.items() if (names := _of_the_batch(template))}
    quoting = {column: options.columns[column] for column in quoted}  # the others were looked at with their order
    shared, line, found = header_values(header, options), 1, dict[str, Reason]()
    for order in orders if quoting else ():
        lines = _split(order)
        cells = [
            cell
            for number, one in enumerate(lines, start=line)
            for cell in _cells(quoting, one, shared, number, options).items()
        ]
        problems = ((column, problem_of_cell(column, text, options)) for column, text in cells)
        column, problem = next(((column, one) for column, one in problems if one is not None), ("", None))
        if problem is None:
            line += len(lines)  # what is set aside takes no line
        else:
            found[order.id] = _with_what_to_do(problem, column, quoted[column])
    return found


def _with_what_to_do(problem: Reason, column: str, names: Sequence[str]) -> Reason:
    cited = ", ".join(f"{{{name}}}" for name in names)
    return Reason(
        fr=f"{problem.fr} Elle cite {cited} : changez cette valeur, la colonne ou son maximum.",
        en=f"{problem.en} It quotes {cited}: change that value, the column or its maximum.",
        about=column,
    )


def _of_the_batch(template: str) -> list[str]:
    """The names of a template that no order says alone."""
    return [name for _, name, _, _ in Formatter().parse(template) if name in (*BATCH_NAMES, "line")]


def filled(template: str, values: Mapping[str, str]) -> str:
    """Give a template with its names replaced; what a value holds is never read as a template."""
    parts = Formatter().parse(template)
    return "".join(text + (values[name] if name is not None else "") for text, name, _, _ in parts)


def problem_of_cell(column: str, text: str, options: ColumnOptions, *, may_be_empty: bool = False) -> Reason | None:
    """Give why a text cannot stand in a column, or None."""
    if not text and not may_be_empty and column not in options.optional:
        return Reason(fr=f"La colonne {column} est vide.", en=f"The column {column} is empty.")
    longest = options.max_lengths.get(column)
    if longest is not None and len(text) > longest:
        return Reason(
            fr=f"La colonne {column} dépasse {longest} caractères (ici {len(text)}) : « {text[:40]}… ».",
            en=f'The column {column} is longer than {longest} characters ({len(text)} here): "{text[:40]}…".',
        )
    strange = _unwritable(text, options.encoding)
    if strange:
        return Reason(
            fr=f"La colonne {column} contient un caractère que le fichier ne peut pas porter : {strange}.",
            en=f"The column {column} holds a character the file cannot carry: {strange}.",
        )
    if is_formula(text) and column != options.amount_column:
        return Reason(
            fr=f"La colonne {column} commence par « {text.strip()[0]} », qu'un tableur prendrait pour une formule.",
            en=f'The column {column} starts with "{text.strip()[0]}", which a spreadsheet would take for a formula.',
        )
    return None


def _unwritable(text: str, encoding: str) -> str:
    """Name the first character that the file cannot carry; empty when it can carry them all."""
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            return f"U+{ord(character):04X}"
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            return f"« {character} » (U+{ord(character):04X})"
    return ""


def require_writable(
    orders: Sequence[PaymentOrder],
    check: Callable[[PaymentOrder], Reason | None],
    crowded: Mapping[str, Reason] | None = None,
) -> None:
    """Raise Refused for the first order that a file cannot hold, or that its batch leaves no room for."""
    for order in orders:
        problem = check(order) or (crowded or {}).get(order.id)
        if problem:
            raise Refused(fr=f"{order.dossier} : {problem.fr}", en=f"{order.dossier}: {problem.en}")
