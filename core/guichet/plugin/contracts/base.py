"""What every plugin family shares: a key, declared options, one context."""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, ClassVar, Generic, Literal, Self, TypeVar
from wsgiref.types import WSGIApplication

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from guichet.errors import Language
from guichet.model.base import Value, declaration_error
from guichet.plugin.contracts.closed import closed
from guichet.plugin.contracts.outside import NoOutside, Outside
from guichet.plugin.contracts.saying_no import Answered, Invalid, PluginError, Reason, Refused, Unavailable

__all__ = [
    "Answered",
    "ByColumn",
    "ByOperator",
    "Context",
    "Contract",
    "Invalid",
    "Language",
    "Mode",
    "NoOptions",
    "Options",
    "OptionsT",
    "PluginError",
    "Reason",
    "Refused",
    "Secret",
    "Unavailable",
    "operator_options",
    "option_error",
]

Mode = Literal["sandbox", "live"]


class Options(Value):
    """The settings a plugin declares; the core validates them with file and line, and refuses unknown keys.

    A declaration gives every scalar as text: annotate options with the public scalar types
    (`Cents`, `Whole`, `Flag`, `Day`, `Text`…), which read text strictly. What they hold cannot be changed.
    The docstring under an option says in English what it is, and `french` says it in French: editors show both.
    """

    french: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="after")
    def _closed(self) -> Self:
        for name, value in self:
            if isinstance(value, (dict, list)):
                object.__setattr__(self, name, closed(value))
        return self


@dataclass(frozen=True, slots=True)
class ByOperator:
    """Marks an option that only an operator sets: `host: Annotated[Text, ByOperator()] = ""`.

    Where files go, under which account, with which secret: `instance.yaml` says it under `services`. A scheme or a
    territory that declares it is refused with file and line, and what an older publication declared is not used.
    """


def operator_options(model: type[Options]) -> frozenset[str]:
    """Give the names of the options that only an operator sets."""
    marked = ((name, field) for name, field in model.model_fields.items())
    return frozenset(
        field.alias or name for name, field in marked if any(isinstance(one, ByOperator) for one in field.metadata)
    )


@dataclass(frozen=True, slots=True)
class ByColumn:
    """Marks an option keyed by the columns of a list: `headings: Annotated[dict[Identifier, Text], ByColumn()] = {}`.

    A key that is no column of the list is refused with file and line: misspelt, it would say nothing of any column.
    """


def column_options(model: type[Options]) -> tuple[str, ...]:
    """Give the names of the options that are keyed by columns."""
    marked = model.model_fields.items()
    return tuple(
        field.alias or name for name, field in marked if any(isinstance(one, ByColumn) for one in field.metadata)
    )


class NoOptions(Options):
    """For a plugin that has nothing to set."""


def option_error(
    *, fr: str, en: str, name: str = "", option: str = "", among: str = "", choices: tuple[str, ...] = ()
) -> PydanticCustomError:
    """Give the error that a validator of options raises: what to write instead, in both languages.

    Args:
        name: A name of the option `option` that the option `among` does not hold, when that is what is wrong.
        among: The option whose keys are names.
        choices: Those of its keys that may have been misspelt: the nearest is shown with its place.
    """
    data = {"fr": fr, "en": en} | (
        {"value": name, "option": option, "among": among, "choices": choices} if name else {}
    )
    return declaration_error("plugin.option", **data)


OptionsT = TypeVar("OptionsT", bound=Options)


class Contract(ABC, Generic[OptionsT]):
    """What a hook collects: an object with a key, unique in its family, and a model of its options."""

    key: str
    Options: type[OptionsT]
    per_territory: bool = False
    """Whether what an operator sets may differ by territory: a check is then made for each that is served."""

    def sandbox(self) -> WSGIApplication | None:
        """Give a fresh stand-in that speaks the real protocol, for a connector; None for what needs no service."""
        return None

    def check_settings(self, options: OptionsT, context: Context) -> Reason | None:
        """Say what is missing in these options, asking nobody; None when nothing is."""
        return None

    def check_config(self, options: OptionsT, context: Context) -> Reason | Answered | None:
        """Say what keeps these options from working, asking the service something that changes nothing there.

        All is well with Answered, which says what was asked and what came back, or with None.
        """
        return None


_SECRET_PREFIX = "secret:"  # noqa: S105  the prefix of a secret's name, not a secret


def _named_secret(text: str) -> str:
    if text and not text.startswith(_SECRET_PREFIX):
        raise declaration_error("plugin.secret_in_clear")
    return text


Secret = Annotated[str, AfterValidator(_named_secret), ByOperator()]
"""The name of a secret, written `secret:smtp_password`; an operator sets it, the value lives outside declarations."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the core tells a plugin about the moment; frozen, and never a session or a live dossier.

    Args:
        today: The territory's business day.
        now: The real instant, where the outside expects one.
        territory: Its id, `reg-53`; empty outside a territory.
        folder: Where the plugin may write files, if anywhere.
        secrets: Name → value of the secrets this installation holds.
        outside: The door to other services; without one, every call is refused.
    """

    today: date
    now: datetime | None = None
    language: Language = "fr"
    territory: str = ""
    mode: Mode = "live"
    folder: Path | None = None
    secrets: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    outside: Outside = field(default_factory=NoOutside)

    def __post_init__(self) -> None:
        if not isinstance(self.secrets, MappingProxyType):  # one context serves many calls: none may change it
            object.__setattr__(self, "secrets", MappingProxyType(dict(self.secrets)))

    def secret(self, named: Secret) -> str:
        """Give the value behind `secret:name`; empty for an empty name.

        Raises:
            Refused: This installation holds no secret of that name.
        """
        name = named.removeprefix(_SECRET_PREFIX)
        if not name:
            return ""
        if name not in self.secrets:
            raise Refused(
                fr=f"Le secret « {name} » n'est pas défini sur cette installation : écrivez-le dans le fichier"
                f" secrets/{name} (umask 077; cat > secrets/{name}), puis relancez.",
                en=f'The secret "{name}" is not set on this installation: write it in the file secrets/{name}'
                f" (umask 077; cat > secrets/{name}), then try again.",
            )
        return self.secrets[name]
