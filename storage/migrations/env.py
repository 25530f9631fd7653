"""Runs the migrations on the connection that `storage.migrate` hands over, in its transaction."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a column only by building the table anew.
    render_as_batch=True,
)
context.run_migrations()
