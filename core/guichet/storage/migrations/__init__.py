"""Revisions of the tables, run by Alembic on first opening and after an upgrade."""
