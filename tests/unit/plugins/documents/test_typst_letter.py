"""Letters as accessible PDF."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from guichet import Letter, NoOptions, Refused, Sender
from guichet.testing import a_context, a_letter
from guichet.testing.documents import HOSTILE_TEXTS
from guichet_plugins.documents.typst_letter import TypstLetter, place_and_date


def rendered(letter: Letter, **context: Any) -> PdfReader:
    return PdfReader(BytesIO(TypstLetter().render(letter, NoOptions(), a_context(**context))))


def text_of(letter: Letter, **context: Any) -> str:
    return "\n".join(page.extract_text() for page in rendered(letter, **context).pages)


def test_the_letter_holds_what_a_french_letter_holds():
    text = text_of(a_letter())
    for expected in (
        "Région Bretagne",
        "283 avenue du Général Patton",
        "SARL Les Lilas",
        "Dossier : 7K3M9QXW2F",
        "Rennes, le 20 avril 2020",
        "Objet : Aide exceptionnelle – décision",
        "un salarié au moins",
        "-2 750,50 €",
        "La présidente",
        "Jeanne Le Goff",
        "Page 1 / 1",
    ):
        assert expected in text, expected


def test_the_file_is_a_tagged_accessible_pdf():
    pdf = rendered(a_letter())
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Aide exceptionnelle – décision"
    assert pdf.metadata.author == "Région Bretagne"


def test_the_page_is_a4_and_every_font_is_embedded():
    page = rendered(a_letter()).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    for font in page["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile3", "/FontFile2"} & set(descriptor)


def test_the_date_of_the_file_is_the_date_of_the_letter():
    assert rendered(a_letter(date=date(2020, 8, 15))).metadata["/CreationDate"].startswith("D:20200815")  # type: ignore[index]  always there


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_text_of_an_applicant_is_printed_and_never_run(text: str):
    shown = text_of(a_letter(recipient=(text,), subject="x", body="x"))
    assert text[:12] in shown.replace("\n", " ")


def test_markdown_cannot_reach_files_or_the_network():
    text = text_of(
        a_letter(
            body="![logo](https://exemple.fr/x.png) <img src=x> [lien](javascript:alert(1)) [ok](https://exemple.fr)"
        )
    )
    assert "<img src=x>" in text
    pdf = rendered(a_letter(body="[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://exemple.fr)"))
    links = [note.get_object()["/A"]["/URI"] for note in pdf.pages[0].get("/Annots", [])]
    assert set(links) == {"https://exemple.fr"}


@pytest.mark.parametrize("name", ["李明", "😀 SARL", "Łukasz Żółć", "Иван", "a\u0301", "\ud800", "\u0000", "\ue000"])
def test_no_name_keeps_a_letter_from_leaving(name: str):
    assert "7K3M9QXW2F" in text_of(a_letter(recipient=(name,), body=name, subject=name))


def test_every_character_kept_at_the_last_step_can_be_shown():
    letters = "".join(chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2018, 0x201F), 0x20AC])
    assert TypstLetter().render(a_letter(recipient=(letters + "李",)), NoOptions(), a_context())


def test_empty_parts_do_not_break_the_letter():
    body = "[ ](https://exemple.fr) []()\n\n#\n\n## \n\n- \n-"
    assert TypstLetter().render(a_letter(subject="", reference="", footer="", body=body), NoOptions(), a_context())
    assert TypstLetter().render(a_letter(body=""), NoOptions(), a_context())


def test_two_authorities_notify_together():
    text = text_of(a_letter(senders=(Sender("Préfecture de la région Bretagne"), Sender("Région Bretagne"))))
    assert "Préfecture de la région Bretagne" in text


def test_a_long_letter_runs_over_pages_with_their_numbers():
    assert len(rendered(a_letter(body="Paragraphe.\n\n" * 120)).pages) > 1
    assert "Page 2 / " in text_of(a_letter(body="Paragraphe.\n\n" * 120))


def test_a_level_of_heading_left_out_does_not_break_the_letter():
    assert "Recours" in text_of(a_letter(body="#### Motifs\n\n## Recours\n\n###### Délais"))


def test_a_broken_logo_is_refused_by_name():
    with pytest.raises(Refused, match="logo"):
        TypstLetter().render(a_letter(senders=(Sender("Région", (), b"<svg"),)), NoOptions(), a_context())


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "/etc/hostname", "../../../pyproject.toml", "pyproject.toml"]
)
def test_a_logo_reaches_no_file(target: str):
    image = f'<image xmlns:x="http://www.w3.org/1999/xlink" x:href="{target}" width="9" height="9"/>'
    logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{image}</svg>'.encode()
    with pytest.raises(Refused, match="logo"):
        TypstLetter().render(a_letter(senders=(Sender("Région", (), logo),)), NoOptions(), a_context())


def test_lists_nested_without_end_are_refused():
    with pytest.raises(Refused, match="simpler"):
        text_of(a_letter(body="\n".join("  " * depth + "- x" for depth in range(20))))


def test_the_language_is_the_one_asked():
    assert "Rennes, 20 April 2020" in text_of(a_letter(), language="en")


@pytest.mark.parametrize(
    ("place", "language", "line"),
    [("Rennes", "fr", "Rennes, le 1er mai 2020"), ("", "fr", "Le 1er mai 2020"), ("", "en", "1 May 2020")],
)
def test_place_and_date_make_one_line(place: str, language: str, line: str):
    assert place_and_date(place, date(2020, 5, 1), language) == line
