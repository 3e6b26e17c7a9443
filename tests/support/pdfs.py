"""What a PDF says, for tests that read the documents people receive."""

from __future__ import annotations

import io
import warnings

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """The text of every page, its line breaks as spaces."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return " ".join(" ".join(pages).split())
