"""Sessions looked up lately, so that a page does not ask the database who is asking each time."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from time import monotonic

from guichet.services.cases import UseCases
from guichet.services.sessions import Known, recognise

__all__ = ["KnownVisitors"]

_TRUSTED_S = 3.0
_MOST = 10_000


class KnownVisitors:
    """Who sessions stand for, remembered for a few seconds; a session closed here is forgotten at once."""

    def __init__(self, cases: UseCases, trusted_s: float = _TRUSTED_S) -> None:
        self._cases = cases
        self._trusted_s = trusted_s
        self._found: OrderedDict[str, tuple[float, Known]] = OrderedDict()
        self._lock = Lock()

    def fresh(self, session_id: str) -> Known | None:
        """Gives who a session stands for when that was looked up a moment ago; never waits."""
        with self._lock:
            found = self._found.get(session_id)
        if found is None or monotonic() - found[0] > self._trusted_s:
            return None
        return found[1]

    def look_up(self, session_id: str) -> Known | None:
        """Gives who a session stands for, from the database."""
        known, _ = recognise(self._cases, session_id)
        with self._lock:
            self._found.pop(session_id, None)
            if known is not None:
                self._found[session_id] = (monotonic(), known)
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
        return known

    def forget(self, session_id: str) -> None:
        """Makes the next request of a session ask the database."""
        with self._lock:
            self._found.pop(session_id, None)

    def forget_others(self, subject: str, session_id: str) -> None:
        """Makes the next request of each other session of a person ask the database."""
        with self._lock:
            stale = [one for one, (_, known) in self._found.items() if known.session.subject == subject]
            for one in stale:
                if one != session_id:
                    del self._found[one]
