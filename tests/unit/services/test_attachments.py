"""Attachments: checked by their content, streamed in bounded memory, noted beside the answer, taken away with it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from applying import HS1000, PDF
from drafting import HONOUR, a_draft, a_ready_draft, an_account, the_dossier_of
from guichet.plugin.contracts import UploadedFile
from guichet.services import attachments, drafts, filing
from guichet.services.cases import UseCases
from guichet.services.refusals import NotFound
from guichet.storage import files
from instances import an_instance


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[UseCases]:
    with an_instance(tmp_path, schemes=[HS1000], territories=["dep-74"], on=date(2020, 5, 20)) as made:
        yield made


def an_upload(cases: UseCases, content: bytes = PDF, name: str = "carte.pdf") -> UploadedFile:
    compiled = cases.snapshots.current(HS1000, "dep-74")
    assert compiled is not None
    field = compiled.fields["piece_identite"]
    return attachments.keep_upload(cases, field.type, field.options, name, BytesIO(content), cases.context("dep-74"))


def kept(cases: UseCases) -> list[Path]:
    return [path for path in attachments.files_folder(cases).rglob("*") if path.is_file()]


def test_an_accepted_file_is_kept_once_under_its_content(cases: UseCases) -> None:
    first, second = an_upload(cases), an_upload(cases, name="autre.pdf")
    assert first.reference == second.reference
    assert len(kept(cases)) == 1
    assert kept(cases)[0].read_bytes() == PDF


@pytest.mark.parametrize("content", [b"MZ\x90\x00 program", b"<html><script>alert(1)</script>", b"PK\x03\x04zip"])
def test_a_file_that_lies_about_its_type_is_refused_in_words_and_not_kept(cases: UseCases, content: bytes) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    posted = {"piece_identite": an_upload(cases, content)}
    saved = drafts.save_page(cases, account, draft.reference, "pieces", posted)
    assert "PDF" in saved.refused["piece_identite"]
    assert kept(cases) == []


def test_an_empty_file_and_one_too_large_are_refused_in_words(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    for content, words in ((b"", "vide"), (PDF + b"x" * 10_500_000, "10 Mo")):
        posted = {"piece_identite": an_upload(cases, content)}
        saved = drafts.save_page(cases, account, draft.reference, "pieces", posted)
        assert words in saved.refused["piece_identite"]
    assert kept(cases) == []


def test_a_large_file_is_streamed_in_bounded_memory(cases: UseCases) -> None:
    compiled = cases.snapshots.current(HS1000, "dep-74")
    assert compiled is not None
    field = compiled.fields["piece_identite"]
    with TemporaryFile() as content:
        content.write(PDF)
        content.write(b"\n" * 9_000_000)
        tracemalloc.start()
        context = cases.context("dep-74")
        kept_file = attachments.keep_upload(cases, field.type, field.options, "grand.pdf", content, context)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert kept_file.size > 9_000_000
    assert peak < 2_000_000


def test_the_row_follows_the_answer(cases: UseCases) -> None:
    account = an_account(cases)
    draft = a_draft(cases, account, HS1000, "dep-74")
    drafts.save_page(cases, account, draft.reference, "pieces", {"piece_identite": an_upload(cases)})
    other = an_upload(cases, PDF + b"%", "mieux.pdf")
    drafts.save_page(cases, account, draft.reference, "pieces", {"piece_identite": other})
    rows = cases.store.read(lambda tx: files.attachments(tx, draft.id))
    assert [(row.field, row.file_name, row.media_type) for row in rows] == [
        ("piece_identite", "mieux.pdf", "application/pdf")
    ]
    drafts.delete_answer(cases, account, draft.reference, "piece_identite")
    assert cases.store.read(lambda tx: files.attachments(tx, draft.id)) == []


def test_only_the_owner_gets_a_file_back_and_only_from_its_dossier(cases: UseCases) -> None:
    account, stranger = an_account(cases), an_account(cases, "other@exemple.fr")
    draft = a_draft(cases, account, HS1000, "dep-74")
    other = a_draft(cases, account, HS1000, "dep-74")
    drafts.save_page(cases, account, draft.reference, "pieces", {"piece_identite": an_upload(cases)})
    row = cases.store.read(lambda tx: files.attachments(tx, draft.id))[0]
    found = attachments.attachment_of(cases, account, draft.reference, row.id)
    assert b"".join(attachments.open_attachment(cases, found)) == PDF
    for who, reference in ((stranger, draft.reference), (account, other.reference), (account, "0000000000")):
        with pytest.raises(NotFound):
            attachments.attachment_of(cases, who, reference, row.id)


def test_a_filed_dossier_keeps_its_rows(cases: UseCases) -> None:
    account = an_account(cases)
    reference = a_ready_draft(cases, account, HS1000, "dep-74")
    filing.file(cases, account, reference, HONOUR, "k")
    filed = the_dossier_of(cases, reference)
    rows = cases.store.read(lambda tx: files.attachments(tx, filed.id))
    assert [row.field for row in rows] == ["piece_identite", "releve_identite_bancaire"]
