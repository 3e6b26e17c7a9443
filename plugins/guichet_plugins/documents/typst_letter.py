"""Letters as tagged PDF (PDF/UA-1), drawn by typst from a fixed template and plain data."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from guichet import Context, DocumentRenderer, Letter, NoOptions, Refused, Sender, format_day, hookimpl
from guichet_plugins.documents.markdown import TooDeep, nodes_of
from guichet_plugins.typst_pages import NotLaidOutError, drawn

_TEMPLATE = Path(__file__).with_name("letter.typ")

# A character no embedded font has (Chinese, pictures) must not keep a letter from leaving: a mark stands for it.
# First what is no text at all, then what the fonts rarely have, then all but the writing of French and its neighbours.
_UNSHOWN = (
    re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]"),
    re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\u2dff\ufb00-\ufb4f\ufffd]"),
    re.compile(r"[^\n\x20-\x7e\xa0-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u202f\u2039\u203a\u20ac\ufffd]"),
)
_WORDS = {
    "fr": {
        "reference_word": "Dossier :",
        "subject_word": "Objet :",
        "page_word": "Page",
        "letter_word": "Courrier",
        "region": "FR",
    },
    "en": {
        "reference_word": "File:",
        "subject_word": "Subject:",
        "page_word": "Page",
        "letter_word": "Letter",
        "region": "GB",
    },
}


class TypstLetter(DocumentRenderer[NoOptions]):
    """Renders a letter: the same bytes for the same letter and language."""

    key = "typst_letter"
    Options = NoOptions
    media_type = "application/pdf"
    extension = "pdf"

    def render(self, letter: Letter, options: NoOptions, context: Context) -> bytes:
        """Give the PDF of a letter."""
        data = letter_data(letter, context.language)
        try:
            return drawn(_TEMPLATE, data, letter.date, _UNSHOWN, name="letter", untouched=("svg",))
        except NotLaidOutError as error:
            raise _refused(str(error)) from error


def _refused(why: str) -> Refused:
    if not why:
        return Refused(
            fr="Le courrier contient un caractère que le document ne peut pas montrer : retirez-le.",
            en="The letter holds a character the document cannot show: remove it.",
        )
    return Refused(
        fr=f"Le courrier ne peut pas être mis en page ({why}) : vérifiez le logo et le texte.",
        en=f"The letter cannot be laid out ({why}): check the logo and the text.",
    )


def letter_data(letter: Letter, language: str) -> dict[str, Any]:
    """Give what the template reads: texts and trees of nodes, nothing it could run."""
    try:
        body = nodes_of(letter.body)
    except TooDeep as error:
        raise Refused(
            fr="Le texte du courrier imbrique trop de listes ou de citations : simplifiez-le.",
            en="The text of the letter nests too many lists or quotations: make it simpler.",
        ) from error
    signatory = letter.signatory
    return {
        **_WORDS[language],
        "language": language,
        "title": letter.subject.strip() or letter.reference.strip() or _WORDS[language]["letter_word"],
        "author": ", ".join(sender.name for sender in letter.senders),
        "day": [letter.date.year, letter.date.month, letter.date.day],
        "senders": [_sender(sender) for sender in letter.senders],
        "recipient": list(letter.recipient),
        "reference": letter.reference,
        "place_and_date": place_and_date(letter.place, letter.date, language),
        "subject": letter.subject,
        "body": body,
        "signatory": signatory
        and {"name": signatory.name, "quality": signatory.quality, "lines": list(signatory.lines)},
        "footer": letter.footer,
        "watermark": letter.watermark,
    }


def place_and_date(place: str, day: date, language: str) -> str:
    """Give the line above a letter.

    >>> place_and_date("Rennes", date(2020, 5, 1), "fr")
    'Rennes, le 1er mai 2020'
    """
    shown = format_day(day, language) if language == "en" else f"le {format_day(day)}"
    return f"{place}, {shown}" if place else shown[0].upper() + shown[1:]


def _sender(sender: Sender) -> dict[str, Any]:
    return {
        "name": sender.name,
        "lines": list(sender.lines),
        "logo": bool(sender.logo_svg),
        "svg": sender.logo_svg.decode("utf-8", errors="replace"),
    }


@hookimpl
def register_document_renderers() -> list[DocumentRenderer[Any]]:
    """Give the letter renderer."""
    return [TypstLetter()]
