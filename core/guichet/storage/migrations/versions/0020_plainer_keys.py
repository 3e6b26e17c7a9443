"""What a grant is limited by is kept without spaces or invisible characters, and letters that look alike are one."""

from guichet.model.plain_keys import plain_address, plain_key
from guichet.storage.migrations.grant_keys import rewrite_keys

revision = "0020_plainer_keys"
down_revision = "0019_taken_numbers"


def upgrade() -> None:
    """Write the kept keys more plainly."""
    rewrite_keys(_plain)


def _plain(key: str) -> str:
    if " + " in key:
        return " + ".join(plain_key(part) or part for part in key.split(" + "))
    return plain_address(key) if "@" in key else plain_key(key) or key
