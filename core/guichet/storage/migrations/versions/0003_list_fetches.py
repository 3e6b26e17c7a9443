"""Lists fetched from a service: the cursor, the parts that changed, and the indexes that find a part."""

import sqlalchemy as sa
from alembic import op

revision = "0003_list_fetches"
down_revision = "0002_outside_calls"

_WITH_PART = sa.text("part <> ''")


def upgrade() -> None:
    """Create the tables and the indexes."""
    op.create_table(
        "list_fetch",
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("all_staged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["list_import.id"], name="fk_list_fetch_import_id"),
        sa.PrimaryKeyConstraint("import_id", name="pk_list_fetch"),
    )
    op.create_table(
        "staged_part",
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "part", name="pk_staged_part"),
        sqlite_with_rowid=False,
    )
    for name, table, columns in (
        ("ix_list_row_part", "list_row", ["part", "list", "scheme", "territory"]),
        ("ix_staged_row_part", "staged_row", ["import_id", "part"]),
    ):
        op.create_index(name, table, columns, unique=False, sqlite_where=_WITH_PART, postgresql_where=_WITH_PART)
