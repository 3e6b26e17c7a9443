"""Kinds of values that options and arguments take, refused in our own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound, nearest

__all__ = ["DAY", "EXISTING", "Day", "ExistingPath"]


class Day(click.ParamType[date]):
    """A day written `2020-04-17`."""

    name = "day"

    def convert(self, value: object, param: object, ctx: object) -> date:  # noqa: ARG002  click's signature
        """Gives the day, or refuses the text."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise ProblemsFound([Problem("cli.not_a_day", {"value": value})]) from error

    def get_metavar(self, param: object, ctx: object) -> str:  # noqa: ARG002  click's signature
        """Gives how a day is written."""
        return "2020-04-17"


class ExistingPath(click.ParamType[Path]):
    """A file or folder that exists."""

    name = "path"

    def convert(self, value: object, param: object, ctx: object) -> Path:  # noqa: ARG002  click's signature
        """Gives the path, or refuses it with the nearest name of its folder."""
        path = Path(str(value))
        if path.exists():
            return path
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        guess = nearest(path.name, beside)
        data = {"path": path, "nearest": guess and path.with_name(guess), "folder": Path.cwd()}
        raise ProblemsFound([Problem("cli.no_such_path", data)])


DAY = Day()
EXISTING = ExistingPath()
