"""What `instance.yaml` says of one installation: its mode, its address, the outside services it uses."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NoReturn

from pydantic import Field

from guichet.model.base import Value
from guichet.model.scalars import ScalarError
from guichet.model.types import Format, Identifier, Text, from_text
from guichet.model.webhooks import Webhook

__all__ = ["InstanceFile", "parse_base_url", "parse_host"]

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?", re.ASCII)
_ADDRESS = re.compile(r"(?P<scheme>[a-z]+)://(?P<host>[^/?#@\s]+)(?P<rest>.*)", re.IGNORECASE)


def parse_host(text: str) -> str:
    """A host name, with a port where it is not the usual one: `entreprise.api.gouv.fr`, `ldap.interne:8443`.

    `http://10.0.0.5:8080` names the rare inner service without TLS.
    """
    if not _HOST.fullmatch(text.removeprefix("http://")):
        found = _ADDRESS.fullmatch(text)
        meant = found["host"].casefold() if found and _HOST.fullmatch(found["host"].casefold()) else None
        raise ScalarError("instance.host", {"text": text, "meant": meant})
    return text


def parse_base_url(text: str) -> str:
    """A public address without path: `https://aides.exemple.fr`."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        meant = f"https://{text}" if _HOST.fullmatch(text.casefold()) else None
        _refuse_address(text, meant)
    scheme, host = found["scheme"].casefold(), found["host"].casefold()
    if scheme not in ("http", "https") or not _HOST.fullmatch(host) or found["rest"] not in ("", "/"):
        _refuse_address(text, f"https://{host}" if _HOST.fullmatch(host) else None)
    return f"{scheme}://{host}"


def _refuse_address(text: str, meant: str | None) -> NoReturn:
    raise ScalarError("instance.address", {"text": text, "meant": meant})


BaseUrl = Annotated[str, from_text(parse_base_url)]
Host = Annotated[str, from_text(parse_host)]


class InstanceFile(Value):
    """`instance.yaml`, at the root of the folder of an installation."""

    format: Format
    """The version of the way declarations are written."""
    mode: Literal["sandbox", "live"]
    """Fixed when the database is made: `sandbox` accepts invented data and never pays; `live` is the real thing."""
    name: Text = ""
    """What people call the site: shown on its pages that belong to no territory."""
    base_url: BaseUrl = ""
    """The public address, for links in messages: `https://aides.exemple.fr`. Needed in `live` mode, in https."""
    hosts: tuple[Host, ...] = ()
    """The outside hosts that plugins may call; in `sandbox` mode this machine is always allowed."""
    certificates: Text = ""
    """A PEM file, from this folder, of authorities whose certificates are believed besides the usual ones: an inner
    network's own, for every service called over HTTPS and for the mail server."""
    services: dict[Identifier, dict[Identifier, Any]] = Field(default_factory=dict[str, dict[str, Any]])
    """Key of a plugin → the options the operator sets. Secrets are named, as `secret:x`, and lie in `secrets/x`."""
    webhooks: dict[Identifier, Webhook] = Field(default_factory=dict[str, Webhook])
    """Name → another software told of what happens to dossiers."""
