"""One exchange over HTTP: bounded in time and size, never led to another host."""

from __future__ import annotations

import weakref
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from guichet.plugin.contracts.outside import Call, CallOutcome, Reply
from guichet.plugin.contracts.saying_no import Refused, Unavailable
from guichet.plugin.outside.hosts import same_origin
from guichet.plugin.outside.trust import believe, is_unbelieved

if TYPE_CHECKING:  # httpx takes a tenth of a second to import: only who calls outside pays it
    import httpx

_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_S = 5.0


class Lost(Exception):  # noqa: N818  reads as the fact it states
    """The exchange brought no reply: how it was lost, and what to tell."""

    def __init__(self, outcome: CallOutcome, error: Unavailable) -> None:
        super().__init__(outcome)
        self.outcome: CallOutcome = outcome
        self.error = error


class Transport:
    """Pooled connections, opened at the first call and closed with this object."""

    def __init__(self, user_agent: str, certificates: Path | None = None) -> None:
        self._user_agent = user_agent
        self._certificates = certificates

    def send(self, call: Call) -> Reply:
        """Send a call once and give the reply, whatever its status.

        Raises:
            Lost: No reply came, or not whole, or not in time.
            Refused: The service redirects elsewhere, or the call itself cannot be written.
        """
        import httpx  # here: only who calls outside pays for it

        limit = monotonic() + call.timeout_s
        url, redirects = call.url, 0
        try:
            while True:
                reply = self._exchange(call, url, limit)
                if reply.status not in _REDIRECTS or "location" not in reply.headers:
                    return reply
                url = _followed(call, url, reply.headers["location"], redirects)
                redirects += 1
        except (httpx.LocalProtocolError, UnicodeEncodeError) as error:  # such as a token pasted with a no-break space
            raise Refused(
                fr=f"L'appel au service « {call.service} » ne peut pas s'écrire : un en-tête est vide, ou contient un"
                " caractère qui ne se voit pas ou porte un accent (vérifiez le secret).",
                en=f'The call to the service "{call.service}" cannot be written: a header is empty, or holds an'
                " invisible or accented character (check the secret).",
            ) from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Lost("no_connection", _unbelieved(call) if is_unbelieved(error) else _silent(call)) from error
        except httpx.TimeoutException as error:
            raise Lost("timeout", _silent(call)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Lost("reset", _silent(call)) from error

    def _exchange(self, call: Call, url: str, limit: float) -> Reply:
        import httpx  # as above

        left = max(limit - monotonic(), 0.001)
        params = dict(call.params) if url == call.url and call.params else None
        with self._client.stream(
            call.method,
            url,
            params=params,
            headers=dict(call.headers),
            content=call.body or None,
            timeout=httpx.Timeout(left, connect=min(left, _CONNECT_S)),
        ) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, _body(call, response, limit))

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx  # as above

        client = httpx.Client(
            follow_redirects=False,
            trust_env=False,
            verify=believe(httpx.create_ssl_context(trust_env=False), self._certificates),
            headers={"User-Agent": self._user_agent},
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
        )
        weakref.finalize(self, client.close)
        return client


def _body(call: Call, response: httpx.Response, limit: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > call.most_bytes:
            raise Lost("too_big", _too_big(call))
        if monotonic() > limit:
            raise Lost("timeout", _silent(call))
        parts.append(part)
    return b"".join(parts)


def _followed(call: Call, url: str, location: str, redirects: int) -> str:
    """Where a redirect leads, within the same host and for a question that changes nothing."""
    try:
        target = urljoin(url, location)
        stays = same_origin(url, target)
    except ValueError:
        target, stays = location, False
    if stays and call.method in {"GET", "HEAD"} and redirects < _MOST_REDIRECTS:
        return target
    raise Refused(
        fr=f"Le service « {call.service} » renvoie vers une autre adresse : vérifiez `base_url`.",
        en=f'The service "{call.service}" redirects to another address: check `base_url`.',
    )


def _silent(call: Call) -> Unavailable:
    return Unavailable(
        fr=f"Le service « {call.service} » ne répond pas pour l'instant.",
        en=f'The service "{call.service}" does not answer for now.',
    )


def _unbelieved(call: Call) -> Unavailable:
    return Unavailable(
        fr=f"Le certificat du service « {call.service} » n'est d'aucune autorité connue : si c'est la vôtre,"
        " nommez son fichier dans `certificates` d'instance.yaml.",
        en=f'The certificate of the service "{call.service}" is of no known authority: if it is your own,'
        " name its file in `certificates` of instance.yaml.",
    )


def _too_big(call: Call) -> Unavailable:
    return Unavailable(
        fr=f"La réponse du service « {call.service} » dépasse la taille attendue.",
        en=f'The answer of the service "{call.service}" is longer than expected.',
    )
