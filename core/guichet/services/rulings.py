"""What an issuer rules of a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guichet.model.workflow import Choice


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided of a dossier.

    Args:
        cents: What is granted, for a grant in part.
        parts: Amount → what is granted of it, for a grant in part of several amounts; nothing shares in proportion.
        checks: Judged criterion → the decider's own answer; an opinion does not bind, changing it needs a reason.
        reasons: Failed criterion → what was typed.
        to: The stage a dossier is returned to.
    """

    choice: Choice
    cents: int | None = None
    reason: str = ""
    checks: Mapping[str, bool] = field(default_factory=dict[str, bool])
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    to: str | None = None
    parts: Mapping[str, int] = field(default_factory=dict[str, int])
