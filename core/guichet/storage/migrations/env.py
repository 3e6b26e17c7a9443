"""Runs the revisions on the connection `guichet.storage.migrate` holds."""

from alembic import context

from guichet.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
