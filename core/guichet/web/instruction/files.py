"""Files handed to agents who may have them: as downloads, never opened inside the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from litestar import Request
from litestar.params import FromPath
from litestar.response import Stream

from guichet.services.documents import files_folder
from guichet.services.dossier_files import file_for_agent
from guichet.services.exporting import export_table
from guichet.storage import blobs
from guichet.web.instruction.addresses import read_query
from guichet.web.instruction.frame import agent_id
from guichet.web.pages import language_of
from guichet.web.routing import get
from guichet.web.security.people import the_dossier
from guichet.web.site import cases_of

__all__ = ["HANDLERS"]

_CHUNK = 1 << 16


@get("/agents/dossiers/{reference:str}/pieces/{file_id:str}", name="agent_attachment")
def attachment(request: Request, reference: FromPath[str], file_id: FromPath[str]) -> Stream:
    """Gives a file the applicant sent."""
    the_dossier(request, reference)
    found = file_for_agent(cases_of(request), agent_id(request), reference, file_id, "attachment")
    content = blobs.open_blob(files_folder(cases_of(request)), found.stored_as)
    return _download(content, found.media_type, found.file_name)


@get("/agents/dossiers/{reference:str}/documents/{file_id:str}", name="agent_document")
def document(request: Request, reference: FromPath[str], file_id: FromPath[str]) -> Stream:
    """Gives a document Guichet wrote."""
    the_dossier(request, reference)
    found = file_for_agent(cases_of(request), agent_id(request), reference, file_id, "document")
    content = blobs.open_blob(files_folder(cases_of(request)), found.stored_as)
    return _download(content, found.media_type, found.file_name)


@get("/agents/t/{territory:str}/{scheme:str}/export/{exporter:str}", name="work_table_export")
def export(request: Request, territory: FromPath[str], scheme: FromPath[str], exporter: FromPath[str]) -> Stream:
    """Gives every row of the table's address as a file."""
    given = {name: request.query_params.getall(name) for name in request.query_params}
    query = read_query(scheme, territory, given)
    made = export_table(cases_of(request), agent_id(request), query, exporter, language_of(request))
    return _download(made.content, made.media_type, made.file_name)


def _download(content: IO[bytes], media_type: str, file_name: str) -> Stream:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in file_name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    plain_type = media_type.partition(";")[0]  # Litestar adds the charset of a text itself
    return Stream(_chunks(content), media_type=plain_type, headers=headers)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while chunk := content.read(_CHUNK):
            yield chunk


HANDLERS = (attachment, document, export)
