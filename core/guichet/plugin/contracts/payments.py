"""Payment writers: the file of a batch, written the same at each try and read back to be counted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guichet.plugin.contracts.base import Context, Contract, Mode, OptionsT, Reason


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """The instruction to pay one decision or instalment.

    Args:
        id: The order's own reference, unique for ever.
        dossier: The public reference of the dossier.
        payee: The exact name of the holder of the account.
        label: What the payee reads on the statement.
        imputation: Accounting references, opaque.
    """

    id: str
    dossier: str
    payee: str
    iban: str
    bic: str
    cents: int
    label: str
    siret: str = ""
    imputation: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """The batch a file carries."""

    id: str
    number: int
    date: date
    scheme: str
    territory: str
    payer: str = ""
    mode: Mode = "live"


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A file ready to leave."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Totals:
    """What a file holds, counted from its own bytes."""

    lines: int
    cents: int


class PaymentWriter(Contract[OptionsT]):
    """Writes the file of a batch. Nothing of the clock or of chance enters it."""

    @abstractmethod
    def check(self, order: PaymentOrder, options: OptionsT) -> Reason | None:
        """Give why one order cannot be written, to set it aside alone; None when it can."""

    @abstractmethod
    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: OptionsT, context: Context
    ) -> PaymentFile:
        """Give the file of a batch: the same bytes for the same header, orders and options.

        Raises:
            Refused: An order does not pass `check`, or the options cannot make a file.
        """

    @abstractmethod
    def read_back(self, content: bytes, options: OptionsT) -> Totals:
        """Give the number of orders and the sum that a written file holds.

        Raises:
            Refused: The bytes are not a file of this writer with these options.
        """
