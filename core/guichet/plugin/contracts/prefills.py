"""Prefill sources: what another administration already knows, item by item, with where it comes from."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from guichet.plugin.contracts.base import Context, Contract, NoOptions, Options, OptionsT, Reason

ItemKind = Literal["text", "integer", "decimal", "money", "date", "boolean", "address", "file"]
"""What a field must hold to receive an item."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A document a source gives, kept as the attachment of the field it fills."""

    name: str
    content: bytes


GivenValue: TypeAlias = bool | int | Decimal | str | Sequence[Any] | Mapping[str, Any] | GivenFile
"""What `FieldType.read` takes, or a document."""


@dataclass(frozen=True, slots=True)
class PrefillItem:
    """One thing a source can give: its kind, and its name for people.

    Args:
        protected: Not for everybody to know: without more, agents see it and the applicant does not. Who types the
            number of a company has not shown that they act for it.
    """

    kind: ItemKind
    label: Reason
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """The value of an item, as `FieldType.read` takes it: ISO dates, amounts in euros, codes as text.

    Args:
        provider: Who says so, as it follows « d'après »: `l'Insee`.
        as_of: The day the information is of, where the source tells it.
    """

    value: GivenValue
    provider: Reason
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The source answered, and knows nothing of it: never a no."""

    provider: Reason


@dataclass(frozen=True, slots=True)
class Silent:
    """The source did not answer for this item: asked again later."""

    reason: Reason


PrefillAnswer: TypeAlias = Given | NotKnown | Silent
"""The three outcomes; an item left out of an answer is silent."""


@dataclass(frozen=True, slots=True)
class Match:
    """One result of a search: what a person chooses by, and the items it gives."""

    key: str
    label: str
    note: str = ""
    items: Mapping[str, Given] = field(default_factory=dict[str, Given])


class PrefillSource(Contract[OptionsT]):
    """Gives what it knows of a company, a person or a place.

    `Options` are the operator's, for the service (address, token); `Use` is what a scheme says where it uses the
    source. Only `ask` and `search` reach outside, by `context.outside`; everything else is pure.
    """

    Use: type[Options] = NoOptions
    searched: bool = False
    """Whether a person looks for it by words, and chooses, instead of being asked by what it needs."""

    def needs(self, use: Any) -> Mapping[str, str]:
        """Give what it must know to be asked: name → key of the field type that holds it."""
        return {}

    @abstractmethod
    def items(self, use: Any) -> Mapping[str, PrefillItem]:
        """Give what it can say, by name."""

    def ask(
        self, wanted: frozenset[str], known: Mapping[str, str], use: Any, options: OptionsT, context: Context
    ) -> Mapping[str, PrefillAnswer]:
        """Give an answer for each item wanted.

        Args:
            known: The value of each need, as text.

        Raises:
            Unavailable: The service is silent as a whole.
            Refused: It will not answer as it is set up: someone has to act.
        """
        return {}

    def search(self, text: str, use: Any, options: OptionsT, context: Context) -> tuple[Match, ...]:
        """Give what fits some words, best first; an empty result is never a proof of absence.

        Raises:
            Unavailable: The service is silent.
        """
        return ()
