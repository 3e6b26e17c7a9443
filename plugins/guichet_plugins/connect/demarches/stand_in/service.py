"""The stand-in of the service: the real protocol over WSGI, with its limits. Written from the published schema."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from threading import Lock
from typing import Any, TypeAlias
from wsgiref.types import StartResponse, WSGIEnvironment

from guichet_plugins.connect.demarches.stand_in.documents import Document, DocumentError, read_document
from guichet_plugins.connect.demarches.stand_in.execution import execute
from guichet_plugins.connect.demarches.stand_in.files import PREFIX, FileStore, HeldFile
from guichet_plugins.connect.demarches.stand_in.held import Demarche, Kept, cursor_of
from guichet_plugins.connect.demarches.stand_in.mutations import do_mutation
from guichet_plugins.connect.demarches.stand_in.schema import MUTATIONS

PATH = "/api/v2/graphql"
MOST_PER_PAGE = 100
_MINUTE = timedelta(minutes=1)

ShowFile: TypeAlias = Callable[[HeldFile], Mapping[str, Any]]
"""Gives a file as the schema shows it, with a link that opens now."""


class NotThere(LookupError):  # noqa: N818  reads as the fact it states
    """What is asked for is not there, or not for this token."""


class StandIn:
    """Serves some démarches.

    Args:
        token: The only token taken; any when empty, but there must be one.
        stored: The identifier of a stored query → its document.
        per_minute: How many requests a minute are answered.
    """

    def __init__(
        self,
        *demarches: Demarche,
        token: str = "",
        stored: Mapping[str, str] | None = None,
        per_minute: int = 400,
    ) -> None:
        self.demarches = {demarche.number: demarche for demarche in demarches}
        self.token = token
        self.per_minute = per_minute
        self._stored = dict(stored or {})
        self.files = FileStore(self._now)
        self._base_url = ""
        self._lock = Lock()
        self._asked: deque[datetime] = deque()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ["PATH_INFO"].startswith(PREFIX):
            return self._send_file(environ, start_response)
        with self._lock:
            self._base_url = _base_url(environ)
            status, headers, body = self._answer(environ)
        date = ("Date", format_datetime(self._now().astimezone(UTC), usegmt=True))
        start_response(status, [("Content-Type", "application/json; charset=utf-8"), date, *headers])
        return [json.dumps(body).encode()]

    def _now(self) -> datetime:
        return next((demarche.now() for demarche in self.demarches.values()), datetime.now(UTC))

    def _send_file(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send a file by its link alone: a real file server takes no token, and is told none."""
        found = self.files.opened(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        if found is None or environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"expired"]
        start_response("200 OK", [("Content-Type", found.media_type), ("Content-Length", str(len(found.content)))])
        return [found.content]

    def _answer(self, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], Any]:
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
            return "404 Not Found", [], _errors("Not found")
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ").strip()
        if not token or (self.token and token != self.token):
            return "401 Unauthorized", [], _errors("Without a valid token, access is refused", "unauthorized")
        wait = self._wait()
        if wait is not None:
            return "429 Too Many Requests", [("Retry-After", str(wait))], _errors("Rate limit exceeded")
        try:
            asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
            return "200 OK", [], self._executed(asked)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return "200 OK", [], _errors(str(error))

    def _executed(self, asked: Mapping[str, Any]) -> Any:
        text = asked.get("query")
        if asked.get("queryId"):
            text = self._stored.get(asked["queryId"])
            if text is None:
                return _errors(f"No query with id {asked['queryId']!r}", "not_found")
        try:
            document = _document(str(text))
            root = {"demarche": self._demarche, "dossier": self._dossier}
            root |= {name: self._mutation(name) for name in MUTATIONS}
            return {"data": execute(document, asked.get("operationName"), asked.get("variables") or {}, root)}
        except DocumentError as error:
            return _errors(str(error))
        except NotThere as error:
            return {"data": None, **_errors(str(error), "not_found")}

    def _wait(self) -> int | None:
        now = datetime.now(UTC)
        while self._asked and self._asked[0] + _MINUTE <= now:
            self._asked.popleft()
        if len(self._asked) >= self.per_minute:
            return max(1, round((self._asked[0] + _MINUTE - now).total_seconds() + 0.5))
        self._asked.append(now)
        return None

    def _demarche(self, arguments: Mapping[str, Any]) -> Any:
        found = self.demarches.get(arguments["number"])
        if found is None:
            raise NotThere("Demarche not found")
        revision = {
            "id": "UmV2aXNpb24tMQ==",
            "champDescriptors": [_descriptor("champ", rank, one) for rank, one in enumerate(found.champs, 1)],
            "annotationDescriptors": [
                _descriptor("annotation", rank, one) for rank, one in enumerate(found.annotations, 1)
            ],
        }
        return {
            "id": f"demarche-{found.number}",
            "number": found.number,
            "title": f"Démarche {found.number}",
            "state": "publiee",
            "activeRevision": revision,
            "dossiers": _dossiers(found, self._file),
            "deletedDossiers": _deleted(found),
        }

    def _dossier(self, arguments: Mapping[str, Any]) -> Any:
        for demarche in self.demarches.values():
            if arguments["number"] in demarche:
                return shown(demarche, demarche.kept(arguments["number"]), self._file)
        raise NotThere("Dossier not found")

    def _file(self, file: HeldFile) -> Mapping[str, Any]:
        return self.files.shown(file, self._base_url)

    def _mutation(self, name: str) -> Callable[[Mapping[str, Any]], Any]:
        return lambda arguments: do_mutation(self.demarches.values(), name, arguments["input"])


