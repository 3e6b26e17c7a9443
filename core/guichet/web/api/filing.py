"""Filing: an application that comes whole, and the files it names, beside it or sent before it."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from litestar import Request
from litestar.params import FromPath

from guichet.services.api.parts import SentPart
from guichet.services.api.submissions import LONGEST_KEY, Filing, Submission, Submitted, begin, submit
from guichet.services.api.uploads import KEPT, keep_file
from guichet.web.api.door import ANY_FILE, WITH_FILES
from guichet.web.api.errors import KeyNeeded
from guichet.web.api.replies import Reply, reply, written_reply
from guichet.web.api.visits import api_visit_of, token_of
from guichet.web.errors import BadRequest
from guichet.web.routing import Acting, Later, post
from guichet.web.site import cases_of, site_of

__all__ = ["HANDLERS"]

_FILE_LIMIT = 52_500_000
"""The largest file a field may take, and a little more: its field says how much exactly."""


@post(
    "/api/t/{territory:str}/{scheme:str}/dossiers",
    name="api_submit",
    body_limit=_FILE_LIMIT,
    status=201,
    takes=WITH_FILES,
    quick=True,
)
def submit_dossier(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Reply | Acting | Later:
    """Files an application; the same key again gives the same answer, with status 200."""
    visit, cases, applications = api_visit_of(request), cases_of(request), site_of(request).applications
    parts = tuple(
        SentPart(one.name, one.file_name, one.content) for one in visit.form.files if one.name != "application"
    )
    sent = Submission(token_of(request), territory, scheme, _key(request), visit.body, visit.language, parts)
    if parts:  # to be kept on disk
        return Later(lambda: _replied(submit(cases, applications, sent)))
    begun = begin(cases, applications, sent)
    return _replied(begun) if isinstance(begun, Submitted) else Acting(begun.act, lambda act: _ended(begun, act))


def _ended(filing: Filing, act: Future[Any]) -> Reply | Later:
    """The answer of an act that went well; why it did not is looked into, and counted, in a thread."""
    if act.exception() is None:
        return _replied(filing.ended(act.result))
    return Later(lambda: _replied(filing.ended(act.result)))


def _replied(done: Submitted) -> Reply:
    headers = {"Location": str(done.answer["dossier"]), "Idempotent-Replayed": "true" if done.again else "false"}
    return written_reply(done.written, 200 if done.again else 201, headers)


@post(
    "/api/t/{territory:str}/{scheme:str}/files",
    name="api_send_file",
    body_limit=_FILE_LIMIT,
    status=201,
    takes=ANY_FILE,
)
def send_file(request: Request, territory: FromPath[str], scheme: FromPath[str]) -> Reply:
    """Keeps a file until the application that names it comes, for a day."""
    visit, cases = api_visit_of(request), cases_of(request)
    query = request.query_params
    field, name = query.get("field", ""), query.get("name", "")
    if visit.file is None or not name or len(name) > 255:
        raise BadRequest("a file and its name are needed")
    made, stored = keep_file(cases, token_of(request), territory, scheme, field, name, visit.file, visit.language)
    shown = {
        "id": made.id,
        "field": made.field,
        "name": stored.name,
        "media_type": stored.media_type,
        "size": stored.size,
        "sha256": stored.digest,
        "kept_until": made.at + KEPT,
    }
    return reply(shown, 201)


def _key(request: Request) -> str:
    key = request.headers.get("idempotency-key", "")
    if not 1 <= len(key) <= LONGEST_KEY or not all("!" <= character <= "~" for character in key):
        raise KeyNeeded
    return key


HANDLERS = (submit_dossier, send_file)
