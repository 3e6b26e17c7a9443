"""A real SFTP server over loopback: paramiko's server side on a folder, with the faults a server has."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paramiko

USER, PASSWORD = "collectivite", "motdepasse"


@dataclass
class Served:
    """A server under test: where it listens, what it is known by, and the faults it shows."""

    root: Path
    port: int
    key: paramiko.PKey
    user_key: paramiko.PKey | None = None
    silent: bool = False
    """Accepts a connection and says nothing."""
    read_only: bool = False
    cut_after: int | None = None
    """Closes the line once so many bytes of a file are written."""
    moves: list[tuple[str, str]] = field(default_factory=list)

    @property
    def host_key(self) -> str:
        return f"{self.key.get_name()} {self.key.get_base64()}"

    def options(self, **changes: Any) -> dict[str, Any]:
        plain = {
            "host": "127.0.0.1",
            "port": str(self.port),
            "user": USER,
            "host_key": self.host_key,
            "password": "secret:sftp",
            "timeout_s": "5",
        }
        return {**plain, **changes}


class _Doorman(paramiko.ServerInterface):
    def __init__(self, served: Served) -> None:
        self.served = served

    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED  # type: ignore[attr-defined]  no stub

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        good = username == USER and key == self.served.user_key
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED  # type: ignore[attr-defined]  no stub

    def get_allowed_auths(self, username: str) -> str:
        return "password,publickey"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED  # type: ignore[attr-defined]  no stub


class _Handle(paramiko.SFTPHandle):
    def __init__(self, flags: int, path: Path, served: Served, transport: paramiko.Transport) -> None:
        super().__init__(flags)
        self.stream = path.open("r+b" if flags & (os.O_WRONLY | os.O_RDWR) else "rb")
        self.served, self.transport, self.written = served, transport, 0

    def read(self, offset: int, length: int) -> Any:
        self.stream.seek(offset)
        return self.stream.read(length)

    def write(self, offset: int, data: bytes) -> int:
        self.stream.seek(offset)
        self.stream.write(data)
        self.stream.flush()
        self.written += len(data)
        if self.served.cut_after is not None and self.written >= self.served.cut_after:
            self.transport.close()
        return paramiko.SFTP_OK

    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.stream.fileno()))

    def close(self) -> None:
        self.stream.close()


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server: Any, served: Served, transport: paramiko.Transport) -> None:
        super().__init__(server)
        self.served, self.transport = served, transport

    def _path(self, path: str) -> Path:
        return self.served.root / self.canonicalize(path).lstrip("/")

    def open(self, path: str, flags: int, attr: Any) -> Any:
        if self.served.read_only and flags & (os.O_WRONLY | os.O_RDWR):
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            os.close(os.open(self._path(path), flags | os.O_CLOEXEC, 0o600))
            return _Handle(flags, self._path(path), self.served, self.transport)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or errno.EIO)

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or errno.EIO)

    lstat = stat

    def remove(self, path: str) -> int:
        self._path(path).unlink()
        return paramiko.SFTP_OK

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._path(newpath).exists():
            return paramiko.SFTP_FAILURE
        self.served.moves.append((Path(oldpath).name, Path(newpath).name))
        self._path(oldpath).rename(self._path(newpath))
        return paramiko.SFTP_OK


@contextmanager
def an_sftp_server(root: Path) -> Iterator[Served]:
    """Give a server whose files lie under a folder; its key is its own."""
    root.mkdir(parents=True, exist_ok=True)
    door = socket.create_server(("127.0.0.1", 0))
    served = Served(root, door.getsockname()[1], paramiko.ECDSAKey.generate())
    transports: list[paramiko.Transport] = []
    held: list[socket.socket] = []

    def answer() -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            if served.silent:
                held.append(line)
                continue
            with suppress(paramiko.SSHException, EOFError, OSError):  # a client that leaves in the middle
                transport = paramiko.Transport(line)
                transports.append(transport)
                transport.add_server_key(served.key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, served, transport)
                transport.start_server(server=_Doorman(served))

    thread = threading.Thread(target=answer, name="sftp-server", daemon=True)
    thread.start()
    try:
        yield served
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(5)
        for transport in transports:
            transport.close()
        for line in held:
            line.close()
