"""Keeps what plugins print out of what commands write: an export, a JSON document, a list for a pipe."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

__all__ = ["CleanOutput"]

_HEALTH = "guichet.plugin.health"
_LOG = logging.getLogger("guichet.plugin")


class CleanOutput:
    """Stands before an output of the process: a plugin in the middle of a call writes to the log instead."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, or note which plugin printed it."""
        health: Any = sys.modules.get(_HEALTH)  # not loaded by a command that needs no plugin
        plugin = health.plugin_at_work() if health is not None else ""
        if not plugin:
            return self._stream.write(text)
        if text.strip():
            _LOG.warning("plugin %s printed: %s", plugin, text.strip()[:500])
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
