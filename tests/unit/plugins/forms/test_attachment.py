"""Attachments: what a file is, its content says."""

import pytest

from field_answers import refusal, taken
from guichet import UploadedFile
from guichet_plugins.forms.attachment import Attachment, clean_name

PDF = b"%PDF-1.7\n%\xe2\xe3"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


def a_file(head: bytes, name: str = "kbis.pdf", size: int = 1000) -> UploadedFile:
    return UploadedFile(name=name, size=size, head=head, digest="d", reference="r")


@pytest.mark.parametrize(("head", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")])
def test_the_type_is_the_one_the_content_shows(head: bytes, media_type: str):
    assert taken(Attachment(), a_file(head)).media_type == media_type


@pytest.mark.parametrize("head", [b"<html><script>", b"MZ\x90\x00\x03", b"PK\x03\x04\x14", b"junk\n%PDF-1.4", b"hello"])
def test_a_file_that_lies_about_its_type_is_refused(head: bytes):
    assert refusal(Attachment(), a_file(head)) == (
        "Joignez un fichier de type PDF, JPEG, PNG : le contenu de « kbis.pdf » n'en est pas un."
    )


def test_a_type_the_scheme_does_not_take_is_refused():
    assert "de type PDF :" in refusal(Attachment(), a_file(PNG), types=["pdf"])
    assert taken(Attachment(), a_file(HEIC), types=["heic"]).media_type == "image/heif"


def test_a_file_too_large_says_how_large_it_may_be():
    assert refusal(Attachment(), a_file(PDF, size=2**20 + 1), max_megabytes="1") == (
        "Choisissez un fichier de 1 Mo au plus."
    )


def test_an_empty_file_is_told_from_no_file():
    assert taken(Attachment(), a_file(b"", name="", size=0)) is None
    assert refusal(Attachment(), a_file(b"", size=0)) == "Le fichier « kbis.pdf » est vide : joignez-le de nouveau."


def test_the_name_gets_the_ending_of_the_true_type():
    assert taken(Attachment(), a_file(PNG, name="scan.pdf")).name == "scan.pdf.png"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\kbis 2020.pdf", "kbis 2020.pdf"),
        ('a"\r\nX: y.pdf', "a___X_ y.pdf"),
        ("...", "document"),
        ("é" * 300, "é" * 100),
    ],
)
def test_a_name_holds_nothing_a_disk_or_a_header_would_misread(name: str, clean: str):
    assert clean_name(name) == clean


def test_a_kept_file_stays():
    kept = taken(Attachment(), a_file(PDF))
    assert taken(Attachment(), kept) is kept
    assert Attachment().show(kept, Attachment.Options(), "fr") == "kbis.pdf (1\u00a0ko)"
