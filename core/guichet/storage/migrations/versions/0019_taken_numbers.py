"""The calls that a pace remembers are kept as numbers: the written instants of before are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0019_taken_numbers"
down_revision = "0018_plain_keys"

_QUOTA = sa.table("outside_quota", sa.column("taken", sa.JSON))


def upgrade() -> None:
    """Forget the calls of the last minutes; what a service itself told is kept."""
    op.execute(sa.update(_QUOTA).values(taken=[]))
