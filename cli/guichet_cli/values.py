"""Kinds of values that options and arguments take, refused in our own words."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from guichet.errors import Problem, ProblemsFound, nearest
from guichet.model.scalars import ScalarError, parse_day
from guichet.settings import shipped_folder

__all__ = ["DAY", "DECLARED", "EXISTING", "FILE", "Day", "DeclaredPath", "ExistingFile", "ExistingPath"]


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
        raise ProblemsFound(
            [Problem("cli.no_such_path", {"path": path, "nearest": self.meant(path), "folder": Path.cwd()})]
        )

    def meant(self, path: Path) -> Path | None:
        """Gives the path that was probably meant by one that is not there."""
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        guess = nearest(path.name, beside)
        return path.with_name(guess) if guess else None


class DeclaredPath(ExistingPath):
    """A folder or file of declarations; the id of a scheme or of a territory, typed alone, is not its path."""

    def meant(self, path: Path) -> Path | None:
        """Gives the folder that bears the id, here or among what is shipped; else the nearest name."""
        if len(path.parts) != 1:
            return super().meant(path)
        places = (Path("schemes"), Path("regions"), shipped_folder("schemes"), shipped_folder("regions"))
        declared = [entry for place in places if place.is_dir() for entry in sorted(place.iterdir()) if entry.is_dir()]
        same = (entry for entry in declared if entry.name == path.name)
        of_territory = (entry for entry in declared if entry.name.startswith(f"{path.name}-"))
        return next(same, None) or next(of_territory, None) or super().meant(path)


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
DECLARED = DeclaredPath()
EXISTING = ExistingPath()
FILE = ExistingFile()
