"""One rule of law: its article, the days it holds, and how a declaration breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guichet.errors import Severity
from guichet.loader.checked import Checked, Path

Finding = tuple[Path, Mapping[str, object]]
"""Where a declaration breaks a rule, and what the message quotes."""


def nothing(_checked: Checked) -> Iterator[Finding]:
    """Nothing to find in a declaration that could be read."""
    return iter(())


@dataclass(frozen=True, slots=True)
class LawRule:
    """One rule of law; its texts stand in the catalogue under its code.

    Args:
        since: The first day on which a scheme has to follow it.
        until: The last such day.
        of_rules: Whether it reads the compiled rules: it is then tried once they hold no mistake.
        missing: The keys whose absence breaks it: said with the article instead of as a missing key.
    """

    code: str
    article: str
    since: date
    find: Callable[[Checked], Iterator[Finding]] = nothing
    severity: Severity = "warning"
    until: date | None = None
    of_rules: bool = False
    missing: tuple[Path, ...] = ()

    def concerns(self, opens: date, closes: date) -> bool:
        """Whether it holds on some day on which a scheme takes applications."""
        return self.since <= closes and (self.until is None or opens <= self.until)
