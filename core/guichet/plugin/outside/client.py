"""The door itself: a call passes the allowed hosts, the breaker, the quota; it is sent, read, logged, tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import random
from ssl import SSLContext
from threading import Lock
from time import perf_counter, sleep
from typing import NoReturn, TypeVar

from guichet.model.clock import Clock
from guichet.plugin.contracts.outside import Call, CallOutcome, LoggedCall, Outside, Reply
from guichet.plugin.contracts.saying_no import Unavailable
from guichet.plugin.outside.allowance import Told
from guichet.plugin.outside.breaker import Breaker
from guichet.plugin.outside.hosts import AllowedHosts
from guichet.plugin.outside.quota import OwnBook, Quota, QuotaBook
from guichet.plugin.outside.transport import Lost, Transport
from guichet.plugin.outside.trust import believe, usual_trust

T = TypeVar("T")

_ATTEMPTS = 3
_FIRST_PAUSE_S = 0.2
_REPEATABLE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class _Service:
    breaker: Breaker
    quota: Quota


@dataclass(frozen=True, slots=True)
class _Caller:
    host: str
    territory: str
    dossier: str


class _Failed(Exception):  # noqa: N818  reads as the fact it states
    """An attempt failed; another may do better."""

    def __init__(self, error: Unavailable) -> None:
        super().__init__(str(error))
        self.error = error


class OutsideClient:
    """Asks other services; the breakers are this process's own, the quotas those of its book; safe from any thread.

    Args:
        log: Told of each call sent, answered or not.
        book: Where the quotas are counted: shared by the processes that ask the same services; by default this
            client's own.
        certificates: A PEM file of authorities to believe besides the usual ones.
        wait: Lets seconds pass; a test gives one that moves its clock.
        chance: Gives a number in [0, 1), to spread the attempts of many processes.
    """

    def __init__(
        self,
        hosts: AllowedHosts,
        clock: Clock,
        log: Callable[[LoggedCall], None],
        *,
        book: QuotaBook | None = None,
        user_agent: str = "guichet",
        certificates: Path | None = None,
        wait: Callable[[float], None] = sleep,
        chance: Callable[[], float] = random,
    ) -> None:
        self._hosts = hosts
        self._clock = clock
        self._log = log
        self._book = book or OwnBook()
        self._wait = wait
        self._chance = chance
        self._certificates = certificates
        self._transport = Transport(user_agent, certificates)
        self._lock = Lock()
        self._services: dict[str, _Service] = {}

    def within(self, territory: str = "", dossier: str = "") -> Outside:
        """Give the door for a territory and a dossier, which the log names."""
        return _Within(self, territory, dossier)

    def check_line(self, host: str, port: int) -> None:
        """Raise Refused unless the operator allows `host:port`."""
        self._hosts.check_line(host, port)

    def trust(self) -> SSLContext:
        """Give what checks the certificate of who is called by another protocol than HTTP."""
        return believe(usual_trust(), self._certificates)

    def ask(self, call: Call, read: Callable[[Reply], T], territory: str = "", dossier: str = "") -> T:
        """Send a call and give what `read` makes of the reply; see `Outside`."""
        host = self._hosts.check(call.url)
        service = self._service(call.service)
        repeatable = call.method in _REPEATABLE if call.repeatable is None else call.repeatable
        last_start = self._clock.now() + timedelta(seconds=call.timeout_s)
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(call, read, service, _Caller(host, territory, dossier))
            except _Failed as failed:
                pause = _FIRST_PAUSE_S * 2 ** (attempt - 1) * (0.5 + self._chance())
                late = self._clock.now() + timedelta(seconds=pause) > last_start
                if not repeatable or late or attempt == _ATTEMPTS:
                    raise failed.error from failed
            self._wait(pause)

    def _attempt(self, call: Call, read: Callable[[Reply], T], service: _Service, caller: _Caller) -> T:
        service.breaker.refuse_when_open()
        place = service.quota.take(call.pace, call.patience_s, call.timeout_s)
        reply: Reply | None = None
        began = perf_counter()
        outcome: CallOutcome | None = None
        try:
            service.breaker.enter()
            outcome = "refused"
            reply = self._transport.send(call)
            outcome = "unavailable"
            value = read(reply) if _is_answer(reply) else _refuse_status(call, reply)
            outcome = "answered"
        except Lost as lost:
            outcome = lost.outcome
            service.breaker.failed()
            raise _Failed(lost.error) from lost
        except Unavailable as error:
            if outcome is None:  # turned away by the breaker: nothing was sent
                raise
            service.breaker.failed()
            raise _Failed(error) from error
        except BaseException:
            if reply is not None:  # read says no on purpose, or broke: the service itself has answered
                outcome = "answered"
                service.breaker.succeeded()
            raise
        finally:
            told = service.quota.give_back(place, reply and reply.headers, reply.status if reply else 0)
            if outcome is not None:
                self._note(call, caller, service, outcome, reply, told, perf_counter() - began)
        service.breaker.succeeded()
        return value

    def _note(
        self,
        call: Call,
        caller: _Caller,
        service: _Service,
        outcome: CallOutcome,
        reply: Reply | None,
        told: Told,
        seconds: float,
    ) -> None:
        self._log(
            LoggedCall(
                at=self._clock.now(),
                service=call.service,
                host=caller.host,
                method=call.method,
                purpose=call.purpose,
                territory=caller.territory,
                dossier=caller.dossier,
                outcome=outcome,
                status=reply.status if reply else None,
                milliseconds=round(seconds * 1000),
                breaker_open=service.breaker.is_open,
                quota_left=told.left,
                quota_until=told.resets_at,
            )
        )

    def _service(self, name: str) -> _Service:
        with self._lock:
            if name not in self._services:
                now = self._clock.now
                self._services[name] = _Service(Breaker(name, now), Quota(name, self._book, now, self._wait))
            return self._services[name]


@dataclass(frozen=True, slots=True)
class _Within:
    client: OutsideClient
    territory: str
    dossier: str

    def ask(self, call: Call, read: Callable[[Reply], T]) -> T:
        """Ask in the name of a territory and a dossier."""
        return self.client.ask(call, read, self.territory, self.dossier)

    def check_line(self, host: str, port: int) -> None:
        """Raise Refused unless the operator allows `host:port`."""
        self.client.check_line(host, port)

    def trust(self) -> SSLContext:
        """Give what checks the certificate of who is called by another protocol than HTTP."""
        return self.client.trust()


def _is_answer(reply: Reply) -> bool:
    return reply.status < 500 and reply.status != 429


def _refuse_status(call: Call, reply: Reply) -> NoReturn:
    if reply.status == 429:
        raise Unavailable(
            fr=f"Le service « {call.service} » demande d'attendre avant de le rappeler.",
            en=f'The service "{call.service}" asks to wait before it is called again.',
        )
    raise Unavailable(
        fr=f"Le service « {call.service} » est en panne pour l'instant (réponse {reply.status}).",
        en=f'The service "{call.service}" is failing for now (answer {reply.status}).',
    )
