"""Sweeps while the site serves: what is over is forgotten, whatever one turn came to."""

from __future__ import annotations

import logging
from itertools import count
from threading import Event

from guichet.services.cases import UseCases
from guichet.services.sweeping import sweep, sweep_files
from guichet.storage.errors import StorageError, StoreClosedError

__all__ = ["sweep_until"]

_EVERY_S = 600.0
_TURNS_A_DAY = 144
_LOG = logging.getLogger("guichet.worker")


def sweep_until(cases: UseCases, stop: Event, every_s: float = _EVERY_S) -> None:
    """Sweep every ten minutes, files once a day, until told to stop; a turn that fails is followed by the next."""
    for turn in count():
        if stop.wait(every_s):
            return
        try:
            sweep(cases)
            if turn % _TURNS_A_DAY == 0:
                sweep_files(cases)
        except StoreClosedError:
            return
        except (StorageError, OSError):
            _LOG.exception("what is over could not be forgotten this time")
