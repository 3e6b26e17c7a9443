"""What stops a command before or while it works, as problems in our own words."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from guichet.errors import GuichetError, Problem, ProblemsFound, nearest
from guichet.settings import BadSettingError, ShippedFolderMissingError

__all__ = ["REFUSALS", "problems_of", "system_problem"]

REFUSALS = (ProblemsFound, BadSettingError, ShippedFolderMissingError, click.UsageError, click.FileError)


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """Gives the problems that an error of `REFUSALS` carries."""
    match error:
        case ProblemsFound():
            return error.problems
        case BadSettingError():
            data = {"variable": error.variable, "value": error.value, "accepted": error.accepted}
            return (Problem("cli.bad_setting", data),)
        case ShippedFolderMissingError():
            return (Problem("cli.no_shipped_folder", {"name": error.name, "places": error.places}),)
        case click.UsageError():
            return (_usage(error),)
        case click.FileError():
            return (Problem("cli.no_such_path", {"path": error.ui_filename, "folder": Path.cwd()}),)
        case _:
            raise GuichetError("not a refusal") from error


def system_problem(error: OSError) -> Problem:
    """Gives what the machine refuses, such as a full disk or a folder one may not write in, as a problem."""
    data = {"path": error.filename or "", "reason": error.strerror or str(error)}
    match error.errno:
        case errno.ENOENT if data["path"]:
            return Problem("cli.no_such_place", data)
        case errno.ENOSPC | errno.EDQUOT:
            return Problem("cli.disk_full", data)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Problem("cli.not_allowed", data)
        case _:
            return Problem("cli.system", data)


def _usage(error: click.UsageError) -> Problem:
    command = error.ctx.command_path if error.ctx else "guichet"
    match error:
        case click.exceptions.NoSuchCommand():
            known = _commands(error.ctx)
            data = {"command": error.command_name, "nearest": nearest(error.command_name, known), "commands": known}
            return Problem("cli.unknown_command", data)
        case click.NoSuchOption():
            known = _options(error.ctx)
            guess = nearest(error.option_name, known)
            data = {"command": command, "option": error.option_name, "nearest": guess, "options": known}
            return Problem("cli.unknown_option", data)
        case click.BadOptionUsage():
            return Problem("cli.option_without_value", {"command": command, "option": error.option_name})
        case click.MissingParameter():
            return Problem("cli.missing_argument", {"command": command, "parameter": _named(error)})
        case click.BadParameter():
            return _bad_value(error, command)
        case _:
            return Problem("cli.bad_usage", {"command": command, "reason": error.format_message()})


def _bad_value(error: click.BadParameter, command: str) -> Problem:
    match error.param.type if error.param else None:
        case click.Choice() as choice:
            return Problem(
                "cli.not_a_choice", {"parameter": _named(error), "choices": [str(c) for c in choice.choices]}
            )
        case click.IntRange() as span:
            return Problem("cli.not_a_number", {"parameter": _named(error), "min": span.min, "max": span.max})
        case click.types.IntParamType():
            return Problem("cli.not_a_number", {"parameter": _named(error)})
        case _:
            return Problem("cli.bad_usage", {"command": command, "reason": error.format_message()})


def _named(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.human_readable_name if error.param else "?"


def _commands(context: click.Context | None) -> list[str]:
    if context is None or not isinstance(context.command, click.Group):
        return []
    return context.command.list_commands(context)


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return sorted(name for param in context.command.get_params(context) for name in param.opts if name.startswith("--"))
