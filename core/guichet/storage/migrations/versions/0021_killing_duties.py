"""A duty counts the workers in a row it ended; those given up are found without a walk; a worker tells its plugins."""

import sqlalchemy as sa
from alembic import op

from guichet.storage.columns import CanonicalJson

revision = "0021_killing_duties"
down_revision = "0020_plainer_keys"

_DEAD = sa.text("state = 'dead'")


def upgrade() -> None:
    """Add the count, the index and what each worker calls no more."""
    op.add_column("outbox", sa.Column("kills", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_outbox_dead", "outbox", ["id"], sqlite_where=_DEAD, postgresql_where=_DEAD)
    op.add_column("worker_beat", sa.Column("aside", CanonicalJson(), nullable=False, server_default="{}"))