def shown(demarche: Demarche, kept: Kept, show_file: ShowFile) -> Mapping[str, Any]:
    """Give a dossier as the schema shows it."""
    content = demarche.content(kept)
    values = content.get("champs", {})
    noted = kept.annotations or {}
    return {
        "id": dossier_id(kept.number),
        "number": kept.number,
        "state": kept.state,
        "archived": False,
        "dateDepot": "2020-04-02T09:00:00+02:00",
        "dateTraitement": kept.decided and kept.decided.isoformat(),
        "dateDerniereModification": kept.changed.isoformat(),
        "motivation": kept.motivation,
        "demarche": {
            "id": f"demarche-{demarche.number}",
            "number": demarche.number,
            "title": f"Démarche {demarche.number}",
        },
        "usager": {"id": f"usager-{kept.number}", "email": content.get("email")},
        "demandeur": content.get("demandeur"),
        "champs": [
            _champ("champ", rank, label, type_, values[label], show_file)
            for rank, (label, type_) in enumerate(demarche.champs, 1)
            if label in values
        ],
        "annotations": [
            _champ("annotation", rank, label, type_, noted.get(label), show_file)
            for rank, (label, type_) in enumerate(demarche.annotations, 1)
        ],
    }


def dossier_id(number: int) -> str:
    """Give the id of a dossier, which is not its number."""
    return f"Dossier-{number}"


def _champ(family: str, rank: int, label: str, type_: str, value: Any, show_file: ShowFile) -> dict[str, Any]:
    shown_value: Any = None if value is None or isinstance(value, list) else str(value)
    champ = {
        "__typename": type_,
        "id": f"{family}-{rank}-value",
        "champDescriptorId": f"{family}-{rank}",
        "label": label,
        "stringValue": shown_value,
    }
    if type_ == "SiretChamp":
        siret = None if value is None else {"__typename": "PersonneMorale", "siret": value}
        return {**champ, "etablissement": siret}
    if type_ == "PieceJustificativeChamp":
        return {**champ, "files": lambda _: [show_file(one) for one in value or ()]}
    if type_ == "IntegerNumberChamp":
        return {**champ, "value": shown_value}  # a BigInt travels as text
    return {**champ, ("date" if type_ == "DateChamp" else "value"): value}


def _descriptor(family: str, rank: int, one: tuple[str, str]) -> dict[str, str]:
    return {"id": f"{family}-{rank}", "label": one[0]}


def _dossiers(demarche: Demarche, show_file: ShowFile) -> Callable[[Mapping[str, Any]], Any]:
    def resolve(arguments: Mapping[str, Any]) -> Any:
        found, more = demarche.page(
            _size(arguments), arguments.get("after"), arguments.get("state"), _instant(arguments.get("updatedSince"))
        )
        nodes = [shown(demarche, one, show_file) for one in found]
        return {"nodes": nodes, "pageInfo": _info([one.number for one in found], more)}

    return resolve


def _deleted(demarche: Demarche) -> Callable[[Mapping[str, Any]], Any]:
    def resolve(arguments: Mapping[str, Any]) -> Any:
        since = _instant(arguments.get("deletedSince"))
        numbers, more = demarche.deleted(_size(arguments), arguments.get("after"), since)
        nodes = [{"number": number, "state": "accepte", "reason": "user_request"} for number in numbers]
        return {"nodes": nodes, "pageInfo": _info(numbers, more)}

    return resolve


def _base_url(environ: WSGIEnvironment) -> str:
    """Where the stand-in is reached, below the path it is mounted at."""
    return f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}{environ.get('SCRIPT_NAME', '')}"


def _size(arguments: Mapping[str, Any]) -> int:
    return min(arguments.get("first") or MOST_PER_PAGE, MOST_PER_PAGE)


def _info(numbers: list[int], more: bool) -> Mapping[str, Any]:
    return {
        "hasNextPage": more,
        "hasPreviousPage": False,
        "startCursor": cursor_of(numbers[0]) if numbers else None,
        "endCursor": cursor_of(numbers[-1]) if numbers else None,
    }


def _instant(text: Any) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _errors(message: str, code: str = "") -> dict[str, Any]:
    return {"errors": [{"message": message, **({"extensions": {"code": code}} if code else {})}]}


@lru_cache(maxsize=64)  # documents are few and sent again with each page
def _document(text: str) -> Document:
    return read_document(text)
