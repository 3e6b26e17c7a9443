"""Three ways for a plugin to say no, each with a sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for a person, in both languages: what is wrong, then what to do."""

    fr: str
    en: str
    about: str = ""
    """The name that lacks or is wrong, when there is one: the core finds where it stands."""

    def text(self, language: str) -> str:
        """Give the sentence in a language."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Answered:
    """What a service was asked and what it said, in words, when its settings work."""

    fr: str
    en: str


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
