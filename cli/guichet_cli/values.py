"""Kinds of values that options and arguments take, refused in our own words."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound, nearest
from guichet.model.scalars import ScalarError, parse_day

__all__ = ["DAY", "EXISTING", "FILE", "Day", "ExistingFile", "ExistingPath"]


class Day(click.ParamType[date]):
    """A day written `2020-04-17`."""

    name = "day"

    def convert(self, value: object, param: object, ctx: object) -> date:  # noqa: ARG002  click's signature
        """Gives the day, or refuses the text."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except ScalarError as error:
            code = "cli.no_such_day" if error.code == "scalar.no_such_day" else "cli.not_a_day"
            raise ProblemsFound([Problem(code, {"value": value, "meant": error.data.get("meant")})]) from error

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


class ExistingFile(ExistingPath):
    """A file that exists and can be read."""

    def convert(self, value: object, param: object, ctx: object) -> Path:
        """Gives the path, or refuses a folder or a file one may not read."""
        path = super().convert(value, param, ctx)
        if path.is_dir():
            raise ProblemsFound([Problem("cli.folder_not_file", {"path": path})])
        if not os.access(path, os.R_OK):
            raise ProblemsFound([Problem("cli.unreadable", {"path": path})])
        return path


DAY = Day()
EXISTING = ExistingPath()
FILE = ExistingFile()
