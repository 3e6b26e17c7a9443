"""One session with an SFTP server: its key compared with the pinned one, a file laid whole, refusals told apart."""

from __future__ import annotations

import base64
import hashlib
import io
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath

import paramiko
from paramiko.pkey import UnknownKeyType

from guichet import Context, Delivered, OutgoingFile, Refused, Unavailable
from guichet_plugins.connect.sftp_options import SftpServer

_CHUNK = 256 * 1024


def sign_in(to: SftpServer, folder: str, context: Context) -> None:
    """Sign in, look for a folder, and out again; raises Refused or Unavailable, with what is wrong."""
    with _signed_in(to, folder, context) as server:
        if not stat.S_ISDIR(server.stat(folder).st_mode or 0):
            raise Refused(
                fr=f"« {folder} » n'est pas un dossier sur {to.host}.", en=f'"{folder}" is no folder on {to.host}.'
            )


def lay(file: OutgoingFile, to: SftpServer, folder: str, context: Context) -> Delivered:
    """Lay a file in a folder of the server: under a temporary name, then renamed, never over another."""
    target = str(PurePosixPath(folder) / file.name)
    reference = f"sftp://{to.host}:{to.port}/{target.lstrip('/')}"
    with _signed_in(to, folder, context) as server:
        if _lies(server, target):
            return _already(server, target, file, reference)
        part = str(PurePosixPath(folder) / f".{file.name}.part")
        _write(server, part, file.content)
        if _lies(server, target):  # somebody laid it meanwhile: a rename would take its place on some servers
            with suppress(OSError):
                server.remove(part)
            return _already(server, target, file, reference)
        _rename(server, part, target)
    return Delivered(reference)


def _rename(server: paramiko.SFTPClient, part: str, target: str) -> None:
    """Give the file its name; a lost answer leaves a doubt, which is neither a refusal nor a silence.

    Raises:
        RuntimeError: nobody can tell whether the file lies there now: the core keeps the doubt, and says so.
    """
    try:
        server.rename(part, target)
    except (EOFError, TimeoutError, ConnectionError, paramiko.SSHException) as error:
        raise RuntimeError("the answer to the renaming was lost") from error
    except OSError as error:
        if error.errno is None and str(error) == "Socket is closed":
            raise RuntimeError("the answer to the renaming was lost") from error
        raise


@contextmanager
def _signed_in(to: SftpServer, folder: str, context: Context) -> Iterator[paramiko.SFTPClient]:
    """A session with the one server that holds the pinned key; what goes wrong is silent or refused, never neither."""
    pinned, proof = _pinned(to.host_key), _proof(to, context)
    try:
        line = socket.create_connection((to.host, to.port), timeout=to.timeout_s)
    except OSError as error:
        raise _silent(to, str(error)) from error
    transport = paramiko.Transport(line)
    transport.banner_timeout = transport.auth_timeout = float(to.timeout_s)
    transport.get_security_options().key_types = _algorithms(transport, pinned)
    try:
        transport.start_client(timeout=float(to.timeout_s))
        if transport.get_remote_server_key() != pinned:
            raise Refused(
                fr=f"Le serveur {to.host} montre une autre clé que celle déclarée : rien n'est remis. Vérifiez "
                "auprès de qui le tient avant de changer host_key.",
                en=f"The server {to.host} shows another key than the declared one: nothing is delivered. Check "
                "with whoever runs it before changing host_key.",
            )
        _authenticate(transport, to, proof)
        client = paramiko.SFTPClient.from_transport(transport)
        if client is None:
            raise _silent(to, "SFTP")
        client.get_channel().settimeout(float(to.timeout_s))  # pyright: ignore[reportOptionalMemberAccess]  an open client has a channel
        yield client
    except (paramiko.SSHException, EOFError, OSError) as error:
        raise _as_said(error, to, folder) from error
    finally:
        transport.close()


