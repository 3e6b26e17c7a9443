"""`guichet` without its half a second of loading: a process holds it loaded, and each command is a fork of that one.

Run as a program, it is that process; it forks a keeper for each command, which forks the command and tells its end.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import tool

__all__ = ["a_ready_command"]

_COMMAND = """\
#!{python} -IS
import json, os, signal, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect({door!r})
asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode() + b"\\n"
sent = socket.send_fds(line, [asked], [0, 1, 2])
line.sendall(asked[sent:])
told = line.makefile()
command = int(told.readline())
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda number, _: os.kill(command, number))
code = int(told.readline())
sys.exit(code if code >= 0 else 128 - code)
"""


@contextmanager
def a_ready_command() -> Iterator[Path]:
    """Give a folder to put first on the path, whose `guichet` starts at once."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-ready-"))
    door, command = folder / "door", folder / "guichet"
    command.write_text(_COMMAND.format(python=sys.executable, door=str(door)), encoding="utf-8")
    command.chmod(0o755)
    holder = subprocess.Popen([sys.executable, __file__, str(door)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        yield folder
    finally:
        holder.terminate()
        holder.communicate()
        shutil.rmtree(folder)


def hold(door: str) -> None:
    """Load everything, then wait for commands; returns in each command, where what it asked for is in place."""
    from guichet.plugin import load_plugins  # here: who only asks for a command loads nothing of this
    from guichet_cli.main import COMMANDS  # likewise

    for name in COMMANDS:
        importlib.import_module(f"guichet_cli.{name}")
    load_plugins()
    assert threading.active_count() == 1, "a fork would lack the other threads"
    assert not {"polars", "duckdb", "pyspark"} & sys.modules.keys(), "engines with threads are loaded by who needs them"
    gc.collect()
    gc.freeze()  # what is loaded is never swept, in no command
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for keepers
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(door)
        waiting.listen()
        os.write(1, b"ready\n")
        while True:
            line, _ = waiting.accept()
            if not os.fork():
                break
            line.close()
    _become_command(line)


def _become_command(line: socket.socket) -> None:
    """In the keeper: fork the command, where this returns, and stay to tell its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, streams, _, _ = socket.recv_fds(line, 1 << 16, 3)
    while not asked.endswith(b"\n"):
        asked += line.recv(1 << 16)
    command = os.fork()
    if command:
        line.sendall(b"%d\n" % command)
        _, status = os.waitpid(command, 0)
        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    line.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    words, folder, environment = json.loads(asked)
    sys.argv = [tool("guichet"), *words]
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    random.seed()


if __name__ == "__main__":
    hold(sys.argv[1])
    from guichet_cli.__main__ import main  # in the command alone

    main()
