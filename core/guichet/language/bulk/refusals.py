"""What the bulk back end cannot do, said by name."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound

__all__ = ["NotInBulk"]


class NotInBulk(ProblemsFound):
    """Rules that an engine cannot evaluate, or data it must not be given."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__([Problem(code, data)])
