"""Alembic's entrance. The connection comes from ``Store.upgrade``: foreign keys off, one write transaction round all."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
