"""What a finance software answers, as CSV: which column says what, and which words mean what, are declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO, Literal

from pydantic import model_validator

from guichet import (
    Context,
    Invalid,
    Reason,
    RejectedRow,
    ReturnLine,
    ReturnReader,
    Text,
    hookimpl,
    option_error,
)
from guichet_plugins.csv_text.cells import reader_for
from guichet_plugins.csv_text.tables import Table, TableOptions, of_another_width, places_of

Outcome = Literal["accepted", "paid", "rejected", "suspended"]
Cell = Literal["order", "status", "date", "amount", "mandate", "mandate_date", "reason"]
_NEEDED: tuple[Cell, ...] = ("order", "status", "date")
_TYPES: Mapping[Cell, str] = {"date": "date", "mandate_date": "date", "amount": "money"}


class ReturnOptions(TableOptions):
    """How the return is written. A file written otherwise is refused; a line, set aside with its reason."""

    french = {
        "columns": "Ce que dit une cellule → l'en-tête de sa colonne ; il faut `order`, `status` et `date`.",
        "statuses": "Le mot du logiciel → ce qu'il veut dire : `accepted`, `paid`, `rejected`, `suspended`.",
        "account_reasons": "Ce que contient un motif de rejet dû au compte : un autre compte est alors demandé.",
        "formats": "`date`, `mandate_date` ou `amount` → son propre format, là où il diffère.",
    }

    columns: dict[Cell, Text] = {
        "order": "reference_mandat",
        "status": "etat",
        "date": "date_etat",
        "amount": "montant",
        "mandate": "numero_mandat",
        "mandate_date": "date_mandat",
        "reason": "motif",
    }
    """What a cell says → the heading of its column; `order`, `status` and `date` are needed."""
    statuses: dict[Text, Outcome] = {
        "pris en charge": "accepted",
        "payé": "paid",
        "rejeté": "rejected",
        "suspendu": "suspended",
    }
    """The word of the software → what it means: `accepted`, `paid`, `rejected`, `suspended`."""
    account_reasons: tuple[Text, ...] = ("domiciliation bancaire", "compte clos", "IBAN")
    """What a reason of rejection holds when the account is why: another one is then asked for."""

    @model_validator(mode="after")
    def _needed_columns(self) -> ReturnOptions:
        missing = [name for name in _NEEDED if name not in self.columns]
        if missing:
            raise option_error(
                fr=f"colonnes à nommer : {', '.join(missing)}", en=f"columns to be named: {', '.join(missing)}"
            )
        return self

    formats: dict[Text, Text] = {}
    """`date`, `mandate_date` or `amount` → its own format, where it differs."""

    @property
    def months(self) -> str:
        """No column holds a month."""
        return "aaaa-mm"

    @property
    def yes(self) -> str:
        """No column holds yes or no."""
        return "oui"

    @property
    def no(self) -> str:
        """As above."""
        return "non"

    @property
    def digits(self) -> Mapping[str, int]:
        """No column has a fixed number of digits."""
        return {}


class FinanceReturn(ReturnReader[ReturnOptions]):
    """Reads the lines of a return one by one."""

    key = "finance_return"
    Options = ReturnOptions

    def lines(self, content: BinaryIO, options: ReturnOptions, context: Context) -> Iterator[ReturnLine | RejectedRow]:
        """Yield each line, read or rejected."""
        table = Table(content, options)
        headings = table.headings()
        places = places_of(options.columns, headings, _NEEDED)
        for line, record in table:
            yield _line(line, record, len(headings), places, options)


def _line(
    line: int, record: list[str], width: int, places: Mapping[Cell, int], options: ReturnOptions
) -> ReturnLine | RejectedRow:
    if (rejected := of_another_width(line, record, width)) is not None:
        return rejected
    read: dict[str, Any] = {}
    for name, place in places.items():
        text = record[place].strip()
        try:
            read[name] = reader_for(name, _TYPES.get(name, "text"), options)(text) if text else None
        except Invalid as error:
            return RejectedRow(line, options.columns[name], error.reason)
    missing: Cell | None = next((name for name in _NEEDED if read[name] is None), None)
    if missing is not None:
        return RejectedRow(line, options.columns[missing], Reason(fr="La cellule est vide.", en="The cell is empty."))
    words: dict[str, Outcome] = {word.casefold(): outcome for word, outcome in options.statuses.items()}
    outcome = words.get(read["status"].casefold())
    if outcome is None:
        return RejectedRow(line, options.columns["status"], _unknown_status(read["status"], options))
    return _returned(line, read, outcome, options)


def _unknown_status(status: str, options: ReturnOptions) -> Reason:
    known = ", ".join(options.statuses)
    return Reason(
        fr=f"« {status} » n'est pas un état déclaré : {known}.",
        en=f'"{status}" is no declared status: {known}.',
    )


def _returned(line: int, read: Mapping[str, Any], outcome: Outcome, options: ReturnOptions) -> ReturnLine:
    """A whole line as the core takes it; an account is at fault where the reason says one of the declared words."""
    reason = read.get("reason") or ""
    on: date = read["date"]
    return ReturnLine(
        line=line,
        order=read["order"],
        outcome=outcome,
        on=on,
        cents=read.get("amount"),
        mandate=read.get("mandate") or "",
        mandate_on=read.get("mandate_date"),
        reason=reason,
        wrong_account=outcome == "rejected"
        and any(word.casefold() in reason.casefold() for word in options.account_reasons),
    )


@hookimpl
def register_return_readers() -> list[ReturnReader[Any]]:
    """Give the reader of finance software's returns."""
    return [FinanceReturn()]
