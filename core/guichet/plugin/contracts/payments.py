"""Payment writers: the files of a batch, written the same at each try, one of them read back to be counted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guichet.plugin.contracts.base import Context, Contract, Mode, OptionsT, Reason
from guichet.plugin.contracts.documents import Signatory


@dataclass(frozen=True, slots=True)
class Act:
    """The act by which a sum was granted: `arrêté n° 2020-74-12 du 20 mai 2020`, and who signed it."""

    number: str = ""
    date: date | None = None
    form: str = ""
    signatory: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True)
class OrderPart:
    """One of the amounts that make an order, charged to references of its own.

    Args:
        amount: Its id in the scheme.
        imputation: Its accounting references, those of the whole order included.
    """

    amount: str
    label: str
    cents: int
    imputation: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """The instruction to pay one decision or instalment.

    Args:
        id: The order's own reference, unique for ever.
        dossier: The public reference of the dossier.
        payee: The exact name of the holder of the account.
        label: What the payee reads on the statement.
        imputation: Accounting references, opaque.
        act: The act that grants the sum.
        details: What the scheme says besides of the payee, by name: first name, address, number of the third party.
        facts: What the sum follows from, as (label, text) in the scheme's order.
        sending: 1 in the first file that holds the order, 2 in the one after a resumption.
        parts: The amounts that make it, equal to it to the cent, where the scheme charges each to its own references.
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
    act: Act = Act()
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    facts: tuple[tuple[str, str], ...] = ()
    sending: int = 1
    parts: tuple[OrderPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimToWrite:
    """A sum paid and claimed back, as the accountant is asked to collect it.

    Args:
        number: The number of the act that claims it, unique in the territory.
        dossier: The public reference of the dossier.
        debtor: Who was paid, by the exact name of the account.
        reason: Why, as an agent wrote it.
        act: The act that claims it: its day, its signatory.
        granted_by: The decision by which it had been granted, and the one that undid it, in words.
        imputation: Accounting references, opaque.
        details: What the scheme says besides of the payee, by name.
        parts: The amounts that make it, where the scheme charges each to its own references.
    """

    number: str
    dossier: str
    debtor: str
    cents: int
    reason: str
    siret: str = ""
    act: Act = Act()
    granted_by: tuple[str, ...] = ()
    imputation: Mapping[str, str] = field(default_factory=dict[str, str])
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: tuple[OrderPart, ...] = ()


UNMADE = "x" * 36
"""What a batch to come bears in the place of its id, which is as long."""


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """The batch a file carries.

    Args:
        title: The scheme's name, as people read it.
        authority: The council that orders the payment.
        accountant: Who pays, as the payer's settings name them.
        basis: The text of law or the deliberation that the aid rests on.
        signatory: Who signs the statement of sums due, valid on the batch's day; None when nobody is.
    """

    id: str
    number: int
    date: date
    scheme: str
    territory: str
    payer: str = ""
    mode: Mode = "live"
    title: str = ""
    authority: str = ""
    accountant: str = ""
    place: str = ""
    basis: str = ""
    signatory: Signatory | None = None


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A file ready to leave.

    Args:
        beside: The files that leave with it, before it: a statement of sums due. They are sealed like it, and it alone
            is read back and counted.
    """

    name: str
    media_type: str
    content: bytes
    beside: tuple[PaymentFile, ...] = ()

    @property
    def all(self) -> tuple[PaymentFile, ...]:
        """Give every file of the batch, the counted one last: who finds it finds the others."""
        return (*self.beside, self)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a file holds, counted from its own bytes: its lines, of which an order has one, or one for each part."""

    lines: int
    cents: int


class PaymentWriter(Contract[OptionsT]):
    """Writes the files of a batch. Nothing of the clock or of chance enters them."""

    own_account: bool = False
    """Whether the file moves money from the payer's own bank account: a body with a public accountant has none."""

    by_part: bool = False
    """Whether an order has a line for each of its parts; otherwise it has one, whatever makes it."""

    def check_claim(self, claim: ClaimToWrite, options: OptionsT) -> Reason | None:
        """Give why a claim cannot be written, before it is made; None when it can, or is not written at all."""
        return None

    def write_claim(
        self, header: BatchHeader, claim: ClaimToWrite, options: OptionsT, context: Context
    ) -> PaymentFile | None:
        """Give the request that the accountant collects a claim, other files beside it; None where there is none.

        Raises:
            Refused: The claim does not pass `check_claim`, or the page cannot be laid out.
        """
        return None

    @abstractmethod
    def check(self, order: PaymentOrder, options: OptionsT) -> Reason | None:
        """Give why one order cannot be written, to set it aside alone; None when it can."""

    def check_batch(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: OptionsT
    ) -> Mapping[str, Reason]:
        """Give the orders for which the file of this batch has no room, by id, to set each aside alone; none at first.

        Args:
            header: The batch to come: its number is the next, its id as long as the true one.
            orders: Those that pass `check`, by line.
        """
        return {}

    @abstractmethod
    def write(
        self, header: BatchHeader, orders: Sequence[PaymentOrder], options: OptionsT, context: Context
    ) -> PaymentFile:
        """Give the counted file of a batch, others beside it: the same bytes for the same header, orders, options.

        Raises:
            Refused: An order does not pass `check` or `check_batch`, or the options cannot make a file.
        """

    @abstractmethod
    def read_back(self, content: bytes, options: OptionsT) -> Totals:
        """Give the number of lines and the sum that a written file holds.

        Raises:
            Refused: The bytes are not a file of this writer with these options.
        """
