"""Document renderers: letters and receipts as files."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date

from guichet.plugin.contracts.base import Context, Contract, OptionsT


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the heading of a letter.

    Args:
        logo_svg: The territory's logo, as SVG bytes; empty for none.
    """

    name: str
    lines: tuple[str, ...] = ()
    logo_svg: bytes = b""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: name, quality, and the lines that ground it (delegation, service)."""

    name: str
    quality: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter whose every text is data: nothing in it can be code of a renderer.

    Args:
        senders: One, or several when authorities notify together.
        recipient: The lines of the address block.
        reference: The dossier's public reference.
        date: The day printed, which is also the file's date.
        body: Markdown: paragraphs, headings, lists, bold, simple tables.
        footer: One line at the foot of each page.
        watermark: A word across each page, such as a sandbox's mark; empty for none.
    """

    senders: tuple[Sender, ...]
    recipient: tuple[str, ...]
    reference: str
    place: str
    date: date
    subject: str
    body: str
    signatory: Signatory | None = None
    footer: str = ""
    watermark: str = ""


class DocumentRenderer(Contract[OptionsT]):
    """Makes a file of a letter: the same bytes for the same letter, options and language."""

    media_type: str
    extension: str

    @abstractmethod
    def render(self, letter: Letter, options: OptionsT, context: Context) -> bytes:
        """Give the file of a letter.

        Raises:
            Refused: The letter cannot be rendered; the sentence says which part.
        """
