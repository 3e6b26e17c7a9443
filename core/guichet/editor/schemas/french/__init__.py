"""The French of what the code says of each key: model → key → sentence; the empty key is the model itself."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.editor.schemas.french.demo import DEMO
from guichet.editor.schemas.french.rules import RULES
from guichet.editor.schemas.french.running import RUNNING
from guichet.editor.schemas.french.scheme import SCHEME

__all__ = ["DEMO", "FRENCH"]

FRENCH: Mapping[str, Mapping[str, str]] = {**SCHEME, **RULES, **RUNNING}
