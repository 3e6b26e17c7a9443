"""Deliveries: how a file leaves."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from guichet.plugin.contracts.base import Context, Contract, OptionsT


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to hand over, under the name it keeps for ever."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Delivered:
    """The proof that a file was handed over.

    Args:
        reference: Where it lies, as the receiver would name it.
        already: It lay there with the same bytes before.
    """

    reference: str
    already: bool = False


class Delivery(Contract[OptionsT]):
    """Hands a file over whole or not at all; the same file twice is one delivery."""

    @abstractmethod
    def deliver(self, file: OutgoingFile, options: OptionsT, context: Context) -> Delivered:
        """Hand a file over.

        Raises:
            Refused: Another content lies under that name, or the place does not exist.
            Unavailable: The receiver is silent for now.
        """
