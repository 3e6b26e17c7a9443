"""The socket a command listens on, handed over or its own, or what to say of an address that cannot be listened on."""

from __future__ import annotations

import socket

from guichet.errors import Problem, ProblemsFound
from guichet.settings import Settings
from guichet.web.serving import PortTaken, listen

__all__ = ["handed_or_listening", "listening", "port_problem"]


def handed_or_listening(settings: Settings, host: str, port: int) -> socket.socket:
    """The socket that systemd keeps listening while the site starts anew, else one of our own."""
    if settings.handed_socket is None:
        return listening(host, port)
    return socket.socket(fileno=settings.handed_socket)


def listening(host: str, port: int, *, otherwise: int | None = None) -> socket.socket:
    """A socket that listens; raises ProblemsFound.

    Args:
        otherwise: The port tried where the first cannot be had.
    """
    try:
        return listen(host, port)
    except PortTaken as error:
        if otherwise is not None:
            return listening(host, otherwise)
        raise ProblemsFound([port_problem(error)]) from error


def port_problem(error: PortTaken) -> Problem:
    """The problem; the system's own words only for what has none of ours."""
    data = {"host": error.host, "port": error.port}
    if error.why == "other":
        return Problem("serve.port_other", {**data, "reason": error.reason})
    return Problem(f"serve.port_{error.why}", data)
