"""Letters as tagged PDF (PDF/UA-1), drawn by typst from a fixed template and plain data."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from guichet import Context, DocumentRenderer, Letter, NoOptions, Refused, Sender, hookimpl
from guichet_plugins.documents.markdown import TooDeep, nodes_of

_TEMPLATE = Path(__file__).with_name("letter.typ")
_MONTHS = {
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),  # noqa: SIM905  a list of twelve quoted words is harder to read
    "en": tuple("January February March April May June July August September October November December".split()),  # noqa: SIM905  a list of twelve quoted words is harder to read
}
_WORDS = {
    "fr": {"reference_word": "Dossier :", "subject_word": "Objet :", "page_word": "Page", "region": "FR"},
    "en": {"reference_word": "File:", "subject_word": "Subject:", "page_word": "Page", "region": "GB"},
}


class TypstLetter(DocumentRenderer[NoOptions]):
    """Renders a letter: the same bytes for the same letter and language."""

    key = "typst_letter"
    Options = NoOptions
    media_type = "application/pdf"
    extension = "pdf"

    def render(self, letter: Letter, options: NoOptions, context: Context) -> bytes:
        """Give the PDF of a letter."""
        import typst

        data = json.dumps(letter_data(letter, context.language), ensure_ascii=False, sort_keys=True)
        try:
            pdf = typst.compile(
                _TEMPLATE,
                root=_TEMPLATE.parent,  # what a logo may name lies here, and nothing does
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"letter": data},
                pdf_standards="ua-1",
                timestamp=datetime.combine(letter.date, time(12), tzinfo=UTC),
            )
        except typst.TypstError as error:
            raise Refused(
                fr=f"Le courrier {letter.reference} ne peut pas être mis en page ({error.message}) : "
                "vérifiez le logo et le texte.",
                en=f"The letter {letter.reference} cannot be laid out ({error.message}): check the logo and the text.",
            ) from error
        return bytes(pdf)


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
        "title": letter.subject or letter.reference,
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
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        shown = f"{day.day} {month} {day.year}"
        return f"{place}, {shown}" if place else shown
    shown = f"le {'1er' if day.day == 1 else day.day} {month} {day.year}"
    return f"{place}, {shown}" if place else shown.capitalize()


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
