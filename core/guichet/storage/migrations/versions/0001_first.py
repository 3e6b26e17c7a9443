"""The first tables."""

from guichet.storage.migrations.first import dossiers, ledgers, money, people, triggers

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, in the order their keys ask for."""
    for area in (people, dossiers, money, ledgers, triggers):
        area.create()
