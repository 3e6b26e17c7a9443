"""Field types: how an answer is typed, read, stored, shown and known to the rules."""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias, cast

from guichet.language.types import Type
from guichet.plugin.contracts.base import Context, Contract, Invalid, Options, OptionsT

Json: TypeAlias = "bool | int | Decimal | str | Sequence[Json] | Mapping[str, Json] | None"
"""What travels as JSON; fractions are `Decimal`, a float never enters."""

Raw: TypeAlias = "str | UploadedFile | StoredFile | Sequence[Raw] | Mapping[str, Raw] | None"
"""What a page posts: text, several texts, named parts, rows of named parts, or a file."""

Widget = Literal[
    "text",
    "textarea",
    "number",
    "money",
    "yes_no",
    "radios",
    "select",
    "checkboxes",
    "date",
    "month",
    "email",
    "tel",
    "file",
    "rows",
    "address",
    "note",
    "heading",
]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it came in: its bytes are already kept by the core under `reference`.

    Args:
        head: The first bytes (4 KiB or the whole file), enough to tell its type.
    """

    name: str
    size: int
    head: bytes
    digest: str
    reference: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An accepted attachment: its media type is the one its content shows."""

    reference: str
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen."""

    value: str
    label: str


class FieldType(Contract[OptionsT]):
    """A kind of question. Every method is pure; the value `None` means unanswered, everywhere.

    The core checks `required`, conditions and access; a field type only knows its value.
    """

    widget: Widget = "text"
    input_mode: str = ""
    """The `inputmode` attribute of the input: `numeric`, `decimal`, `email`, `tel`, or none."""
    autocomplete: str = ""
    """The `autocomplete` token of the input."""
    nomenclature: str = ""
    """The data table that holds every code, when a value is one: an example with another code is warned about."""

    @abstractmethod
    def rule_type(self, options: OptionsT) -> Type | None:
        """Give the type rules see, or None when rules cannot read the field."""

    def bounds(self, options: OptionsT) -> tuple[int | None, int | None]:
        """Give the least and the greatest value, in run-time units (cents, scaled integers); None for no bound."""
        return None, None

    @abstractmethod
    def parse(self, raw: Raw, options: OptionsT, context: Context) -> Any:
        """Give the value of what a page posted, leniently; None when nothing was answered.

        Raises:
            Invalid: The input cannot be taken; the sentence says what to type.
        """

    def read(self, given: Json, options: OptionsT, context: Context) -> Any:
        """Give the value of what an exchange, the API or an example wrote.

        Raises:
            Invalid: As `parse`.
        """
        if given is None or isinstance(given, str):
            return self.parse(given, options, context)
        if isinstance(given, (int, Decimal)) and not isinstance(given, bool):
            return self.parse(format(given, "f") if isinstance(given, Decimal) else str(given), options, context)
        raise Invalid(
            fr="Écrivez cette valeur sous forme de texte.",
            en="Write this value as text.",
        )

    def dump(self, value: Any, options: OptionsT) -> Json:
        """Give the JSON that storage keeps of a value: text, money as cents, dates as ISO."""
        return value

    def load(self, stored: Json, options: OptionsT) -> Any:
        """Give back the value `dump` wrote."""
        return stored

    @abstractmethod
    def show(self, value: Any, options: OptionsT, language: str) -> str:
        """Give the text a person reads; empty for None. Masks what must not be read in full."""

    def show_before_filing(self, value: Any, options: OptionsT, language: str) -> str:
        """Give what applicants reread of their own draft before they send it: as `show`, nothing masked."""
        return self.show(value, options, language)

    @abstractmethod
    def json_schema(self, options: OptionsT) -> dict[str, Any]:
        """Give the JSON Schema (2020-12) of what `read` takes."""

    def choices(self, options: OptionsT, context: Context) -> tuple[Choice, ...]:
        """Give what may be chosen, in order; empty for a type that offers no choice."""
        return ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of repeated rows, its type and options resolved by the core."""

    id: str
    label: str
    help: str
    required: bool
    field_type: FieldType[Any]
    options: Options


class TextFieldType(FieldType[OptionsT]):
    """A field type whose input is one text: cleans it, then hands it to `from_text`."""

    multiline: bool = False

    @abstractmethod
    def from_text(self, text: str, options: OptionsT, context: Context) -> Any:
        """Give the value of a cleaned text that is not empty.

        Raises:
            Invalid: The text cannot be taken.
        """

    def parse(self, raw: Raw, options: OptionsT, context: Context) -> Any:
        """Give the value of a posted text: one answer, in Unicode form C, without control characters."""
        text = one_text(raw, multiline=self.multiline)
        return self.from_text(text, options, context) if text else None

    def show(self, value: Any, options: OptionsT, language: str) -> str:
        """Give the text itself."""
        return "" if value is None else str(value)


# What copying from elsewhere brings along and shows nothing: soft hyphens, marks of order, spaces of no width.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# Control characters but the line and the tab, halves of a character, and those that turn the reading order round.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def is_blank(raw: object) -> bool:
    """Tell whether nothing was answered: no text, or only blank ones."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, Sequence) and all(map(is_blank, cast("Sequence[object]", raw))))


def one_text(raw: Raw, *, multiline: bool = False) -> str:
    """Give the single text of a posted answer, stripped of what shows nothing; empty when there is none.

    Raises:
        Invalid: Several answers came, or characters no keyboard types.
    """
    if type(raw) is str and raw.isascii() and raw.isprintable():  # nothing of what follows is in it
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        if len(raw) > 1:
            raise Invalid(fr="Donnez une seule réponse.", en="Give a single answer.")
        raw = raw[0] if raw else ""
    if not isinstance(raw, str):
        raise Invalid(fr="Écrivez votre réponse sous forme de texte.", en="Write your answer as text.")
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if not multiline:
        text = text.replace("\t", " ")
        if "\n" in text:
            raise Invalid(fr="Écrivez votre réponse sur une seule ligne.", en="Write your answer on one line.")
    if _FORBIDDEN.search(text):
        raise Invalid(
            fr="Votre réponse contient des caractères invisibles : effacez-la et retapez-la au clavier.",
            en="Your answer holds invisible characters: clear it and type it again.",
        )
    return text
