"""Which hosts may be called: those the operator names, and loopback in a sandbox."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from guichet.plugin.contracts.base import Mode
from guichet.plugin.contracts.saying_no import Refused

_PORTS = {"https": 443, "http": 80}


class AllowedHosts:
    """The hosts of an instance.

    Args:
        allowed: `api.example.org` (https, its own port), `api.example.org:8443`, or `http://10.0.0.5:8080` for the
            rare inner service without TLS.
    """

    def __init__(self, allowed: Iterable[str], mode: Mode) -> None:
        self._origins = frozenset(_origin(urlsplit(one if "://" in one else f"https://{one}")) for one in allowed)
        self._loopback = mode == "sandbox"

    def check(self, url: str) -> str:
        """Give the host of an address; raises Refused when it may not be called."""
        try:
            parts = urlsplit(url)
            origin = _origin(parts)
        except ValueError as error:
            raise _refused(url) from error
        if not parts.hostname:
            raise _refused(url)
        if parts.username is not None:
            raise _with_a_name(parts.hostname)
        if origin in self._origins or (self._loopback and is_loopback(parts.hostname)):
            return parts.netloc
        # As `hosts` writes it: an address without TLS is named whole, never meant by a bare host.
        raise _refused(parts.netloc if parts.scheme == "https" else f"{parts.scheme}://{parts.netloc}")

    def check_line(self, host: str, port: int) -> None:
        """Raise Refused unless `host:port` is named, or is this machine in a sandbox."""
        wanted = (host.lower(), port)
        if wanted not in {origin[1:] for origin in self._origins} and not (self._loopback and is_loopback(host)):
            raise _refused(f"{host}:{port}")


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one scheme, host and port."""
    return _origin(urlsplit(one)) == _origin(urlsplit(other))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its address or as `localhost`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme)


def _refused(host: str) -> Refused:
    return Refused(
        fr=f"L'adresse « {host} » n'est pas de celles que cette installation peut appeler : ajoutez-la à `hosts`.",
        en=f'The address "{host}" is not one this instance may call: add it to `hosts`.',
    )


def _with_a_name(host: str) -> Refused:
    """What stands before an @ may be a password: it is quoted nowhere."""
    return Refused(
        fr=f"L'adresse de « {host} » porte un nom ou un mot de passe devant « @ », ce qu'aucune adresse appelée ici"
        " ne peut : donnez-les par un secret.",
        en=f'The address of "{host}" holds a name or a password before "@", as none that this instance may call does:'
        " give them as a secret.",
    )
