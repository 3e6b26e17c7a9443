"""Notification channels: how a message reaches a person."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from guichet.plugin.contracts.base import Context, Contract, OptionsT


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one person.

    Args:
        id: Unique for ever: the channel uses it so that a second try is not a second message.
        to: The address, as the channel understands it.
        body: Plain text.
        sender_name: Who writes, as a person reads it.
        reply_to: Where an answer goes; empty for nowhere.
    """

    id: str
    to: str
    subject: str
    body: str
    attachments: tuple[Attached, ...] = ()
    sender_name: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The proof that a message was handed over."""

    reference: str


class NotificationChannel(Contract[OptionsT]):
    """Carries messages."""

    @abstractmethod
    def send(self, message: Message, options: OptionsT, context: Context) -> Sent:
        """Hand a message over.

        Raises:
            Refused: The message or its address cannot be taken.
            Unavailable: The carrier is silent for now.
        """
