"""What compiling a scheme finds to say, each thing at the place it was written."""

from __future__ import annotations

from collections.abc import Mapping

from guichet.catalogue.positions import Locate, Path, nearest_place
from guichet.errors import Problem


class Report:
    """Collects the problems of a scheme, in the order they are found."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate
        self.problems: list[Problem] = []

    def add(self, code: str, path: Path, data: Mapping[str, object], *, shown: Path | None = None) -> None:
        """Notes a problem of a path; `shown` is what to point at when it is not that path."""
        self.problems.append(Problem(code, dict(data), nearest_place(self.locate, shown or path), path))
