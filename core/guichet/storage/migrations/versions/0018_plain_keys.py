"""A name or an address that a grant is limited by is kept without capitals, accents or doubled spaces."""

from guichet.errors.spelling import as_said
from guichet.storage.migrations.grant_keys import rewrite_keys

revision = "0018_plain_keys"
down_revision = "0017_outside_quota"


def upgrade() -> None:
    """Write the kept keys plainly."""
    rewrite_keys(_plain)


def _plain(key: str) -> str:
    if " + " in key:  # several answers together, which were always kept plainly
        return key
    return key.strip().casefold() if "@" in key else as_said(key) or key