def _as_said(error: Exception, to: SftpServer, folder: str) -> Refused | Unavailable:
    """What a failure of the session means to who reads it: refused where somebody can mend it, else silent."""
    if isinstance(error, PermissionError):
        return Refused(
            fr=f"Le serveur {to.host} refuse d'écrire dans « {folder} » : vérifiez les droits.",
            en=f'The server {to.host} refuses to write in "{folder}": check the rights.',
        )
    if isinstance(error, FileNotFoundError):
        return Refused(
            fr=f"Le dossier « {folder} » n'existe pas sur {to.host}.",
            en=f'The folder "{folder}" does not exist on {to.host}.',
        )
    if isinstance(error, paramiko.AuthenticationException):
        return Refused(
            fr=f"Le serveur {to.host} refuse le compte « {to.user} » : vérifiez la clé ou le mot de passe.",
            en=f'The server {to.host} refuses the account "{to.user}": check the key or the password.',
        )
    if "Incompatible ssh" in str(error) or "no acceptable host key" in str(error):
        return Refused(
            fr=f"Le serveur {to.host} ne présente pas de clé du type déclaré.",
            en=f"The server {to.host} shows no key of the declared kind.",
        )
    return _silent(to, type(error).__name__)


def _authenticate(transport: paramiko.Transport, to: SftpServer, proof: paramiko.PKey | str) -> None:
    if isinstance(proof, str):
        transport.auth_password(to.user, proof, fallback=False)
    else:
        transport.auth_publickey(to.user, proof)


def _proof(to: SftpServer, context: Context) -> paramiko.PKey | str:
    password = context.secret(to.password)
    if not to.key:
        return password
    text = context.secret(to.key)
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        with suppress(paramiko.SSHException, ValueError):
            return kind.from_private_key(io.StringIO(text), password=password or None)
    raise Refused(
        fr="La clé privée n'est pas lisible : ed25519, ecdsa ou rsa, en format OpenSSH ou PEM.",
        en="The private key cannot be read: ed25519, ecdsa or rsa, in OpenSSH or PEM format.",
    )


def _pinned(host_key: str) -> paramiko.PKey:
    kind, value = host_key.split()[:2]
    try:
        return paramiko.PKey.from_type_string(kind, base64.b64decode(value))
    except (paramiko.SSHException, UnknownKeyType, ValueError) as error:
        raise Refused(
            fr="La clé déclarée du serveur n'est pas lisible : redemandez-la à qui le tient.",
            en="The server's declared key cannot be read: ask whoever runs it again.",
        ) from error


def _algorithms(transport: paramiko.Transport, pinned: paramiko.PKey) -> tuple[str, ...]:
    """Ask for the pinned kind of key only: a server with several must show that one."""
    name = pinned.get_name()
    known = transport.get_security_options().key_types
    wanted = [kind for kind in known if kind == name or (name == "ssh-rsa" and kind.startswith("rsa-sha2-"))]
    return tuple(wanted) or tuple(known)


def _lies(server: paramiko.SFTPClient, path: str) -> bool:
    try:
        found = server.lstat(path)
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode or 0):
        raise Refused(fr=f"« {path} » n'est pas un fichier sur le serveur.", en=f'"{path}" is no file on the server.')
    return True


def _already(server: paramiko.SFTPClient, path: str, file: OutgoingFile, reference: str) -> Delivered:
    """The proof that the same bytes lie there; other bytes are refused and replace nothing."""
    digest = hashlib.sha256()
    with server.open(path, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    if digest.digest() != hashlib.sha256(file.content).digest():
        raise Refused(
            fr=f"Un autre fichier porte déjà le nom « {file.name} » : rien n'a été remplacé.",
            en=f'Another file already bears the name "{file.name}": nothing was replaced.',
        )
    return Delivered(reference, already=True)


def _write(server: paramiko.SFTPClient, path: str, content: bytes) -> None:
    """Write under the temporary name, from nothing: what an earlier attempt left there is replaced."""
    with server.open(path, "wb") as stream:
        for start in range(0, len(content), _CHUNK):
            stream.write(content[start : start + _CHUNK])
    if server.stat(path).st_size != len(content):
        raise OSError("the server kept another size")


def _silent(to: SftpServer, why: str) -> Unavailable:
    return Unavailable(
        fr=f"Le serveur {to.host}:{to.port} ne répond pas ({why}) : la remise sera tentée de nouveau.",
        en=f"The server {to.host}:{to.port} does not answer ({why}): the delivery will be tried again.",
    )
