"""Return readers: what the accountant, the finance software or the bank answers, order by order."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Literal

from guichet.plugin.contracts.base import Context, Contract, OptionsT
from guichet.plugin.contracts.lists import RejectedRow

ReturnOutcome = Literal["accepted", "paid", "rejected", "suspended"]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What one line of a return says of one order.

    Args:
        line: Where it stands in the file, for who looks it up.
        order: The order's own reference, as the payment file gave it.
        outcome: `accepted`: taken charge of, under a mandate number; `paid`; `rejected` for good; `suspended` for now.
        on: The day it happened. The same outcome of the same day is one fact, however often it is read.
        cents: The sum it is about; None when the file does not say.
        mandate: The accountant's own number, where there is one.
        reason: Why it was rejected or suspended, in the accountant's words.
        wrong_account: The account is why: another one can mend it.
    """

    line: int
    order: str
    outcome: ReturnOutcome
    on: date
    cents: int | None = None
    mandate: str = ""
    mandate_on: date | None = None
    reason: str = ""
    wrong_account: bool = False


class ReturnReader(Contract[OptionsT]):
    """Reads a return in bounded memory: it yields its lines and keeps none."""

    @abstractmethod
    def lines(self, content: BinaryIO, options: OptionsT, context: Context) -> Iterator[ReturnLine | RejectedRow]:
        """Yield each line in order, read or rejected with the column and the reason.

        Raises:
            Refused: The whole file cannot be read: a column is missing, the encoding is another.
        """
