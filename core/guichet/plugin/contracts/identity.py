"""Identity providers: who somebody is, as another site says once they have signed in there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from guichet.plugin.contracts.base import Context, Contract, OptionsT, Reason

Audience: TypeAlias = Literal["applicant", "agent"]


@dataclass(frozen=True, slots=True)
class Door:
    """How a provider is offered on the sign-in pages.

    Args:
        name: What sentences call the provider.
        label: The text of the button, which is also the name of the picture when there is one.
        about: One sentence below it: what the provider is, or for whom.
        audiences: Whose sign-in page shows it.
        picture: A `data:` address of an image that takes the place of the text; empty for a button in the page's style.
    """

    name: Reason
    label: Reason
    about: Reason
    audiences: frozenset[Audience]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in under way; the core makes it, keeps none of it in clear, and accepts it back once.

    Args:
        audience: Who is signing in.
        state: At least 32 characters, checked by the core when the browser comes back.
        nonce: At least 32 characters; the provider must say it again in what it signs.
        verifier: For PKCE, where the provider takes it.
        redirect_uri: Where the provider sends the browser back; fixed for a provider and an audience.
    """

    audience: Audience
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a provider says somebody is, once everything it said was verified.

    Args:
        issuer: Who says so.
        subject: The person's identifier at that issuer; with the issuer, the only key.
        level: How sure the provider is, in its own words.
        means: How the person proved it, in the provider's own words.
        strong: Whether that counts as two factors, as the options say.
        email: An address the provider gives; a hint, never a key.
        email_proved: Whether the provider answers for that address: without it, no agent is found by the address.
        claims: What else it says, by name, as text.
        siret: The establishment the person was signed in for.
        represents: Whether the provider certifies that the person legally represents that establishment's company.
        hint: What the provider asks for when the person leaves.
    """

    issuer: str
    subject: str
    level: str = ""
    means: tuple[str, ...] = ()
    strong: bool = False
    email: str = ""
    email_proved: bool = False
    claims: Mapping[str, str] = field(default_factory=dict[str, str])
    siret: str = ""
    represents: bool = False
    hint: str = field(default="", repr=False)


class IdentityProvider(Contract[OptionsT]):
    """Sends the browser to another site and reads what comes back; it trusts nothing it has not verified."""

    @abstractmethod
    def door(self, options: OptionsT, context: Context) -> Door:
        """Give the button; asks nothing of the outside."""

    @abstractmethod
    def begin(self, attempt: Attempt, options: OptionsT, context: Context) -> str:
        """Give the address to send the browser to.

        Raises:
            Refused: The settings do not allow it.
            Unavailable: The provider is silent for now.
        """

    @abstractmethod
    def finish(self, attempt: Attempt, answer: Mapping[str, str], options: OptionsT, context: Context) -> Identity:
        """Give the identity behind the parameters that the browser brought back; their state was checked.

        Raises:
            Refused: The person gave up, or what came cannot be trusted.
            Unavailable: The provider is silent for now.
        """

    def leave(self, hint: str, state: str, return_to: str, options: OptionsT, context: Context) -> str:
        """Give the address at which the person leaves the provider too; empty when there is none."""
        return ""
