"""Letters as tagged PDF (PDF/UA-1), drawn by typst from a fixed template and plain data."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from guichet import Context, DocumentRenderer, Letter, NoOptions, Refused, Sender, format_day, hookimpl
from guichet_plugins.documents.markdown import TooDeep, nodes_of

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
        for unshown in _UNSHOWN:
            try:
                return _compiled(_without(unshown, data), letter.date)
            except _MissingGlyph:
                continue
        raise Refused(
            fr="Le courrier contient un caractère que le document ne peut pas montrer : retirez-le.",
            en="The letter holds a character the document cannot show: remove it.",
        )


class _MissingGlyph(Exception):  # noqa: N818  not a failure: the next step does without the character
    """The embedded fonts cannot show a character."""


def _without(unshown: re.Pattern[str], data: Any) -> Any:
    """Give the same data, each character its texts cannot show replaced; a logo is left as it is."""
    if isinstance(data, str):
        return unshown.sub("\ufffd", data)
    if isinstance(data, list):
        return [_without(unshown, item) for item in data]
    if isinstance(data, dict):
        return {name: item if name == "svg" else _without(unshown, item) for name, item in data.items()}
    return data


def _compiled(data: Any, day: date) -> bytes:
    import typst  # a large binary, loaded when a letter is first rendered

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    try:
        pdf = typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,  # what a logo may name lies here, and nothing does
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"letter": text},
            pdf_standards="ua-1",
            timestamp=datetime.combine(day, time(12), tzinfo=UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise _MissingGlyph from error
        raise Refused(
            fr=f"Le courrier ne peut pas être mis en page ({error.message}) : vérifiez le logo et le texte.",
            en=f"The letter cannot be laid out ({error.message}): check the logo and the text.",
        ) from error
    return bytes(pdf)


@cache  # constant: reading the embedded fonts again for each letter takes a third of its time
def _fonts() -> Any:
    """The fonts that come with the renderer, and none of the machine's: the same letter is the same bytes anywhere."""
    import typst  # as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


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
