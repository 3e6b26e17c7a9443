"""Which authorities are believed when a service shows its certificate: the usual ones, and those of the operator."""

from __future__ import annotations

import ssl
from pathlib import Path

__all__ = ["believe", "is_unbelieved", "usual_trust"]


def usual_trust() -> ssl.SSLContext:
    """Give what checks a certificate by the authorities of this machine, for a client."""
    return ssl.create_default_context()


def believe(trust: ssl.SSLContext, certificates: Path | None) -> ssl.SSLContext:
    """Give the same, believing the authorities of a PEM file too.

    Raises:
        OSError: The file cannot be read, or holds no certificate (`ssl.SSLError`).
    """
    if certificates is not None:
        trust.load_verify_locations(cafile=certificates)
    return trust


def is_unbelieved(error: BaseException | None) -> bool:
    """Whether a certificate that is not believed is what an error comes from."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None
