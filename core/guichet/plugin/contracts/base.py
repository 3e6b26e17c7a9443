"""What every plugin family shares: a key, declared options, one context, and three ways to say no."""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from guichet.errors import Language
from guichet.model.base import Value

Mode = Literal["sandbox", "live"]


class Options(Value):
    """The settings a plugin declares; the core validates them with file and line, and refuses unknown keys.

    A declaration gives every scalar as text: annotate options with the public scalar types
    (`Cents`, `Whole`, `Flag`, `Day`, `Text`…), which read text strictly.
    """


class NoOptions(Options):
    """For a plugin that has nothing to set."""


def option_error(*, fr: str, en: str) -> PydanticCustomError:
    """Give the error that a validator of options raises: what to write instead, in both languages."""
    return PydanticCustomError("guichet", "{code}", {"code": "plugin.option", "data": {"fr": fr, "en": en}})


OptionsT = TypeVar("OptionsT", bound=Options)


class Contract(ABC, Generic[OptionsT]):
    """What a hook collects: an object with a key, unique in its family, and a model of its options."""

    key: str
    Options: type[OptionsT]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for a person, in both languages: what is wrong, then what to do."""

    fr: str
    en: str

    def text(self, language: str) -> str:
        """Give the sentence in a language."""
        return self.en if language == "en" else self.fr


class PluginError(Exception):
    """The root of what a plugin raises on purpose; anything else is a failure of the plugin."""

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(en)
        self.reason = Reason(fr=fr, en=en)

    def text(self, language: str) -> str:
        """Give the sentence in a language."""
        return self.reason.text(language)


class Invalid(PluginError):  # noqa: N818  authors write raise Invalid(…)
    """What someone typed or sent cannot be taken. It says what to do and never blames.

    Args:
        field: The part that is wrong, for a value made of several (`2.amount`: the third row's amount).
        parts: Every wrong part, when there are several; the first one gives the sentence.
    """

    def __init__(self, *, fr: str, en: str, field: str = "", parts: tuple[Invalid, ...] = ()) -> None:
        super().__init__(fr=fr, en=en)
        self.field = field
        self.parts = parts


class Refused(PluginError):  # noqa: N818  authors write raise Refused(…)
    """The work cannot be done and trying again will not help: someone has to act."""


class Unavailable(PluginError):  # noqa: N818  authors write raise Unavailable(…)
    """The outside is silent for now: the core tries again later."""


_SECRET_PREFIX = "secret:"  # noqa: S105  the prefix of a secret's name, not a secret


def _named_secret(text: str) -> str:
    if text and not text.startswith(_SECRET_PREFIX):
        raise PydanticCustomError("guichet", "{code}", {"code": "plugin.secret_in_clear", "data": {}})
    return text


Secret = Annotated[str, AfterValidator(_named_secret)]
"""The name of a secret, written `secret:smtp_password`; the value lives outside declarations."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the core tells a plugin about the moment; frozen, and never a session or a live dossier.

    Args:
        today: The territory's business day.
        now: The real instant, where the outside expects one.
        territory: Its id, `reg-53`; empty outside a territory.
        folder: Where the plugin may write files, if anywhere.
        secrets: Name → value of the secrets this installation holds.
    """

    today: date
    now: datetime | None = None
    language: Language = "fr"
    territory: str = ""
    mode: Mode = "live"
    folder: Path | None = None
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])

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
                fr=f"Le secret « {name} » n'est pas défini sur cette installation : ajoutez-le, puis relancez.",
                en=f'The secret "{name}" is not set on this installation: add it, then try again.',
            )
        return self.secrets[name]
