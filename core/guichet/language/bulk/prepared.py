"""Named column expressions, turned into those of Polars once: narwhals does it again at each use, which takes longer
than a hundred thousand dossiers do."""

# The types of narwhals speak of numpy, which is not installed: strict checking finds half of them unknown.
# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from guichet.language.bulk.columns import Frame

__all__ = ["Prepared"]


class Prepared:
    """Expressions by name, over any frame of one engine."""

    def __init__(self, expressions: Mapping[str, nw.Expr]) -> None:
        self._expressions = expressions
        self._native: dict[str, Any] = {}

    def add_to(self, frame: Frame) -> Frame:
        """The frame with these columns."""
        if not self._expressions:
            return frame
        if not frame.implementation.is_polars():
            return frame.with_columns(**self._expressions)
        return nw.from_native(frame.to_native().with_columns(**self._converted(frame)))

    def select_from(self, frame: Frame, keep: Sequence[str], only: Sequence[str]) -> Frame:
        """Columns of the frame, then these, all of them unless `only` some."""
        wanted = [name for name in self._expressions if not only or name in only]
        if not frame.implementation.is_polars():
            return frame.select(*keep, **{name: self._expressions[name] for name in wanted})
        converted = self._converted(frame)
        return nw.from_native(frame.to_native().select(*keep, **{name: converted[name] for name in wanted}))

    def _converted(self, frame: Frame) -> dict[str, Any]:
        if not self._native:
            space: Any = frame._compliant_frame.__narwhals_namespace__()  # noqa: SLF001  no public way gives the native expression
            for name, expression in self._expressions.items():
                made: Any = expression._to_compliant_expr(space)  # noqa: SLF001  as above
                self._native[name] = made.native
        return self._native
